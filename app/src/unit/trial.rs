//! A marked test to oneself, opened and closed: that shows that the compartment works.

use super::{
    set_up::{Doing, SetUp, load_own_set_up},
    steps,
};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    place::Place,
    text,
    trouble::Trouble,
    ui::{self, Heading, Inset, List, Loaded, Paragraph, PlainButton, Refusal},
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    concern::{Concern, Language, Standing},
    id::{GroupId, LogId},
    told::Told,
    vault::Trusted,
};

/// Sends it, and says what to do next.
#[component]
pub(super) fn Trial(set_up: SetUp) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let group = set_up.own.listed.map(|(group, _)| group);
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
            <PlainButton text=text::beginning_look(lang) press=move |()| doing.acts.again()/>
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
    let told = Told {
        happened: text::test_happened(lang).plain(),
        reach: text::test_contact(lang).plain(),
        ..Told::default()
    };
    Some(Concern {
        force,
        standing,
        language: lang,
        told: told.to_bytes(),
    })
}

/// Under a test: closes it where it is open, and says that the compartment works. Until both are done, it asks for what is left.
#[component]
pub(crate) fn CloseTest(log: LogId, group: GroupId, open: bool) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let (acts, open) = (Acts::new(), RwSignal::new(open));
    let own = Loaded::by(move || {
        acts.track();
        async move { desk.note(load_own_set_up().await) }
    });
    let untried = move || match own.get() {
        Some(Ok(Some(own))) => own.listed == Some((group, None)),
        _ => false,
    };
    let press = move |()| {
        acts.act(text::test_closed(lang), async move {
            if open.get_untracked() {
                steps::close_test(desk, log).await?;
                open.try_set(false);
            }
            steps::finish(desk, group).await
        });
    };
    let ask = move || {
        (open.get() || untried()).then(|| {
            view! {
                <Paragraph text=text::test_close(lang)/>
                <PlainButton text=text::test_close_button(lang) press class="govuk-button"/>
            }
        })
    };
    view! { <Said acts/> {ask} }
}
