//! Before a case is worked on: whether whoever opens it has a connection with the people named.

use super::doing::{Doing, Task};
use crate::{
    act::Said,
    concern::rows,
    place::Place,
    text,
    ui::{self, FormHead, Headline, List, Paragraph, PlainButton, SummaryList, WarningText},
};
use leptos::prelude::*;
use protocol::{
    casework::Act,
    told::{Subject, Told},
};

/// Names the people, and asks. Of what was told, nothing else is shown.
#[component]
pub(super) fn Declare(told: Told) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let people = told.subjects.iter().map(person).collect::<Vec<_>>();
    let declare = move |()| doing.act(vec![Act::Declared], None, text::declared_done(lang));
    view! {
        <a class="govuk-back-link" href=Place::Queue.path(lang)>{text::queue_title(lang)}</a>
        <Headline title=text::declare_title(lang)/>
        <Said acts=doing.acts/>
        <Paragraph text=text::declare_text(lang)/>
        {people}
        <List items=vec![text::declare_family(lang), text::declare_work(lang), text::declare_other(lang)]/>
        <div class="govuk-button-group">
            <PlainButton text=text::declare_none(lang) press=declare class="govuk-button"/>
            <PlainButton text=text::declare_some(lang) press=move |()| doing.show(Some(Task::Connection))/>
        </div>
        <Paragraph text=text::declare_kept(lang)/>
    }
}

fn person(subject: &Subject) -> AnyView {
    let rows = rows::subject_rows(subject, ui::language());
    view! { <SummaryList rows/> }.into_any()
}

/// Says what declaring a connection does, and does it.
#[component]
pub(super) fn Connection() -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let back = view! { <PlainButton text=text::back(lang) press=move |()| doing.show(None) class="govuk-back-link candour-link-button"/> };
    let press = move |()| doing.act(vec![Act::Conflict], None, text::connection_done(lang));
    let none = Signal::derive(Vec::new);
    view! {
        <FormHead back=back.into_any() title=text::connection_title(lang) problems=none/>
        <Said acts=doing.acts/>
        <List items=vec![text::connection_stops(lang), text::connection_not_undone(lang), text::connection_told(lang)]/>
        <WarningText text=text::connection_read(lang)/>
        <PlainButton text=text::connection_button(lang) press class="govuk-button govuk-button--warning"/>
    }
}

/// What somebody sees who has a connection.
#[component]
pub(super) fn Connected() -> impl IntoView {
    let lang = ui::language();
    view! {
        <a class="govuk-back-link" href=Place::Queue.path(lang)>{text::queue_title(lang)}</a>
        <Headline title=text::connected_title(lang)/>
        <Paragraph text=text::connected_text(lang)/>
        <Paragraph text=text::connection_read(lang)/>
    }
}
