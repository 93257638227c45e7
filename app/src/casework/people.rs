//! What the members of a unit are called on the page of a case.

use crate::text::{self, Text};
use protocol::{
    casework::Case,
    concern::Language,
    id::AccountId,
    vault::{GroupView, MemberView},
};

/// What a member is called: as they call themselves in the case, or else by the first words of their key.
pub(super) fn name(who: AccountId, me: AccountId, case: &Case, groups: &[GroupView], lang: Language) -> Text {
    if who == me {
        return text::you(lang);
    }
    let called = case.acts.iter().rev().find(|act| act.who == who);
    let called = called
        .map(|act| act.work.name.clone())
        .filter(|name| !name.is_empty());
    let member = || {
        groups
            .iter()
            .flat_map(|group| &group.members)
            .find(|one| one.account == who)
    };
    let called = called.or_else(|| member().map(known_as));
    called.map_or_else(|| text::former_member(lang), Text::of)
}

/// What this account knows of a member.
pub(super) fn known_as(member: &MemberView) -> String {
    let given = member.name.clone().or_else(|| member.whom.clone());
    given.unwrap_or_else(|| member.words.iter().take(2).cloned().collect::<Vec<_>>().join(" "))
}
