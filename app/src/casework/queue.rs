//! What a unit has to do: its cases, opened one after the other.

use super::{
    cases::{self, Listing},
    listed::{Listed, View},
    people, words,
};
use crate::{
    account::desk::Desk,
    browser::clock,
    concern::{choice::Choice as _, rows::force_name},
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{
        self, Banner, Bound, Headline, Inset, Loaded, Loading, Paragraph, PlainButton, Tag, TagColour,
        TextInput,
    },
};
use leptos::prelude::*;
use protocol::{
    casework::Case,
    concern::Language,
    id::{AccountId, LogId, Minute},
    vault::{ForceView, GroupView, Missing},
};
use std::sync::Arc;

/// What is on the page.
#[derive(Clone, Copy)]
struct Shown {
    cases: RwSignal<Vec<Arc<Listed>>>,
    missing: RwSignal<Vec<Missing>>,
    connections: RwSignal<Vec<(LogId, AccountId)>>,
    /// How many there are, and how many are opened.
    count: RwSignal<usize>,
    view: RwSignal<View>,
    looked_for: RwSignal<String>,
    /// Those that are to be shown now.
    chosen: Memo<Vec<Arc<Listed>>>,
    /// How many each view shows.
    counts: Memo<[usize; View::ALL.len()]>,
    me: AccountId,
}

impl Shown {
    fn new(me: AccountId) -> Self {
        let (cases, view) = (
            RwSignal::new(Vec::<Arc<Listed>>::new()),
            RwSignal::new(View::Open),
        );
        let looked_for = RwSignal::new(String::new());
        let shows = move |view: View, one: &Listed| view.shows(one, me, clock::minute());
        let chosen = move |_: Option<&Vec<Arc<Listed>>>| {
            let (view, looked_for) = (view.get(), looked_for.get());
            let is_chosen = |one: &&Arc<Listed>| shows(view, one) && one.has(&looked_for);
            cases.with(|all| all.iter().filter(is_chosen).cloned().collect())
        };
        let count = move |view: View| cases.with(|all| all.iter().filter(|one| shows(view, one)).count());
        Self {
            cases,
            missing: RwSignal::default(),
            connections: RwSignal::default(),
            count: RwSignal::default(),
            view,
            looked_for,
            chosen: Memo::new(chosen),
            counts: Memo::new(move |_| View::ALL.map(count)),
            me,
        }
    }

    /// Opens everything that the portal lists, and shows each case as it comes.
    async fn open_all(self, desk: Desk) -> Result<(), Trouble> {
        let Listing {
            threads,
            missing,
            connections,
        } = cases::list(desk).await?;
        self.cases.try_set(Vec::new());
        self.missing.try_set(missing);
        self.connections.try_set(connections);
        self.count.try_set(threads.len());
        for (one, reference, reached) in threads {
            let opened = cases::open_listed(desk, one, reached).await;
            let listed = Listed::of(one.log, reference, opened);
            // The page may be gone: then nothing more is fetched.
            let there = self.cases.try_update(|all| {
                let place = all.partition_point(|other| other.rank() <= listed.rank());
                all.insert(place, Arc::new(listed));
            });
            if there.is_none() {
                break;
            }
        }
        Ok(())
    }
}

/// The page.
#[component]
pub(crate) fn QueuePage() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let me = desk
        .session()
        .map_or(AccountId([0; 16]), |session| session.account);
    let shown = Shown::new(me);
    let all = Loaded::by(move || shown.open_all(desk));
    let again = move |()| {
        view! { <PlainButton text=text::queue_again(lang) press=move |()| all.again()/> }.into_any()
    };
    view! {
        <Headline title=text::queue_title(lang)/>
        <crate::directory::Warnings/>
        <crate::unit::Reminder/>
        <crate::group::Todo/>
        <Connections shown/>
        <Views shown/>
        <Progress shown/>
        <Rows shown/>
        <Fetched found=all show=again waiting=text::queue_opening(lang)/>
        <crate::account::LastUsed/>
    }
}

/// How many are opened, while they are.
#[component]
fn Progress(shown: Shown) -> impl IntoView {
    let lang = ui::language();
    let opened = move || shown.cases.with(Vec::len);
    move || {
        let (opened, count) = (opened(), shown.count.get());
        (opened < count).then(|| view! { <Loading text=text::queue_progress(lang, count, opened)/> })
    }
}

/// The views with their counts, and the search.
#[component]
fn Views(shown: Shown) -> impl IntoView {
    let lang = ui::language();
    let tab = |(place, view): (usize, View)| {
        let current = move || if shown.view.get() == view { "true" } else { "false" };
        let class = move || {
            if shown.view.get() == view {
                "candour-views__view candour-views__view--current"
            } else {
                "candour-views__view"
            }
        };
        view! {
            <li>
                <button type="button" class=class aria-pressed=current on:click=move |_| shown.view.set(view)>
                    {name(view, lang)} " (" {move || shown.counts.get()[place]} ")"
                </button>
            </li>
        }
        .into_any()
    };
    let tabs: Vec<_> = View::ALL.into_iter().enumerate().map(tab).collect();
    let none = Signal::derive(Vec::new);
    view! {
        <nav aria-label=text::queue_views(lang).plain()><ul class="candour-views">{tabs}</ul></nav>
        <TextInput id="search" label=text::queue_search(lang) hint=text::queue_search_hint(lang) value=Bound::whole(shown.looked_for) problems=none/>
    }
}

fn name(view: View, lang: Language) -> Text {
    match view {
        View::Open => text::view_open(lang),
        View::Unassigned => text::view_unassigned(lang),
        View::Mine => text::view_mine(lang),
        View::Due => text::view_due(lang),
        View::Waiting => text::view_waiting(lang),
        View::Closed => text::view_closed(lang),
    }
}

/// Which members have declared a connection with which case, for the leads.
#[component]
fn Connections(shown: Shown) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    move || {
        let groups = desk.trusted().map(|trusted| trusted.groups).unwrap_or_default();
        let said = |(log, who): (LogId, AccountId)| {
            let cases = shown.cases.with(|all| {
                all.iter()
                    .find(|one| one.log == log)
                    .map(|one| one.reference.clone())
            });
            let who = people::name(who, shown.me, &Case::default(), &groups, lang);
            let text = text::queue_connection(lang, cases.unwrap_or_default(), who.plain());
            view! { <p class="govuk-body">{text}</p> }
        };
        let all: Vec<_> = shown.connections.get().into_iter().map(said).collect();
        (!all.is_empty()).then(|| view! { <Banner title=text::queue_connections(lang)>{all}</Banner> })
    }
}

#[component]
fn Rows(shown: Shown) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let trusted = desk.trusted();
    let forces = trusted.as_ref().map(|one| one.forces.clone()).unwrap_or_default();
    let groups = trusted.map(|one| one.groups).unwrap_or_default();
    let missing = move || {
        let all = shown.missing.get().into_iter();
        all.map(|one| missing_row(one, lang)).collect::<Vec<_>>()
    };
    let (forces, groups) = (StoredValue::new(forces), StoredValue::new(groups));
    let rows = move |one: Arc<Listed>| {
        forces.with_value(|forces| groups.with_value(|groups| row(&one, forces, (shown.me, groups))))
    };
    let none = move || {
        let none = shown.chosen.get().is_empty() && shown.missing.with(Vec::is_empty);
        let opened = shown.cases.with(Vec::len) == shown.count.get();
        (none && opened).then(|| view! { <Inset><Paragraph text=text::queue_none(lang)/></Inset> })
    };
    let found = move || {
        let (found, all) = (shown.chosen.get().len(), shown.cases.with(Vec::len));
        (!shown.looked_for.with(|text| text.trim().is_empty()))
            .then(|| text::queue_found(lang, all, found).into_render())
    };
    view! {
        <p class="govuk-hint" role="status">{found}</p>
        {none}
        <ul class="candour-queue">{missing}</ul>
        <ul class="candour-queue"><For each=move || shown.chosen.get() key=|one| one.log children=rows/></ul>
    }
}

fn missing_row(one: Missing, lang: Language) -> impl IntoView {
    view! {
        <li class="candour-queue__item">
            <span class="candour-reference">{one.reference}</span>
            <Tag text=text::refused_tag(lang) colour=TagColour::Red/>
            <span class="candour-queue__meta">{text::queue_missing(lang)}</span>
        </li>
    }
}

fn row(one: &Listed, forces: &[ForceView], (me, groups): (AccountId, &[GroupView])) -> AnyView {
    let lang = ui::language();
    let link = view! { <a class="candour-queue__link candour-reference" href=Place::Case(Some(one.log)).path(lang)>{one.reference.clone()}</a> };
    let seen = match &one.seen {
        Ok(seen) => seen,
        Err(trouble) => {
            return view! {
                <li class="candour-queue__item">
                    {link} <Tag text=text::refused_tag(lang) colour=TagColour::Red/>
                    <span class="candour-queue__meta">{trouble.text(lang)}</span>
                </li>
            }
            .into_any();
        }
    };
    let unread = seen.stage == protocol::casework::Stage::Received;
    let class = if unread {
        "candour-queue__item candour-queue__item--unread"
    } else {
        "candour-queue__item"
    };
    let urgent = seen
        .urgent
        .then(|| view! { <Tag text=text::queue_urgent(lang) colour=TagColour::Red/> });
    let answered = seen
        .answered
        .then(|| view! { <Tag text=text::queue_answered(lang) colour=TagColour::Blue/> });
    let owner = seen
        .owner
        .map(|owner| people::name(owner, me, &Case::default(), groups, lang));
    let owner = owner.map_or_else(
        || text::case_unassigned(lang),
        |owner| text::queue_owner(lang, owner.plain()),
    );
    let unit = if seen.sealed {
        text::compartment_sealed(lang, seen.unit.clone())
    } else {
        Text::of(seen.unit.clone())
    };
    let people = (!seen.people.is_empty()).then(|| {
        view! { <span class="candour-queue__meta notranslate" translate="no">{seen.people.join(", ")}</span> }
    });
    view! {
        <li class=class>
            {link} {urgent} {answered} <Tag text=seen.stage.label(lang) colour=words::colour(seen.stage)/>
            {people}
            <span class="candour-queue__meta">
                {force_name(&seen.force, forces)} ", " {unit} ", " {ui::minute(seen.written)} ". " {owner} ". " {due(seen.due, lang)}
            </span>
        </li>
    }
    .into_any()
}

/// By when something is to be done, and whether that has passed.
fn due(due: Option<Minute>, lang: Language) -> Text {
    let Some(due) = due else {
        return Text::default();
    };
    let when = ui::minute(due).plain();
    if due < clock::minute() {
        text::queue_late(lang, when)
    } else {
        text::queue_due(lang, when)
    }
}
