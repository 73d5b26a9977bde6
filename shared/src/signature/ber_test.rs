#![allow(clippy::unwrap_used)]
use super::*;

fn der(mut ber: Vec<u8>) -> Option<Vec<u8>> {
    to_der(&mut ber).map(|converted| converted.der)
}

/// `[0x30 …]` with the values inside, of indefinite length.
fn open(tag: u8, inside: &[&[u8]]) -> Vec<u8> {
    let mut ber = vec![tag, 0x80];
    ber.extend(inside.concat());
    ber.extend([0, 0]);
    ber
}

/// A `ContentInfo` whose `eContent` is this.
fn around(content: &[u8]) -> Vec<u8> {
    let encapsulated = open(0x30, &[&[0x06, 1, 7], &open(0xa0, &[content])]);
    let signed = open(0x30, &[&[0x02, 1, 1], &[0x31, 0], &encapsulated]);
    open(0x30, &[&[0x06, 1, 6], &open(0xa0, &[&signed])])
}

#[test]
fn indefinite_lengths_and_pieces_become_one_octet_string() {
    let ber = vec![
        0x30, 0x80, 0x24, 0x80, 0x04, 2, 1, 2, 0x04, 1, 3, 0, 0, 0x02, 0x81, 1, 5, 0, 0,
    ];
    assert_eq!(der(ber).unwrap(), [0x30, 8, 0x04, 3, 1, 2, 3, 0x02, 1, 5]);
}

#[test]
fn der_stays_as_it_is() {
    let mut whole = vec![0x30, 0x82, 1, 4, 0x04, 0x82, 1, 0];
    whole.extend([7; 256]);
    assert_eq!(der(whole.clone()).unwrap(), whole);
}

#[test]
fn the_content_is_put_together_where_it_is() {
    let nested = [
        0x24, 0x80, 0x04, 2, 1, 2, 0x24, 0x80, 0x04, 1, 3, 0x04, 0, 0, 0, 0x24, 3, 0x04, 1, 4, 0, 0,
    ];
    for (content, pieces) in [
        (&nested[..], &[1, 2, 3, 4][..]),
        (&[0x04, 2, 8, 9], &[8, 9]),
        (&[0x24, 6, 0x04, 1, 8, 0x04, 1, 9], &[8, 9]),
        (&[0x04, 0], &[]),
    ] {
        let mut ber = around(content);
        let converted = to_der(&mut ber).unwrap();
        assert_eq!(&ber[converted.content.unwrap()], pieces, "{content:?}");
        assert_eq!(
            converted.der,
            [
                0x30, 21, 0x06, 1, 6, 0xa0, 16, 0x30, 14, 0x02, 1, 1, 0x31, 0, 0x30, 7, 0x06, 1, 7,
                0xa0, 2, 0x04, 0
            ],
            "{content:?}"
        );
    }
}

#[test]
fn an_octet_string_elsewhere_is_no_content() {
    let mut ber = open(0x30, &[&[0x06, 1, 6], &open(0xa0, &[&[0x04, 1, 9]])]);
    let converted = to_der(&mut ber).unwrap();
    assert_eq!(converted.content, None);
    assert!(converted.der.ends_with(&[0x04, 1, 9]));
}

#[test]
fn what_is_cut_off_or_too_deep_or_followed_by_more_is_refused() {
    assert_eq!(der(vec![0x30, 0x80, 0x04, 2, 1]), None);
    assert_eq!(der([0x30, 0x80].repeat(100)), None);
    assert_eq!(der([0x24, 0x80].repeat(100)), None);
    assert_eq!(der(vec![0x04, 1, 1, 7]), None);
    assert_eq!(der(vec![0x04, 1, 1, b'\r', b'\n']), der(vec![0x04, 1, 1]));
    assert_eq!(der(vec![0x24, 0x80, 0x02, 1, 1, 0, 0]), None);
    let whole = around(&[0x24, 0x80, 0x04, 2, 1, 2, 0, 0]);
    for length in 0..whole.len() {
        assert_eq!(der(whole[..length].to_vec()), None, "{length}");
    }
}

#[test]
fn what_is_large_beside_the_content_is_refused() {
    let piece = [&[0x04, 0x82, 0x10, 0x00][..], &[7; 4096]].concat();
    let string = |pieces| open(0x24, &[&piece.repeat(pieces)]);
    assert!(der(string(16)).is_some(), "64 KiB");
    assert_eq!(der(string(17)), None);
    assert!(der(around(&string(1000))).is_some(), "the content may be");
    assert_eq!(der(open(0x30, &[&[0x05, 0].repeat(40_000)])), None);
}
