//! A marked test to oneself, opened and closed: that shows that the compartment works.

use super::{
    set_up::{Bench, Case},
    steps,
};
use crate::{
    account::desk::Desk,
    place::Place,
    text,
    trouble::Trouble,
    ui::{self, Heading, Inset, List, Paragraph, PlainButton, Refusal},
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    concern::{Agrees, Aware, Concern, Language, Source, Standing, Who},
    id::{GroupId, LogId},
    vault::Trusted,
};

/// Sends it, and says what to do next.
#[component]
pub(super) fn Trial(case: Case) -> impl IntoView {
    let (desk, bench, lang) = (
        expect_context::<Desk>(),
        expect_context::<Bench>(),
        ui::language(),
    );
    let group = case.own.listed.map(|(group, _)| group);
    let sent = RwSignal::new(None::<Result<LogId, Trouble>>);
    let press = move |()| {
        let concern = group.and_then(|group| Some((group, concern(&desk.trusted()?, group, lang)?)));
        spawn_local(async move {
            let answer = match concern {
                Some((group, concern)) => steps::send_test(desk, group, concern).await,
                None => Err(Trouble::Refused(protocol::refused::Refused::NoUsableKey)),
            };
            sent.try_set(Some(answer));
        });
    };
    view! {
        <Heading text=text::step_test(lang)/>
        <List items=vec![text::test_send(lang), text::test_open(lang), text::test_close(lang)]/>
        {move || match sent.get() {
            None => ().into_any(),
            Some(Err(trouble)) => view! { <Refusal text=trouble.text(lang)/> }.into_any(),
            Some(Ok(log)) => view! {
                <Inset>
                    <p class="govuk-body" role="status">{text::test_sent(lang)}</p>
                    <a class="govuk-link" href=Place::Case(Some(log)).path(lang)>{text::test_open_link(lang)}</a>
                </Inset>
            }
            .into_any(),
        }}
        <div class="govuk-button-group">
            <PlainButton text=text::test_button(lang) press class="govuk-button"/>
            <PlainButton text=text::beginning_look(lang) press=move |()| bench.acts.again()/>
        </div>
    }
}

/// A concern that says that it is none, about the first force whose concerns this compartment reads.
fn concern(trusted: &Trusted, group: GroupId, lang: Language) -> Option<Concern> {
    let reads =
        |one: &Option<protocol::vault::CompartmentView>| one.as_ref().is_some_and(|one| one.id == group);
    let found = trusted.forces.iter().find_map(|force| {
        let standing = [
            (&force.intake, Standing::Usual),
            (&force.sealed, Standing::Close),
            (&force.oversight, Standing::Chief),
        ];
        let (_, standing) = standing.into_iter().find(|(one, _)| reads(one))?;
        Some((force.id.clone(), standing))
    });
    let (force, standing) = found?;
    Some(Concern {
        force,
        standing,
        happened: text::test_happened(lang).plain(),
        who: Who::Described(text::test_who(lang).plain()),
        source: Source::Unsaid,
        aware: Aware::Yes,
        agrees: Agrees::NotAsked,
        contact: text::test_contact(lang).plain(),
        language: lang,
    })
}

/// Under a test that is open: closes it.
#[component]
pub(crate) fn CloseTest(log: LogId, group: GroupId) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let closed = RwSignal::new(None::<Result<(), Trouble>>);
    let press = move |()| {
        spawn_local(async move {
            closed.try_set(Some(steps::close_test(desk, log, group).await));
        });
    };
    move || match closed.get() {
        Some(Ok(())) => view! {
            <Inset><p class="govuk-body" role="status">{text::test_closed(lang)}</p></Inset>
        }
        .into_any(),
        failed => view! {
            <Paragraph text=text::test_close(lang)/>
            {failed.and_then(Result::err).map(|trouble| view! { <Refusal text=trouble.text(lang)/> })}
            <PlainButton text=text::test_close_button(lang) press class="govuk-button"/>
        }
        .into_any(),
    }
}
