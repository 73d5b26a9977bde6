//! The functions that are deployed: the one list of them, and what each is called.

/// A function of the template. What has to be done for each of them goes through [`Function::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Function {
    /// Answers Users.
    Api,
    /// Answers DCC staff.
    Review,
    /// Checks and records what they send.
    Intake,
}

impl Function {
    /// Every one. Tests hold the programs of `src/bin` and the template's functions to it.
    pub const ALL: &'static [Self] = &[Self::Api, Self::Review, Self::Intake];

    /// Its program's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Review => "review",
            Self::Intake => "intake",
        }
    }

    /// Its logical id in the template.
    pub fn logical_id(self) -> String {
        self.template_name("Function")
    }

    /// The logical id of its role.
    pub fn role_id(self) -> String {
        self.template_name("Role")
    }

    /// The logical id of its log group.
    pub fn log_id(self) -> String {
        self.template_name("Logs")
    }

    fn template_name(self, kind: &str) -> String {
        let (first, rest) = self.name().split_at(1);
        format!("{}{rest}{kind}", first.to_uppercase())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_program_is_a_function_and_every_function_a_program() {
        let programs = concat!(env!("CARGO_MANIFEST_DIR"), "/src/bin");
        let programs: BTreeSet<String> = std::fs::read_dir(programs)
            .unwrap()
            .map(|file| file.unwrap().path())
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        let functions = Function::ALL.iter().map(|function| function.name());
        assert_eq!(programs, functions.map(str::to_owned).collect());
    }
}
