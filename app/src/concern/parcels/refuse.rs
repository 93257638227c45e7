//! Refusing what a colleague has given.

use super::{
    list::What,
    taking::{self, Found},
};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    error::AppError,
    fetched::Fetched,
    place::Place,
    text,
    trouble::Trouble,
    ui::{self, Headline, List, Loaded, Paragraph, PlainButton, Refusal},
};
use leptos::prelude::*;

/// Says what refusing does, and does it.
#[component]
pub(crate) fn RefuseParcelPage(place: Option<u8>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let found = Loaded::by(move || async move {
        let place = place.ok_or(Trouble::Portal(AppError::NotFound))?;
        let all = taking::find(desk).await?;
        Ok(all.into_iter().find(|one| one.waiting.place == place))
    });
    let show = move |found: Option<Found>| {
        let shown = match found {
            Some(found) => view! { <Refuse found/> }.into_any(),
            None => view! { <Paragraph text=text::parcel_refusal_none(lang)/> }.into_any(),
        };
        view! { <Headline title=text::parcel_refusal_title(lang)/> {shown} }.into_any()
    };
    view! {
        <a class="govuk-back-link" href=Place::Concerns.path(lang)>{text::concerns_title(lang)}</a>
        <Fetched found show title=text::parcel_refusal_title(lang)/>
    }
}

#[component]
fn Refuse(found: Found) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let acts = Acts::new();
    let what = match found.opened.clone() {
        Ok(view) => view! { <p class="govuk-body candour-queue__item"><What view/></p> }.into_any(),
        Err(trouble) => view! { <Refusal text=trouble.text(lang)/> }.into_any(),
    };
    let refuse = move |()| {
        let found = found.clone();
        acts.act_quietly(async move {
            taking::refuse(desk, &found).await?;
            desk.go(Place::Concerns);
            Ok(())
        });
    };
    view! {
        {what}
        <List items=vec![text::parcel_refusal_text(lang), text::parcel_refusal_copy(lang)]/>
        <Said acts/>
        <PlainButton text=text::parcel_refusal_button(lang) press=refuse class="govuk-button govuk-button--warning"/>
    }
}
