//! Which of the files that were chosen together is what.

use sluice_shared::files::FileForm;

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
    #[error("A .p7m holds its file and its signature already. Choose it without the .p7s")]
    SignedTwice,
}

/// Sorts out a choice by the forms of its files.
pub(super) fn pick(forms: &[FileForm]) -> Result<Picked, PickError> {
    let is_signature = |index: &usize| forms[*index] == FileForm::Detached;
    let mut signatures = (0..forms.len()).filter(is_signature);
    let mut files = (0..forms.len()).filter(|index| !is_signature(index));
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
        (Some(file), Some(_)) if forms[file] == FileForm::Enveloping => Err(PickError::SignedTwice),
        (Some(file), signature) => Ok(Picked::File { file, signature }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use FileForm::{Detached, Enveloping, Plain};

    #[test]
    fn a_file_and_the_signature_beside_it_come_in_any_order() {
        let file = |file, signature| Ok(Picked::File { file, signature });
        assert_eq!(pick(&[Plain]), file(0, None));
        assert_eq!(pick(&[Enveloping]), file(0, None));
        assert_eq!(pick(&[Plain, Detached]), file(0, Some(1)));
        assert_eq!(pick(&[Detached, Plain]), file(1, Some(0)));
        assert_eq!(pick(&[Detached]), Ok(Picked::SignatureOnly(0)));
    }

    #[test]
    fn what_is_not_certain_is_refused() {
        assert_eq!(pick(&[]), Err(PickError::Nothing));
        assert_eq!(pick(&[Plain, Plain]), Err(PickError::SeveralFiles));
        assert_eq!(pick(&[Plain, Enveloping]), Err(PickError::SeveralFiles));
        assert_eq!(
            pick(&[Plain, Detached, Detached]),
            Err(PickError::SeveralSignatures)
        );
        assert_eq!(pick(&[Enveloping, Detached]), Err(PickError::SignedTwice));
    }
}
