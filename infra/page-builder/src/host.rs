//! Modules of a cut program that become a part of its main one.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Reencode, utils};
use wasm_encoder::{CodeSection, DataSection, ElementSection, FunctionSection, Module};
use wasmparser::{
    CodeSectionReader, DataSectionReader, ElementSectionReader, ExternalKind, FunctionBody,
    FunctionSectionReader, Parser, Payload, TypeRef,
};

use crate::merge::{Places, Reencoded, said, unlike};

/// The host with the guests in it. What a guest imports, the host imports or exports by the same name.
pub(crate) fn take_in(host: &[u8], guests: &[Vec<u8>]) -> Result<Vec<u8>, String> {
    let Parsed {
        functions,
        segments,
        globals,
        ..
    } = Parsed::from_module(host)?;
    let mut all = Host {
        guests: Vec::new(),
        functions,
        segments,
    };
    for guest in guests {
        all.add(Parsed::from_module(guest)?, &globals)?;
    }
    let mut module = Module::new();
    all.parse_core_module(&mut module, Parser::new(0), host)
        .map_err(|error| said(&error))?;
    if all.guests.iter().any(|(guest, _)| guest.is_left()) {
        return Err(unlike("it has a section that the main one has not"));
    }
    Ok(module.finish())
}

/// A module, as far as merging is about it.
#[derive(Default)]
struct Parsed<'m> {
    /// How many there are, imported ones included.
    functions: u32,
    segments: u32,
    /// By the names under which modules share them.
    globals: BTreeMap<&'m str, u32>,
    imports_functions: bool,
    types: Option<FunctionSectionReader<'m>>,
    elements: Option<ElementSectionReader<'m>>,
    bodies: Vec<FunctionBody<'m>>,
    data: Option<DataSectionReader<'m>>,
}

impl<'m> Parsed<'m> {
    /// Whether a section of it is in no other module yet.
    fn is_left(&self) -> bool {
        self.types.is_some()
            || self.elements.is_some()
            || self.data.is_some()
            || !self.bodies.is_empty()
    }

    fn from_module(module: &'m [u8]) -> Result<Self, String> {
        let mut parsed = Self::default();
        let mut globals = 0;
        for payload in Parser::new(0).parse_all(module) {
            match payload.map_err(|error| said(&error))? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import.map_err(|error| said(&error))?;
                        match import.ty {
                            TypeRef::Global(_) => {
                                parsed.globals.insert(import.name, globals);
                                globals += 1;
                            }
                            TypeRef::Func(_) | TypeRef::FuncExact(_) => {
                                parsed.functions += 1;
                                parsed.imports_functions = true;
                            }
                            TypeRef::Memory(_) | TypeRef::Table(_) | TypeRef::Tag(_) => {}
                        }
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export.map_err(|error| said(&error))?;
                        if export.kind == ExternalKind::Global {
                            parsed.globals.insert(export.name, export.index);
                        }
                    }
                }
                Payload::FunctionSection(section) => {
                    parsed.functions += section.count();
                    parsed.types = Some(section);
                }
                Payload::ElementSection(section) => parsed.elements = Some(section),
                Payload::CodeSectionEntry(body) => parsed.bodies.push(body),
                Payload::DataSection(section) => {
                    parsed.segments = section.count();
                    parsed.data = Some(section);
                }
                _ => {}
            }
        }
        Ok(parsed)
    }
}

/// The module that others become a part of: its sections as they are, then those of its guests.
struct Host<'m> {
    guests: Vec<(Parsed<'m>, Places)>,
    functions: u32,
    segments: u32,
}

impl<'m> Host<'m> {
    fn add(&mut self, guest: Parsed<'m>, globals: &BTreeMap<&str, u32>) -> Result<(), String> {
        if guest.imports_functions {
            return Err(unlike("it imports a function"));
        }
        let mut places = vec![0; guest.globals.len()];
        for (name, own) in &guest.globals {
            let place = globals
                .get(name)
                .ok_or_else(|| unlike("it shares a global that the other has not"))?;
            let own = usize::try_from(*own).map_err(|error| said(&error))?;
            *places
                .get_mut(own)
                .ok_or_else(|| unlike("it has globals of its own"))? = *place;
        }
        let (functions, segments) = (guest.functions, guest.segments);
        let places = Places {
            functions: self.functions,
            segments: self.segments,
            globals: places,
        };
        self.functions += functions;
        self.segments += segments;
        self.guests.push((guest, places));
        Ok(())
    }
}

impl Reencode for Host<'_> {
    type Error = String;

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Reencoded<()> {
        utils::parse_function_section(self, functions, section)?;
        for (guest, places) in &mut self.guests {
            if let Some(section) = guest.types.take() {
                places.parse_function_section(functions, section)?;
            }
        }
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        section: ElementSectionReader<'_>,
    ) -> Reencoded<()> {
        utils::parse_element_section(self, elements, section)?;
        for (guest, places) in &mut self.guests {
            if let Some(section) = guest.elements.take() {
                places.parse_element_section(elements, section)?;
            }
        }
        Ok(())
    }

    fn data_count(&mut self, _count: u32) -> Reencoded<u32> {
        Ok(self.segments)
    }

    fn parse_code_section(
        &mut self,
        codes: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Reencoded<()> {
        utils::parse_code_section(self, codes, section)?;
        for (guest, places) in &mut self.guests {
            for body in guest.bodies.drain(..) {
                places.parse_function_body(codes, body)?;
            }
        }
        Ok(())
    }

    fn parse_data_section(
        &mut self,
        data: &mut DataSection,
        section: DataSectionReader<'_>,
    ) -> Reencoded<()> {
        utils::parse_data_section(self, data, section)?;
        for (guest, places) in &mut self.guests {
            if let Some(section) = guest.data.take() {
                places.parse_data_section(data, section)?;
            }
        }
        Ok(())
    }
}
