//! Who there is, what each may do, and the one table of routes that says what each route needs and where it is asked.

mod entrance;
mod people;
mod permission;
mod person_ref;
pub mod routes;

pub use entrance::Entrance;
pub use people::{Organisation, Person, PersonRole};
pub use permission::{Permission, ReviewBar, may_review};
pub use person_ref::PersonRef;
pub use routes::{Method, ROUTES, Route, route_at};
