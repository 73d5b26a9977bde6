//! Systems sign in by client credentials, and do what registration, token and organisation let them, until they are stopped.

mod each_route;
mod registered;
mod sends;
mod stopped;
mod tokens;
