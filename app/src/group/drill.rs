//! Recovery, as a unit has it: who holds the kits, the yearly drill, another recovery key, and what a newcomer gives to custodians.

use super::{
    new_key::{KeyForm, NewKey, SureKey},
    people::name,
    recovery::{Drill, export_own, load_drills, record_drill},
    steps::{self, Made},
};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    browser::{clock, file},
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{
        self, Heading, Headline, Loaded, Paragraph, PlainButton, Refusal, Row, Steps, SummaryList,
        WarningText, Words,
    },
    vault,
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    group::GroupKind,
    id::GroupId,
    vault::{GroupView, Myself},
};

/// The name of what is saved for the offline machine.
pub(super) const EXPORT: &str = "candour.export";

/// What a lead is doing here. All of it outlives what is shown.
#[derive(Clone, Copy)]
pub(super) struct Doing {
    /// The recovery key that is to be named, once it is drafted.
    pub(super) sure: RwSignal<Option<NewKey>>,
    /// The public half, as it was pasted.
    pub(super) line: RwSignal<String>,
    /// Who holds its shares, one on a line.
    pub(super) custodians: RwSignal<String>,
    pub(super) acts: Acts,
}

impl Doing {
    fn new() -> Self {
        Self {
            sure: RwSignal::new(None),
            line: RwSignal::new(String::new()),
            custodians: RwSignal::new(String::new()),
            acts: Acts::new(),
        }
    }
}

/// The page.
#[component]
pub(crate) fn DrillPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let doing = Doing::new();
    provide_context(doing);
    let drills = Loaded::by(move || {
        doing.acts.track();
        async move { desk.note(load_drills().await) }
    });
    move || {
        match doing.sure.get() {
        Some(key) => view! { <SureKey key/> }.into_any(),
        None => view! {
            <Headline title=text::drill_title(lang)/>
            <Said acts=doing.acts/>
            <Paragraph text=text::drill_what(lang)/>
            <Compartments drills/>
            <Own/>
            <p class="govuk-body"><a class="govuk-link" href=Place::People.path(lang)>{text::people_title(lang)}</a></p>
        }
        .into_any(),
    }
    }
}

/// Every compartment that this account is in.
#[component]
fn Compartments(drills: Loaded<Result<Vec<Drill>, Trouble>>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let show = move |drills: Vec<Drill>| {
        let groups = desk.trusted().map(|trusted| trusted.groups).unwrap_or_default();
        let units = groups
            .into_iter()
            .filter(|group| group.kind != GroupKind::Partner);
        let views = units.map(|group| {
            let drill = drills.iter().find(|one| one.group == group.id).copied();
            view! { <Compartment group drill/> }
        });
        views.collect::<Vec<_>>().into_any()
    };
    view! { <Fetched found=drills show/> }
}

#[component]
fn Compartment(group: GroupView, drill: Option<Drill>) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let (id, lead) = (group.id, group.lead);
    let save = move |()| doing.acts.act(text::export_saved(lang), save(desk, id));
    let due = drill.is_none_or(|drill| drill.is_due(clock::minute().day()));
    let done = lead.then(|| {
        let work = move || async move { desk.note(record_drill(id).await) };
        let press = move |()| doing.acts.act(text::drill_recorded(lang), work());
        view! { <PlainButton text=text::drill_done(lang) press/> }
    });
    let signers = group.rules.signers;
    view! {
        <section class="candour-group">
            <Heading text=name(&group, lang)/>
            {due.then(|| view! { <WarningText text=text::drill_due(lang)/> })}
            <SummaryList rows=rows(&group, drill, lang)/>
            <Steps items=vec![text::drill_save_first(lang), text::drill_meet(lang), text::drill_check(lang), text::drill_verify(lang)]/>
            <div class="govuk-button-group"><PlainButton text=text::export_save(lang) press=save/> {done}</div>
            {lead.then(|| view! { <KeyForm group=id signers/> })}
        </section>
    }
}

async fn save(desk: Desk, group: GroupId) -> Result<(), Trouble> {
    let export = desk.fresh(|| export_own(group)).await?;
    let saved = file::save(EXPORT, &export.0);
    saved.then_some(()).ok_or(Trouble::Broken)
}

fn rows(group: &GroupView, drill: Option<Drill>, lang: Language) -> Vec<Row> {
    let last = drill.and_then(|drill| drill.last);
    let words = group.rules.recovery.clone().unwrap_or_default();
    vec![
        Row::written(text::drill_custodians(lang), group.rules.custodians.join("\n")),
        Row {
            key: text::drill_words(lang),
            value: view! { <Words words/> }.into_any(),
            action: None,
        },
        Row::text(
            text::drill_last(lang),
            last.map_or_else(|| text::drill_never(lang), ui::day),
        ),
    ]
}

/// What this account gives to those who are to name it: nobody needs it otherwise.
#[component]
fn Own() -> impl IntoView {
    let lang = ui::language();
    let own = Loaded::by(vault::myself);
    view! {
        <Heading text=text::own_keys_title(lang)/>
        <Paragraph text=text::own_keys_what(lang)/>
        {move || own.get().map(|own| match own {
            Ok(own) => view! { <Lines own/> }.into_any(),
            Err(trouble) => view! { <Refusal text=trouble.text(lang)/> }.into_any(),
        })}
    }
}

#[component]
fn Lines(own: Myself) -> impl IntoView {
    let lang = ui::language();
    let lines = lines(&own);
    view! {
        <pre class="candour-case__text notranslate" id="own-keys" translate="no" tabindex="0" aria-label=text::own_keys_title(lang).plain()>{lines}</pre>
        <p class="govuk-body">{text::row_words(lang)} ": " <Words words=own.words/></p>
    }
}

/// As the native tool reads them.
fn lines(own: &Myself) -> String {
    let Myself {
        account,
        signer,
        recipient,
        ..
    } = own;
    format!(
        "[[member]]\naccount = \"{account}\"\nsigner = \"{signer}\"\nrecipient = \"{recipient}\"\nlead = true\n"
    )
}

/// What to say of a change of the rules.
pub(super) fn made_text(made: Made, lang: Language) -> Text {
    match made {
        Made::Waiting => text::change_waits(lang),
        _ => text::new_key_named(lang),
    }
}

/// Names another recovery key.
pub(super) async fn hand_in(desk: Desk, key: NewKey, lang: Language) -> Result<Text, Trouble> {
    let made = steps::hand_in(desk, key.draft).await?;
    Ok(made_text(made, lang))
}
