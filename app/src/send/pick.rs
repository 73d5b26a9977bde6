//! Which of the files that were chosen together is what.

/// Positions in the list of chosen files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    /// A file, with the signature beside it if there is one.
    File {
        /// The CSV or `.p7m` file.
        file: usize,
        /// The `.p7s`.
        signature: Option<usize>,
    },
    /// A signature alone, for the file that is there already.
    SignatureOnly(usize),
}

/// Why a choice cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum PickError {
    /// Nothing was chosen.
    #[error("Choose the file to send: a .csv, with its .p7s beside it if it is signed, or a .p7m")]
    Nothing,
    /// More than one file to send.
    #[error("Choose one file to send at a time. Each file is its own submission")]
    SeveralFiles,
    /// More than one signature.
    #[error("Choose one signature (.p7s) only: a file is signed by one ARO")]
    SeveralSignatures,
    /// A `.p7m` and a `.p7s`.
    #[error("A .p7m has its signature inside already. Choose it without the .p7s")]
    SignedTwice,
}

/// Sorts out a choice by the files' names.
pub(super) fn pick(names: &[String]) -> Result<Picked, PickError> {
    let ends = |name: &str, ending: &str| name.to_ascii_lowercase().ends_with(ending);
    let mut signatures = (0..names.len()).filter(|index| ends(&names[*index], ".p7s"));
    let mut files = (0..names.len()).filter(|index| !ends(&names[*index], ".p7s"));
    let (file, signature) = (files.next(), signatures.next());
    if files.next().is_some() {
        return Err(PickError::SeveralFiles);
    }
    if signatures.next().is_some() {
        return Err(PickError::SeveralSignatures);
    }
    match (file, signature) {
        (None, None) => Err(PickError::Nothing),
        (None, Some(signature)) => Ok(Picked::SignatureOnly(signature)),
        (Some(file), Some(_)) if ends(&names[file], ".p7m") => Err(PickError::SignedTwice),
        (Some(file), signature) => Ok(Picked::File { file, signature }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(names: &[&str]) -> Result<Picked, PickError> {
        pick(
            &names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn a_file_and_the_signature_beside_it_come_in_any_order() {
        assert_eq!(
            picked(&["ADT_1.csv"]),
            Ok(Picked::File {
                file: 0,
                signature: None
            })
        );
        assert_eq!(
            picked(&["ADT_1.csv.P7S", "ADT_1.csv"]),
            Ok(Picked::File {
                file: 1,
                signature: Some(0)
            })
        );
        assert_eq!(picked(&["ADT_1.csv.p7s"]), Ok(Picked::SignatureOnly(0)));
    }

    #[test]
    fn what_is_not_certain_is_refused() {
        assert_eq!(picked(&[]), Err(PickError::Nothing));
        assert_eq!(picked(&["a.csv", "b.csv"]), Err(PickError::SeveralFiles));
        assert_eq!(
            picked(&["a.csv", "a.p7s", "b.p7s"]),
            Err(PickError::SeveralSignatures)
        );
        assert_eq!(picked(&["a.p7m", "a.p7s"]), Err(PickError::SignedTwice));
    }
}
