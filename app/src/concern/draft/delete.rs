//! Deleting a draft.

use super::{Draft, list::label_of, saving};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    error::AppError,
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, Loaded, Paragraph, PlainButton},
    vault,
};
use leptos::prelude::*;
use protocol::{concern::Language, id::Hash};

/// Says what deleting does, and does it: to what lay in the drawer when it was asked.
#[component]
pub(crate) fn DeleteDraftPage(drawer: Option<u8>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let found = Loaded::by(move || find(desk, drawer, lang));
    let show = |(drawer, name, hash): Found| view! { <Ask drawer name hash/> }.into_any();
    view! { <Fetched found show title=text::delete_draft_title(lang)/> }
}

/// The drawer, what its author calls the draft or why it cannot be opened, and what lies there now.
type Found = (u8, Text, Hash);

async fn find(desk: Desk, drawer: Option<u8>, lang: Language) -> Result<Found, Trouble> {
    let drawer = drawer.ok_or(AppError::NotFound)?;
    let (sealed, hash) = saving::lies(desk, &vault::unsent_tokens().await?, drawer).await?;
    let name = match vault::open_unsent(drawer, sealed).await {
        Ok(view) => label_of(&view.label, drawer),
        // It can be deleted all the same.
        Err(trouble) => trouble.text(lang),
    };
    Ok((drawer, name, hash))
}

#[component]
fn Ask(drawer: u8, name: Text, hash: Hash) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let acts = Acts::new();
    let delete = move |()| {
        acts.act_quietly(async move {
            saving::delete(desk, drawer, hash).await?;
            if draft.kept.with_untracked(|kept| kept.drawer == Some(drawer)) {
                draft.clear();
            }
            desk.go(Place::Concerns);
            Ok(())
        });
    };
    view! {
        <a class="govuk-back-link" href=Place::Concerns.path(lang)>{text::concerns_title(lang)}</a>
        <Headline title=text::delete_draft_title(lang)/>
        <p class="govuk-body notranslate" translate="no"><strong>{name}</strong></p>
        <Paragraph text=text::delete_draft_text(lang)/>
        <Said acts/>
        <PlainButton text=text::delete_draft(lang) press=delete class="govuk-button govuk-button--warning"/>
    }
}
