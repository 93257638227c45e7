//! What the members of a unit are called on the page of a case.

use crate::text::{self, Text};
use protocol::{
    casework::Case,
    concern::Language,
    id::AccountId,
    vault::{GroupView, MemberView},
};

/// What a member is called: as this account knows them, or else as they call themselves, with the first words of their key.
pub(super) fn name(who: AccountId, me: AccountId, case: &Case, groups: &[GroupView], lang: Language) -> Text {
    if who == me {
        return text::you(lang);
    }
    let all = groups.iter().flat_map(|group| &group.members);
    let member = all.into_iter().find(|one| one.account == who);
    if let Some(known) = member.and_then(|one| one.name.clone().or_else(|| one.whom.clone())) {
        return Text::of(known);
    }
    // What somebody calls themselves is only what they say: the words of their key stand beside it.
    let counted = case
        .acts
        .iter()
        .rev()
        .filter(|act| act.who == who && act.wrong.is_none());
    let called = counted.filter_map(|act| act.work.as_ref()).map(|work| &work.name);
    let called = called.into_iter().find(|name| !name.is_empty());
    match (called, member) {
        (Some(called), Some(member)) => text::calls_themselves(lang, called, words(member)),
        (None, Some(member)) => Text::of(words(member)),
        (Some(called), None) => text::former_called(lang, called),
        (None, None) => text::former_member(lang),
    }
}

/// The first words of a member's key.
fn words(member: &MemberView) -> String {
    member.words.iter().take(2).cloned().collect::<Vec<_>>().join(" ")
}
