//! Who has given something, in words.

use crate::{
    text::{self, Text},
    ui,
};
use protocol::{
    concern::Language,
    vault::{GivenView, MemberView},
};

/// The six words of a colleague, and whom this account means by them, where it invited them.
pub(super) fn known(colleague: &MemberView, lang: Language) -> Text {
    let words = colleague.words.join(" ");
    match &colleague.whom {
        Some(whom) => text::give_colleague_whom(lang, whom.clone(), words),
        None => Text::of(words),
    }
}

/// By whom a concern was given, and when.
pub(in crate::concern) fn given_by(given: &GivenView, lang: Language) -> Text {
    let day = ui::day(given.day).plain();
    match &given.from {
        Some(from) => text::given_by(lang, day, known(from, lang).plain()),
        None => text::given_by_unknown(lang, day),
    }
}
