//! One concern, as the unit has it.

use super::{
    assess::{AssessTask, statement_rows},
    cases::{self, Opened},
    declare::{Connected, Connection, Declare},
    doing::{Doing, Task},
    moves::{AssignTask, MoveTask},
    origin::{OriginNotice, origin_rows},
    people, refer,
    refer::ReferTask,
    safety::{Safety, rule, withdrawn},
    timeline::Timeline,
    words,
    write::{NoteTask, WriteTask},
};
use crate::{
    account::desk::Desk,
    act::Said,
    concern::{
        cards, choice::Choice as _, evidence::read::FileList, history::Additions, receipt::Receipt, rows,
        section::Section,
    },
    error::AppError,
    fetched::Fetched,
    place::Place,
    text,
    trouble::Trouble,
    ui::{
        self, Heading, Headline, Loaded, Paragraph, PlainButton, Refusal, Row, SummaryCard, SummaryList, Tag,
    },
    unit::CloseTest,
};
use leptos::prelude::*;
use protocol::{
    casework::{Act, Assessment, Case, Stage},
    concern::Language,
    id::LogId,
    refused::Refused,
    told::Told,
    vault::{Origin, Thread},
};

/// The page.
#[component]
pub(crate) fn CasePage(log: Option<LogId>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let thread = Loaded::by(move || async move {
        cases::open_to_read(desk, log.ok_or(Trouble::Portal(AppError::NotFound))?).await
    });
    let show = move |opened: Opened| {
        provide_context(Doing::new(desk, opened));
        view! { <Work/> }.into_any()
    };
    view! { <Fetched found=thread show title=text::case_title(lang) waiting=text::case_opening(lang)/> }
}

/// The case, or what somebody is doing with it.
#[component]
fn Work() -> impl IntoView {
    let doing = expect_context::<Doing>();
    let gone = Memo::new(move |_| doing.opened.with(Option::is_none));
    move || {
        if gone.get() {
            return view! { <Connected/> }.into_any();
        }
        match doing.task.get() {
            None => view! { <Overview/> }.into_any(),
            Some(task) => form(task, &doing),
        }
    }
}

fn form(task: Task, doing: &Doing) -> AnyView {
    let opened = doing.opened.get_untracked();
    let told = opened.as_ref().and_then(|one| one.thread.concern.told().ok());
    let (Some(Opened { thread, .. }), Some(told)) = (opened, told) else {
        return ().into_any();
    };
    let (rule, told_in) = (rule(&thread, &told), thread.concern.language);
    match task {
        Task::Assign => view! { <AssignTask/> }.into_any(),
        Task::Assess => view! { <AssessTask/> }.into_any(),
        Task::Refer => view! { <ReferTask/> }.into_any(),
        Task::Move => view! { <MoveTask rule told_in/> }.into_any(),
        Task::Write => view! { <WriteTask rule told_in/> }.into_any(),
        Task::Note => view! { <NoteTask/> }.into_any(),
        Task::Connection => view! { <Connection/> }.into_any(),
    }
}

/// The case as it is. It is shown again after everything that was done with it.
#[component]
fn Overview() -> impl IntoView {
    let doing = expect_context::<Doing>();
    move || {
        doing.opened.get().map(|opened| {
            let lang = ui::language();
            if let Ok(told) = opened.thread.concern.told() {
                shown(opened, told, &doing)
            } else {
                let text = Trouble::Refused(Refused::Malformed).text(lang);
                view! { <Headline title=text::case_title(lang)/> <Refusal text/> }.into_any()
            }
        })
    }
}

/// Whoever works on it has said first that they have no connection; a test is about nobody.
fn shown(opened: Opened, told: Told, doing: &Doing) -> AnyView {
    let Opened { thread, case } = opened;
    let test = matches!(thread.origin, Origin::Test { .. });
    if !test && !case.declared.contains(&doing.me()) {
        return view! { <Declare told/> }.into_any();
    }
    view! { <Readable thread told case test/> }.into_any()
}

#[component]
fn Readable(thread: Thread, told: Told, case: Case, test: bool) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let forces = desk.trusted().map(|trusted| trusted.forces).unwrap_or_default();
    let reference = thread.proof.reference.clone();
    let (log, open) = (thread.log, thread.closed.is_none());
    let group = test.then_some(thread.compartment.id);
    let shown = rows::Shown {
        concern: &thread.concern,
        told: &told,
        signs: None,
        files: &[],
        forces: &forces,
    };
    let standing = (!test)
        .then(|| view! { <Standing case=case.clone() thread=thread.clone()/> <Buttons case=case.clone()/> });
    view! {
        <a class="govuk-back-link" href=Place::Queue.path(lang)>{text::queue_title(lang)}</a>
        <Headline title=text::case_title(lang)/>
        <p class="govuk-body">{text::sent_reference(lang)} " " <strong class="candour-reference">{reference}</strong></p>
        <Said acts=doing.acts/>
        {standing}
        <Safety told=told.clone() withdrawn=withdrawn(&thread)/>
        <OriginNotice origin=thread.origin.clone()/>
        {group.map(|group| view! { <CloseTest log group open/> })}
        <Additions thread=thread.clone()/>
        <Assessed assessment=case.assessment.clone()/>
        <div class="candour-case">
            {cards::cards(&shown, &[Section::Reach])}
            <FileList log files=thread.files.clone()/>
            <SummaryCard title=text::case_origin(lang) rows=origin_rows(&thread, lang)/>
        </div>
        <Timeline thread=thread.clone() case me=doing.me()/>
        <Receipt proof=thread.proof/>
        <Paragraph text=text::case_care(lang)/>
    }
}

/// How far it has come, whose it is, and what is due.
#[component]
fn Standing(case: Case, thread: Thread) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let groups = desk.trusted().map(|trusted| trusted.groups).unwrap_or_default();
    let stage = case.stage();
    let owner = case.owner.map_or_else(
        || text::case_unassigned(lang),
        |owner| people::name(owner, doing.me(), &case, &groups, lang),
    );
    let tag = view! { <Tag text=stage.label(lang) colour=words::colour(stage)/> }.into_any();
    let mut rows = vec![
        Row {
            key: text::case_stage(lang),
            value: tag,
            action: None,
        },
        Row::text(text::case_status(lang), stage.status().label(lang)),
        Row::text(text::case_owner(lang), owner),
        Row::text(text::case_received(lang), ui::day(thread.proof.day)),
    ];
    if let Some(referral) = &case.referral {
        rows.push(Row::text(text::case_referral(lang), refer::said(referral, lang)));
    }
    if let Some(why) = &case.paused {
        rows.push(Row::written(text::case_paused(lang), why.clone()));
    }
    view! { <SummaryList rows/> }
}

/// What can be done with it.
#[component]
fn Buttons(case: Case) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let me = doing.me();
    let button = move |text, task| view! { <PlainButton text press=move |()| doing.show(Some(task))/> };
    let claim = move |()| doing.act(vec![Act::Assigned(Some(me))], None, text::claim_done(lang));
    let claims = case.owner != Some(me) && !case.stage().is_over();
    let claims =
        claims.then(|| view! { <PlainButton text=text::claim(lang) press=claim class="govuk-button"/> });
    let moves = (case.stage() != Stage::Received).then(|| button(text::move_title(lang), Task::Move));
    view! {
        <nav class="govuk-button-group" aria-label=text::case_acts(lang).plain()>
            {claims}
            {button(text::assess_title(lang), Task::Assess)}
            {button(text::refer_title(lang), Task::Refer)}
            {moves}
            {button(text::write_title(lang), Task::Write)}
            {button(text::note_title(lang), Task::Note)}
            {button(text::assign_title(lang), Task::Assign)}
            {button(text::connection_title(lang), Task::Connection)}
        </nav>
    }
}

/// How it was assessed last, unless it was not.
#[component]
fn Assessed(assessment: Assessment) -> impl IntoView {
    let lang = ui::language();
    if assessment == Assessment::default() {
        return ().into_any();
    }
    let statements = assessment.statements.iter().zip(1..).map(|(one, number)| {
        view! { <SummaryCard title=text::statement_number(lang, number) rows=statement_rows(one, lang)/> }
    });
    view! {
        <Heading text=text::assessment_title(lang)/>
        <SummaryList rows=assessment_rows(&assessment, lang)/>
        {statements.collect::<Vec<_>>()}
    }
    .into_any()
}

fn assessment_rows(one: &Assessment, lang: Language) -> Vec<Row> {
    let main = one
        .main
        .map(|main| Row::text(text::category_main(lang), main.label(lang)));
    let others: Vec<_> = one.others.iter().map(|one| one.label(lang).plain()).collect();
    let others = (!others.is_empty()).then(|| Row::written(text::category_others(lang), others.join("\n")));
    let severity = one
        .severity
        .map(|one| Row::text(text::severity_label(lang), one.label(lang)));
    let safe = one
        .safeguarding
        .map(|one| Row::text(text::safeguarding_label(lang), one.label(lang)));
    let wrote = |key, text: &str| (!text.trim().is_empty()).then(|| Row::written(key, text.to_owned()));
    let all = [
        safe,
        wrote(text::safeguarding_actions(lang), &one.actions),
        main,
        others,
        severity,
        wrote(text::assess_why(lang), &one.why),
    ];
    all.into_iter().flatten().collect()
}
