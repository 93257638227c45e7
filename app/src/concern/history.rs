//! How a concern has come on, in plain words, and what was added to it.

use super::{choice::Choice as _, status::status};
use crate::{
    browser::clock,
    site::OtherRoutes,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Heading, Inset, Paragraph, Refusal},
    working_days,
};
use leptos::prelude::*;
use protocol::{
    casework::{Message, Status},
    group::Aims,
    id::{Day, Minute},
    refused::Refused,
    told::More,
    vault::{MessageView, Thread},
};

/// After how many days somebody is told that nobody has opened their concern yet, where the unit has not said what it aims for.
const UNOPENED_DAYS: u32 = 5;

/// One thing that happened.
struct Event {
    at: Minute,
    text: Text,
    /// What was written.
    written: Option<Result<String, Trouble>>,
}

/// The practitioner's history of a concern: what they sent, and what the unit has signed that it did.
#[component]
pub(super) fn History(thread: Thread) -> impl IntoView {
    let lang = ui::language();
    let expected = Expected::of(&thread, clock::minute().day());
    let items: Vec<_> = events(&thread).into_iter().map(item).collect();
    view! {
        <Heading text=text::history_title(lang)/>
        <ol class="govuk-list candour-history">{items}</ol>
        {expected.map(|expected| view! { <Next expected unit=thread.compartment.unit.clone()/> })}
    }
}

/// What is to be expected of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// It is still to open it, by this day, if it said so.
    Opened(Option<Day>),
    /// It has not opened it in time: by this day, if it said so.
    Late(Option<Day>),
    /// It has opened it, and aims to answer by this day.
    Answered(Day),
}

impl Expected {
    fn of(thread: &Thread, today: Day) -> Option<Self> {
        let (stored, aims) = (thread.proof.day, thread.proof.aims);
        let by = |days: fn(Aims) -> u8| aims.map(|aims| working_days::after(stored, days(aims)));
        if thread.closed.is_some() || status(thread) > Status::Question {
            return None;
        }
        if thread.opened.is_some() {
            return by(|aims| aims.answer)
                .filter(|day| *day >= today)
                .map(Self::Answered);
        }
        let day = by(|aims| aims.open);
        let last = day.unwrap_or(Day(stored.0 + UNOPENED_DAYS));
        Some(if today > last {
            Self::Late(day)
        } else {
            Self::Opened(day)
        })
    }
}

#[component]
fn Next(expected: Expected, unit: String) -> impl IntoView {
    let lang = ui::language();
    let named = |day: Day| ui::day(day).plain();
    let text = match expected {
        Expected::Opened(None) => return ().into_any(),
        Expected::Opened(Some(day)) => text::expected_open(lang, named(day), unit),
        Expected::Answered(day) => text::expected_answer(lang, named(day), unit),
        Expected::Late(None) => text::unopened(lang, UNOPENED_DAYS, unit),
        Expected::Late(Some(day)) => text::unopened_by(lang, named(day), unit),
    };
    let late = matches!(expected, Expected::Late(_));
    view! {
        <Inset>
            <Paragraph text/>
            {late.then(|| view! { <OtherRoutes/> })}
        </Inset>
    }
    .into_any()
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
    let event = |at, text| Event {
        at,
        text,
        written: None,
    };
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
    all.extend(
        thread
            .notices
            .iter()
            .map(|(at, status)| event(*at, text::history_notice(lang, status.label(lang).plain(), unit))),
    );
    all.extend(additions(thread));
    all.extend(messages(thread));
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
            written: Some(more.map(|more| more.text)),
        }
    };
    thread.more.iter().map(one).collect()
}

/// What the unit wrote.
fn messages(thread: &Thread) -> Vec<Event> {
    let (lang, unit) = (ui::language(), &thread.compartment.unit);
    let one = |said: &MessageView| {
        let message = Message::from_bytes(&said.message).map_err(|_| Trouble::Refused(Refused::Malformed));
        let asks = message.as_ref().is_ok_and(|message| message.asks);
        let text = match (said.by, asks) {
            (None, _) => text::history_wrote(lang),
            (Some(_), true) => text::history_asked(lang, unit),
            (Some(_), false) => text::history_message(lang, unit),
        };
        Event {
            at: said.written,
            text,
            written: Some(message.map(|message| message.text)),
        }
    };
    thread.messages.iter().map(one).collect()
}

fn item(event: Event) -> impl IntoView {
    let lang = ui::language();
    let more = event.written.map(|written| match written {
        Ok(text) => view! { <p class="candour-case__text notranslate" translate="no">{text}</p> }.into_any(),
        Err(trouble) => view! { <Refusal text=trouble.text(lang)/> }.into_any(),
    });
    view! {
        <li>
            <p class="govuk-body"><strong>{event.text}</strong> " " <span class="govuk-hint">{ui::minute(event.at)}</span></p>
            {more}
        </li>
    }
}
