//! The way past the header.

use super::language;
use crate::{browser::page, text};
use leptos::prelude::*;

/// The first thing that a keyboard reaches.
#[component]
pub(crate) fn SkipLink() -> impl IntoView {
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        page::focus("main-content");
    };
    view! { <a href="#main-content" class="govuk-skip-link" on:click=skip>{text::skip_link(language())}</a> }
}
