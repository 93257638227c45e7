//! The last question before something is given, and giving it.

use super::{Colleague, Copy, Giving, Step};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    concern::{
        draft::Draft,
        parcels::{
            from::known,
            giving::{self, Gift},
        },
    },
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, Paragraph, PlainButton, WarningText},
};
use leptos::prelude::*;

#[component]
pub(super) fn Sure(giving: Giving, what: Text, colleagues: Vec<Colleague>) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let acts = Acts::new();
    let to = giving.to.get_untracked();
    let colleague = colleagues.into_iter().find(|one| Some(one.account) == to);
    let whom = colleague.map(|one| known(&one, lang));
    let copy = giving.copy.get_untracked().map(|copy| match copy {
        Copy::Keep => text::give_sure_keep(lang),
        Copy::Delete => text::give_sure_delete(lang),
    });
    let press = move |()| {
        acts.run(async move {
            let given = give(desk, draft, giving).await?;
            Ok((!given).then(|| text::give_full(lang)))
        });
    };
    view! {
        <Headline title=text::give_sure_title(lang)/>
        <p class="govuk-body notranslate" translate="no">{what}</p>
        <p class="govuk-body"><strong class="candour-words" translate="no">{whom.map(Text::into_render)}</strong></p>
        {copy.map(|text| view! { <Paragraph text/> })}
        <WarningText text=text::give_sure_warning(lang)/>
        <Said acts/>
        <div class="govuk-button-group">
            <PlainButton text=text::give_button(lang) press class="govuk-button"/>
            <PlainButton text=text::cancel(lang) press=move |()| giving.step.set(Step::Choose)/>
        </div>
    }
}

/// Gives it; one's own copy goes only once theirs is stored. Whether there was room.
async fn give(desk: Desk, draft: Draft, giving: Giving) -> Result<bool, Trouble> {
    let Some(to) = giving.to.get_untracked() else {
        return Err(Trouble::Broken);
    };
    if !giving::give(desk, giving.gift, to, giving.outgoing).await? {
        return Ok(false);
    }
    let sent = giving.outgoing.try_get_untracked().flatten();
    let deleted = match (giving.gift, giving.copy.try_get_untracked().flatten(), sent) {
        (Gift::Draft(drawer), Some(Copy::Delete), Some(sent)) => {
            let gone = giving::delete_own(desk, draft, drawer, &sent).await;
            Some(gone.is_ok_and(|gone| gone))
        }
        _ => None,
    };
    giving.step.try_set(Step::Given(deleted));
    Ok(true)
}
