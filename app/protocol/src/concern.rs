//! What a practitioner tells.

use crate::{
    codec::Malformed,
    told::{self, Told},
};
use borsh::{BorshDeserialize, BorshSerialize};
use minicbor::{Decode, Encode};

/// The most characters (Unicode scalar values) in the account of what happened.
pub const LONG: usize = 20_000;
/// The most characters in every other answer.
pub const SHORT: usize = 2_000;

/// A concern: the body of entry 0 of a thread.
#[derive(Clone, PartialEq, Eq, Encode, Decode, BorshSerialize, BorshDeserialize)]
pub struct Concern {
    /// The force that employs the person, by its identifier in the directory.
    #[n(0)]
    pub force: String,
    /// How the person stands to those who would read it.
    #[n(1)]
    pub standing: Standing,
    /// The language it is written in.
    #[n(2)]
    pub language: Language,
    /// Everything that is told: the bytes of [`Told`].
    #[n(3)]
    #[cbor(with = "minicbor::bytes")]
    pub told: Vec<u8>,
}

/// How the person stands to the unit that would usually read it. Asked before anything is sealed: it decides to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode, BorshSerialize, BorshDeserialize)]
#[cbor(index_only)]
pub enum Standing {
    /// Neither of the below: the unit's intake.
    #[n(0)]
    Usual,
    /// Senior, in professional standards, or close to somebody there: the unit's sealed compartment.
    #[n(1)]
    Close,
    /// The chief officer: the oversight body.
    #[n(2)]
    Chief,
}

/// A language of the portal.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Encode, Decode, BorshSerialize, BorshDeserialize,
)]
#[cbor(index_only)]
pub enum Language {
    /// English.
    #[n(0)]
    #[default]
    English,
    /// Welsh.
    #[n(1)]
    Welsh,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextProblem {
    /// Nothing but white space.
    Empty,
    /// Longer than `most` characters, by `over`.
    TooLong {
        /// Characters allowed.
        most: usize,
        /// Characters too many.
        over: usize,
    },
    /// Holds a character that cannot be shown as it is: a control, one that reorders text, half of a pair.
    Unshowable,
}

/// Checks a text that a person typed. Line ends and tabs are fine.
///
/// # Errors
/// The first [`TextProblem`].
pub fn check_text(text: &str, most: usize) -> Result<(), TextProblem> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err(TextProblem::Empty);
    }
    if length > most {
        return Err(TextProblem::TooLong {
            most,
            over: length - most,
        });
    }
    if text.chars().any(unshowable) {
        return Err(TextProblem::Unshowable);
    }
    Ok(())
}

/// Controls but line ends and tabs; the marks that reorder text (Unicode UAX 9), which make one text look like another;
/// and the replacement that stands where half of a pair stood.
fn unshowable(one: char) -> bool {
    (one.is_control() && !matches!(one, '\n' | '\r' | '\t'))
        || matches!(one, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffd}')
}

impl core::fmt::Debug for Concern {
    /// Nothing of what was told.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Concern(..)")
    }
}

impl Concern {
    /// Whether it can be sealed: there is something told, and room for it. What is told is read by whoever shows it.
    pub fn is_sound(&self) -> bool {
        check_text(&self.force, 64).is_ok() && !self.told.is_empty() && self.told.len() <= told::MOST
    }

    /// What is told.
    ///
    /// # Errors
    /// [`Malformed`] where it is not what a form of ours makes.
    pub fn told(&self) -> Result<Told, Malformed> {
        Told::from_bytes(&self.told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_may_be_anything_that_can_be_shown() {
        assert_eq!(check_text("Line one\r\n\tline two — “é” 你好 👩‍👩‍👧", SHORT), Ok(()));
        assert_eq!(check_text(" \n\t", SHORT), Err(TextProblem::Empty));
        assert_eq!(
            check_text("abcd", 3),
            Err(TextProblem::TooLong { most: 3, over: 1 })
        );
        for bad in [
            "a\0b",
            "a\u{1b}[31m",
            "a\u{202e}b",
            "a\u{2066}b",
            "a\u{fffd}b",
            "a\u{85}b",
        ] {
            assert_eq!(check_text(bad, SHORT), Err(TextProblem::Unshowable), "{bad:?}");
        }
    }
}
