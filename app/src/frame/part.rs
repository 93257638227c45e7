//! Pages in the parts that a browser fetches them in: practitioners do not load what staff do, and whoever comes to sign in loads none
//! of them before.

#![expect(
    clippy::unnecessary_wraps,
    reason = "a part is there already, and in a browser may not come"
)]

use crate::{
    account::{
        AccountPage, ChangePasswordPage, NoTwoStepPage, PasskeysPage, RecoverPage, RecoveryCodePage,
        ResetsPage, TwoStepPage,
    },
    casework::{CasePage, QueuePage},
    concern::{
        AddPage, CheckPage, ConcernPage, ConcernsPage, DeleteDraftPage, GiveConcernPage, GiveDraftPage,
        NewConcernPage, RefuseParcelPage, SectionPage, WithdrawPage,
    },
    directory::{CheckpointPage, DirectoryPage, OverviewPage},
    group::{AimsPage, DrillPage, PeoplePage, RecoverUnitPage},
    invitation::JoinPage,
    later::Later,
    partner::{ApplicationPage, ApplyPage, OrganisationPage},
    place::{self, Place},
    site::{
        AccessibilityPage, GuidancePage, HowItWorksPage, LicencesPage, LostPage, NotFoundPage, PrivacyPage,
        SelfTestPage, StartPage,
    },
    ui,
    unit::{SetUpPage, UnitsPage},
};
use leptos::prelude::*;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// A part of the pages. What two of them share comes in files of its own, so there are few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What practitioners do.
    Practitioner,
    /// What assessors and administrators do.
    Staff,
    /// What explains.
    Site,
    /// What everybody has: coming on board, the account, and the people of one's groups.
    Account,
}

impl Part {
    /// The part that has the page at `place`; nothing where it is in the one that is loaded first.
    pub(super) fn of(place: Place) -> Option<Self> {
        match place {
            Place::Concerns
            | Place::NewConcern
            | Place::Section(_)
            | Place::CheckConcern
            | Place::Concern(_)
            | Place::DeleteDraft(_)
            | Place::GiveConcern(_)
            | Place::GiveDraft(_)
            | Place::RefuseParcel(_)
            | Place::Add(_)
            | Place::Withdraw(_) => Some(Self::Practitioner),
            Place::Queue
            | Place::SetUp
            | Place::Case(_)
            | Place::Overview
            | Place::Units
            | Place::Checkpoint
            | Place::Resets
            | Place::RecoverUnit
            | Place::Drill
            | Place::Aims
            | Place::Application(_)
            | Place::Organisation(_) => Some(Self::Staff),
            Place::Account
            | Place::ChangePassword
            | Place::TwoStep
            | Place::Passkeys
            | Place::NoTwoStep
            | Place::RecoveryCode
            | Place::People
            | Place::Apply
            | Place::Join(_)
            | Place::Recover => Some(Self::Account),
            Place::Start
            | Place::HowItWorks
            | Place::Directory
            | Place::Guidance
            | Place::Privacy
            | Place::Lost
            | Place::SelfTest
            | Place::Accessibility
            | Place::Licences => Some(Self::Site),
            _ => None,
        }
    }

    /// Fetches the part where it is not there yet.
    async fn fetch(self) -> Result<(), SplitLoaderError> {
        match self {
            Self::Practitioner => fetch_practitioner().await,
            Self::Staff => fetch_staff().await,
            Self::Account => fetch_account().await,
            Self::Site => fetch_site().await,
        }
    }

    /// Fetches the part where it is not there yet, and makes the page.
    async fn page(self, place: Place) -> Result<AnyView, SplitLoaderError> {
        match self {
            Self::Practitioner => practitioner(place).await,
            Self::Staff => staff(place).await,
            Self::Account => account(place).await,
            Self::Site => site(place).await,
        }
    }
}

/// Fetches what the page at `path` is made of, where everybody comes in: its constants stay until then. Where that does not come, the page
/// says so.
pub(crate) async fn fetch_for(path: &str) {
    let (_, place) = place::find(path);
    let open = place.filter(|place| place.entry().is_none());
    if let Some(part) = open.and_then(Part::of) {
        drop(part.fetch().await);
    }
}

/// The page at `place`, which `part` has.
#[component]
pub(super) fn LaterPage(place: Place, part: Part) -> impl IntoView {
    let title = place.title(ui::language());
    view! { <Later title fetch=move || part.page(place)/> }.into_any()
}

#[wasm_split(practitioner, fallible, preload(fetch_practitioner))]
fn practitioner(place: Place) -> Result<AnyView, SplitLoaderError> {
    Ok(match place {
        Place::Concerns => view! { <ConcernsPage/> }.into_any(),
        Place::NewConcern => view! { <NewConcernPage/> }.into_any(),
        Place::Section(section) => view! { <SectionPage section/> }.into_any(),
        Place::Add(log) => view! { <AddPage log/> }.into_any(),
        Place::Withdraw(log) => view! { <WithdrawPage log/> }.into_any(),
        Place::CheckConcern => view! { <CheckPage/> }.into_any(),
        Place::Concern(log) => view! { <ConcernPage log/> }.into_any(),
        Place::DeleteDraft(drawer) => view! { <DeleteDraftPage drawer/> }.into_any(),
        Place::GiveConcern(log) => view! { <GiveConcernPage log/> }.into_any(),
        Place::GiveDraft(drawer) => view! { <GiveDraftPage drawer/> }.into_any(),
        Place::RefuseParcel(place) => view! { <RefuseParcelPage place/> }.into_any(),
        _ => view! { <NotFoundPage/> }.into_any(),
    })
}

#[wasm_split(staff, fallible, preload(fetch_staff))]
fn staff(place: Place) -> Result<AnyView, SplitLoaderError> {
    Ok(match place {
        Place::Queue => view! { <QueuePage/> }.into_any(),
        Place::SetUp => view! { <SetUpPage/> }.into_any(),
        Place::Case(log) => view! { <CasePage log/> }.into_any(),
        Place::Overview => view! { <OverviewPage/> }.into_any(),
        Place::Units => view! { <UnitsPage/> }.into_any(),
        Place::RecoverUnit => view! { <RecoverUnitPage/> }.into_any(),
        Place::Drill => view! { <DrillPage/> }.into_any(),
        Place::Aims => view! { <AimsPage/> }.into_any(),
        Place::Resets => view! { <ResetsPage/> }.into_any(),
        Place::Checkpoint => view! { <CheckpointPage/> }.into_any(),
        Place::Application(id) => view! { <ApplicationPage id/> }.into_any(),
        Place::Organisation(group) => view! { <OrganisationPage group/> }.into_any(),
        _ => view! { <NotFoundPage/> }.into_any(),
    })
}

#[wasm_split(account, fallible, preload(fetch_account))]
fn account(place: Place) -> Result<AnyView, SplitLoaderError> {
    Ok(match place {
        Place::Account => view! { <AccountPage/> }.into_any(),
        Place::ChangePassword => view! { <ChangePasswordPage/> }.into_any(),
        Place::TwoStep => view! { <TwoStepPage/> }.into_any(),
        Place::Passkeys => view! { <PasskeysPage/> }.into_any(),
        Place::NoTwoStep => view! { <NoTwoStepPage/> }.into_any(),
        Place::RecoveryCode => view! { <RecoveryCodePage/> }.into_any(),
        Place::People => view! { <PeoplePage/> }.into_any(),
        Place::Apply => view! { <ApplyPage/> }.into_any(),
        Place::Join(lookup) => view! { <JoinPage lookup/> }.into_any(),
        Place::Recover => view! { <RecoverPage/> }.into_any(),
        _ => view! { <NotFoundPage/> }.into_any(),
    })
}

#[wasm_split(site, fallible, preload(fetch_site))]
fn site(place: Place) -> Result<AnyView, SplitLoaderError> {
    Ok(match place {
        Place::Start => view! { <StartPage/> }.into_any(),
        Place::HowItWorks => view! { <HowItWorksPage/> }.into_any(),
        Place::Directory => view! { <DirectoryPage/> }.into_any(),
        Place::Guidance => view! { <GuidancePage/> }.into_any(),
        Place::Privacy => view! { <PrivacyPage/> }.into_any(),
        Place::Lost => view! { <LostPage/> }.into_any(),
        Place::SelfTest => view! { <SelfTestPage/> }.into_any(),
        Place::Accessibility => view! { <AccessibilityPage/> }.into_any(),
        Place::Licences => view! { <LicencesPage/> }.into_any(),
        _ => view! { <NotFoundPage/> }.into_any(),
    })
}
