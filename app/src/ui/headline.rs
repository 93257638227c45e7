//! The one heading of the first level.

use super::{Announcer, language};
use crate::{
    browser::page,
    text::{self, Text},
};
use leptos::prelude::*;

/// The heading. When it comes it becomes the window's title, gets the focus and is announced; while `failing`, the title
/// begins with "Error: ". Where the heading says more than
/// should stand on a shared screen, `window` is the title instead.
#[component]
pub(crate) fn Headline(
    title: Text,
    #[prop(optional)] window: Option<Text>,
    #[prop(default = "govuk-heading-l")] class: &'static str,
    #[prop(optional, into)] failing: Signal<bool>,
) -> impl IntoView {
    let (lang, announcer) = (language(), expect_context::<Announcer>());
    let words = window.unwrap_or_else(|| title.clone());
    Effect::new(move |before: Option<()>| {
        let name = text::window_title(lang, words.plain()).plain();
        page::set_title(&if failing.get() {
            text::error_title(lang, &name).plain()
        } else {
            name
        });
        if before.is_none() {
            announcer.arrive(words.clone(), "title");
        }
    });
    view! { <h1 id="title" class=class tabindex="-1">{title}</h1> }
}
