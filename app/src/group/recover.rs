//! Recovery, as administrators have it: handing out what the offline machine needs, and handing in what custodians signed there.

use super::{
    drill::EXPORT,
    newcomers::Newcomers,
    recovery::{export, recover},
};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    browser::{clock, file},
    bytes::Bytes,
    invitation::{Invitee, Made, TakeBackPage},
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{
        self, Bound, Choice, ChoiceGroup, ErrorSummary, FileInput, Heading, Headline, List, Paragraph,
        PlainButton, Problem, Row, SecureForm, Select, Steps, SubmitButton, SummaryList, WarningText, Words,
    },
    vault,
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    concern::Language,
    group::GroupKind,
    id::GroupId,
    vault::{CompartmentName, MemberView, RecoveredView},
};

/// The ids of the fields.
const UNIT: &str = "compartment";
const FILE: &str = "recovered";

/// What an administrator is doing here. All of it outlives what is shown.
#[derive(Clone, Copy)]
pub(super) struct Doing {
    /// The compartment that is chosen, by its id.
    pub(super) chosen: RwSignal<String>,
    /// Whom they mean to invite.
    pub(super) invitee: Invitee,
    /// Which invitation is to be taken back.
    pub(super) doubted: RwSignal<Option<Made>>,
    /// What came from the offline machine, and what it says.
    sure: RwSignal<Option<(Bytes, RecoveredView)>>,
    pub(super) acts: Acts,
}

/// The page.
#[component]
pub(crate) fn RecoverUnitPage() -> impl IntoView {
    let lang = ui::language();
    let doing = Doing {
        chosen: RwSignal::new(String::new()),
        invitee: Invitee::new(),
        doubted: RwSignal::new(None),
        sure: RwSignal::new(None),
        acts: Acts::new(),
    };
    provide_context(doing);
    move || {
        match (doing.sure.get(), doing.doubted.get()) {
        (Some((bytes, seen)), _) => view! { <Sure bytes seen/> }.into_any(),
        (None, Some(made)) => {
            view! { <TakeBackPage made acts=doing.acts leave=move |()| doing.doubted.set(None)/> }.into_any()
        }
        (None, None) => view! {
            <Headline title=text::recover_unit_title(lang)/>
            <Said acts=doing.acts/>
            <Paragraph text=text::recover_unit_what(lang)/>
            <Steps items=vec![
                text::recover_unit_accounts(lang), text::recover_unit_export(lang), text::recover_unit_offline(lang),
                text::recover_unit_back(lang), text::recover_unit_after(lang),
            ]/>
            <Export/>
            <Newcomers/>
            <HandIn/>
            <p class="govuk-body"><a class="govuk-link" href=Place::Overview.path(lang)>{text::overview_title(lang)}</a></p>
        }
        .into_any(),
    }
    }
}

/// What the offline machine needs.
#[component]
fn Export() -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let problems = RwSignal::new(Vec::new());
    let submit = Callback::new(move |()| {
        let group = doing.chosen.with_untracked(|id| id.parse::<GroupId>().ok());
        problems.set(Vec::from_iter(group.is_none().then(|| Problem {
            field: UNIT,
            text: text::recover_unit_missing(lang),
        })));
        if let Some(group) = group {
            doing.acts.act(text::export_saved(lang), save(desk, group));
        }
    });
    view! {
        <Heading text=text::export_title(lang)/>
        <ErrorSummary problems/>
        <SecureForm submit>
            <Select id=UNIT label=text::recover_unit_which(lang) none=text::recover_unit_none(lang) groups=choices(desk, lang)
                value=Bound::whole(doing.chosen) problems/>
            <SubmitButton text=text::export_save(lang) busy=text::loading(lang) pending=false class="govuk-button govuk-button--secondary"/>
        </SecureForm>
    }
}

fn choices(desk: Desk, lang: Language) -> Vec<ChoiceGroup> {
    let all = desk
        .trusted()
        .map(|trusted| trusted.compartments)
        .unwrap_or_default();
    let choice = |one: CompartmentName| Choice {
        value: one.id.to_string(),
        label: if one.sealed {
            text::compartment_sealed(lang, one.unit).plain()
        } else {
            one.unit
        },
        enabled: true,
    };
    vec![ChoiceGroup {
        label: text::recover_unit_which(lang),
        choices: all.into_iter().map(choice).collect(),
    }]
}

async fn save(desk: Desk, group: GroupId) -> Result<(), Trouble> {
    let bytes = desk.fresh(|| export(group)).await?;
    let saved = file::save(EXPORT, &bytes.0);
    saved.then_some(()).ok_or(Trouble::Broken)
}

/// What the offline machine made.
#[component]
fn HandIn() -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let (problems, pending) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let submit = Callback::new(move |()| {
        pending.set(true);
        problems.set(Vec::new());
        spawn_local(async move {
            let read = read(desk, lang).await;
            pending.try_set(false);
            match read {
                Ok(seen) => drop(doing.sure.try_set(Some(seen))),
                Err(text) => drop(problems.try_set(vec![Problem { field: FILE, text }])),
            }
        });
    });
    view! {
        <Heading text=text::recovered_title(lang)/>
        <ErrorSummary problems/>
        <SecureForm submit pending>
            <FileInput id=FILE label=text::recovered_file(lang) hint=text::recovered_hint(lang) problems/>
            <SubmitButton text=text::go_on(lang) busy=text::loading(lang) pending/>
        </SecureForm>
    }
}

/// Reads the chosen file, against the lists as they stand now.
async fn read(desk: Desk, lang: Language) -> Result<(Bytes, RecoveredView), Text> {
    let bytes = file::chosen(FILE).await;
    let bytes = Bytes(bytes.ok_or_else(|| text::recovered_missing(lang))?);
    let said = |trouble: Trouble| trouble.text(lang);
    desk.trust_anew().await.map_err(said)?;
    let seen = vault::read_recovered(bytes.clone(), clock::minute()).await;
    Ok((bytes, seen.map_err(said)?))
}

/// The page that asks once more.
#[component]
fn Sure(bytes: Bytes, seen: RecoveredView) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let press = move |()| {
        doing.sure.set(None);
        doing
            .acts
            .act(text::recovered_done(lang), hand_in(desk, bytes.clone()));
    };
    let name = match seen.kind {
        GroupKind::Sealed => text::compartment_sealed(lang, &seen.name),
        GroupKind::Intake | GroupKind::Partner => Text::of(seen.name.clone()),
    };
    let mut rows = vec![
        Row::text(text::recover_unit_which(lang), name),
        Row::text(
            text::recovered_epochs(lang),
            text::signed_of(lang, seen.all, seen.epochs),
        ),
    ];
    rows.extend(
        seen.members
            .iter()
            .map(|one| member(text::recovered_in(lang), one)),
    );
    rows.extend(seen.gone.iter().map(|one| member(text::recovered_out(lang), one)));
    view! {
        <Headline title=text::recovered_sure(lang)/>
        <SummaryList rows/>
        <WarningText text=text::recovered_compare(lang)/>
        <List items=vec![text::recovered_replaces(lang), text::recovered_everybody(lang), text::recovered_new_key(lang)]/>
        <div class="govuk-button-group">
            <PlainButton text=text::recovered_button(lang) press class="govuk-button govuk-button--warning"/>
            <PlainButton text=text::cancel(lang) press=move |()| doing.sure.set(None)/>
        </div>
    }
}

fn member(key: Text, one: &MemberView) -> Row {
    let words = one.words.clone();
    Row {
        key,
        value: view! { <Words words/> }.into_any(),
        action: None,
    }
}

async fn hand_in(desk: Desk, bytes: Bytes) -> Result<(), Trouble> {
    desk.fresh(|| recover(bytes.clone())).await?;
    desk.trust_anew().await?;
    desk.remember().await
}
