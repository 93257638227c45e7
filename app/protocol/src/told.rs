//! Everything that a practitioner tells. It travels as bytes that the vault seals and does not read: what a form asks can grow
//! without the vault.
//!
//! Every answer may be missing. Text is the practitioner's own, unchanged. CBOR arrays in the order of the numbers; nothing that was
//! once told may change its number, or it would be read as something else.

mod affected;
mod choice;
mod more;
mod routing;
mod subject;
mod when;

pub use affected::{Affected, Consent, Contact};
pub(crate) use choice::choices;
pub use choice::*;
pub use more::More;
pub use routing::Routing;
pub use subject::Subject;
pub use when::{Date, When};

use crate::{
    codec::{self, Malformed},
    concern::{LONG, SHORT, TextProblem, check_text},
};
use minicbor::{Decode, Encode};

/// The most people in one concern.
pub const MOST_SUBJECTS: usize = 20;

/// The most bytes of everything that is told. With a partner's chain beside it, an entry has room for this.
pub const MOST: usize = 160 << 10;

/// What is told.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Told {
    /// Whether somebody is in danger now.
    #[n(0)]
    pub danger: Option<Danger>,
    /// Information, or a complaint for somebody.
    #[n(1)]
    pub basis: Option<Basis>,
    /// Whom it is about.
    #[n(2)]
    pub subjects: Vec<Subject>,
    /// What happened.
    #[n(3)]
    pub happened: String,
    /// What kind of conduct it is.
    #[n(4)]
    pub conduct: Vec<Conduct>,
    /// Warning signs.
    #[n(5)]
    pub signs: Vec<Sign>,
    /// When it happened.
    #[n(6)]
    pub when: Option<When>,
    /// Whether it goes on.
    #[n(7)]
    pub ongoing: Option<Whether>,
    /// What kinds of place it happened at.
    #[n(8)]
    pub settings: Vec<Setting>,
    /// Where it happened.
    #[n(9)]
    pub place: String,
    /// How it is known.
    #[n(10)]
    pub sources: Vec<Source>,
    /// When and how the practitioner was told.
    #[n(11)]
    pub told_when: String,
    /// The words that were used, as far as remembered.
    #[n(12)]
    pub words: String,
    /// The person affected.
    #[n(13)]
    pub affected: Affected,
    /// What they know and agree to.
    #[n(14)]
    pub consent: Consent,
    /// Whether and how they may be contacted.
    #[n(15)]
    pub contact: Contact,
    /// What could happen if the subject learned of this.
    #[n(16)]
    pub risk: String,
    /// Who could be taken for the one who told.
    #[n(17)]
    pub exposed: String,
    /// Whether the unit is asked to do nothing before it has spoken to the practitioner.
    #[n(18)]
    pub ask_first: bool,
    /// Evidence that is not attached, and who has it.
    #[n(19)]
    pub elsewhere: String,
    /// Whom the practitioner told already.
    #[n(20)]
    pub informed: Vec<Informed>,
    /// References of what was told already.
    #[n(21)]
    pub references: String,
    /// How the practitioner can be reached safely.
    #[n(22)]
    pub reach: String,
    /// To whom their organisation may be named.
    #[n(23)]
    pub may_name: Option<MayName>,
    /// Why it goes where it goes.
    #[n(24)]
    pub routing: Routing,
}

impl core::fmt::Debug for Told {
    /// Nothing of what was told.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Told(..)")
    }
}

impl Told {
    /// As the bytes that a concern carries.
    pub fn to_bytes(&self) -> Vec<u8> {
        codec::encode(self)
    }

    /// From those bytes.
    ///
    /// # Errors
    /// [`Malformed`] where they are not of this form, or hold what no form of ours lets through.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let told: Self = codec::decode(bytes)?;
        if told.is_sound() { Ok(told) } else { Err(Malformed) }
    }

    /// Whether every text in it is one that the form lets through, and there is no more of it than fits.
    pub fn is_sound(&self) -> bool {
        let short = self.short().all(|text| may_be(text, SHORT).is_ok());
        short
            && may_be(&self.happened, LONG).is_ok()
            && self.subjects.len() <= MOST_SUBJECTS
            && self.to_bytes().len() <= MOST
    }

    /// Every text that somebody wrote.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.short().chain([self.happened.as_str()])
    }

    /// Every text but what happened.
    fn short(&self) -> impl Iterator<Item = &str> {
        let said = match &self.when {
            Some(When::Said(said)) => Some(said.as_str()),
            _ => None,
        };
        let own = [
            &self.place,
            &self.told_when,
            &self.words,
            &self.risk,
            &self.exposed,
            &self.elsewhere,
            &self.references,
            &self.reach,
        ];
        let people = self.subjects.iter().flat_map(Subject::texts);
        let affected = self.affected.texts().into_iter().chain(self.contact.texts());
        let rest = affected.chain([self.consent.why.as_str()]).chain(said);
        own.into_iter().map(String::as_str).chain(people).chain(rest)
    }
}

/// As [`check_text`], but nothing may be written.
///
/// # Errors
/// The first [`TextProblem`].
pub fn may_be(text: &str, most: usize) -> Result<(), TextProblem> {
    match check_text(text, most) {
        Err(TextProblem::Empty) => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Told {
        Told {
            danger: Some(Danger::No),
            basis: Some(Basis::Information),
            subjects: vec![Subject {
                name: "PC Sam".into(),
                post: Some(Post::Officer),
                ..Subject::default()
            }],
            happened: "He keeps driving past.".into(),
            signs: vec![Sign::OddHours, Sign::Lookup],
            when: Some(When::Said("before the summer".into())),
            ..Told::default()
        }
    }

    #[test]
    fn what_is_told_comes_back_as_it_was() {
        for told in [Told::default(), full()] {
            assert_eq!(Told::from_bytes(&told.to_bytes()), Ok(told));
        }
    }

    #[test]
    fn what_no_form_lets_through_is_not_read() {
        let too_many = Told {
            subjects: vec![Subject::default(); MOST_SUBJECTS + 1],
            ..Told::default()
        };
        let said = |text: &str| Told {
            when: Some(When::Said(text.into())),
            ..Told::default()
        };
        let named = |name: &str| Told {
            subjects: vec![Subject {
                station: name.into(),
                ..Subject::default()
            }],
            ..Told::default()
        };
        let long = Told {
            happened: "é".repeat(LONG + 1),
            ..Told::default()
        };
        for bad in [
            too_many,
            said("a\u{202e}b"),
            named("a\0b"),
            named(&"x".repeat(SHORT + 1)),
            long,
        ] {
            assert_eq!(Told::from_bytes(&bad.to_bytes()), Err(Malformed));
        }
        let heavy = Subject {
            name: "x".repeat(SHORT),
            station: "x".repeat(SHORT),
            looks: "\u{fff0}".repeat(SHORT),
            ..Subject::default()
        };
        let heavy = Told {
            subjects: vec![heavy; MOST_SUBJECTS],
            ..Told::default()
        };
        assert!(!heavy.is_sound(), "more than an entry has room for");
    }

    #[test]
    fn nothing_of_it_is_printed() {
        assert_eq!(
            format!("{:?} {:?}", full(), full().when),
            "Told(..) Some(When(..))"
        );
    }
}
