//! One organisation that is on board: suspending it, and lifting that.

use super::on_board::{Partner, lift_partner, load_partners, suspend_partner};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    browser::clock,
    error::AppError,
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, List, Loaded, PlainButton, Row, SummaryList, TagColour, WarningText},
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    id::{Day, GroupId},
};

/// What an administrator is doing here.
#[derive(Clone, Copy)]
struct Doing {
    /// Whether they are asked once more.
    sure: RwSignal<bool>,
    acts: Acts,
}

/// The page.
#[component]
pub(crate) fn OrganisationPage(group: Option<GroupId>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let doing = Doing {
        sure: RwSignal::new(false),
        acts: Acts::new(),
    };
    provide_context(doing);
    let found = Loaded::by(move || {
        doing.acts.track();
        load(desk, group)
    });
    let show = move |one: Partner| {
        let shown = move || {
            if doing.sure.get() {
                view! { <Sure one=one.clone()/> }.into_any()
            } else {
                view! { <Details one=one.clone()/> }.into_any()
            }
        };
        shown.into_any()
    };
    view! { <Fetched found show title=text::organisation_title(lang)/> }
}

async fn load(desk: Desk, group: Option<GroupId>) -> Result<Partner, Trouble> {
    let all = desk.note(load_partners().await)?;
    let found = all.into_iter().find(|one| Some(one.group) == group);
    found.ok_or(Trouble::Portal(AppError::NotFound))
}

#[component]
fn Details(one: Partner) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let button = if one.suspended.is_some() {
        text::lift_open(lang)
    } else {
        text::suspend_open(lang)
    };
    view! {
        <Headline title=text::organisation_title(lang)/>
        <Said acts=doing.acts/>
        <SummaryList rows=rows(&one, lang)/>
        <PlainButton text=button press=move |()| doing.sure.set(true)/>
        <p class="govuk-body"><a class="govuk-link" href=Place::Overview.path(lang)>{text::overview_title(lang)}</a></p>
    }
}

fn rows(one: &Partner, lang: Language) -> Vec<Row> {
    let suspended = one.suspended.map_or_else(|| text::no(lang), ui::day);
    vec![
        Row::written(text::row_name(lang), one.name.clone()),
        Row::text(text::row_accounts(lang), Text::of(one.accounts.to_string())),
        Row::text(text::row_founded(lang), ui::day(one.founded)),
        Row::text(text::row_confirmed(lang), ui::day(one.confirmed)),
        Row::text(text::row_suspended(lang), suspended),
    ]
}

/// The page that asks once more.
#[component]
fn Sure(one: Partner) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let (group, lifting) = (one.group, one.suspended.is_some());
    let press = move |()| {
        doing.sure.set(false);
        if lifting {
            let work = async move { desk.fresh(|| lift_partner(group)).await };
            doing.acts.act(text::lifted_said(lang), work);
        } else {
            let work = async move { desk.fresh(|| suspend_partner(group)).await };
            doing.acts.act(text::suspended_said(lang), work);
        }
    };
    let (title, items, button) = words(lifting, lang);
    let class = if lifting {
        "govuk-button"
    } else {
        "govuk-button govuk-button--warning"
    };
    let rows = vec![Row::written(text::row_name(lang), one.name)];
    view! {
        <Headline title/>
        <SummaryList rows/>
        {(!lifting).then(|| view! { <WarningText text=text::suspend_warning(lang)/> })}
        <List items/>
        <div class="govuk-button-group">
            <PlainButton text=button press class/>
            <PlainButton text=text::cancel(lang) press=move |()| doing.sure.set(false)/>
        </div>
    }
}

fn words(lifting: bool, lang: Language) -> (Text, Vec<Text>, Text) {
    if lifting {
        let items = vec![text::lift_sign_in(lang), text::lift_members(lang)];
        return (text::lift_title(lang), items, text::lift_button(lang));
    }
    let items = vec![
        text::suspend_out(lang),
        text::suspend_invitations(lang),
        text::suspend_told(lang),
        text::suspend_lifted(lang),
    ];
    (text::suspend_title(lang), items, text::suspend_button(lang))
}

/// What there is to say about an organisation in a list, in a word or two.
pub(super) fn remark(one: &Partner, today: Day, lang: Language) -> Option<(Text, TagColour)> {
    if one.suspended.is_some() {
        return Some((text::state_suspended(lang), TagColour::Red));
    }
    one.is_late(today)
        .then(|| (text::state_late(lang), TagColour::Blue))
}

/// This day, by the browser's clock.
pub(super) fn today() -> Day {
    clock::minute().day()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_suspended_or_late_stands_out() {
        let partner = |suspended| Partner {
            group: GroupId([1; 16]),
            name: "Refuge".into(),
            accounts: 1,
            founded: Day(1_000),
            confirmed: Day(1_000),
            suspended,
        };
        let remark =
            |one: &Partner, today| remark(one, Day(today), Language::English).map(|(_, colour)| colour);
        assert_eq!(remark(&partner(None), 1_091), None);
        assert_eq!(remark(&partner(None), 1_092), Some(TagColour::Blue));
        assert_eq!(remark(&partner(Some(Day(1_001))), 1_092), Some(TagColour::Red));
    }
}
