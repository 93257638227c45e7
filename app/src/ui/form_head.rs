//! The top of a page with a form.

use super::{ErrorSummary, Headline, field::Problems};
use crate::text::Text;
use leptos::prelude::*;

/// The way back if there is one, what is wrong, and the heading, whose window says while something is wrong.
#[component]
pub(crate) fn FormHead(
    title: Text,
    #[prop(into)] problems: Problems,
    #[prop(optional)] back: Option<AnyView>,
) -> impl IntoView {
    let failing = Signal::derive(move || problems.with(|all| !all.is_empty()));
    view! {
        {back}
        <ErrorSummary problems/>
        <Headline title failing/>
    }
}
