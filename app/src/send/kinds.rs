//! The kinds of errors of a file, on top of the step: each leads to the first place where it occurs.

use crate::components::{FindingsShown, counted, details, error_summary_of, grouped};
use leptos::{ev, html::*, prelude::*};
use sluice_shared::finding::{FindingCode, Findings, Severity};

/// Kinds that may merely follow from others: a row whose service cannot be read counts as left out.
const FOLLOWING: [&str; 1] = ["missing-service"];

/// One kind of errors.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kind {
    code: &'static FindingCode,
    count: u64,
    /// The place of the first among the findings that are kept.
    first: Option<usize>,
}

/// All kinds of errors, the most frequent first, and what may follow from them below.
pub(super) fn summary(findings: &Findings, shown: FindingsShown) -> AnyView {
    let (following, kinds) = split(kinds(findings));
    let more = (!following.is_empty()).then(|| {
        let title = format!(
            "{} that may follow from these",
            counted(
                following.iter().map(|kind| kind.count).sum(),
                "error",
                "errors"
            )
        );
        let links: Vec<AnyView> = following
            .iter()
            .map(|kind| li().child(link(kind, shown)).into_any())
            .collect();
        details(
            title,
            ul().class("govuk-list govuk-error-summary__list")
                .child(links),
        )
    });
    let errors = counted(findings.errors, "error", "errors");
    error_summary_of(
        format!("Your file cannot be sent yet: {errors}"),
        kinds.iter().map(|kind| link(kind, shown)).collect(),
        more,
    )
}

fn kinds(findings: &Findings) -> Vec<Kind> {
    let known = |(code, count): (&String, &u64)| {
        let code = FindingCode::find(code).filter(|code| code.severity == Severity::Error)?;
        let mut all = findings.findings.iter();
        Some(Kind {
            code,
            count: *count,
            first: all.position(|finding| finding.code == code.code),
        })
    };
    let mut kinds: Vec<Kind> = findings.counts.iter().filter_map(known).collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
    kinds
}

/// What may follow from others, where there are others.
fn split(kinds: Vec<Kind>) -> (Vec<Kind>, Vec<Kind>) {
    let follows = |kind: &Kind| FOLLOWING.contains(&kind.code.code);
    if kinds.iter().all(follows) {
        return (Vec::new(), kinds);
    }
    kinds.into_iter().partition(follows)
}

fn link(kind: &Kind, shown: FindingsShown) -> AnyView {
    let words = match kind.count {
        1 => kind.code.title.to_owned(),
        count => format!("{} ({} times)", kind.code.title, grouped(count)),
    };
    let Some(first) = kind.first else {
        return words.into_any();
    };
    let press = move |event: ev::MouseEvent| {
        event.prevent_default();
        shown.turn_to(first);
    };
    a().href("#findings")
        .on(ev::click, press)
        .child(words)
        .into_any()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn kind(code: &str) -> Kind {
        Kind {
            code: FindingCode::find(code).unwrap(),
            count: 1,
            first: None,
        }
    }

    #[test]
    fn a_service_may_be_missing_because_its_row_is_at_fault() {
        let all = vec![kind("negative-threshold"), kind("missing-service")];
        let (following, first) = split(all);
        assert_eq!(following, [kind("missing-service")]);
        assert_eq!(first, [kind("negative-threshold")]);
    }

    #[test]
    fn a_service_that_is_missing_alone_follows_from_nothing() {
        let (following, first) = split(vec![kind("missing-service")]);
        assert_eq!((following.len(), first.len()), (0, 1));
    }
}
