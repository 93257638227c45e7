//! The vault: the one place where keys are, as a machine that answers questions.

mod ask;

pub use ask::*;
