//! How far a concern has come.

use crate::{
    text,
    ui::{self, Tag, TagColour},
};
use leptos::prelude::*;

/// Stored for the unit, or opened by it.
#[component]
pub(crate) fn StatusTag(opened: bool) -> impl IntoView {
    let lang = ui::language();
    if opened {
        view! { <Tag text=text::status_opened(lang) colour=TagColour::Green/> }
    } else {
        view! { <Tag text=text::status_stored(lang) colour=TagColour::Grey/> }
    }
}
