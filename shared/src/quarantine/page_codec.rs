//! The stored form of a page. All numbers are big-endian:
//!
//! ```text
//! magic "SHP1" · originator 8 · first time in Unix milliseconds 8 · rows 2 · services 2
//! services: length 1, text · in order, each used
//! rows:     target 8 · counter 8 · service 2 · milliseconds after the first time 6 · in order of (target, counter)
//! ```
//!
//! One page has one form: what decodes encodes to the same bytes.

use super::page::{HeldPage, PAGE_ROWS, PackedRow};
use crate::identifiers::{Eui64, Srv};
use crate::instant::UtcTime;

const MAGIC: [u8; 4] = *b"SHP1";
const ROW_BYTES: usize = 24;

/// Why bytes are not a page: stored data is damaged, or was written by something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeldPageDamage {
    /// They do not begin as a page does.
    #[error("the bytes do not begin like a page of held communications")]
    Magic,
    /// They end early, or go on after the last row.
    #[error("the page has another length than its rows need")]
    Length,
    /// A number in front of the rows is out of its range.
    #[error("the page's head says what no page can hold")]
    Head,
    /// The table of services is out of order, or names one twice, or one that no row uses, or one that cannot be.
    #[error("the page's table of services is damaged")]
    Services,
    /// A row refers to no service, stands out of order, or has a time out of range.
    #[error("row {0} of the page is damaged")]
    Row(usize),
}

impl HeldPage {
    /// The stored form: 24 bytes for each row and some 30 in front.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(64 + self.rows.len() * ROW_BYTES);
        bytes.extend(MAGIC);
        bytes.extend(self.originator.value().to_be_bytes());
        bytes.extend(self.since.unix_millis().to_be_bytes());
        bytes.extend(as_u16(self.rows.len()).to_be_bytes());
        bytes.extend(as_u16(self.srvs.len()).to_be_bytes());
        for srv in &self.srvs {
            let text = srv.as_str().as_bytes();
            bytes.push(as_u8(text.len()));
            bytes.extend(text);
        }
        for row in &self.rows {
            bytes.extend(row.target.to_be_bytes());
            bytes.extend(row.counter.to_be_bytes());
            bytes.extend(as_u16(row.srv()).to_be_bytes());
            bytes.extend(&row.after().to_be_bytes()[2..]);
        }
        bytes
    }

    /// Reads the stored form.
    pub fn decode(bytes: &[u8]) -> Result<Self, HeldPageDamage> {
        let mut rest = bytes.strip_prefix(&MAGIC).ok_or(HeldPageDamage::Magic)?;
        let originator = Eui64::new(u64::from_be_bytes(take(&mut rest)?));
        let millis = i64::from_be_bytes(take(&mut rest)?);
        let since = UtcTime::from_unix_millis(millis);
        let count = usize::from(u16::from_be_bytes(take(&mut rest)?));
        let services = usize::from(u16::from_be_bytes(take(&mut rest)?));
        if since.unix_millis() != millis
            || !(1..=PAGE_ROWS).contains(&count)
            || !(1..=count).contains(&services)
        {
            return Err(HeldPageDamage::Head);
        }
        let srvs = decode_services(&mut rest, services)?;
        let rows = decode_rows(rest, count, &srvs, since)?;
        Ok(Self {
            originator,
            since,
            srvs,
            rows,
        })
    }
}

fn decode_services(rest: &mut &[u8], count: usize) -> Result<Vec<Srv>, HeldPageDamage> {
    let mut srvs: Vec<Srv> = Vec::new();
    for _ in 0..count {
        let [length] = take(rest)?;
        let (text, after) = rest
            .split_at_checked(usize::from(length))
            .ok_or(HeldPageDamage::Length)?;
        *rest = after;
        let srv = std::str::from_utf8(text)
            .ok()
            .and_then(|text| Srv::parse(text).ok());
        let srv = srv.ok_or(HeldPageDamage::Services)?;
        if srvs.last().is_some_and(|last| *last >= srv) {
            return Err(HeldPageDamage::Services);
        }
        srvs.push(srv);
    }
    Ok(srvs)
}

fn decode_rows(
    bytes: &[u8],
    count: usize,
    srvs: &[Srv],
    since: UtcTime,
) -> Result<Vec<PackedRow>, HeldPageDamage> {
    let (chunks, []) = bytes.as_chunks::<ROW_BYTES>() else {
        return Err(HeldPageDamage::Length);
    };
    if chunks.len() != count {
        return Err(HeldPageDamage::Length);
    }
    let mut used = vec![false; srvs.len()];
    let mut earliest = u64::MAX;
    let mut rows: Vec<PackedRow> = Vec::with_capacity(count);
    for (position, chunk) in chunks.iter().enumerate() {
        let row = decode_row(chunk);
        let after = i64::try_from(row.after()).unwrap_or(i64::MAX);
        let instant = since.plus(time::Duration::milliseconds(after));
        let in_range = instant.unix_millis() == since.unix_millis().saturating_add(after);
        let in_order = rows.last().is_none_or(|last| last.key() < row.key());
        let Some(used) = used.get_mut(row.srv()).filter(|_| in_range && in_order) else {
            return Err(HeldPageDamage::Row(position));
        };
        *used = true;
        earliest = earliest.min(row.after());
        rows.push(row);
    }
    if earliest != 0 {
        return Err(HeldPageDamage::Head);
    }
    if used.contains(&false) {
        return Err(HeldPageDamage::Services);
    }
    Ok(rows)
}

fn decode_row(chunk: &[u8; ROW_BYTES]) -> PackedRow {
    let number = |range: std::ops::Range<usize>| {
        chunk[range]
            .iter()
            .fold(0_u64, |value, byte| value << 8 | u64::from(*byte))
    };
    let srv = u16::from_be_bytes([chunk[16], chunk[17]]);
    PackedRow::new(
        number(0..8),
        number(8..16),
        usize::from(srv),
        number(18..24),
    )
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], HeldPageDamage> {
    let (head, after) = rest.split_first_chunk().ok_or(HeldPageDamage::Length)?;
    *rest = after;
    Ok(*head)
}

fn as_u16(number: usize) -> u16 {
    u16::try_from(number).expect("a page has at most 8,192 rows")
}

fn as_u8(number: usize) -> u8 {
    u8::try_from(number).expect("the text of a service is at most 8 bytes")
}
