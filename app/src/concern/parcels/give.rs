//! Giving a draft or a concern to a colleague: to whom, what that means, and a last question.

mod ask;
mod done;
mod sure;

use super::giving::{self, Gift, Outgoing};
use crate::{
    account::desk::Desk,
    concern::{
        draft::{Draft, list::label_of},
        threads,
    },
    error::AppError,
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, Loaded, Paragraph},
};
use ask::Choose;
use done::Given;
use leptos::prelude::*;
use protocol::{
    group::GroupKind,
    id::{AccountId, LogId},
    vault::MemberView,
};
use sure::Sure;

/// Giving the draft in a drawer.
#[component]
pub(crate) fn GiveDraftPage(drawer: Option<u8>) -> impl IntoView {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    let found = Loaded::by(move || async move {
        let drawer = drawer.ok_or(Trouble::Portal(AppError::NotFound))?;
        let label = giving::settle_draft(desk, draft, drawer).await?;
        Ok((drawer, label))
    });
    let show = move |(drawer, label): (u8, String)| {
        let what = text::give_what_draft(lang, label_of(&label, drawer).plain());
        view! { <Give gift=Gift::Draft(drawer) what/> }.into_any()
    };
    view! {
        <a class="govuk-back-link" href=Place::Concerns.path(lang)>{text::concerns_title(lang)}</a>
        <Fetched found show title=text::give_title(lang)/>
    }
}

/// Giving a concern that was sent.
#[component]
pub(crate) fn GiveConcernPage(log: Option<LogId>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let found = Loaded::by(move || async move {
        let log = log.ok_or(Trouble::Portal(AppError::NotFound))?;
        // Only what was opened is given: the receiver is held to what was seen of it.
        Ok((log, threads::open_own(desk, log).await?.proof.reference))
    });
    let show = move |(log, reference): (LogId, String)| {
        let what = text::give_what_concern(lang, reference);
        view! { <Give gift=Gift::Concern(log) what/> }.into_any()
    };
    view! {
        <a class="govuk-back-link" href=Place::Concern(log).path(lang)>{text::concern_title(lang)}</a>
        <Fetched found show title=text::give_title(lang) waiting=text::concern_opening(lang)/>
    }
}

/// What becomes of one's own draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copy {
    Keep,
    Delete,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Choose,
    Sure,
    /// It is stored for them. What became of one's own draft, where it was to be deleted.
    Given(Option<bool>),
}

/// What is given, and how far that has come.
#[derive(Clone, Copy)]
struct Giving {
    gift: Gift,
    to: RwSignal<Option<AccountId>>,
    copy: RwSignal<Option<Copy>>,
    step: RwSignal<Step>,
    outgoing: RwSignal<Option<Outgoing>>,
}

/// Somebody whom it can be given to.
type Colleague = MemberView;

/// Everybody of the organisation but oneself, by the lists that were verified last.
fn colleagues(desk: Desk) -> Vec<Colleague> {
    let groups = desk.trusted().map(|trusted| trusted.groups).unwrap_or_default();
    let own = groups.into_iter().find(|group| group.kind == GroupKind::Partner);
    let members = own.into_iter().flat_map(|group| group.members);
    members.filter(|member| !member.me).collect()
}

#[component]
fn Give(gift: Gift, what: Text) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let giving = Giving {
        gift,
        to: RwSignal::default(),
        copy: RwSignal::default(),
        step: RwSignal::new(Step::Choose),
        outgoing: RwSignal::default(),
    };
    let all = StoredValue::new(colleagues(desk));
    move || {
        match giving.step.get() {
        Step::Choose if all.with_value(Vec::is_empty) => view! {
            <Headline title=text::give_title(lang)/>
            <Paragraph text=text::give_none(lang)/>
            <p class="govuk-body"><a class="govuk-link" href=Place::People.path(lang)>{text::people_title(lang)}</a></p>
        }
        .into_any(),
        Step::Choose => view! { <Choose giving what=what.clone() colleagues=all.get_value()/> }.into_any(),
        Step::Sure => view! { <Sure giving what=what.clone() colleagues=all.get_value()/> }.into_any(),
        Step::Given(deleted) => view! { <Given giving deleted/> }.into_any(),
    }
    }
}
