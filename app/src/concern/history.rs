//! How a concern has come on, in plain words, and what was added to it.

use crate::{
    browser::clock,
    site::OtherRoutes,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Heading, Inset, Paragraph, Refusal},
};
use leptos::prelude::*;
use protocol::{id::Minute, refused::Refused, told::More, vault::Thread};

/// After how many days somebody is told that nobody has opened their concern yet.
const UNOPENED_DAYS: u32 = 5;

/// One thing that happened.
struct Event {
    at: Minute,
    text: Text,
    more: Option<Result<More, Trouble>>,
}

/// The practitioner's history of a concern: what they sent, and what the unit has signed that it did.
#[component]
pub(super) fn History(thread: Thread) -> impl IntoView {
    let lang = ui::language();
    let late = is_late(&thread, clock::minute());
    let unit = thread.compartment.unit.clone();
    let items: Vec<_> = events(&thread).into_iter().map(item).collect();
    view! {
        <Heading text=text::history_title(lang)/>
        <ol class="govuk-list candour-history">{items}</ol>
        {late.then(|| view! {
            <Inset>
                <Paragraph text=text::unopened(lang, UNOPENED_DAYS, unit)/>
                <OtherRoutes/>
            </Inset>
        })}
    }
}

/// What was added, for whoever reads the concern.
#[component]
pub(crate) fn Additions(thread: Thread) -> impl IntoView {
    let lang = ui::language();
    let items: Vec<_> = additions(&thread).into_iter().map(item).collect();
    (!items.is_empty()).then(|| {
        view! {
            <Heading text=text::additions_title(lang)/>
            <ol class="govuk-list candour-history">{items}</ol>
        }
    })
}

fn events(thread: &Thread) -> Vec<Event> {
    let (lang, unit) = (ui::language(), &thread.compartment.unit);
    let event = |at, text| Event { at, text, more: None };
    let mut all = vec![event(thread.written, text::history_sent(lang, unit))];
    all.extend(
        thread
            .opened
            .map(|at| event(at, text::history_opened(lang, unit))),
    );
    all.extend(
        thread
            .closed
            .map(|at| event(at, text::history_closed(lang, unit))),
    );
    all.extend(additions(thread));
    all.sort_by_key(|event| event.at);
    all
}

fn additions(thread: &Thread) -> Vec<Event> {
    let lang = ui::language();
    let one = |(at, bytes): &(Minute, Vec<u8>)| {
        let more = More::from_bytes(bytes).map_err(|_| Trouble::Refused(Refused::Malformed));
        let withdrawn = more.as_ref().is_ok_and(|more| more.withdrawn.is_some());
        let text = if withdrawn {
            text::history_withdrawn(lang)
        } else {
            text::history_added(lang)
        };
        Event {
            at: *at,
            text,
            more: Some(more),
        }
    };
    thread.more.iter().map(one).collect()
}

fn item(event: Event) -> impl IntoView {
    let lang = ui::language();
    let more = event.more.map(|more| match more {
        Ok(more) => {
            view! { <p class="candour-case__text notranslate" translate="no">{more.text}</p> }.into_any()
        }
        Err(trouble) => view! { <Refusal text=trouble.text(lang)/> }.into_any(),
    });
    view! {
        <li>
            <p class="govuk-body"><strong>{event.text}</strong> " " <span class="govuk-hint">{ui::minute(event.at)}</span></p>
            {more}
        </li>
    }
}

fn is_late(thread: &Thread, now: Minute) -> bool {
    thread.opened.is_none() && thread.closed.is_none() && now.day().0 > thread.proof.day.0 + UNOPENED_DAYS
}
