//! Assessing a case: its category, its statements, how serious it would be, and what keeps people safe.

use super::{
    doing::Doing,
    frame::{TaskFoot, TaskHead},
};
use crate::{
    concern::{answers::check, choice::Choice as _},
    text::{self, Text},
    ui::{
        self, Bound, Checkboxes, Heading, Paragraph, PlainButton, Problem, Radios, Row, SecureForm,
        SubmitButton, SummaryCard, TextArea,
    },
};
use leptos::prelude::*;
use protocol::{
    casework::{Act, Assessment, Category, Handling, Known, Reliability, Safeguarding, Severity, Statement},
    concern::{LONG, Language, SHORT},
};

const MAIN: &str = "main-category";
const OTHERS: &str = "other-categories";
const SEVERITY: &str = "severity";
const SAFE: &str = "safeguarding";
const ACTIONS: &str = "safeguarding-actions";
const WHY: &str = "why-assessed";
const STATEMENT: &str = "statement";
const SOURCE: &str = "source-reliability";
const KNOWN: &str = "how-known";
const HANDLING: &str = "handling";
const CONDITIONS: &str = "conditions";
const REASON: &str = "grade-reason";

/// An assessment, while it is made. The statement that is being written has a page of its own.
#[derive(Clone, Copy)]
struct Making {
    all: RwSignal<Assessment>,
    /// Which statement, and as it is so far.
    writing: RwSignal<Option<usize>>,
    statement: RwSignal<Statement>,
    problems: RwSignal<Vec<Problem>>,
}

/// The form.
#[component]
pub(super) fn AssessTask() -> impl IntoView {
    let doing = expect_context::<Doing>();
    let making = Making {
        all: RwSignal::new(doing.case().assessment),
        writing: RwSignal::new(None),
        statement: RwSignal::default(),
        problems: RwSignal::default(),
    };
    move || match making.writing.get() {
        Some(at) => view! { <StatementForm making at/> }.into_any(),
        None => view! { <Whole making/> }.into_any(),
    }
}

#[component]
fn Whole(making: Making) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let Making { all, problems, .. } = making;
    let submit = move |()| {
        let found = wrong(&all.get_untracked(), lang);
        let fine = found.is_empty();
        problems.set(found);
        if fine {
            let assessment = Box::new(all.get_untracked());
            doing.act(vec![Act::Assessed(assessment)], None, text::assess_done(lang));
        }
    };
    let main = Bound::part(all, |one| one.main, |one, value| one.main = value);
    let others = Bound::part(all, |one| one.others.clone(), |one, value| one.others = value);
    let severity = Bound::part(all, |one| one.severity, |one, value| one.severity = value);
    let safe = Bound::part(all, |one| one.safeguarding, |one, value| one.safeguarding = value);
    let actions = Bound::part(all, |one| one.actions.clone(), |one, value| one.actions = value);
    let why = Bound::part(all, |one| one.why.clone(), |one, value| one.why = value);
    view! {
        <TaskHead title=text::assess_title(lang) problems/>
        <Paragraph text=text::assess_text(lang)/>
        <SecureForm submit=Callback::new(submit) pending=doing.pending()>
            <Radios id=SAFE legend=text::safeguarding_label(lang) hint=text::safeguarding_hint(lang) options=Safeguarding::options(lang) value=safe problems/>
            <TextArea id=ACTIONS label=text::safeguarding_actions(lang) value=actions problems most=SHORT rows=4/>
            <Radios id=MAIN legend=text::category_main(lang) options=Category::options(lang) value=main problems/>
            <Checkboxes id=OTHERS legend=text::category_others(lang) options=Category::options(lang) value=others problems/>
            <Statements making/>
            <Radios id=SEVERITY legend=text::severity_label(lang) hint=text::severity_hint(lang) options=Severity::options(lang) value=severity problems/>
            <TextArea id=WHY label=text::assess_why(lang) value=why problems most=SHORT rows=4/>
            <TaskFoot label=text::assess_save(lang)/>
        </SecureForm>
    }
}

/// What is wrong with an assessment. What is not decided yet is not.
fn wrong(all: &Assessment, lang: Language) -> Vec<Problem> {
    let needs = all
        .safeguarding
        .is_some()
        .then(|| text::safeguarding_missing(lang));
    let actions = check(&all.actions, SHORT, needs, lang).map(|text| Problem { field: ACTIONS, text });
    let why = check(&all.why, SHORT, None, lang).map(|text| Problem { field: WHY, text });
    actions.into_iter().chain(why).collect()
}

/// The statements that the concern is taken apart into.
#[component]
fn Statements(making: Making) -> impl IntoView {
    let lang = ui::language();
    let write = move |at: usize| {
        let statement = making.all.with_untracked(|all| all.statements.get(at).cloned());
        making.statement.set(statement.unwrap_or_else(new_statement));
        making.problems.set(Vec::new());
        making.writing.set(Some(at));
    };
    let remove = move |at: usize| {
        making.all.update(|all| {
            if at < all.statements.len() {
                all.statements.remove(at);
            }
        });
    };
    let cards = move || {
        let all = making.all.with(|all| all.statements.clone());
        let cards = all.into_iter().enumerate().map(|(at, statement)| {
            let number = at + 1;
            let action = view! {
                <PlainButton text=text::statement_change(lang, number) press=move |()| write(at) class="candour-link-button"/> " "
                <PlainButton text=text::statement_remove(lang, number) press=move |()| remove(at) class="candour-link-button"/>
            };
            view! { <SummaryCard title=text::statement_number(lang, number) rows=statement_rows(&statement, lang) action=action.into_any()/> }
        });
        cards.collect::<Vec<_>>()
    };
    let next = move || making.all.with_untracked(|all| all.statements.len());
    view! {
        <section>
            <Heading text=text::statements_title(lang)/>
            <Paragraph text=text::statements_text(lang)/>
            {cards}
            <PlainButton text=text::statement_add(lang) press=move |()| write(next())/>
        </section>
    }
}

/// As an organisation's first report usually is: nothing of it is sure before somebody looks.
fn new_statement() -> Statement {
    Statement {
        source: Some(Reliability::Untested),
        handling: Some(Handling::Conditions),
        ..Statement::default()
    }
}

/// A statement, to read.
pub(super) fn statement_rows(one: &Statement, lang: Language) -> Vec<Row> {
    let grade = one
        .grade()
        .map_or_else(|| text::statement_ungraded(lang), Text::of);
    let mut rows = vec![
        Row::written(text::statement_label(lang), one.text.clone()),
        Row::text(text::statement_grade(lang), grade),
    ];
    let texts = [
        (text::statement_conditions(lang), &one.conditions),
        (text::statement_reason(lang), &one.reason),
    ];
    let texts = texts.into_iter().filter(|(_, text)| !text.trim().is_empty());
    rows.extend(texts.map(|(key, text)| Row::written(key, text.clone())));
    rows
}

/// One statement, graded.
#[component]
fn StatementForm(making: Making, at: usize) -> impl IntoView {
    let lang = ui::language();
    let Making {
        all,
        writing,
        statement,
        problems,
    } = making;
    let back = move |()| {
        problems.set(Vec::new());
        writing.set(None);
    };
    let submit = move |()| {
        let one = statement.get_untracked();
        let found = wrong_statement(&one, lang);
        if !found.is_empty() {
            return problems.set(found);
        }
        all.update(|all| {
            if at < all.statements.len() {
                all.statements[at] = one;
            } else {
                all.statements.push(one);
            }
        });
        back(());
    };
    let words = Bound::part(statement, |one| one.text.clone(), |one, value| one.text = value);
    let source = Bound::part(statement, |one| one.source, |one, value| one.source = value);
    let known = Bound::part(statement, |one| one.known, |one, value| one.known = value);
    let handling = Bound::part(statement, |one| one.handling, |one, value| one.handling = value);
    let conditions = Bound::part(
        statement,
        |one| one.conditions.clone(),
        |one, value| one.conditions = value,
    );
    let reason = Bound::part(
        statement,
        |one| one.reason.clone(),
        |one, value| one.reason = value,
    );
    let leave =
        view! { <PlainButton text=text::back(lang) press=back class="govuk-back-link candour-link-button"/> };
    view! {
        <ui::FormHead back=leave.into_any() title=text::statement_number(lang, at + 1) problems/>
        <Paragraph text=text::statement_text(lang)/>
        <SecureForm submit=Callback::new(submit)>
            <TextArea id=STATEMENT label=text::statement_label(lang) value=words problems most=LONG/>
            <Radios id=SOURCE legend=text::statement_source(lang) options=Reliability::options(lang) value=source problems/>
            <Radios id=KNOWN legend=text::statement_known(lang) options=Known::options(lang) value=known problems/>
            <Radios id=HANDLING legend=text::statement_handling(lang) options=Handling::options(lang) value=handling problems/>
            <TextArea id=CONDITIONS label=text::statement_conditions(lang) value=conditions problems most=SHORT rows=3/>
            <TextArea id=REASON label=text::statement_reason(lang) value=reason problems most=SHORT rows=3/>
            <SubmitButton text=text::statement_keep(lang) busy=text::loading(lang) pending=false/>
        </SecureForm>
    }
}

fn wrong_statement(one: &Statement, lang: Language) -> Vec<Problem> {
    let at = |field, text: Text| Problem { field, text };
    let mut found = Vec::new();
    found.extend(
        check(&one.text, LONG, Some(text::statement_missing(lang)), lang).map(|text| at(STATEMENT, text)),
    );
    if one.source.is_none() {
        found.push(at(SOURCE, text::grade_missing(lang)));
    }
    if one.known.is_none() {
        found.push(at(KNOWN, text::grade_missing(lang)));
    }
    if one.handling.is_none() {
        found.push(at(HANDLING, text::grade_missing(lang)));
    }
    let conditions = (one.handling == Some(Handling::Conditions)).then(|| text::conditions_missing(lang));
    found.extend(check(&one.conditions, SHORT, conditions, lang).map(|text| at(CONDITIONS, text)));
    let reason = (one.known == Some(Known::SuspectedFalse)).then(|| text::reason_missing(lang));
    found.extend(check(&one.reason, SHORT, reason, lang).map(|text| at(REASON, text)));
    found
}
