//! One application: what the organisation says, what administrators found, and what is next.

use super::{
    Application, Lead, Standing,
    finding::{FindingForm, Sure, SurePage},
    lead::{InviteLead, Invited},
    load_applications,
    overview::state,
    signing::Signing,
};
use crate::{
    account::desk::Desk,
    act::{Acts, Said},
    error::AppError,
    fetched::Fetched,
    invitation::Invitee,
    place::Place,
    text,
    trouble::Trouble,
    ui::{self, Headline, Loaded, Paragraph, Row, SummaryCard, SummaryList, Tag},
};
use leptos::prelude::*;
use protocol::id::AppendId;

/// What an administrator is doing on this page. All of it outlives what is shown, which is fetched again after each act.
#[derive(Clone, Copy)]
pub(super) struct Folder {
    /// Whether they approve, as far as they have chosen.
    pub(super) approves: RwSignal<Option<bool>>,
    /// How they checked, or why they refuse.
    pub(super) note: RwSignal<String>,
    /// What they are asked about once more.
    pub(super) sure: RwSignal<Option<Sure>>,
    /// Whom they mean to invite.
    pub(super) invitee: Invitee,
    pub(super) acts: Acts,
}

impl Folder {
    fn new() -> Self {
        Self {
            approves: RwSignal::new(None),
            note: RwSignal::new(String::new()),
            sure: RwSignal::new(None),
            invitee: Invitee::new(),
            acts: Acts::new(),
        }
    }

    /// Has everything fetched again. What was said of the last act is over.
    pub(super) fn again(self) {
        self.acts.forget();
        self.acts.again();
    }
}

/// The page.
#[component]
pub(crate) fn ApplicationPage(id: Option<AppendId>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let folder = Folder::new();
    provide_context(folder);
    let found = Loaded::by(move || {
        folder.acts.track();
        load(desk, id)
    });
    let show = move |one: Application| {
        let shown = move || match folder.sure.get() {
            Some(sure) => view! { <SurePage one=one.clone() sure/> }.into_any(),
            None => view! { <Dossier one=one.clone()/> }.into_any(),
        };
        shown.into_any()
    };
    view! { <Fetched found show title=text::application_title(lang)/> }
}

async fn load(desk: Desk, id: Option<AppendId>) -> Result<Application, Trouble> {
    let all = desk.note(load_applications().await)?;
    let found = all.into_iter().find(|one| Some(one.id) == id);
    found.ok_or(Trouble::Portal(AppError::NotFound))
}

#[component]
fn Dossier(one: Application) -> impl IntoView {
    let (folder, lang) = (expect_context::<Folder>(), ui::language());
    let (text, colour) = state(&one, expect_context::<Desk>().account(), lang);
    let rows = rows(&one);
    let findings = shown_findings(&one).map(finding_card).collect::<Vec<_>>();
    view! {
        <Headline title=text::application_title(lang)/>
        <Said acts=folder.acts/>
        <p class="govuk-body"><Tag text colour/></p>
        <SummaryList rows/>
        {findings}
        <Next one/>
        <p class="govuk-body"><a class="govuk-link" href=Place::Overview.path(lang)>{text::overview_title(lang)}</a></p>
    }
}

/// Each administrator checks alone: what another found is shown to those who have said what they found themselves.
fn shown_findings(one: &Application) -> impl Iterator<Item = &super::Finding> {
    let shown = one.standing() != Standing::Open || is_mine(one);
    one.findings.iter().filter(move |_| shown)
}

fn is_mine(one: &Application) -> bool {
    let me = expect_context::<Desk>().account();
    one.findings.iter().any(|finding| Some(finding.by) == me)
}

fn rows(one: &Application) -> Vec<Row> {
    let lang = ui::language();
    let organisation = one.organisation.clone();
    let number = if organisation.number.is_empty() {
        Row::text(text::row_number(lang), text::row_number_none(lang))
    } else {
        Row::written(text::row_number(lang), organisation.number)
    };
    vec![
        Row::written(text::row_name(lang), organisation.name),
        number,
        Row::written(text::row_purpose(lang), organisation.purpose),
        Row::written(text::row_lead(lang), organisation.lead),
        Row::written(text::row_reach(lang), organisation.reach),
        Row::text(text::row_applied(lang), ui::day(one.applied)),
    ]
}

fn finding_card(one: &super::Finding) -> impl IntoView + use<> {
    let lang = ui::language();
    let title = if one.approved {
        text::finding_approves(lang, &one.name)
    } else {
        text::finding_refuses(lang, &one.name)
    };
    let rows = vec![
        Row::written(text::row_note(lang), one.note.clone()),
        Row::text(text::row_found(lang), ui::day(one.day)),
    ];
    view! { <SummaryCard title rows/> }
}

/// What the person at this page can do next.
#[component]
fn Next(one: Application) -> impl IntoView {
    let lang = ui::language();
    let mine = is_mine(&one);
    match (one.standing(), one.lead.clone()) {
        (_, Lead::Leads) => view! { <Paragraph text=text::application_done(lang)/> }.into_any(),
        (Standing::Refused, _) => view! { <Paragraph text=text::application_refused(lang)/> }.into_any(),
        (Standing::Open, _) if mine => view! { <Paragraph text=text::application_waits(lang)/> }.into_any(),
        (Standing::Open, _) => view! { <FindingForm/> }.into_any(),
        (Standing::Approved, Lead::Uninvited) => view! { <InviteLead one/> }.into_any(),
        (Standing::Approved, Lead::Invited { expires, .. }) => view! { <Invited expires/> }.into_any(),
        (Standing::Approved, Lead::Answered { .. }) => view! { <Signing id=one.id/> }.into_any(),
    }
}
