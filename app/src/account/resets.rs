//! Resets, as administrators have them: one asks, another confirms, each on a page of its own that says what will happen.

use super::{
    desk::Desk,
    reset::{LONGEST_NOTE, Lost, Reset, ask_reset, confirm_reset, drop_reset, load_resets},
};
use crate::{
    act::{Acts, Said},
    error::AppError,
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{
        self, Bound, ErrorSummary, Heading, Headline, List, Loaded, Paragraph, PlainButton, Problem, Radios,
        Row, SecureForm, SubmitButton, SummaryCard, SummaryList, TextArea, TextInput, WarningText,
    },
};
use leptos::prelude::*;
use protocol::concern::{Language, TextProblem, check_text};

/// The ids of the fields.
const NAME: &str = "name";
const LOST: &str = "lost";
const NOTE: &str = "note";

/// What somebody is asked about once more.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sure {
    /// To ask for what is in the form.
    Ask(Lost),
    /// To confirm what another administrator asked.
    Confirm(Reset),
}

/// What an administrator is doing here. All of it outlives what is shown.
#[derive(Clone, Copy)]
struct Doing {
    name: RwSignal<String>,
    lost: RwSignal<Option<Lost>>,
    note: RwSignal<String>,
    problems: RwSignal<Vec<Problem>>,
    sure: RwSignal<Option<Sure>>,
    acts: Acts,
}

impl Doing {
    fn new() -> Self {
        Self {
            name: RwSignal::new(String::new()),
            lost: RwSignal::new(None),
            note: RwSignal::new(String::new()),
            problems: RwSignal::new(Vec::new()),
            sure: RwSignal::new(None),
            acts: Acts::new(),
        }
    }

    /// Does what was asked about once more.
    fn act(self, well: Text, work: impl Future<Output = Result<(), Trouble>> + 'static) {
        self.sure.set(None);
        self.acts.act(well, work);
    }

    /// What was asked is kept, so that the form is empty for the next.
    fn clear(self) {
        self.name.try_set(String::new());
        self.lost.try_set(None);
        self.note.try_set(String::new());
    }
}

/// The page.
#[component]
pub(crate) fn ResetsPage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let doing = Doing::new();
    provide_context(doing);
    let found = Loaded::by(move || {
        doing.acts.track();
        async move { desk.note(load_resets().await) }
    });
    move || {
        match doing.sure.get() {
        Some(sure) => view! { <SurePage sure/> }.into_any(),
        None => view! {
            <Headline title=text::resets_title(lang)/>
            <Said acts=doing.acts/>
            <Waiting found/>
            <AskForm/>
            <p class="govuk-body"><a class="govuk-link" href=Place::Overview.path(lang)>{text::overview_title(lang)}</a></p>
        }
        .into_any(),
    }
    }
}

/// What waits for another administrator.
#[component]
fn Waiting(found: Loaded<Result<Vec<Reset>, Trouble>>) -> impl IntoView {
    let show = |all: Vec<Reset>| {
        let cards = all.into_iter().map(|reset| view! { <Card reset/> });
        cards.collect::<Vec<_>>().into_any()
    };
    view! { <Fetched found show/> }
}

#[component]
fn Card(reset: Reset) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let account = reset.account;
    let own = desk.account() == Some(reset.by);
    let drop_it = move |()| {
        let work = async move { desk.note(drop_reset(account).await) };
        doing.act(text::reset_dropped(lang), work);
    };
    let title = text::reset_card(lang, &reset.name);
    let rows = rows(&reset, lang);
    let confirm = (!own).then(|| {
        let press = move |()| doing.sure.set(Some(Sure::Confirm(reset.clone())));
        view! { <PlainButton text=text::reset_check(lang) press class="govuk-button"/> }
    });
    view! {
        <SummaryCard title rows/>
        {own.then(|| view! { <Paragraph text=text::reset_waits(lang)/> })}
        <div class="govuk-button-group">{confirm} <PlainButton text=text::reset_drop(lang) press=drop_it/></div>
    }
}

fn rows(reset: &Reset, lang: Language) -> Vec<Row> {
    vec![
        Row::written(text::name_label(lang), reset.name.clone()),
        Row::text(text::reset_lost(lang), lost_text(reset.lost, lang)),
        Row::written(text::reset_by(lang), reset.by_name.clone()),
        Row::text(text::reset_on(lang), ui::day(reset.day)),
        Row::written(text::reset_note_row(lang), reset.note.clone()),
    ]
}

fn lost_text(lost: Lost, lang: Language) -> Text {
    match lost {
        Lost::Keys => text::lost_keys(lang),
        Lost::SecondStep => text::lost_second_step(lang),
    }
}

/// Asking for a reset.
#[component]
fn AskForm() -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let problems = doing.problems;
    let go_on = move |()| {
        problems.set(wrong(doing, lang));
        if problems.with_untracked(Vec::is_empty) {
            doing.sure.set(doing.lost.get_untracked().map(Sure::Ask));
        }
    };
    let options = vec![
        (Lost::Keys, text::lost_keys(lang)),
        (Lost::SecondStep, text::lost_second_step(lang)),
    ];
    view! {
        <ErrorSummary problems/>
        <Heading text=text::reset_title(lang)/>
        <List items=vec![text::reset_first(lang), text::reset_ring(lang), text::reset_two(lang)]/>
        <SecureForm submit=Callback::new(go_on)>
            <TextInput id=NAME label=text::name_label(lang) value=Bound::whole(doing.name) problems/>
            <Radios id=LOST legend=text::reset_question(lang) options value=Bound::whole(doing.lost) problems/>
            <TextArea id=NOTE label=text::reset_note(lang) hint=text::reset_note_hint(lang) most=LONGEST_NOTE
                value=Bound::whole(doing.note) problems/>
            <SubmitButton text=text::go_on(lang) busy=text::go_on(lang) pending=false/>
        </SecureForm>
    }
}

fn wrong(doing: Doing, lang: Language) -> Vec<Problem> {
    let problem = |field, text| Problem { field, text };
    let unnamed = doing.name.with_untracked(|name| name.trim().is_empty());
    let name = unnamed.then(|| problem(NAME, text::reset_name_missing(lang)));
    let chosen = doing.lost.get_untracked().is_some();
    let lost = (!chosen).then(|| problem(LOST, text::reset_lost_missing(lang)));
    let note = doing
        .note
        .with_untracked(|note| check_text(note, LONGEST_NOTE).err());
    let note = note.map(|why| match why {
        TextProblem::Empty => text::reset_note_missing(lang),
        TextProblem::TooLong { most, over } => text::text_too_long(lang, most, over),
        TextProblem::Unshowable => text::text_unshowable(lang),
    });
    let note = note.map(|text| problem(NOTE, text));
    name.into_iter().chain(lost).chain(note).collect()
}

/// The page that asks once more.
#[component]
fn SurePage(sure: Sure) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let (lost, rows) = match &sure {
        Sure::Ask(lost) => (*lost, asked_rows(doing, *lost, lang)),
        Sure::Confirm(reset) => (reset.lost, rows(reset, lang)),
    };
    let confirming = matches!(sure, Sure::Confirm(_));
    let press = move |()| act(desk, doing, &sure, lang);
    let class = if confirming {
        "govuk-button govuk-button--warning"
    } else {
        "govuk-button"
    };
    view! {
        <Headline title=title(confirming, lost, lang)/>
        <SummaryList rows/>
        {confirming.then(|| view! { <WarningText text=text::reset_ring_yourself(lang)/> })}
        <List items=consequences(lost, lang)/>
        <div class="govuk-button-group">
            <PlainButton text=button(confirming, lost, lang) press class/>
            <PlainButton text=text::cancel(lang) press=move |()| doing.sure.set(None)/>
        </div>
    }
}

fn act(desk: Desk, doing: Doing, sure: &Sure, lang: Language) {
    match sure {
        Sure::Ask(lost) => {
            doing.sure.set(None);
            doing.acts.run(ask(desk, doing, *lost, lang));
        }
        Sure::Confirm(reset) => {
            let (account, lost, by) = (reset.account, reset.lost, reset.by);
            doing.act(done_text(lost, lang), async move {
                desk.fresh(|| confirm_reset(account, lost, by)).await
            });
        }
    }
}

/// Asks for it. Where the name is not right, the form says so, and the page nothing.
async fn ask(desk: Desk, doing: Doing, lost: Lost, lang: Language) -> Result<Option<Text>, Trouble> {
    let (name, note) = (doing.name.get_untracked(), doing.note.get_untracked());
    let asked = desk.fresh(|| ask_reset(name.clone(), lost, note.clone())).await;
    let wrong = match asked {
        Err(Trouble::Portal(AppError::NotFound)) => text::reset_name_unknown(lang),
        Err(Trouble::Portal(AppError::Forbidden)) => text::reset_name_own(lang),
        Err(trouble) => return Err(trouble),
        Ok(()) => {
            doing.clear();
            return Ok(Some(text::reset_asked(lang)));
        }
    };
    let problem = Problem {
        field: NAME,
        text: wrong,
    };
    doing.problems.try_set(vec![problem]);
    Ok(None)
}

fn asked_rows(doing: Doing, lost: Lost, lang: Language) -> Vec<Row> {
    vec![
        Row::written(text::name_label(lang), doing.name.get_untracked()),
        Row::text(text::reset_lost(lang), lost_text(lost, lang)),
        Row::written(text::reset_note_row(lang), doing.note.get_untracked()),
    ]
}

fn title(confirming: bool, lost: Lost, lang: Language) -> Text {
    match (confirming, lost) {
        (false, _) => text::reset_sure_ask(lang),
        (true, Lost::Keys) => text::reset_sure_keys(lang),
        (true, Lost::SecondStep) => text::reset_sure_second_step(lang),
    }
}

fn button(confirming: bool, lost: Lost, lang: Language) -> Text {
    match (confirming, lost) {
        (false, _) => text::reset_ask_button(lang),
        (true, Lost::Keys) => text::reset_keys_button(lang),
        (true, Lost::SecondStep) => text::reset_second_step_button(lang),
    }
}

fn done_text(lost: Lost, lang: Language) -> Text {
    match lost {
        Lost::Keys => text::reset_keys_done(lang),
        Lost::SecondStep => text::reset_second_step_done(lang),
    }
}

fn consequences(lost: Lost, lang: Language) -> Vec<Text> {
    match lost {
        Lost::Keys => vec![
            text::reset_keys_ends(lang),
            text::reset_keys_unread(lang),
            text::reset_keys_again(lang),
            text::reset_keys_alone(lang),
            text::reset_keys_until(lang),
        ],
        Lost::SecondStep => vec![
            text::reset_second_step_ends(lang),
            text::reset_second_step_password(lang),
            text::reset_second_step_again(lang),
            text::reset_second_step_passkeys(lang),
        ],
    }
}
