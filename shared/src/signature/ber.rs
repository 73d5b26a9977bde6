//! BER to DER, for CMS written as a stream.
//!
//! RFC 5652 allows BER outside the signed parts, and tools that write a `.p7m` as a stream (`openssl cms -stream`,
//! many Java tools) use indefinite lengths and an OCTET STRING in pieces. Everything that a signature covers is DER
//! already, so rewriting the lengths changes nothing that was signed.

const DEEPEST: usize = 24;
const CONSTRUCTED: u8 = 0x20;
const OCTET_STRING: u8 = 0x04;

/// The same value with definite, shortest lengths and whole octet strings; `None` when it is not BER, is nested deeper
/// than any signature, or bytes follow it.
pub(crate) fn to_der(ber: &[u8]) -> Option<Vec<u8>> {
    let mut der = Vec::with_capacity(ber.len());
    let rest = value(ber, &mut der, 0)?;
    rest.is_empty().then_some(der)
}

/// Writes the first value of `input` to `out`, and returns what follows it.
fn value<'a>(input: &'a [u8], out: &mut Vec<u8>, depth: usize) -> Option<&'a [u8]> {
    let (&tag, rest) = input.split_first()?;
    // Tag numbers above 30 take several bytes; CMS has none.
    if depth > DEEPEST || tag & 0x1f == 0x1f {
        return None;
    }
    let (length, rest) = length(rest)?;
    if tag & CONSTRUCTED == 0 {
        let (content, rest) = rest.split_at_checked(length?)?;
        write(tag, content, out);
        return Some(rest);
    }
    let mut content = Vec::new();
    let rest = contents(rest, length, tag, &mut content, depth)?;
    let tag = if tag == OCTET_STRING | CONSTRUCTED {
        OCTET_STRING
    } else {
        tag
    };
    write(tag, &content, out);
    Some(rest)
}

/// Writes the values inside a constructed value, and returns what follows it.
fn contents<'a>(
    input: &'a [u8],
    length: Option<usize>,
    tag: u8,
    out: &mut Vec<u8>,
    depth: usize,
) -> Option<&'a [u8]> {
    let (mut inside, after) = match length {
        Some(length) => {
            let (inside, after) = input.split_at_checked(length)?;
            (inside, Some(after))
        }
        None => (input, None),
    };
    loop {
        match after {
            Some(after) if inside.is_empty() => return Some(after),
            None if inside.starts_with(&[0, 0]) => return Some(&inside[2..]),
            _ => {}
        }
        inside = if tag == OCTET_STRING | CONSTRUCTED {
            piece(inside, out, depth + 1)?
        } else {
            value(inside, out, depth + 1)?
        };
    }
}

/// Writes the bytes of one piece of an octet string, without its tag and length.
fn piece<'a>(input: &'a [u8], out: &mut Vec<u8>, depth: usize) -> Option<&'a [u8]> {
    let (&tag, rest) = input.split_first()?;
    let (length, rest) = length(rest)?;
    match tag {
        OCTET_STRING => {
            let (content, rest) = rest.split_at_checked(length?)?;
            out.extend_from_slice(content);
            Some(rest)
        }
        _ if tag == OCTET_STRING | CONSTRUCTED && depth <= DEEPEST => {
            contents(rest, length, tag, out, depth)
        }
        _ => None,
    }
}

/// A length, `None` inside when it is indefinite.
fn length(input: &[u8]) -> Option<(Option<usize>, &[u8])> {
    let (&first, rest) = input.split_first()?;
    match first {
        0..=0x7f => Some((Some(usize::from(first)), rest)),
        0x80 => Some((None, rest)),
        0x81..=0x84 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let length = bytes.iter().try_fold(0_usize, |sum, byte| {
                sum.checked_mul(256)?.checked_add((*byte).into())
            })?;
            Some((Some(length), rest))
        }
        _ => None,
    }
}

fn write(tag: u8, content: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    let bytes = content.len().to_be_bytes();
    let significant = &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..];
    match significant {
        [] => out.push(0),
        [short @ 0..=0x7f] => out.push(*short),
        long => {
            // At most eight bytes of length: the cast cannot lose anything.
            out.push(0x80 | u8::try_from(long.len()).unwrap_or(8));
            out.extend_from_slice(long);
        }
    }
    out.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn indefinite_lengths_and_pieces_become_one_octet_string() {
        let ber = [
            0x30, 0x80, 0x24, 0x80, 0x04, 2, 1, 2, 0x04, 1, 3, 0, 0, 0x02, 0x81, 1, 5, 0, 0,
        ];
        assert_eq!(
            to_der(&ber).unwrap(),
            [0x30, 8, 0x04, 3, 1, 2, 3, 0x02, 1, 5]
        );
    }

    #[test]
    fn der_stays_as_it_is() {
        let mut der = vec![0x30, 0x82, 1, 4, 0x04, 0x82, 1, 0];
        der.extend([7; 256]);
        assert_eq!(to_der(&der).unwrap(), der);
    }

    #[test]
    fn what_is_cut_off_or_too_deep_or_followed_by_more_is_refused() {
        assert_eq!(to_der(&[0x30, 0x80, 0x04, 2, 1]), None);
        assert_eq!(to_der(&[0x30, 0x80].repeat(100)), None);
        assert_eq!(to_der(&[0x04, 1, 1, 9]), None);
    }
}
