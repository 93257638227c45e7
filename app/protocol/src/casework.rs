//! The unit's work on a concern: the acts of a journal, and the case that they fold into. They travel as bytes that the vault seals and
//! does not read, so the words and rules of a unit's work can grow without the vault.
//!
//! Members may act at once. The server takes one of two entries for the same place; the other member folds again and sees both.
//! CBOR arrays in the order of the numbers; nothing that was once written may change its number, or it would be read as something else.

mod act;
mod assessment;
mod case;
mod choice;
mod message;
mod stage;

pub use act::{Act, Link, Move, Referral, Work};
pub use assessment::{Assessment, Statement};
pub use case::{Acted, Case, Wrong};
pub use choice::{
    Category, Criterion, Handling, Known, Outcome, Reliability, Safeguarding, Sameness, Severity,
    WhetherToRefer,
};
pub use message::Message;
pub use stage::{Stage, Status};
