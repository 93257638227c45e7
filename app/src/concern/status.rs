//! How far a concern has come, for whoever told.

use super::choice::Choice as _;
use crate::{
    text,
    ui::{self, Tag, TagColour},
};
use leptos::prelude::*;
use protocol::{casework::Status, told::More, vault::Thread};

/// What the unit said last of how far it has come: at least that it was opened, once it was.
pub(crate) fn status(thread: &Thread) -> Status {
    let said = thread.notices.last().map(|(_, status)| *status);
    let read = thread.opened.map(|_| Status::Read);
    said.or(read).unwrap_or(Status::Delivered)
}

/// Whether whoever told has withdrawn it.
fn is_withdrawn(thread: &Thread) -> bool {
    let mut all = thread.more.iter();
    all.any(|(_, bytes)| More::from_bytes(bytes).is_ok_and(|more| more.withdrawn.is_some()))
}

/// How far it has come, in a word or two.
#[component]
pub(crate) fn StatusTag(thread: Thread) -> impl IntoView {
    let lang = ui::language();
    let status = status(&thread);
    let colour = match status {
        Status::Delivered | Status::Closed => TagColour::Grey,
        Status::Question => TagColour::Blue,
        _ => TagColour::Green,
    };
    let withdrawn = is_withdrawn(&thread)
        .then(|| view! { " " <Tag text=text::status_withdrawn(lang) colour=TagColour::Grey/> });
    view! { <Tag text=status.label(lang) colour/> {withdrawn} }
}
