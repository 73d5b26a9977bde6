//! The embedded stack.
fn main() {}
