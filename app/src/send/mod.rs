//! Sending a file: choose, check, see what will change, sign, send. The outcome has its own address.

mod draft;

pub use draft::hand_over;
