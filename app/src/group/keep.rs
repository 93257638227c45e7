//! What leads of an organisation do about its people, beside taking in and removing: suspending, and confirming every quarter.

use super::{people::Board, person::Subject, steps};
use crate::{
    account::desk::Desk,
    browser::clock,
    partner::keeping::{Confirmation, Kept},
    text::{self, Text},
    ui::{self, Paragraph, PlainButton},
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    id::{AccountId, GroupId},
};

/// When people were last confirmed; where that is due, a button to confirm them.
#[component]
pub(super) fn Confirm(kept: Kept) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let group = kept.group;
    let press = move |()| board.act(steps::confirm(desk, group));
    let due = Confirmation::of(kept.confirmed, clock::minute().day()) != Confirmation::Fresh;
    view! {
        <Paragraph text=text::confirmed_on(lang, ui::day(kept.confirmed).plain())/>
        {due.then(|| view! { <PlainButton text=text::confirm_button(lang) press class="govuk-button"/> })}
    }
}

/// What to say in the list of what needs doing.
pub(super) fn due_text(kept: &Kept, lang: Language) -> Option<Text> {
    match Confirmation::of(kept.confirmed, clock::minute().day()) {
        Confirmation::Fresh => None,
        Confirmation::Due => Some(text::due_confirm(lang)),
        Confirmation::Late => Some(text::due_confirm_late(lang)),
    }
}

/// What a lead can do with a member: of an organisation they can also suspend them.
#[component]
pub(super) fn MemberActs(subject: Subject, kept: Option<Kept>) -> impl IntoView {
    let (board, lang) = (expect_context::<Board>(), ui::language());
    let (group, account) = (subject.group, subject.account);
    let press = move |()| board.going.set(Some(subject.clone()));
    let suspend = kept.map(|kept| {
        let suspended = kept.suspended.contains(&account);
        view! { <Suspend group account suspended/> }
    });
    view! {
        <div class="govuk-button-group">
            {suspend}
            <PlainButton text=text::member_remove(lang) press/>
        </div>
    }
}

#[component]
fn Suspend(group: GroupId, account: AccountId, suspended: bool) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let text = if suspended {
        text::member_lift(lang)
    } else {
        text::member_suspend(lang)
    };
    let press = move |()| board.act(steps::suspend(desk, group, account, !suspended));
    view! { <PlainButton text press/> }
}
