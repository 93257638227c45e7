//! What colleagues have given, in the list of a practitioner's concerns.

use super::{
    from::known,
    taking::{self, Found, Taken},
};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    browser::clock,
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    ui::{self, Heading, Loaded, PlainButton, Tag, TagColour},
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    parcel::KEPT_DAYS,
    vault::{ParcelContent, ParcelView},
};

/// All of it, unless there is nothing. `acts` has the rest of the page fetched again once something was taken.
#[component]
pub(in crate::concern) fn Given(acts: Acts) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let all = Loaded::by(move || {
        acts.track();
        taking::find(desk)
    });
    let show = move |all: Vec<Found>| {
        if all.is_empty() {
            return ().into_any();
        }
        let rows = all.into_iter().map(|found| view! { <Row found acts/> });
        view! {
            <Heading text=text::parcels_title(lang)/>
            <ul class="candour-queue">{rows.collect::<Vec<_>>()}</ul>
        }
        .into_any()
    };
    view! { <Said acts/> <Fetched found=all show/> }
}

#[component]
fn Row(found: Found, acts: Acts) -> impl IntoView {
    let lang = ui::language();
    let place = Place::RefuseParcel(Some(found.waiting.place)).path(lang);
    match found.opened.clone() {
        Ok(view) => {
            let name = name(&view, lang);
            view! {
                <li class="candour-queue__item">
                    <What view/>
                    <Left found=found.clone()/>
                    <span class="candour-queue__actions">
                        <Take found acts name=name.clone()/>
                        <a class="govuk-link" href=place>{text::parcel_refuse(lang, name)}</a>
                    </span>
                </li>
            }
            .into_any()
        }
        Err(trouble) => view! {
            <li class="candour-queue__item">
                <span>{text::parcel_unread(lang)}</span>
                <Tag text=text::refused_tag(lang) colour=TagColour::Red/>
                <span class="candour-queue__meta">{trouble.text(lang)}</span>
                <span class="candour-queue__actions"><a class="govuk-link" href=place>{text::parcel_delete(lang)}</a></span>
            </li>
        }
        .into_any(),
    }
}

#[component]
fn Take(found: Found, acts: Acts, name: String) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let take = move |()| {
        let found = found.clone();
        acts.act_telling(async move {
            Ok(match taking::take(desk, &found).await? {
                Taken::Draft => text::parcel_taken_draft(lang),
                Taken::Concern => text::parcel_taken_concern(lang),
                Taken::Full => text::parcel_drawers_full(lang),
            })
        });
    };
    view! { <PlainButton text=text::parcel_take(lang, name) press=take class="candour-link-button"/> }
}

/// What it is, from whom, and since when.
#[component]
pub(super) fn What(view: ParcelView) -> impl IntoView {
    let lang = ui::language();
    let files = match &view.content {
        ParcelContent::Draft { files, .. } if *files > 0 => Some(text::parcel_files(lang, *files)),
        ParcelContent::Draft { .. } | ParcelContent::Concern { .. } => None,
    };
    view! {
        <span class="notranslate" translate="no">{what(&view, lang)} {files.map(|files| view! { ", " {files} })}</span>
        <span class="candour-queue__meta notranslate" translate="no">{text::parcel_from(lang, known(&view.from, lang).plain())}</span>
        <span class="candour-queue__meta">{text::parcel_on(lang, ui::day(view.day).plain())}</span>
    }
}

fn what(view: &ParcelView, lang: Language) -> Text {
    match &view.content {
        ParcelContent::Draft { label, .. } if label.trim().is_empty() => text::parcel_draft_unnamed(lang),
        ParcelContent::Draft { label, .. } => text::parcel_draft(lang, label.clone()),
        ParcelContent::Concern { reference } => text::parcel_concern(lang, reference.clone()),
    }
}

/// By which its buttons are told from those of others.
fn name(view: &ParcelView, lang: Language) -> String {
    match &view.content {
        ParcelContent::Draft { label, .. } if !label.trim().is_empty() => label.clone(),
        ParcelContent::Draft { .. } => text::parcel_draft_unnamed(lang).plain(),
        ParcelContent::Concern { reference } => reference.clone(),
    }
}

/// How long it is still kept.
#[component]
fn Left(found: Found) -> impl IntoView {
    let lang = ui::language();
    let since = clock::minute().day().0.saturating_sub(found.waiting.given_on.0);
    view! { <Tag text=text::draft_days_left(lang, KEPT_DAYS.saturating_sub(since)) colour=TagColour::Grey/> }
}
