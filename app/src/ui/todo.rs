//! What needs doing: each thing with the page where it is done.

use super::{Inset, Paragraph, language};
use crate::text::{self, Text};
use leptos::prelude::*;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    /// What.
    pub(crate) text: Text,
    /// The page's address.
    pub(crate) href: String,
}

/// All of them, or that there is nothing.
#[component]
pub(crate) fn TaskList(tasks: Vec<Task>) -> impl IntoView {
    if tasks.is_empty() {
        return view! { <Inset><Paragraph text=text::todo_none(language())/></Inset> }.into_any();
    }
    let items = tasks
        .into_iter()
        .map(|task| view! { <li><a class="govuk-link" href=task.href>{task.text}</a></li> });
    view! { <ul class="govuk-list govuk-list--bullet" id="todo">{items.collect::<Vec<_>>()}</ul> }.into_any()
}
