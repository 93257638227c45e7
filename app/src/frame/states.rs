//! What a page says before its own code runs, and where it cannot run.

use crate::{
    place::Place,
    site::OtherRoutes,
    text,
    ui::{self, Heading, List, Paragraph},
};
use leptos::prelude::*;

/// What is shown in place of everything when the page's code has failed.
#[component]
pub(super) fn Failed() -> impl IntoView {
    let lang = ui::language();
    view! {
        <div id="failed" role="alert" hidden>
            <div class="govuk-width-container govuk-main-wrapper">
                <p class="govuk-heading-l">{text::failure_title(lang)}</p>
                <Paragraph text=text::failure_text(lang)/>
                <a class="govuk-link" rel="external" href="">{text::failure_again(lang)}</a>
            </div>
        </div>
    }
}

/// Whether the page's own code runs: not where pages are made, and in a browser from then on.
pub(super) fn is_running() -> RwSignal<bool> {
    let running = RwSignal::new(false);
    Effect::new(move || running.set(true));
    running
}

/// Slow, unsupported, no script: constants that the start script shows, and that go once the code runs. A page that is the same for
/// everybody waits for no code.
#[component]
pub(super) fn States(running: RwSignal<bool>, place: Memo<Option<Place>>) -> impl IntoView {
    let waits = waits(place);
    move || (!running.get()).then(|| view! { {waits.then(|| view! { <Slow/> })} <Unable/> })
}

/// Says that the page is loading, where that takes long: below the page, so that nothing moves when it comes and goes.
#[component]
pub(super) fn Loading(running: RwSignal<bool>, place: Memo<Option<Place>>) -> impl IntoView {
    let (waits, lang) = (waits(place), ui::language());
    move || {
        (waits && !running.get()).then(|| {
            view! {
                <div id="loading" class="candour-loading" role="status" hidden>
                    <p class="govuk-body">{text::loading_page(lang)}</p>
                </div>
            }
        })
    }
}

fn waits(place: Memo<Option<Place>>) -> bool {
    !place.get_untracked().is_some_and(Place::is_constant)
}

#[component]
fn Slow() -> impl IntoView {
    let lang = ui::language();
    view! {
        <div id="slow" class="govuk-inset-text" hidden>
            <Heading text=text::slow_title(lang)/>
            <Paragraph text=text::slow_text(lang)/>
            <OtherRoutes/>
        </div>
    }
    .into_any()
}

#[component]
fn Unable() -> impl IntoView {
    let lang = ui::language();
    view! {
        <div id="unsupported" class="govuk-inset-text" hidden>
            <Heading text=text::unsupported_title(lang)/>
            <Paragraph text=text::unsupported_text(lang)/>
            <List items=vec![
                text::unsupported_lockdown(lang),
                text::unsupported_work(lang),
                text::unsupported_old(lang),
            ]/>
            <OtherRoutes/>
        </div>
        <noscript>
            <div class="govuk-inset-text">
                <Heading text=text::no_script_title(lang)/>
                <Paragraph text=text::no_script_text(lang)/>
                <OtherRoutes/>
            </div>
        </noscript>
    }
    .into_any()
}
