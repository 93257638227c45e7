//! What must not be done with a concern, and how whoever told can be reached: before anything else.

use crate::{
    text::{self, Text},
    ui::{self, WarningText},
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    told::{Danger, MayContact, MayName, More, Told},
    vault::Thread,
};

/// Whether the person affected may be contacted, by what was told and what was said since.
pub(super) fn rule(thread: &Thread, told: &Told) -> MayContact {
    stricter(told.contact.rule(), withdrawn(thread))
}

/// Where the practitioner has withdrawn it: whether the person affected may still be contacted.
pub(super) fn withdrawn(thread: &Thread) -> Option<MayContact> {
    let mut all = thread.more.iter().rev();
    all.find_map(|(_, bytes)| More::from_bytes(bytes).ok()?.withdrawn)
}

/// Whom the unit may tell which organisation it comes from: where nothing was said, nobody before the practitioner was asked.
fn naming(may: Option<MayName>, lang: Language) -> Text {
    match may.unwrap_or(MayName::AskFirst) {
        MayName::AskFirst => text::safety_name_ask_first(lang),
        MayName::Investigators => text::safety_name_investigators(lang),
        MayName::Force => text::safety_name_force(lang),
    }
}

/// A withdrawal allows nothing that was not allowed before.
fn stricter(told: MayContact, withdrawn: Option<MayContact>) -> MayContact {
    match (told, withdrawn.unwrap_or(told)) {
        (MayContact::Never, _) | (_, MayContact::Never) => MayContact::Never,
        (MayContact::ThroughMe, _) | (_, MayContact::ThroughMe) => MayContact::ThroughMe,
        (MayContact::Directly, MayContact::Directly) => MayContact::Directly,
    }
}

/// How to reach the practitioner, and what must not be done: before anything else.
#[component]
pub(super) fn Safety(told: Told, withdrawn: Option<MayContact>) -> impl IntoView {
    let lang = ui::language();
    let rule = match stricter(told.contact.rule(), withdrawn) {
        MayContact::Never => text::safety_never(lang),
        MayContact::ThroughMe => text::safety_through_me(lang),
        MayContact::Directly => text::safety_directly(lang),
    };
    let danger =
        (told.danger == Some(Danger::Yes)).then(|| view! { <WarningText text=text::safety_danger(lang)/> });
    let ask_first = told
        .ask_first
        .then(|| view! { <WarningText text=text::safety_ask_first(lang)/> });
    view! {
        <section class="candour-safety" aria-labelledby="safety-title">
            <h2 id="safety-title" class="govuk-heading-m">{text::safety_title(lang)}</h2>
            {withdrawn.map(|_| view! { <WarningText text=text::safety_withdrawn(lang)/> })}
            {danger}
            <WarningText text=rule/>
            {ask_first}
            <WarningText text=naming(told.may_name, lang)/>
            <WarningText text=text::safety_text(lang)/>
            <h3 class="govuk-heading-s">{text::row_contact(lang)}</h3>
            <p class="candour-case__text notranslate" translate="no">{told.reach}</p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawal_allows_no_more_than_was_told() {
        use MayContact::{Directly, Never, ThroughMe};
        for (told, withdrawn, rule) in [
            (Never, Some(Directly), Never),
            (ThroughMe, Some(Directly), ThroughMe),
            (Directly, Some(Never), Never),
            (Directly, None, Directly),
        ] {
            assert_eq!(stricter(told, withdrawn), rule);
        }
    }
}
