//! What is typed into the forms, and the change that it makes.

use super::{
    ask::Wanted,
    opened::Opened,
    user_id_lines::{in_lines, parse_lines},
};
use crate::{
    api::PersonView,
    components::{Fault, sentence},
};
use leptos::prelude::*;
use sluice_shared::{
    directory::{
        DirectoryChange, GivenRoles, MachineScope, MachineScopes, OrganisationDetails,
        PartyCategory, PersonRole, SignerSubject,
    },
    files::UserId,
    identifiers::{
        ChangeReason, ClientId, ContactAddress, DisplayName, Eui64Range, FileDigest,
        OrganisationId, PersonId,
    },
};
use std::fmt::Display;

pub(super) const WHAT: &str = "change-what";
pub(super) const SIGN_IN: &str = "change-sign-in";
pub(super) const NAME: &str = "change-name";
pub(super) const CLIENT_ID: &str = "change-client-id";
pub(super) const SCOPES: &str = "change-scopes";
pub(super) const ROLES: &str = "change-roles";
pub(super) const SUBJECT: &str = "change-subject";
pub(super) const TO: &str = "change-to";
pub(super) const KEY: &str = "change-key";
pub(super) const SHORT_NAME: &str = "change-short-name";
pub(super) const USER_IDS: &str = "change-user-ids";
pub(super) const CATEGORY: &str = "change-category";
pub(super) const ALLOCATED: &str = "change-allocated";
pub(super) const CONTACT: &str = "change-contact";
pub(super) const REASON: &str = "change-reason";

/// What can be done to a person, as the form's choice names it.
pub(super) const GIVE: &str = "roles";
pub(super) const RENAME: &str = "rename";
pub(super) const MOVE: &str = "move";
pub(super) const REMOVE: &str = "remove";
pub(super) const STOP: &str = "stop";

/// What is typed and chosen.
#[derive(Clone, Copy)]
pub(super) struct Inputs {
    pub(super) what: RwSignal<String>,
    /// The sign-in of a person, or the client id of a system.
    pub(super) sign_in: RwSignal<String>,
    pub(super) name: RwSignal<String>,
    pub(super) roles: RwSignal<Vec<PersonRole>>,
    pub(super) scopes: RwSignal<Vec<MachineScope>>,
    pub(super) subject: RwSignal<String>,
    pub(super) to: RwSignal<String>,
    /// Which key is to be stopped: its SHA-256.
    pub(super) key: RwSignal<String>,
    pub(super) short_name: RwSignal<String>,
    pub(super) user_ids: RwSignal<String>,
    pub(super) category: RwSignal<String>,
    pub(super) allocated: RwSignal<String>,
    pub(super) contact: RwSignal<String>,
    pub(super) reason: RwSignal<String>,
    /// That an organisation's last administrator may go.
    pub(super) last: RwSignal<bool>,
}

impl Inputs {
    /// As a form begins: with what is so now.
    pub(super) fn new(opened: &Opened) -> Self {
        let (person, organisation) = match opened {
            Opened::Person(person, _) => (Some(&**person), None),
            Opened::Organisation(people) => (None, Some(people)),
            Opened::Invitation(_)
            | Opened::System(_)
            | Opened::SystemStop(..)
            | Opened::Registration => (None, None),
        };
        let text = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
        let details = organisation.map(|people| &people.details);
        let name = person.map(|person| person.person.name.clone());
        Self {
            what: RwSignal::new(GIVE.to_owned()),
            sign_in: text(None),
            name: text(
                name.or_else(|| organisation.map(|people| people.organisation.name.clone())),
            ),
            roles: RwSignal::new(
                person
                    .map(|person| person.roles.clone())
                    .unwrap_or_default(),
            ),
            scopes: RwSignal::new(Vec::new()),
            subject: text(person.and_then(|person| person.signer_subject.clone())),
            to: text(None),
            key: text(None),
            short_name: text(None),
            user_ids: text(organisation.map(|people| in_lines(&people.organisation.user_ids))),
            category: text(details.and_then(|details| details.category).map(name_of)),
            allocated: text(
                details
                    .and_then(|details| details.allocated)
                    .map(|range| range.to_string()),
            ),
            contact: text(
                details
                    .and_then(|details| details.contact.as_ref())
                    .map(ToString::to_string),
            ),
            reason: text(None),
            last: RwSignal::new(false),
        }
    }

    fn fields(self) -> [RwSignal<String>; 12] {
        [
            self.what,
            self.sign_in,
            self.name,
            self.subject,
            self.to,
            self.key,
            self.short_name,
            self.user_ids,
            self.category,
            self.allocated,
            self.contact,
            self.reason,
        ]
    }

    /// All that is typed and chosen, as texts in one order.
    pub(super) fn texts(self) -> Vec<String> {
        let mut texts: Vec<_> = self.fields().iter().map(|field| field.get()).collect();
        texts.push(if self.last.get() { "yes" } else { "" }.to_owned());
        let has = |role: &PersonRole| self.roles.with(|roles| roles.contains(role));
        let roles = PersonRole::ALL.into_iter().filter(has);
        texts.extend(roles.map(|role| role.in_words().to_owned()));
        let has = |scope: &MachineScope| self.scopes.with(|scopes| scopes.contains(scope));
        let scopes = MachineScope::ALL.into_iter().filter(has);
        texts.extend(scopes.map(|scope| scope.to_string()));
        texts
    }

    /// Types and chooses what [`Inputs::texts`] gave.
    pub(super) fn set_texts(self, texts: &[String]) {
        let fields = self.fields();
        for (field, text) in fields.iter().zip(texts) {
            field.set(text.clone());
        }
        let mut beside = texts.iter().skip(fields.len());
        self.last
            .set(beside.next().is_some_and(|last| last == "yes"));
        let named: Vec<_> = beside.collect();
        let is_named = |role: &PersonRole| named.iter().any(|name| *name == role.in_words());
        self.roles
            .set(PersonRole::ALL.into_iter().filter(is_named).collect());
        let is_named = |scope: &MachineScope| named.iter().any(|name| *name == scope.as_str());
        self.scopes
            .set(MachineScope::ALL.into_iter().filter(is_named).collect());
    }

    /// The change that is wanted, or everything that is wrong with what was typed.
    pub(super) fn parse(self, opened: &Opened) -> Result<Wanted, Vec<Fault>> {
        let mut faults = Vec::new();
        let change = match opened {
            Opened::Invitation(_) => self.invite(&mut faults),
            Opened::Person(person, _) => self.change(person, &mut faults),
            Opened::System(_) => self.register_system(&mut faults),
            Opened::SystemStop(view, _) => Some(DirectoryChange::StopMachine {
                machine: view.machine.id.clone(),
            }),
            Opened::Registration | Opened::Organisation(_) => {
                self.organisation(opened, &mut faults)
            }
        };
        let organisation = match opened.people() {
            Some(people) => Some(people.organisation.id.clone()),
            None => parsed(
                SHORT_NAME,
                "The short name",
                &self.short_name.get_untracked(),
                OrganisationId::parse,
                &mut faults,
            ),
        };
        let reason = ChangeReason::parse(&self.reason.get_untracked());
        let reason = reason
            .map_err(|error| faults.push(Fault::at(REASON, sentence(&error.to_string()))))
            .ok();
        match (organisation, change, reason) {
            (Some(organisation), Some(change), Some(reason)) if faults.is_empty() => Ok(Wanted {
                organisation,
                change,
                reason,
            }),
            _ => Err(faults),
        }
    }

    fn invite(self, faults: &mut Vec<Fault>) -> Option<DirectoryChange> {
        let person = parsed(
            SIGN_IN,
            "The sign-in",
            self.sign_in.get_untracked().trim(),
            PersonId::parse,
            faults,
        );
        let name = self.display_name(faults);
        let (roles, signer_subject) = (self.given(faults), self.signer(faults));
        Some(DirectoryChange::Invite {
            person: person?,
            name: name?,
            roles: roles?,
            signer_subject,
        })
    }

    fn register_system(self, faults: &mut Vec<Fault>) -> Option<DirectoryChange> {
        let machine = parsed(
            CLIENT_ID,
            "The client ID",
            self.sign_in.get_untracked().trim(),
            ClientId::parse,
            faults,
        );
        let name = self.display_name(faults);
        let scopes = self
            .scopes
            .with_untracked(|scopes| MachineScopes::parse(scopes));
        let scopes = scopes
            .map_err(|error| faults.push(Fault::at(SCOPES, sentence(&error.to_string()))))
            .ok();
        Some(DirectoryChange::RegisterMachine {
            machine: machine?,
            name: name?,
            scopes: scopes?,
        })
    }

    fn change(self, of: &PersonView, faults: &mut Vec<Fault>) -> Option<DirectoryChange> {
        let person = of.person.id.clone();
        let leaves_no_administrator = self.last.get_untracked();
        match self.what.get_untracked().as_str() {
            RENAME => Some(DirectoryChange::Rename {
                person,
                name: self.display_name(faults)?,
            }),
            REMOVE => Some(DirectoryChange::Remove {
                person,
                leaves_no_administrator,
            }),
            STOP => {
                let key = self.key.get_untracked();
                let key = FileDigest::parse(&key).ok();
                if key.is_none() {
                    faults.push(Fault::at(
                        KEY,
                        "Choose the key that is to be stopped.".to_owned(),
                    ));
                }
                Some(DirectoryChange::StopKey { person, key: key? })
            }
            MOVE => {
                let to = parsed(
                    TO,
                    "The organisation",
                    &self.to.get_untracked(),
                    OrganisationId::parse,
                    faults,
                );
                let (roles, signer_subject) = (self.given(faults), self.signer(faults));
                Some(DirectoryChange::Move {
                    person,
                    to: to?,
                    roles: roles?,
                    signer_subject,
                    leaves_no_administrator,
                })
            }
            _ => {
                let (roles, signer_subject) = (self.given(faults), self.signer(faults));
                Some(DirectoryChange::ChangeRoles {
                    person,
                    roles: roles?,
                    signer_subject,
                    leaves_no_administrator,
                })
            }
        }
    }

    fn organisation(self, opened: &Opened, faults: &mut Vec<Fault>) -> Option<DirectoryChange> {
        let name = self.display_name(faults);
        let user_ids = self.user_ids(faults);
        let category = PartyCategory::ALL
            .into_iter()
            .find(|one| name_of(*one) == self.category.get_untracked());
        let allocated = optional(
            ALLOCATED,
            "The range",
            &self.allocated.get_untracked(),
            Eui64Range::parse,
            faults,
        );
        let contact = optional(
            CONTACT,
            "The contact",
            &self.contact.get_untracked(),
            ContactAddress::parse,
            faults,
        );
        let details = OrganisationDetails {
            category,
            allocated,
            contact,
        };
        let (name, user_ids) = (name?, user_ids?);
        Some(match opened {
            Opened::Registration => DirectoryChange::CreateOrganisation {
                name,
                user_ids,
                details,
            },
            _ => DirectoryChange::ChangeOrganisation {
                name,
                user_ids,
                details,
            },
        })
    }

    fn display_name(self, faults: &mut Vec<Fault>) -> Option<DisplayName> {
        parsed(
            NAME,
            "The name",
            self.name.get_untracked().trim(),
            DisplayName::parse,
            faults,
        )
    }

    fn given(self, faults: &mut Vec<Fault>) -> Option<GivenRoles> {
        let given = self.roles.with_untracked(|roles| GivenRoles::parse(roles));
        given
            .map_err(|error| faults.push(Fault::at(ROLES, sentence(&error.to_string()))))
            .ok()
    }

    /// Whom the certificates name, where one of the roles signs: what is typed for others counts for nothing.
    fn signer(self, faults: &mut Vec<Fault>) -> Option<SignerSubject> {
        let signs = self
            .roles
            .with_untracked(|roles| roles.iter().any(|role| role.signs()));
        if !signs {
            return None;
        }
        parsed(
            SUBJECT,
            "The subject",
            &self.subject.get_untracked(),
            SignerSubject::parse,
            faults,
        )
    }

    fn user_ids(self, faults: &mut Vec<Fault>) -> Option<Vec<UserId>> {
        parse_lines(&self.user_ids.get_untracked())
            .map_err(|words| faults.push(Fault::at(USER_IDS, words)))
            .ok()
    }
}

/// A category, as a choice names it.
pub(super) fn name_of(category: PartyCategory) -> String {
    category.in_words().to_owned()
}

/// What a text of a field says, or nothing after noting what is wrong with it there.
fn parsed<T, E: Display>(
    id: &'static str,
    what: &str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, E>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    parse(text)
        .map_err(|error| faults.push(Fault::at(id, format!("{what} {error}."))))
        .ok()
}

fn optional<T, E: Display>(
    id: &'static str,
    what: &str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, E>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    parsed(id, what, text, parse, faults)
}
