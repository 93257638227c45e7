//! What stands around every page.

mod footer;
mod navigation;
mod states;

use crate::{
    account::{
        AccountPage, ChangePasswordPage, EndedPage, NoTwoStepPage, PasskeysPage, RecoverPage,
        RecoveryCodePage, SessionWatch, SignInPage, SignOutPage, StepUp, TwoStepPage,
    },
    casework::{CasePage, QueuePage},
    concern::{ConcernPage, ConcernsPage, NewConcernPage},
    directory::OverviewPage,
    group::PeoplePage,
    invitation::JoinPage,
    place::Place,
    site::{AccessibilityPage, HowItWorksPage, LicencesPage, NotFoundPage, Site, StartPage},
    text,
    ui::{self, ExitLink, ExitPresses, LanguageNavigation, SkipLink},
};
use footer::Footer;
use leptos::prelude::*;
use navigation::Navigation;
use protocol::concern::Language;
use states::{Failed, States, is_running};

/// The frame in one language, with the page at `place` in it.
#[component]
pub(crate) fn Frame(place: Memo<Option<Place>>) -> impl IntoView {
    let running = is_running();
    let has_exit = Memo::new(move |_| place.get().is_none_or(Place::has_exit));
    view! {
        <SkipLink/>
        <Header place/>
        <div class="govuk-width-container">
            {move || has_exit.get().then(|| view! { <Exit/> })}
            <main id="main-content" class="govuk-main-wrapper" tabindex="-1">
                <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
                    <States running place/>
                    {move || page(place.get())}
                </div></div>
            </main>
        </div>
        <Footer/>
        <Failed/>
        <SessionWatch/>
        <StepUp/>
    }
    .into_any()
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

/// The page at `place`.
fn page(place: Option<Place>) -> AnyView {
    match place {
        Some(Place::Start) => view! { <StartPage/> }.into_any(),
        Some(Place::HowItWorks) => view! { <HowItWorksPage/> }.into_any(),
        Some(Place::SignIn) => view! { <SignInPage/> }.into_any(),
        Some(Place::SignOut) => view! { <SignOutPage/> }.into_any(),
        Some(Place::Ended) => view! { <EndedPage/> }.into_any(),
        Some(Place::Accessibility) => view! { <AccessibilityPage/> }.into_any(),
        Some(Place::Licences) => view! { <LicencesPage/> }.into_any(),
        Some(Place::Concerns) => view! { <ConcernsPage/> }.into_any(),
        Some(Place::NewConcern) => view! { <NewConcernPage/> }.into_any(),
        Some(Place::Concern(log)) => view! { <ConcernPage log/> }.into_any(),
        Some(Place::Queue) => view! { <QueuePage/> }.into_any(),
        Some(Place::Case(log)) => view! { <CasePage log/> }.into_any(),
        Some(Place::Overview) => view! { <OverviewPage/> }.into_any(),
        Some(Place::Account) => view! { <AccountPage/> }.into_any(),
        Some(Place::ChangePassword) => view! { <ChangePasswordPage/> }.into_any(),
        Some(Place::TwoStep) => view! { <TwoStepPage/> }.into_any(),
        Some(Place::Passkeys) => view! { <PasskeysPage/> }.into_any(),
        Some(Place::NoTwoStep) => view! { <NoTwoStepPage/> }.into_any(),
        Some(Place::People) => view! { <PeoplePage/> }.into_any(),
        Some(Place::Recover) => view! { <RecoverPage/> }.into_any(),
        Some(Place::RecoveryCode) => view! { <RecoveryCodePage/> }.into_any(),
        Some(Place::Join(lookup)) => view! { <JoinPage lookup/> }.into_any(),
        None => view! { <NotFoundPage/> }.into_any(),
    }
}
