//! The app: one address, one frame, one page.

use crate::{
    account::desk::Desk,
    browser::page,
    concern::draft::Draft,
    frame::Frame,
    place::{self, Place},
    site::Site,
    text::code,
    ui::{Announcer, LiveRegions},
};
use leptos::{ev, prelude::*};
use leptos_router::{
    NavigateOptions, WildcardSegment,
    components::{FlatRoutes, Route, Router},
    hooks::{use_location, use_navigate},
};
use protocol::concern::Language;

/// The app of a deployment.
#[component]
pub(crate) fn App(site: Site) -> impl IntoView {
    provide_context(StoredValue::new(site));
    // There is one route: `place` knows the addresses, and every page keeps the same frame.
    view! {
        <Router>
            <FlatRoutes fallback=|| ()>
                <Route path=WildcardSegment("path") view=Everything/>
            </FlatRoutes>
        </Router>
    }
}

#[component]
fn Everything() -> impl IntoView {
    let path = use_location().pathname;
    let lang = Memo::new(move |_| path.with(|path| place::find(path).0));
    let place = Memo::new(move |_| path.with(|path| place::find(path).1));
    sit_down(lang, place);
    provide_context(Announcer::new());
    reload_when_brought_back();
    view! {
        <LiveRegions/>
        {move || {
            let lang = lang.get();
            provide_context(lang);
            Effect::new(move || page::set_language(code(lang)));
            view! { <Frame place/> }.into_any()
        }}
    }
}

/// Provides the draft and the desk. The confirmation of what was sent goes with the page that shows it.
fn sit_down(lang: Memo<Language>, place: Memo<Option<Place>>) {
    let draft = Draft::new();
    let navigate = StoredValue::new(use_navigate());
    let go = Callback::new(move |(place,): (Place,)| {
        let options = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        navigate.with_value(|navigate| navigate(&place.path(lang.get_untracked()), options));
    });
    let site = expect_context::<StoredValue<Site>>().get_value();
    Effect::new(move || {
        if !place.get().is_some_and(Place::is_form) {
            draft.sent.set(None);
        }
    });
    provide_context(draft);
    provide_context(Desk::new(site, draft, place.into(), go));
}

/// A page that the browser kept while another was shown may hold what its person has left: it is loaded anew.
fn reload_when_brought_back() {
    Effect::new(move || {
        let shown = window_event_listener(ev::pageshow, |event| {
            if event.persisted() {
                page::reload();
            }
        });
        on_cleanup(move || shown.remove());
    });
}
