//! The demonstration: who plays, what they find.

pub mod people;
