//! Deleting a draft.

use super::{Draft, saving};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    error::AppError,
    place::Place,
    text,
    ui::{self, Headline, Paragraph, PlainButton},
};
use leptos::prelude::*;

/// Says what deleting does, and does it.
#[component]
pub(crate) fn DeleteDraftPage(drawer: Option<u8>) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let acts = Acts::new();
    let delete = move |()| {
        acts.act_quietly(async move {
            let drawer = drawer.ok_or(AppError::NotFound)?;
            saving::delete(desk, drawer).await?;
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
        <Paragraph text=text::delete_draft_text(lang)/>
        <Said acts/>
        <PlainButton text=text::delete_draft(lang) press=delete class="govuk-button govuk-button--warning"/>
    }
}
