//! What must hold of every parser that meets a stranger's bytes, whatever the bytes: it answers and does not panic, what it accepts is
//! encoded as the same bytes again, and what was sealed opens as it was sealed or not at all. `cargo xtask fuzz` looks for bytes that
//! break it; the tests of `protocol` try the seeds.

pub mod append;
pub mod chain;
pub mod directory;
pub mod draft;
pub mod entry;
pub mod envelope;
pub mod import;
pub mod keyring;
pub mod keys;
pub mod part;
pub mod slot;

// The import of places is a part of the server, which takes minutes to build with all it needs. What reads it needs nothing of that, so
// those files alone are taken. They call what is here `app`.
extern crate self as app;
pub use taken::places;

/// Out of `app`.
#[path = "../../../src"]
mod taken {
    pub mod places;
}

/// Out of `server`.
#[path = "../../../../server/src/places"]
pub mod read {
    pub mod ons;
    mod table;
}
