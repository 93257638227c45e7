//! Letting somebody go: a page of its own, which says what will happen.

use super::{people::Board, steps};
use crate::{
    account::desk::Desk,
    text,
    ui::{self, Headline, List, PlainButton, WarningText, Words},
};
use leptos::prelude::*;
use protocol::id::{AccountId, GroupId};

/// Whom it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// The group.
    pub(super) group: GroupId,
    /// The account.
    pub(super) account: AccountId,
    /// The words that they are known by.
    pub(super) words: Vec<String>,
    /// Whom this account invited, where it took them in.
    pub(super) whom: Option<String>,
}

/// What a member is known by.
#[component]
pub(super) fn Known(words: Vec<String>, whom: Option<String>) -> impl IntoView {
    let lang = ui::language();
    view! { <Words words/> {whom.map(|whom| view! { <br/> {text::member_whom(lang, whom)} })} }
}

/// The page.
#[component]
pub(super) fn Removal(subject: Subject) -> impl IntoView {
    let (desk, board, lang) = (
        expect_context::<Desk>(),
        expect_context::<Board>(),
        ui::language(),
    );
    let Subject {
        group,
        account,
        words,
        whom,
    } = subject;
    let remove = move |()| {
        board.going.set(None);
        board.act(steps::dismiss(desk, group, account));
    };
    view! {
        <Headline title=text::removal_title(lang)/>
        <p class="govuk-body"><Known words whom/></p>
        <WarningText text=text::removal_warning(lang)/>
        <List items=vec![text::removal_now(lang), text::removal_epoch(lang), text::removal_copies(lang)]/>
        <div class="govuk-button-group">
            <PlainButton text=text::removal_button(lang) press=remove class="govuk-button govuk-button--warning"/>
            <PlainButton text=text::cancel(lang) press=move |()| board.going.set(None)/>
        </div>
    }
}
