//! When the keys were last used, so that their owner notices if it was not them.

use super::desk::{Desk, State};
use crate::{text, ui};
use leptos::prelude::*;

/// A line that says it; nothing the first time.
#[component]
pub(crate) fn LastUsed() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let last = desk.state().with_untracked(|state| match state {
        State::Open(open) => open.last_used,
        _ => None,
    });
    last.map(|at| view! { <p class="govuk-body-s">{text::last_used(lang, ui::minute(at).plain())}</p> })
}
