//! Lambda functions of Sluice.
