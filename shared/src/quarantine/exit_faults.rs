use super::{HeldEvent, HeldState};
use crate::files::{Action, ExitColumn};
use crate::finding::{Findings, HeldDefect, Place};
use crate::identifiers::{QuarantineEventRef, RequestId};

/// What is wrong with one row, small: a file may have a million.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault<'a> {
    UnknownEvent(QuarantineEventRef),
    OtherUser(&'a HeldEvent, RequestId),
    NotHeld(&'a HeldEvent, RequestId),
    /// With the position of the page in the event, and of the row on the page.
    Decided(&'a HeldEvent, RequestId, usize, usize),
}

/// Faults as they are met, which is in order of Request ID; findings come in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Faults<'a>(Vec<(u64, Fault<'a>)>);

impl<'a> Faults<'a> {
    pub(super) fn add(&mut self, line: u64, fault: Fault<'a>) {
        self.0.push((line, fault));
    }

    pub(super) fn into_findings(mut self, limit: usize) -> Findings {
        self.0.sort_unstable_by_key(|(line, _)| *line);
        let mut findings = Findings::with_limit(limit);
        for (index, (line, fault)) in self.0.iter().enumerate() {
            // What is only counted needs no text.
            let value = if index < limit {
                fault.value()
            } else {
                String::new()
            };
            findings.add(
                Place::line(*line).column(fault.column()).value(&value),
                fault.defect(),
            );
        }
        findings
    }
}

impl Fault<'_> {
    const fn column(&self) -> &'static str {
        match self {
            Self::UnknownEvent(_) => ExitColumn::Event.name(),
            Self::OtherUser(..) | Self::NotHeld(..) | Self::Decided(..) => {
                ExitColumn::Request.name()
            }
        }
    }

    fn value(&self) -> String {
        match self {
            Self::UnknownEvent(event) => event.to_string(),
            Self::OtherUser(_, request)
            | Self::NotHeld(_, request)
            | Self::Decided(_, request, ..) => request.to_string(),
        }
    }

    fn defect(&self) -> HeldDefect {
        match *self {
            Self::UnknownEvent(event) => HeldDefect::UnknownEvent { event },
            Self::NotHeld(held, request) => HeldDefect::NotHeld {
                event: held.event.reference,
                request,
            },
            Self::OtherUser(held, request) => HeldDefect::OtherUser {
                event: held.event.reference,
                user_id: held.event.user_id,
                originator: request.originator,
            },
            Self::Decided(held, request, page, position) => {
                let page = &held.pages[page];
                let delete = page.decisions.get(position) == HeldState::Delete;
                let share = page.share_for(position);
                HeldDefect::AlreadyDecided {
                    event: held.event.reference,
                    request,
                    action: if delete {
                        Action::Delete
                    } else {
                        Action::Release
                    },
                    by: share.map(|share| (share.submission, share.decided_at)),
                }
            }
        }
    }
}
