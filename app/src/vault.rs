//! The page's side of the vault. Keys are in a worker of their own; here are only questions and answers.

mod ask;
mod line;
mod trial;

pub(crate) use ask::*;
pub(crate) use line::{life, start, stop};
pub(crate) use trial::Trial;
