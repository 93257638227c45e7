//! Who should receive it: which force employs the person, how they stand to its unit, and who must not be able to read it.

mod elsewhere;
mod employer;
mod force;
mod place;
mod readers;
mod step;
mod suggestion;

use crate::{
    browser::fetch, concern::finder::Finder, error::AppError, places::Places, trouble::Trouble, ui::Loaded,
};
use elsewhere::ElsewherePage;
use employer::EmployerPage;
use force::ForcePage;
use leptos::prelude::*;
use place::PlacePage;
use protocol::vault::{ForceView, Trusted};
use readers::{RankPage, ReadersPage};
use suggestion::SuggestionPage;

/// One page of the section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Employer,
    Force,
    Place,
    Suggestion,
    Elsewhere,
    Rank,
    Readers,
}

/// The way through the section, and what is looked in on it.
#[derive(Clone, Copy)]
struct Way {
    pages: RwSignal<Vec<Page>>,
    trusted: Memo<Option<Trusted>>,
    finder: Loaded<Result<Finder, Trouble>>,
}

impl Way {
    fn begin(trusted: Memo<Option<Trusted>>) -> Self {
        Self {
            pages: RwSignal::new(vec![Page::Employer]),
            trusted,
            // Whatever will be answered: the server does not learn that somebody knows only a place.
            finder: Loaded::by(move || fetch_finder(trusted)),
        }
    }

    fn go(self, to: Page) {
        self.pages.update(|pages| pages.push(to));
    }

    fn back(self) {
        self.pages
            .update(|pages| pages.truncate(pages.len().saturating_sub(1)));
    }

    fn is_first(self) -> bool {
        self.pages.with_untracked(|pages| pages.len() < 2)
    }

    /// The forces, as the newest verified lists have them.
    fn forces(self) -> Vec<ForceView> {
        self.trusted
            .get_untracked()
            .map(|all| all.forces)
            .unwrap_or_default()
    }
}

async fn fetch_finder(trusted: Memo<Option<Trusted>>) -> Result<Finder, Trouble> {
    let bytes = fetch::places().await.map_err(Trouble::Portal)?;
    let text = String::from_utf8(bytes).map_err(|_| Trouble::Portal(AppError::Internal))?;
    let places = Places::read(&text).map_err(|_| Trouble::Portal(AppError::Internal))?;
    let forces = trusted.get_untracked().map(|all| all.forces).unwrap_or_default();
    Ok(Finder::new(places, &forces))
}

/// The section: one page after another.
#[component]
pub(super) fn RecipientSection(trusted: Memo<Option<Trusted>>) -> impl IntoView {
    let way = Way::begin(trusted);
    let now = Memo::new(move |_| way.pages.with(|pages| pages.last().copied()));
    move || match now.get().unwrap_or(Page::Employer) {
        Page::Employer => view! { <EmployerPage way/> }.into_any(),
        Page::Force => view! { <ForcePage way/> }.into_any(),
        Page::Place => view! { <PlacePage way/> }.into_any(),
        Page::Suggestion => view! { <SuggestionPage way/> }.into_any(),
        Page::Elsewhere => view! { <ElsewherePage way/> }.into_any(),
        Page::Rank => view! { <RankPage way/> }.into_any(),
        Page::Readers => view! { <ReadersPage way/> }.into_any(),
    }
}
