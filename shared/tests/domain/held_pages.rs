//! Pages of held communications and their stored form.

use proptest::prelude::*;
use sluice_shared::identifiers::{Eui64, RequestId, Srv};
use sluice_shared::instant::UtcTime;
use sluice_shared::quarantine::{
    HeldCommunication, HeldPage, HeldPageDamage, HeldPageError, PAGE_ROWS,
};

use crate::make::{GS, IS, eui, event, hour, request};

fn held(number: u64) -> HeldCommunication {
    HeldCommunication {
        request: request(IS, number),
        srv: Srv::parse("7.2").unwrap(),
        quarantined_at: hour(0),
    }
}

#[test]
fn a_full_page_takes_24_bytes_a_row_and_fits_an_item() {
    let rows: Vec<_> = (0..PAGE_ROWS as u64).map(held).collect();
    let bytes = HeldPage::new(eui(IS), &rows).unwrap().encode();
    assert_eq!(bytes.len(), PAGE_ROWS * 24 + 28);
    assert!(bytes.len() < 400_000);
}

#[test]
fn an_event_is_cut_into_pages_in_order_of_request() {
    let event = event("1203", 20_000);
    assert_eq!(
        event
            .pages
            .iter()
            .map(|page| page.page.len())
            .collect::<Vec<_>>(),
        [8_192, 8_192, 3_616]
    );
    let requests: Vec<_> = event
        .pages
        .iter()
        .flat_map(|page| page.page.iter().map(|held| held.request))
        .collect();
    assert!(requests.is_sorted());
    assert_eq!(requests.len(), 20_000);
}

#[test]
fn what_makes_no_page_is_refused() {
    let new = |rows: &[HeldCommunication]| HeldPage::new(eui(IS), rows).unwrap_err();
    assert_eq!(new(&[]), HeldPageError::Empty);
    assert_eq!(
        new(&[held(5), held(5)]),
        HeldPageError::Order(request(IS, 5))
    );
    assert_eq!(
        new(&[held(5), held(4)]),
        HeldPageError::Order(request(IS, 4))
    );
    let other = HeldCommunication {
        request: request(GS, 1),
        ..held(1)
    };
    assert_eq!(
        new(&[other]),
        HeldPageError::OtherOriginator(request(GS, 1))
    );
    let many: Vec<_> = (0..=PAGE_ROWS as u64).map(held).collect();
    assert_eq!(new(&many), HeldPageError::TooMany(PAGE_ROWS + 1));
    assert!(HeldPage::paginate(eui(IS), vec![held(1), held(0), held(1)]).is_err());
}

#[test]
fn damage_is_named() {
    let good = HeldPage::new(eui(IS), &[held(1), held(2)])
        .unwrap()
        .encode();
    let broken = |at: usize, byte: u8| {
        let mut bytes = good.clone();
        bytes[at] = byte;
        HeldPage::decode(&bytes).unwrap_err()
    };
    assert_eq!(broken(0, b'X'), HeldPageDamage::Magic);
    assert_eq!(broken(21, 3), HeldPageDamage::Length);
    assert_eq!(broken(20, 0xFF), HeldPageDamage::Head);
    assert_eq!(broken(25, b'x'), HeldPageDamage::Services);
    // The second row no longer comes after the first.
    assert_eq!(broken(28 + 24 + 15, 0), HeldPageDamage::Row(1));
    assert_eq!(
        HeldPage::decode(&good[..good.len() - 1]),
        Err(HeldPageDamage::Length)
    );
    assert_eq!(
        HeldPage::decode(&[good.as_slice(), &[0]].concat()),
        Err(HeldPageDamage::Length)
    );
}

fn any_rows() -> impl Strategy<Value = Vec<HeldCommunication>> {
    let srv = prop::sample::select(vec!["7.2", "7.1", "6.15.1", "1.1.1"]);
    let rows = prop::collection::btree_map(
        (any::<u64>(), any::<u64>()),
        (srv, 0..9_000_000_000_000_i64),
        1..60,
    );
    rows.prop_map(|rows| {
        let row = |((target, counter), (srv, millis))| HeldCommunication {
            request: RequestId {
                originator: eui(IS),
                target: Eui64::new(target),
                counter,
            },
            srv: Srv::parse(srv).unwrap(),
            quarantined_at: UtcTime::from_unix_millis(millis),
        };
        rows.into_iter().map(row).collect()
    })
}

proptest! {
    #[test]
    fn a_page_comes_back_as_it_was(rows in any_rows()) {
        let page = HeldPage::new(eui(IS), &rows).unwrap();
        prop_assert_eq!(page.iter().collect::<Vec<_>>(), rows.clone());
        prop_assert_eq!(HeldPage::decode(&page.encode()).unwrap(), page.clone());
        for (position, row) in rows.iter().enumerate() {
            prop_assert_eq!(page.position(row.request), Some(position));
        }
    }

    /// Whatever bytes decode are the one form of their page; nothing panics.
    #[test]
    fn one_page_has_one_form(rows in any_rows(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in 0..3_usize) {
        let mut bytes = HeldPage::new(eui(IS), &rows).unwrap().encode();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(bytes.len() - cut);
        if let Ok(page) = HeldPage::decode(&bytes) {
            prop_assert_eq!(page.encode(), bytes);
        }
    }
}
