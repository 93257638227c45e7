//! A person's own account: how it is opened, and where it is signed in.

use super::{Elsewhere, Role, desk::Desk, end_session, load_sessions};
use crate::{
    act::{Acts, Said},
    fetched::Fetched,
    notice::DailyMail,
    place::Place,
    text::{self, Text},
    ui::{self, Heading, Headline, Loaded, Paragraph, PlainButton, Row, SummaryList, WarningText},
    vault,
};
use leptos::prelude::*;
use protocol::{concern::Language, slot::SlotKind};

/// The page.
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let who = desk.session().map(|session| {
        let role = match session.role {
            Role::Practitioner => text::role_practitioner(lang),
            Role::Assessor => text::role_assessor(lang),
            Role::Administrator => text::role_administrator(lang),
        };
        vec![
            Row::text(text::name_label(lang), Text::of(session.name)),
            Row::text(text::role_label(lang), role),
        ]
    });
    view! {
        <Headline title=text::own_account_title(lang)/>
        <SummaryList rows=who.unwrap_or_default()/>
        <Heading text=text::openers_title(lang)/>
        <Openers/>
        <Heading text=text::two_step_title(lang)/>
        <SecondStep/>
        <Heading text=text::sessions_title(lang)/>
        <Sessions/>
        <Heading text=text::notice_title(lang)/>
        <DailyMail/>
        <super::LastUsed/>
    }
}

/// The ways to open the keys, as the vault has them.
#[component]
fn Openers() -> impl IntoView {
    let lang = ui::language();
    let openers = Loaded::by(vault::openers);
    let show = move |all: Vec<(SlotKind, _)>| {
        let kinds: Vec<_> = all.into_iter().map(|(kind, _)| kind).collect();
        view! { <SummaryList rows=opener_rows(&kinds, lang)/> }.into_any()
    };
    view! { <Fetched found=openers show/> }
}

/// Whether something is asked after the password, and until when it need not be.
#[component]
fn SecondStep() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let session = desk.session();
    let has = session.as_ref().is_some_and(|session| session.steps.code);
    let value = if has { text::yes(lang) } else { text::no(lang) };
    let change = link(Place::TwoStep, text::two_step_change(lang), lang);
    let rows = vec![Row::text(text::two_step_app(lang), value).with(change)];
    let due = session.and_then(|session| session.due_days);
    view! {
        {due.map(|days| view! { <WarningText text=text::two_step_due(lang, days)/> })}
        <SummaryList rows/>
    }
}

fn opener_rows(kinds: &[SlotKind], lang: Language) -> Vec<Row> {
    let count = |kind| kinds.iter().filter(|one| **one == kind).count();
    let has = |kind| {
        if count(kind) > 0 {
            text::yes(lang)
        } else {
            text::no(lang)
        }
    };
    let passkeys = u32::try_from(count(SlotKind::Passkey)).unwrap_or(u32::MAX);
    vec![
        Row::text(text::opener_password(lang), has(SlotKind::Password)).with(link(
            Place::ChangePassword,
            text::change_password_title(lang),
            lang,
        )),
        Row::text(text::opener_code(lang), has(SlotKind::RecoveryCode)).with(link(
            Place::RecoveryCode,
            text::recovery_code_title(lang),
            lang,
        )),
        Row::text(text::opener_passkeys(lang), Text::of(passkeys.to_string())).with(link(
            Place::Passkeys,
            text::passkeys_title(lang),
            lang,
        )),
    ]
}

fn link(place: Place, text: Text, lang: Language) -> AnyView {
    view! { <a class="govuk-link" href=place.path(lang)>{text}</a> }.into_any()
}

#[component]
fn Sessions() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let acts = Acts::new();
    let found = Loaded::by(move || {
        acts.track();
        async move { desk.note(load_sessions().await) }
    });
    let end = Callback::new(move |one: Elsewhere| {
        acts.act_quietly(async move { desk.fresh(|| end_session(one.id)).await });
    });
    let show = move |all: Vec<Elsewhere>| {
        let rows = all.into_iter().map(|one| session_row(one, end, lang)).collect();
        view! { <Paragraph text=text::sessions_text(lang)/> <SummaryList rows/> }.into_any()
    };
    view! { <Said acts/> <Fetched found show/> }
}

fn session_row(one: Elsewhere, end: Callback<Elsewhere>, lang: Language) -> Row {
    let key = if one.here {
        text::session_here(lang)
    } else {
        text::session_elsewhere(lang)
    };
    let begun = text::session_begun(lang, one.age_seconds / 60);
    let used = text::session_used(lang, one.quiet_seconds / 60);
    let value = text::session_since(lang, begun.plain(), used.plain());
    let row = Row::text(key, value);
    if one.here {
        return row;
    }
    row.with(view! { <PlainButton text=text::session_end(lang) press=move |()| end.run(one)/> }.into_any())
}
