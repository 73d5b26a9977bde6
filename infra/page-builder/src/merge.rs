//! Several modules of a cut program as one. The cut leaves them simple: all have the same types, import memory, table and globals alone,
//! export nothing, and put their functions into the table and their data into the memory, where all find them.

use std::fmt::Display;

use wasm_encoder::reencode::{self, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, DataCountSection, DataSection, ElementSection, FunctionSection, ImportSection,
    Module, NameMap, NameSection, RawSection, SectionId,
};
use wasmparser::{Import, KnownCustom, Name, Parser, Payload, TypeRef};

/// Bytes of a module's code and data.
pub(crate) fn size(module: &[u8]) -> Result<u64, String> {
    let mut size = 0;
    for payload in Parser::new(0).parse_all(module) {
        let range = match payload.map_err(|error| said(&error))? {
            Payload::CodeSectionStart { range, .. } => range,
            Payload::DataSection(section) => section.range(),
            _ => continue,
        };
        size += range.end - range.start;
    }
    Ok(size)
}

/// The modules as one.
pub(crate) fn merge(modules: &[Vec<u8>]) -> Result<Vec<u8>, String> {
    let mut merged = Merged::default();
    for module in modules {
        merged.add(module)?;
    }
    Ok(merged.finish())
}

#[derive(Default)]
struct Merged<'m> {
    types: &'m [u8],
    imported: Vec<Import<'m>>,
    imports: ImportSection,
    functions: FunctionSection,
    elements: ElementSection,
    codes: CodeSection,
    data: DataSection,
    names: NameMap,
}

impl<'m> Merged<'m> {
    fn add(&mut self, module: &'m [u8]) -> Result<(), String> {
        let mut places = Places {
            functions: self.functions.len(),
            segments: self.data.len(),
            globals: Vec::new(),
        };
        for payload in Parser::new(0).parse_all(module) {
            self.section(module, payload.map_err(|error| said(&error))?, &mut places)?;
        }
        Ok(())
    }

    fn section(
        &mut self,
        module: &'m [u8],
        section: Payload<'m>,
        places: &mut Places,
    ) -> Result<(), String> {
        match section {
            Payload::TypeSection(section) => {
                let range = section.range();
                let range = usize::try_from(range.start)
                    .ok()
                    .zip(usize::try_from(range.end).ok());
                let types = range.and_then(|(start, end)| module.get(start..end));
                let types = types.ok_or_else(|| unlike("its types lie outside of it"))?;
                if !self.types.is_empty() && self.types != types {
                    return Err(unlike("it has other types than the others"));
                }
                self.types = types;
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    self.import(import.map_err(|error| said(&error))?, places)?;
                }
            }
            Payload::FunctionSection(section) => places
                .parse_function_section(&mut self.functions, section)
                .map_err(|error| said(&error))?,
            Payload::ElementSection(section) => places
                .parse_element_section(&mut self.elements, section)
                .map_err(|error| said(&error))?,
            Payload::CodeSectionEntry(body) => places
                .parse_function_body(&mut self.codes, body)
                .map_err(|error| said(&error))?,
            Payload::DataSection(section) => places
                .parse_data_section(&mut self.data, section)
                .map_err(|error| said(&error))?,
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    self.names(names, places)?;
                }
            }
            Payload::ExportSection(section) if section.count() > 0 => {
                return Err(unlike("it exports something"));
            }
            Payload::TableSection(_)
            | Payload::MemorySection(_)
            | Payload::GlobalSection(_)
            | Payload::TagSection(_)
            | Payload::StartSection { .. } => {
                return Err(unlike("it brings more than functions and data"));
            }
            _ => {}
        }
        Ok(())
    }

    fn import(&mut self, import: Import<'m>, places: &mut Places) -> Result<(), String> {
        if let TypeRef::Func(_) | TypeRef::FuncExact(_) | TypeRef::Tag(_) = import.ty {
            return Err(unlike("it imports a function"));
        }
        if !self.imported.contains(&import) {
            let ty = RoundtripReencoder
                .entity_type(import.ty)
                .map_err(|error| said(&error))?;
            self.imports.import(import.module, import.name, ty);
            self.imported.push(import);
        }
        if matches!(import.ty, TypeRef::Global(_)) {
            // Memory and table are the only ones of their kind, globals are counted.
            let globals = self
                .imported
                .iter()
                .filter(|other| matches!(other.ty, TypeRef::Global(_)));
            let place = globals.zip(0..).find(|(other, _)| **other == import);
            places.globals.extend(place.map(|(_, place)| place));
        }
        Ok(())
    }

    fn names(
        &mut self,
        names: wasmparser::NameSectionReader<'_>,
        places: &Places,
    ) -> Result<(), String> {
        for part in names {
            if let Name::Function(names) = part.map_err(|error| said(&error))? {
                for name in names {
                    let name = name.map_err(|error| said(&error))?;
                    self.names.append(places.functions + name.index, name.name);
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Vec<u8> {
        let mut module = Module::new();
        module.section(&RawSection {
            id: SectionId::Type.into(),
            data: self.types,
        });
        module.section(&self.imports).section(&self.functions);
        module.section(&self.elements).section(&DataCountSection {
            count: self.data.len(),
        });
        module.section(&self.codes).section(&self.data);
        let mut names = NameSection::new();
        names.functions(&self.names);
        module.section(&names);
        module.finish()
    }
}

/// Where the things of a module have their places in the one that it becomes a part of.
pub(crate) struct Places {
    pub(crate) functions: u32,
    pub(crate) segments: u32,
    pub(crate) globals: Vec<u32>,
}

pub(crate) type Reencoded<T> = Result<T, reencode::Error<String>>;

impl Reencode for Places {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Reencoded<u32> {
        Ok(self.functions + function)
    }

    fn data_index(&mut self, segment: u32) -> Reencoded<u32> {
        Ok(self.segments + segment)
    }

    fn global_index(&mut self, global: u32) -> Reencoded<u32> {
        let place = usize::try_from(global)
            .ok()
            .and_then(|global| self.globals.get(global));
        place
            .copied()
            .ok_or_else(|| reencode::Error::UserError(unlike("it names a global that it has not")))
    }
}

pub(crate) fn said(error: &dyn Display) -> String {
    unlike(&error.to_string())
}

pub(crate) fn unlike(what: &str) -> String {
    format!("a part of the page is not as a cut leaves it: {what}")
}
