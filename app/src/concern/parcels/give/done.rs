//! What was given waits for the colleague.

use super::Giving;
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    browser::page,
    concern::parcels::giving,
    error::AppError,
    place::Place,
    text,
    ui::{self, Headline, Paragraph, PlainButton},
};
use leptos::prelude::*;
use std::time::Duration;

/// It can be taken back until they have it, unless nobody would have it then.
#[component]
pub(super) fn Given(giving: Giving, deleted: Option<bool>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let acts = Acts::new();
    let own = deleted.map(|deleted| {
        if deleted {
            text::given_deleted(lang)
        } else {
            text::given_not_deleted(lang)
        }
    });
    let waits = RwSignal::new(deleted != Some(true));
    let back = move |()| {
        acts.act(text::given_taken_back(lang), async move {
            let sent = giving.outgoing.get_untracked().ok_or(AppError::NotFound)?;
            giving::take_back(desk, &sent).await?;
            waits.try_set(false);
            // The button had it.
            set_timeout(|| page::focus_if_lost("title"), Duration::ZERO);
            Ok(())
        });
    };
    let take_back = move || {
        waits
            .get()
            .then(|| view! { <PlainButton text=text::given_take_back(lang) press=back/> })
    };
    view! {
        <Headline title=text::given_title(lang)/>
        <Paragraph text=text::given_tell(lang)/>
        {own.map(|text| view! { <Paragraph text/> })}
        <Said acts/>
        <div class="govuk-button-group">
            <a class="govuk-button" href=Place::Concerns.path(lang)>{text::concerns_title(lang)}</a>
            {take_back}
        </div>
    }
}
