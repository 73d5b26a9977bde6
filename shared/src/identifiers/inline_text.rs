//! Short ASCII text kept in place: copied without an allocation, a million times over if need be.

/// Up to `N` ASCII bytes. What may stand in it is its owner's business.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct InlineText<const N: usize> {
    bytes: [u8; N],
    len: u8,
}

impl<const N: usize> InlineText<N> {
    /// `None` when the text is longer than `N` or not ASCII.
    pub(super) fn new(text: &[u8]) -> Option<Self> {
        if text.len() > N || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; N];
        bytes[..text.len()].copy_from_slice(text);
        Some(Self {
            bytes,
            len: u8::try_from(text.len()).ok()?,
        })
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).expect("only ASCII gets in")
    }
}
