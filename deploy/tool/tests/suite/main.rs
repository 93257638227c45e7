//! The tool as a person or a script uses it: the real binary, its words and its exit codes.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod directory;
mod group;
mod place;
mod recovery;
mod roots;
