//! The answers that are one of a few, with their words.

use crate::text::{self, Text};
use borsh::{BorshDeserialize, BorshSerialize};
use protocol::concern::{Agrees, Aware, Language, Source, Standing};

/// An answer that is one of a few.
pub(crate) trait Choice: Copy + PartialEq + 'static {
    /// All of them, in the order in which they are offered.
    const ALL: &'static [Self];

    /// Its words.
    fn label(self, lang: Language) -> Text;

    /// All of them with their words.
    fn options(lang: Language) -> Vec<(Self, Text)> {
        Self::ALL.iter().map(|one| (*one, one.label(lang))).collect()
    }
}

/// Whether the person is known by a name or a number, or can only be described.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) enum Known {
    /// By a name or a number.
    ByName,
    /// By what they look like or do.
    ByDescription,
}

/// Whose signature a concern carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) enum Signs {
    /// The practitioner's own.
    Myself,
    /// The organisation's alone.
    Organisation,
}

impl Choice for Standing {
    const ALL: &'static [Self] = &[Self::Usual, Self::Close, Self::Chief];

    fn label(self, lang: Language) -> Text {
        match self {
            Self::Usual => text::standing_usual(lang),
            Self::Close => text::standing_close(lang),
            Self::Chief => text::standing_chief(lang),
        }
    }
}

impl Choice for Known {
    const ALL: &'static [Self] = &[Self::ByName, Self::ByDescription];

    fn label(self, lang: Language) -> Text {
        match self {
            Self::ByName => text::known_by_name(lang),
            Self::ByDescription => text::known_by_description(lang),
        }
    }
}

impl Choice for Source {
    const ALL: &'static [Self] = &[
        Self::ToldByThem,
        Self::SawOrHeard,
        Self::SawDocument,
        Self::ToldByOther,
        Self::Rumour,
        Self::Unsaid,
    ];

    fn label(self, lang: Language) -> Text {
        match self {
            Self::ToldByThem => text::source_told_by_them(lang),
            Self::SawOrHeard => text::source_saw_or_heard(lang),
            Self::SawDocument => text::source_saw_document(lang),
            Self::ToldByOther => text::source_told_by_other(lang),
            Self::Rumour => text::source_rumour(lang),
            Self::Unsaid => text::source_unsaid(lang),
        }
    }
}

impl Choice for Aware {
    const ALL: &'static [Self] = &[Self::Yes, Self::No, Self::UnsafeToAsk, Self::Unknown];

    fn label(self, lang: Language) -> Text {
        match self {
            Self::Yes => text::yes(lang),
            Self::No => text::no(lang),
            Self::UnsafeToAsk => text::aware_unsafe_to_ask(lang),
            Self::Unknown => text::aware_unknown(lang),
        }
    }
}

impl Choice for Agrees {
    const ALL: &'static [Self] = &[Self::Yes, Self::No, Self::NotAsked, Self::Cannot];

    fn label(self, lang: Language) -> Text {
        match self {
            Self::Yes => text::yes(lang),
            Self::No => text::no(lang),
            Self::NotAsked => text::agrees_not_asked(lang),
            Self::Cannot => text::agrees_cannot(lang),
        }
    }
}

impl Choice for Signs {
    const ALL: &'static [Self] = &[Self::Myself, Self::Organisation];

    fn label(self, lang: Language) -> Text {
        match self {
            Self::Myself => text::signs_myself(lang),
            Self::Organisation => text::signs_organisation(lang),
        }
    }
}
