//! The domain of Sluice.
