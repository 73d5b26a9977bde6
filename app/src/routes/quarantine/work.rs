//! The work on one event: what is held, what is chosen, what is shown and selected. Kept while people go to the review of
//! their decisions and back, and in the browser's storage until they are submitted.

use std::{cell::RefCell, sync::Arc};

use crate::{
    address::{Address, Parameter},
    decide::{Choice, Choices, Filter, HeldTable, Played, Selection, Sort, StateFilter},
    keep::{self, KeepError, ObjectStore},
    sent::Sent,
};
use js_sys::Uint8Array;
use leptos::prelude::*;
use sluice_shared::{api::QuarantineEventView, identifiers::Srv, instant::UtcTime};

thread_local! {
    /// The work that was left last in this tab.
    static LAST: RefCell<Option<Left>> = const { RefCell::new(None) };
}

struct Left {
    event: QuarantineEventView,
    /// As it was, with what was sent by then.
    table: Arc<HeldTable>,
    choices: Choices,
}

/// What an event holds, what was sent of it, and what is chosen.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) table: Arc<HeldTable>,
    pub(super) sent: Vec<Sent>,
    pub(super) choices: Choices,
}

/// The work on one event. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Work {
    pub(super) event: StoredValue<QuarantineEventView>,
    pub(super) table: StoredValue<Arc<HeldTable>>,
    /// The submissions with decisions about it that are not settled.
    pub(super) sent: StoredValue<Vec<Sent>>,
    pub(super) choices: RwSignal<Choices>,
    pub(super) selection: RwSignal<Selection>,
    /// The rows shown, in their order.
    pub(super) shown: Memo<Arc<Vec<u32>>>,
    /// The place that the keyboard was moved to.
    pub(super) cursor: RwSignal<usize>,
    /// The place in `shown` that the keyboard is at: the last one, where rows have gone since it was moved.
    pub(super) here: Memo<usize>,
    /// What was done last, for the live region and the line beside the buttons.
    pub(super) said: RwSignal<String>,
    address: Address,
    /// Under which name the choices are kept.
    name: StoredValue<String>,
    /// Counts changes, so that a burst of them is kept once.
    changes: StoredValue<u32>,
}

impl Work {
    /// Starts from what is held and what was chosen before.
    pub(super) fn new(
        event: QuarantineEventView,
        Held {
            table,
            sent,
            choices,
        }: Held,
        address: Address,
        person: &str,
    ) -> Self {
        let rows = table.len();
        let name = kept_name(person, &event);
        let table = StoredValue::new(table);
        let choices = RwSignal::new(choices);
        let shown = Memo::new(move |_| {
            let (filter, sort) = (filter(address), sort(address));
            let table = table.get_value();
            // Choosing must not move rows away under the hand: only filters and order by choice follow the choices.
            let follows =
                filter.state != StateFilter::All || sort.by == crate::decide::SortBy::Choice;
            let rows = |choices: &Choices| {
                let mut rows = filter.rows(&table, choices);
                sort.sort(&mut rows, &table, choices);
                Arc::new(rows)
            };
            if follows {
                choices.with(rows)
            } else {
                choices.with_untracked(rows)
            }
        });
        let cursor = RwSignal::new(0);
        let here = Memo::new(move |_| {
            let last = shown.with(|shown| shown.len().saturating_sub(1));
            cursor.get().min(last)
        });
        let work = Self {
            event: StoredValue::new(event),
            table,
            sent: StoredValue::new(sent),
            choices,
            selection: RwSignal::new(Selection::none(rows)),
            shown,
            cursor,
            here,
            said: RwSignal::new(String::new()),
            address,
            name: StoredValue::new(name),
            changes: StoredValue::new(0),
        };
        on_cleanup(move || work.leave());
        work
    }

    /// What was left last in this tab, if it is this event and the service has decided nothing meanwhile.
    pub(super) fn left(event: &QuarantineEventView) -> Option<(Arc<HeldTable>, Choices)> {
        LAST.with_borrow(|last| {
            last.as_ref()
                .filter(|left| {
                    left.event.event.reference == event.event.reference
                        && left.event.event.counts == event.event.counts
                })
                .map(|left| (left.table.clone(), left.choices.clone()))
        })
    }

    fn leave(self) {
        let left = (
            self.event.try_get_value(),
            self.table.try_get_value(),
            self.choices.try_get_untracked(),
        );
        if let (Some(event), Some(table), Some(choices)) = left {
            // The last change may not have been kept yet.
            if let Some(name) = self
                .name
                .try_get_value()
                .filter(|_| self.changes.try_get_value() != Some(0))
            {
                let bytes = Uint8Array::from(table.sent().among(&choices).as_slice());
                leptos::task::spawn_local(async move {
                    let _ = keep::put(ObjectStore::Decisions, &name, &bytes).await;
                });
            }
            LAST.set(Some(Left {
                event,
                table,
                choices,
            }));
        }
    }

    /// Whether a row can still be decided.
    pub(super) fn is_open(self, row: usize) -> bool {
        self.table.with_value(|table| table.is_open(row))
    }

    pub(super) fn choose(self, choice: Choice) {
        let rows: Vec<usize> = self
            .selection
            .with_untracked(|selection| selection.iter().collect());
        let selected = rows.len();
        if selected == 0 {
            return self.said.set("Select communications first.".to_owned());
        }
        self.choices.update(|choices| {
            choices.choose(rows, choice);
        });
        let mut chosen = Played::default();
        *match choice {
            Choice::Hold => &mut chosen.held,
            Choice::Release => &mut chosen.release,
            Choice::Delete => &mut chosen.delete,
        } = selected;
        self.said.set(chosen.in_words("").unwrap_or_default() + ".");
        self.selection.update(Selection::clear);
        self.keep();
    }

    pub(super) fn undo(self) {
        self.step(Choices::undo, "Undone", " again");
    }

    pub(super) fn redo(self) {
        self.step(Choices::redo, "Redone", "");
    }

    fn step(self, step: impl FnOnce(&mut Choices) -> Played, words: &str, again: &str) {
        let played = self.choices.try_update(step).unwrap_or_default();
        let Some(what) = played.in_words(again) else {
            return;
        };
        self.said.set(format!("{words}: {what}."));
        self.keep();
    }

    /// Selects every row that is shown and can be decided.
    pub(super) fn select_all_shown(self) {
        let shown = self.shown.get_untracked();
        self.selection.update(|selection| {
            for row in shown
                .iter()
                .map(|row| *row as usize)
                .filter(|row| self.is_open(*row))
            {
                selection.set(row, true);
            }
        });
        let count = self.selection.with_untracked(Selection::count);
        self.said.set(format!(
            "{} selected.",
            crate::components::counted(count as u64, "communication", "communications")
        ));
    }

    /// Keeps the choices in the browser, once for a burst of changes.
    fn keep(self) {
        let change = self.changes.try_update_value(|changes| {
            *changes += 1;
            *changes
        });
        leptos::task::spawn_local(async move {
            crate::browser::sleep(300).await;
            if self.changes.try_get_value() == change {
                self.keep_now().await;
            }
        });
    }

    pub(super) async fn keep_now(self) {
        let bytes = || {
            let table = self.table.try_get_value()?;
            let of = |choices: &Choices| table.sent().among(choices);
            self.choices.try_with_untracked(of)
        };
        let (Some(name), Some(bytes)) = (self.name.try_get_value(), bytes()) else {
            return;
        };
        if let Err(error) = keep::put(
            ObjectStore::Decisions,
            &name,
            &Uint8Array::from(bytes.as_slice()),
        )
        .await
        {
            let _ = self.said.try_set(error.to_string());
        }
    }
}

/// The choices kept for an event in this browser, as far as they still fit.
pub(super) async fn kept(
    person: &str,
    event: &QuarantineEventView,
    table: &HeldTable,
) -> Result<Choices, KeepError> {
    let bytes = keep::get(ObjectStore::Decisions, &kept_name(person, event)).await?;
    let bytes = bytes
        .map(|value| Uint8Array::new(&value).to_vec())
        .filter(|bytes| bytes.len() == table.len());
    let open = |row| table.is_open(row);
    Ok(bytes.map_or_else(
        || Choices::none(table.len()),
        |bytes| Choices::from_bytes(&bytes, open),
    ))
}

fn kept_name(person: &str, event: &QuarantineEventView) -> String {
    format!("{person}/{}", event.event.reference)
}

/// The filter in the address.
pub(super) fn filter(address: Address) -> Filter {
    let text = |parameter| address.parameter(parameter);
    Filter {
        srv: text(Parameter::Srv).and_then(|text| Srv::parse(&text).ok()),
        device: Filter::device_digits(&text(Parameter::Device).unwrap_or_default()),
        from: text(Parameter::From).and_then(|text| UtcTime::parse(&text).ok()),
        to: text(Parameter::To).and_then(|text| UtcTime::parse(&text).ok()),
        state: StateFilter::parse(&text(Parameter::State).unwrap_or_default()),
    }
}

/// The order in the address.
pub(super) fn sort(address: Address) -> Sort {
    Sort::parse(&address.parameter(Parameter::Sort).unwrap_or_default())
}

impl Work {
    /// The address, for filters and order.
    pub(super) fn address(self) -> Address {
        self.address
    }
}
