//! What stands around every page.

mod footer;
mod navigation;
#[cfg_attr(
    not(feature = "browser"),
    expect(dead_code, reason = "where pages are made, every part is there")
)]
pub(crate) mod part;
mod states;

use crate::{
    account::{EndedPage, Gate, SessionWatch, SignInPage, SignOutPage, StepUp},
    place::Place,
    site::{NotFoundPage, Site},
    text,
    ui::{self, ExitLink, ExitPresses, InTurn, LanguageNavigation, SkipLink},
};
use footer::Footer;
use leptos::prelude::*;
use navigation::Navigation;
use part::{LaterPage, Part};
use protocol::concern::Language;
use states::{Failed, Loading, States, is_running};

/// The frame in one language, with the page at `place` in it.
#[component]
pub(crate) fn Frame(place: Memo<Option<Place>>) -> impl IntoView {
    let running = is_running();
    let has_exit = Memo::new(move |_| place.get().is_none_or(Place::has_exit));
    view! {
        <SkipLink/>
        <InTurn turn=1><Header place/></InTurn>
        <div class="govuk-width-container">
            {move || has_exit.get().then(|| view! { <Exit/> })}
            <main id="main-content" class="govuk-main-wrapper" tabindex="-1">
                <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
                    <Partly/>
                    <States running place/>
                    <InTurn turn=2>{move || page(place.get())}</InTurn>
                    <Loading running place/>
                </div></div>
            </main>
        </div>
        <InTurn turn=3>
            <Footer/>
            <Failed/>
            <SessionWatch/>
            <StepUp/>
        </InTurn>
    }
    .into_any()
}

/// Says, in a language that is not all there, that English stands in some places.
#[component]
fn Partly() -> impl IntoView {
    let lang = ui::language();
    (lang == Language::Welsh)
        .then(|| view! { <p class="govuk-body-s candour-partly">{text::partly_translated(lang)}</p> })
}

/// The way out, in the same place on every page that has it.
#[component]
fn Exit() -> impl IntoView {
    let lang = ui::language();
    view! {
        <section class="govuk-exit-this-page" aria-label=text::exit_button(lang).plain()><ExitLink/></section>
        <ExitPresses/>
    }
    .into_any()
}

#[component]
fn Header(place: Memo<Option<Place>>) -> impl IntoView {
    let lang = ui::language();
    let path = Callback::new(move |(lang,): (Language,)| place.get().unwrap_or(Place::Start).path(lang));
    let demo = expect_context::<StoredValue<Site>>().with_value(|site| site.demo);
    view! {
        <header class="govuk-template__header">
            {demo.then(|| view! {
                <div class="candour-demo"><div class="govuk-width-container">{text::demo_banner(lang)}</div></div>
            })}
            <div class="govuk-generic-header">
                <div class="govuk-generic-header__container govuk-width-container">
                    <div class="govuk-generic-header__logo">
                        <a href=Place::Start.path(lang) class="govuk-generic-header__homepage-link">{text::service_name(lang)}</a>
                    </div>
                </div>
            </div>
            <Navigation place/>
            <div class="govuk-width-container"><LanguageNavigation path/></div>
        </header>
    }
    .into_any()
}

/// The page at `place`: whoever may come in loads what is behind the gate.
fn page(place: Option<Place>) -> AnyView {
    let Some((place, part)) = place.and_then(|place| Some((place, Part::of(place)?))) else {
        return first(place);
    };
    match place.entry() {
        Some(entry) => {
            view! { <Gate place entry>{move || view! { <LaterPage place part/> }}</Gate> }.into_any()
        }
        None => view! { <LaterPage place part/> }.into_any(),
    }
}

/// A page of the part that is loaded first: what leads in, and out.
fn first(place: Option<Place>) -> AnyView {
    match place {
        Some(Place::SignIn) => view! { <SignInPage/> }.into_any(),
        Some(Place::SignOut) => view! { <SignOutPage/> }.into_any(),
        Some(Place::Ended) => view! { <EndedPage/> }.into_any(),
        _ => view! { <NotFoundPage/> }.into_any(),
    }
}
