//! What is behind the gate, in the parts that a browser fetches it in: nobody loads the pages of another role.

use crate::{
    account::{AccountPage, ChangePasswordPage, NoTwoStepPage, RecoveryCodePage, Role, TwoStepPage},
    casework::{CasePage, QueuePage},
    concern::{ConcernPage, ConcernsPage, NewConcernPage},
    directory::OverviewPage,
    error::AppError,
    group::PeoplePage,
    partner::{ApplicationPage, OrganisationPage},
    place::{Entry, Place},
    site::NotFoundPage,
    text,
    trouble::Trouble,
    ui::{self, Headline, Loaded, Loading, PlainButton, Refusal},
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// The page at `place`, for whom the gate let in. Its code is fetched when it is first shown.
#[component]
pub(super) fn Behind(place: Place, entry: Entry) -> impl IntoView {
    let lang = ui::language();
    let fetched = Loaded::by(move || fetch(entry));
    move || match fetched.get() {
        None => view! { <Headline title=place.title(lang)/> <Loading text=text::loading(lang)/> }.into_any(),
        Some(true) => Suspend::new(SendWrapper::new(async move { view(place, entry).await.ok() })).into_any(),
        Some(false) => view! {
            <Headline title=place.title(lang)/>
            <Refusal text=Trouble::Portal(AppError::Offline).text(lang)/>
            <PlainButton text=text::try_again(lang) press=Callback::new(move |()| fetched.again())/>
        }
        .into_any(),
    }
}

/// Fetches the code of pages with this entry. Whether it came.
async fn fetch(entry: Entry) -> bool {
    let came = match entry {
        Entry::Only(Role::Practitioner) => fetch_practitioner().await,
        Entry::Only(Role::Assessor) => fetch_assessor().await,
        Entry::Only(Role::Administrator) => fetch_administrator().await,
        Entry::SignedIn => fetch_own().await,
    };
    came.is_ok()
}

/// The page, of code that has been fetched.
async fn view(place: Place, entry: Entry) -> Result<AnyView, SplitLoaderError> {
    match entry {
        Entry::Only(Role::Practitioner) => practitioner(place).await,
        Entry::Only(Role::Assessor) => assessor(place).await,
        Entry::Only(Role::Administrator) => administrator(place).await,
        Entry::SignedIn => own(place).await,
    }
}

#[wasm_split(practitioner, fallible, preload(fetch_practitioner))]
fn practitioner(place: Place) -> Result<AnyView, SplitLoaderError> {
    Ok(match place {
        Place::Concerns => view! { <ConcernsPage/> }.into_any(),
        Place::NewConcern => view! { <NewConcernPage/> }.into_any(),
        Place::Concern(log) => view! { <ConcernPage log/> }.into_any(),
        _ => view! { <NotFoundPage/> }.into_any(),
    })
}

#[wasm_split(assessor, fallible, preload(fetch_assessor))]
fn assessor(place: Place) -> Result<AnyView, SplitLoaderError> {
    Ok(match place {
        Place::Queue => view! { <QueuePage/> }.into_any(),
        Place::Case(log) => view! { <CasePage log/> }.into_any(),
        _ => view! { <NotFoundPage/> }.into_any(),
    })
}

#[wasm_split(administrator, fallible, preload(fetch_administrator))]
fn administrator(place: Place) -> Result<AnyView, SplitLoaderError> {
    Ok(match place {
        Place::Overview => view! { <OverviewPage/> }.into_any(),
        Place::Application(id) => view! { <ApplicationPage id/> }.into_any(),
        Place::Organisation(group) => view! { <OrganisationPage group/> }.into_any(),
        _ => view! { <NotFoundPage/> }.into_any(),
    })
}

/// Pages that everybody has: the account, and the people of one's groups.
#[wasm_split(own, fallible, preload(fetch_own))]
fn own(place: Place) -> Result<AnyView, SplitLoaderError> {
    Ok(match place {
        Place::Account => view! { <AccountPage/> }.into_any(),
        Place::ChangePassword => view! { <ChangePasswordPage/> }.into_any(),
        Place::TwoStep => view! { <TwoStepPage/> }.into_any(),
        Place::NoTwoStep => view! { <NoTwoStepPage/> }.into_any(),
        Place::RecoveryCode => view! { <RecoveryCodePage/> }.into_any(),
        Place::People => view! { <PeoplePage/> }.into_any(),
        _ => view! { <NotFoundPage/> }.into_any(),
    })
}
