//! From parts to a folder that a server can hand out as it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::bind::STEM;
use crate::compress;

/// Where the parts of the page lie.
pub(crate) struct Parts<'a> {
    /// What `bind` wrote.
    pub(crate) bindings: &'a Path,
    /// The one style sheet.
    pub(crate) styles: &'a Path,
    /// The folder `app`, with `index.html`, `boot.js`, `worker.js` and `digester.js`.
    pub(crate) app: &'a Path,
}

/// How the page is put together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    /// In brotli beside itself.
    pub(crate) compressed: bool,
    /// Loads itself anew once another one has been built: for whoever works on it.
    pub(crate) reloads: bool,
}

impl Parts<'_> {
    /// Puts the page together beside `out`, then takes `out`'s place: a build that fails leaves the old page.
    pub(crate) fn assemble(&self, out: &Path, options: Options) -> Result<(), String> {
        let new = out.with_extension("new");
        remove(&new)?;
        let mut page = Page::new(new.clone());
        page.program(self.bindings)?;
        page.asset("css", self.styles, "styles", "css")?;
        page.script("digester", &self.app.join("digester.js"), "digester")?;
        page.script("worker", &self.app.join("worker.js"), "worker")?;
        page.script("module", &self.app.join("boot.js"), "boot")?;
        if options.reloads {
            page.script("reload", &self.app.join("reload.js"), "reload")?;
            page.index_that_reloads(&self.app.join("index.html"))?;
        } else {
            page.index(&self.app.join("index.html"))?;
        }
        copy_folder(&self.app.join("static"), &new)?;
        if options.compressed {
            compress::compress_all(&new)?;
        }
        remove(out)?;
        fs::rename(&new, out).map_err(|error| format!("{}: {error}", out.display()))
    }
}

struct Page {
    folder: PathBuf,
    /// Placeholder to address.
    addresses: BTreeMap<&'static str, String>,
}

impl Page {
    fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            addresses: BTreeMap::new(),
        }
    }

    fn asset(
        &mut self,
        name: &'static str,
        from: &Path,
        stem: &str,
        extension: &str,
    ) -> Result<(), String> {
        let content = fs::read(from).map_err(|error| format!("{}: {error}", from.display()))?;
        self.put(name, &content, stem, extension)
    }

    /// What the compiler made: files that name each other, so they keep their names, in a folder named after all of them.
    fn program(&mut self, bindings: &Path) -> Result<(), String> {
        let mut files = BTreeMap::new();
        read_folder(bindings, Path::new(""), &mut files)?;
        let mut digest = Sha256::new();
        for (name, content) in &files {
            digest.update(name.to_string_lossy().as_bytes());
            digest.update(Sha256::digest(content));
        }
        let folder = format!("program-{}", hex::encode(&digest.finalize()[..8]));
        for (name, content) in &files {
            write(
                &self.folder.join("assets").join(&folder).join(name),
                content,
            )?;
        }
        for (name, file) in [
            ("wasm", format!("{STEM}_bg.wasm")),
            ("bindings", format!("{STEM}.js")),
        ] {
            self.addresses
                .insert(name, format!("/assets/{folder}/{file}"));
        }
        Ok(())
    }

    fn script(&mut self, name: &'static str, from: &Path, stem: &str) -> Result<(), String> {
        let text = self.filled(from)?;
        self.put(name, text.as_bytes(), stem, "js")
    }

    fn index(&self, from: &Path) -> Result<(), String> {
        write(
            &self.folder.join("index.html"),
            self.filled(from)?.as_bytes(),
        )
    }

    /// The page for whoever works on it: it loads itself anew when it has been built again.
    fn index_that_reloads(&self, from: &Path) -> Result<(), String> {
        let text = self.filled(from)?;
        let (head, rest) = text
            .split_once("</head>")
            .ok_or_else(|| format!("{}: there is no `</head>`", from.display()))?;
        let reload = &self.addresses["reload"];
        let text =
            format!("{head}<script type=\"module\" src=\"{reload}\"></script>\n</head>{rest}");
        write(&self.folder.join("index.html"), text.as_bytes())
    }

    fn put(
        &mut self,
        name: &'static str,
        content: &[u8],
        stem: &str,
        extension: &str,
    ) -> Result<(), String> {
        let digest = hex::encode(&Sha256::digest(content)[..8]);
        let file = format!("{stem}-{digest}.{extension}");
        write(&self.folder.join("assets").join(&file), content)?;
        self.addresses.insert(name, format!("/assets/{file}"));
        Ok(())
    }

    /// The text of `from` with its placeholders filled in.
    fn filled(&self, from: &Path) -> Result<String, String> {
        let text =
            fs::read_to_string(from).map_err(|error| format!("{}: {error}", from.display()))?;
        fill(&text, &self.addresses).map_err(|what| format!("{}: {what}", from.display()))
    }
}

fn fill(text: &str, addresses: &BTreeMap<&'static str, String>) -> Result<String, String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").ok_or("`{{` is not closed by `}}`")?;
        let address = addresses.get(name).ok_or_else(|| {
            let known: Vec<&str> = addresses.keys().copied().collect();
            format!(
                "there is no `{{{{{name}}}}}` here; known: {}",
                known.join(", ")
            )
        })?;
        filled.push_str(before);
        filled.push_str(address);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// All files below `folder`, by their paths within it.
fn read_folder(
    folder: &Path,
    within: &Path,
    files: &mut BTreeMap<PathBuf, Vec<u8>>,
) -> Result<(), String> {
    let said = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(said)? {
        let entry = entry.map_err(said)?;
        let (path, name) = (entry.path(), within.join(entry.file_name()));
        if path.is_dir() {
            read_folder(&path, &name, files)?;
        } else {
            files.insert(name, fs::read(&path).map_err(said)?);
        }
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), String> {
    if !from.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(from).map_err(|error| format!("{}: {error}", from.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            write(
                &target,
                &fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?,
            )?;
        }
    }
    Ok(())
}

fn write(path: &Path, content: &[u8]) -> Result<(), String> {
    let said = |error: std::io::Error| format!("{}: {error}", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(said)?;
    }
    fs::write(path, content).map_err(said)
}

fn remove(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_becomes_its_address() {
        let addresses = BTreeMap::from([
            ("css", "/assets/a.css".to_owned()),
            ("module", "/assets/b.js".to_owned()),
        ]);
        assert_eq!(
            fill("<{{css}}><{{module}}><{{css}}>", &addresses),
            Ok("</assets/a.css></assets/b.js></assets/a.css>".to_owned())
        );
    }

    #[test]
    fn an_unknown_placeholder_stops_the_build_and_names_the_known_ones() {
        let said = fill("{{wasn}}", &BTreeMap::from([("wasm", String::new())]));
        assert_eq!(
            said,
            Err("there is no `{{wasn}}` here; known: wasm".to_owned())
        );
    }
}
