//! What a screen reader is told when the page changes without being loaded anew.

use crate::{browser::page, text::Text};
use leptos::prelude::*;

/// Says things to those who do not see the page change, in the language that they are in.
#[derive(Clone, Copy)]
pub(crate) struct Announcer {
    loud: RwSignal<Text>,
    quiet: RwSignal<Text>,
    arrived: StoredValue<bool>,
}

impl Announcer {
    /// One for the whole app.
    pub(crate) fn new() -> Self {
        Self {
            loud: RwSignal::default(),
            quiet: RwSignal::default(),
            arrived: StoredValue::new(false),
        }
    }

    /// A page with this title has come: its heading gets the focus, unless it is the one that was loaded, where the
    /// browser has already said so.
    pub(crate) fn arrive(self, title: Text, heading_id: &str) {
        if self.arrived.get_value() {
            page::focus(heading_id);
            self.loud.set(title);
        }
        self.arrived.set_value(true);
    }

    /// Says `words` when the reader next pauses.
    pub(crate) fn say(self, words: Text) {
        self.quiet.set(words);
    }
}

/// The two live regions, outside of everything that is replaced.
#[component]
pub(crate) fn LiveRegions() -> impl IntoView {
    let Announcer { loud, quiet, .. } = expect_context();
    view! {
        <p id="announcer" class="govuk-visually-hidden" aria-live="assertive" aria-atomic="true">{move || loud.get().into_render()}</p>
        <p id="status" class="govuk-visually-hidden" aria-live="polite" aria-atomic="true">{move || quiet.get().into_render()}</p>
    }
}
