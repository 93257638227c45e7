//! Who of a unit is there, and saying that one is away.

use super::{
    cover::{Cover, ENOUGH, set_away},
    people::Board,
};
use crate::{
    account::desk::Desk,
    browser::clock,
    text,
    ui::{self, Paragraph, PlainButton, WarningText},
};
use leptos::prelude::*;
use protocol::id::{AccountId, Day};

/// For how many weeks somebody may say that they are away.
const WEEKS: [u32; 3] = [1, 2, 4];

/// How many can open what comes now; where they are too few, that it is so.
#[component]
pub(super) fn Presence(cover: Cover) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let few = cover.present < ENOUGH;
    let own = desk.account().and_then(|me| away(&cover, me));
    view! {
        <Paragraph text=text::cover_present(lang, cover.present)/>
        {few.then(|| view! { <WarningText text=text::cover_few(lang)/> })}
        <Own until=own/>
    }
}

/// Up to which day somebody is away.
pub(super) fn away(cover: &Cover, account: AccountId) -> Option<Day> {
    let mut all = cover.away.iter();
    all.find(|(one, _)| *one == account).map(|(_, until)| *until)
}

/// What a member says of themselves.
#[component]
fn Own(until: Option<Day>) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let say = move |until: Option<Day>| {
        board
            .acts
            .act_quietly(async move { desk.note(set_away(until).await) });
    };
    if let Some(until) = until {
        return view! {
            <Paragraph text=text::away_own(lang, ui::day(until).plain())/>
            <PlainButton text=text::away_back(lang) press=move |()| say(None)/>
        }
        .into_any();
    }
    let buttons = WEEKS.map(|weeks| {
        let press = move |()| say(Some(Day(clock::minute().day().0 + 7 * weeks)));
        view! { <PlainButton text=text::away_for(lang, weeks) press/> }
    });
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{text::away_title(lang)}</span></summary>
            <div class="govuk-details__text">
                <Paragraph text=text::away_text(lang)/>
                <div class="govuk-button-group">{buttons.into_iter().collect::<Vec<_>>()}</div>
            </div>
        </details>
    }
    .into_any()
}
