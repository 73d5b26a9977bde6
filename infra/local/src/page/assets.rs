//! Files from disk: entity tags, brotli where the build made it, and `index.html` for every address of the page.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri};
use sha2::{Digest, Sha256};

use super::Page;

/// Shown where the page should be.
const NOT_BUILT: &str = "<!DOCTYPE html><html lang=\"en\"><title>Sluice</title><h1>The page is not built</h1>\
    <p>The services run, the page does not exist yet: <code>cargo xtask up</code> builds it and starts them together.</p></html>";

/// Any file of the page. An address without an extension is one of the page's own: `index.html` shows it.
pub(super) async fn file(State(page): State<Arc<Page>>, headers: HeaderMap, uri: Uri) -> Response {
    let Some(folder) = &page.folder else {
        return (StatusCode::SERVICE_UNAVAILABLE, Html(NOT_BUILT)).into_response();
    };
    let path = uri.path();
    let last = path.rsplit('/').next().unwrap_or_default();
    let name = if last.contains('.') {
        path
    } else {
        "/index.html"
    };
    match inside(folder, name) {
        Some(file) => send(&file, &headers).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The file in `folder`; none: the path leads out of it. Names with escapes do not exist here.
pub(super) fn inside(folder: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path.trim_start_matches('/'));
    let plain = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    (plain && !path.contains(['%', '\\', '\0'])).then(|| folder.join(relative))
}

/// The file, or that there is none.
pub(super) async fn send(file: &Path, asked: &HeaderMap) -> Response {
    let brotli = asked
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(takes_brotli);
    let mut compressed = file.as_os_str().to_owned();
    compressed.push(".br");
    let (content, encoded) = match tokio::fs::read(&compressed).await {
        Ok(content) if brotli => (content, true),
        _ => match tokio::fs::read(file).await {
            Ok(content) => (content, false),
            Err(_) => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let tag = format!("\"{}\"", &hex::encode(Sha256::digest(&content))[..32]);
    let unchanged = asked
        .get(IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        content.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(
        ETAG,
        HeaderValue::from_str(&tag).expect("hex is visible ASCII"),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching(file)));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(file)));
    if encoded {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

fn takes_brotli(accepted: &str) -> bool {
    accepted
        .split(',')
        .any(|coding| coding.trim() == "br" || coding.trim().starts_with("br;"))
}

/// A name that carries its content's hash, or stands in a folder that does, never changes; all others are asked for again each time.
fn caching(file: &Path) -> &'static str {
    let folder = file.parent().and_then(Path::file_name);
    if [file.file_stem(), folder]
        .into_iter()
        .flatten()
        .filter_map(|name| name.to_str())
        .any(carries_hash)
    {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn carries_hash(name: &str) -> bool {
    let hash = name.rsplit(['-', '.']).next().unwrap_or_default();
    hash.len() >= 8 && hash != name && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn media_type(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "pem" => "application/x-pem-file",
        "p7s" => "application/pkcs7-signature",
        "p7m" => "application/pkcs7-mime",
        "p12" => "application/x-pkcs12",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = Path::new("page");
        assert_eq!(
            inside(folder, "/assets/a.js"),
            Some(folder.join("assets/a.js"))
        );
        for out in [
            "/../secret.pem",
            "/assets/../../secret.pem",
            "/%2e%2e/secret.pem",
            "..\\secret.pem",
        ] {
            assert_eq!(inside(folder, out), None, "{out}");
        }
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_good() {
        assert!(caching(Path::new("assets/sluice-0123abcd.wasm")).contains("immutable"));
        assert!(caching(Path::new("assets/program-0123abcd/parts.js")).contains("immutable"));
        assert_eq!(caching(Path::new("index.html")), "no-cache");
        assert_eq!(caching(Path::new("assets/facade.js")), "no-cache");
    }

    #[test]
    fn brotli_is_sent_to_those_who_take_it() {
        assert!(takes_brotli("gzip, deflate, br"));
        assert!(!takes_brotli("gzip, brother"));
    }
}
