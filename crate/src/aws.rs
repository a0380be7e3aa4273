//! What the core knows of AWS.

pub mod identity;
pub mod matching;
pub mod mention;
