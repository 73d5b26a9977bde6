//! Who there is, what each may do, and the one table of routes that says what each route needs and where it is asked.

mod access;
mod access_history;
mod access_review;
mod access_rule;
mod asker;
mod before;
mod certificate_end;
mod certificates;
mod change;
mod change_bar;
mod change_effect;
mod change_rule;
mod details;
mod difference;
mod effect;
mod entrance;
mod first_administrators;
mod fresh_sign_in;
mod given_roles;
mod keys_rule;
mod machine;
mod machine_scope;
mod machines_rule;
mod people;
mod permission;
mod person_ref;
mod record;
mod replaced_administrator;
pub mod routes;
mod signer_subject;
mod statement;
mod user_ids_rule;

pub use access::Access;
pub use access_history::{
    AccessHistory, Confirmation, HeldRole, RoleGiven, confirmed_on_the_day_of,
};
pub use access_review::{is_dormant, is_review_overdue};
pub use access_rule::may_confirm;
pub use asker::{Asker, MachineAsker};
pub use before::RegisteredBefore;
pub use certificate_end::{CertificateEnd, CertificateReminder};
pub use certificates::{
    CertificateBar, CertificateIdentity, RegisteredCertificate, RegisteredCertificates, StoppedKey,
};
pub use change::{DirectoryChange, ROLES_OF_ADMINISTRATORS};
pub use change_bar::{ApprovalBar, ChangeBar};
pub use change_rule::{Approval, KnownForChange, PermittedChange, may_approve, permit_change};
pub use details::{OrganisationDetails, PartyCategory};
pub use difference::{ChangeDifference, differences, differences_by};
pub use effect::DirectoryEffect;
pub use entrance::Entrance;
pub use first_administrators::{FirstAdministrators, NewAdministrator, NotTwoPeople};
pub use fresh_sign_in::{CLOCK_LEEWAY_SECONDS, NotFresh, RequestedFor, SignInAge, SignInFreshness};
pub use given_roles::{GivenRoles, NoRoles};
pub use machine::{MOST_MACHINES, Machine, StoppedMachine};
pub use machine_scope::{MachineScope, MachineScopeError, MachineScopes, NoScopes};
pub use people::{Organisation, Person, PersonRole};
pub use permission::{Permission, ReviewBar, may_review};
pub use person_ref::PersonRef;
pub use record::{ChangeRecord, ChangeState};
pub use replaced_administrator::{NotReplaced, ReplacedAdministrator, Replacement};
pub use routes::{Method, ROUTES, Route, route_at};
pub use signer_subject::{SignerSubject, SignerSubjectError};
pub use statement::{
    AdministratorsStatement, AnswerStatement, ChangeAnswer, ChangeStatement, SignedStatement,
    StatementFault,
};
