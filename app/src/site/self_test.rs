//! Trying a device before its first day: whether a browser can do what the portal needs, in words, with what to do where it cannot.

mod trial;

use crate::{
    browser::means,
    text::{self, Text},
    ui::{self, Announcer, Heading, Headline, Inset, Paragraph, Row, Steps, SummaryList, Tag, TagColour},
};
use leptos::{prelude::*, task::spawn_local};
use protocol::concern::Language;
use trial::{Outcome, TESTS, Test};

/// How far the tests have come.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Progress {
    /// Nobody has run them.
    Waiting,
    /// They are under way.
    Running,
    /// What came of them.
    Done(Vec<(Test, Outcome)>),
}

/// The page.
#[component]
pub(crate) fn SelfTestPage() -> impl IntoView {
    let lang = ui::language();
    let progress = RwSignal::new(Progress::Waiting);
    view! {
        <Headline title=text::self_test_title(lang)/>
        <Paragraph text=text::self_test_what(lang)/>
        <Paragraph text=text::self_test_sends(lang)/>
        <Run progress/>
        <Results progress/>
        <Paragraph text=text::self_test_dead(lang)/>
        <Interception/>
    }
}

/// The button, which runs them once however often it is pressed meanwhile.
#[component]
fn Run(progress: RwSignal<Progress>) -> impl IntoView {
    let (announcer, lang) = (expect_context::<Announcer>(), ui::language());
    let press = move |()| {
        if progress.get_untracked() == Progress::Running {
            return;
        }
        progress.set(Progress::Running);
        announcer.say(text::self_test_running(lang));
        spawn_local(async move {
            let results = trial::run().await;
            announcer.say(summary(&results, lang));
            progress.try_set(Progress::Done(results));
        });
    };
    let button = move || match progress.get() {
        Progress::Done(_) => text::self_test_again(lang),
        _ => text::self_test_run(lang),
    };
    // The same button all along, so that the focus stays.
    view! { <button type="button" class="govuk-button" on:click=move |_| press(())>{move || button().into_render()}</button> }
}

/// All tests, whether they were run or not, so that everybody can read before what they are.
#[component]
fn Results(progress: RwSignal<Progress>) -> impl IntoView {
    let lang = ui::language();
    move || {
        let progress = progress.get();
        let said = match &progress {
            Progress::Waiting => None,
            Progress::Running => Some(text::self_test_running(lang)),
            Progress::Done(results) => Some(summary(results, lang)),
        };
        let rows = TESTS.map(|test| row(test, found(&progress, test), lang));
        view! {
            {said.map(|said| view! { <Inset><p class="govuk-body">{said}</p></Inset> })}
            <SummaryList rows=rows.into()/>
        }
    }
}

fn found(progress: &Progress, test: Test) -> Option<Outcome> {
    let Progress::Done(results) = progress else {
        return None;
    };
    let mut all = results.iter();
    all.find(|(one, _)| *one == test).map(|(_, outcome)| *outcome)
}

fn row(test: Test, outcome: Option<Outcome>, lang: Language) -> Row {
    let (word, colour) = match outcome {
        None => (text::self_test_waits(lang), TagColour::Grey),
        Some(Outcome::Works | Outcome::Took(_)) => (text::self_test_works(lang), TagColour::Green),
        Some(_) => (text::self_test_fails(lang), TagColour::Red),
    };
    let more = outcome.and_then(|outcome| test.explain(outcome, lang));
    let value = view! { <Tag text=word colour/> {more.map(|text| view! { <Paragraph text/> })} };
    Row {
        key: test.name(lang),
        value: value.into_any(),
        action: None,
    }
}

fn summary(results: &[(Test, Outcome)], lang: Language) -> Text {
    let failed = results.iter().filter(|(_, outcome)| !outcome.is_well()).count();
    match u32::try_from(failed).unwrap_or(u32::MAX) {
        0 => text::self_test_all_well(lang),
        failed => text::self_test_failed(lang, failed),
    }
}

/// What no test can find out, and how people can.
#[component]
fn Interception() -> impl IntoView {
    let lang = ui::language();
    let (host, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    // A page is the same for everybody, so it knows neither before it runs.
    Effect::new(move || {
        host.set(means::host());
        code.set(means::integrity());
    });
    let steps = move || {
        let items = vec![
            text::self_test_proxy_1(lang, host.get()),
            text::self_test_proxy_2(lang),
            text::self_test_proxy_3(lang),
        ];
        view! { <Steps items/> }
    };
    let shown = move || match code.get() {
        code if code.is_empty() => Row::text(text::self_test_code(lang), text::self_test_code_none(lang)),
        code => Row::written(text::self_test_code(lang), code),
    };
    view! {
        <Heading text=text::self_test_proxy(lang)/>
        <Paragraph text=text::self_test_proxy_what(lang)/>
        <Paragraph text=text::self_test_proxy_cannot(lang)/>
        {steps}
        {move || view! { <SummaryList rows=vec![shown()]/> }}
    }
}
