//! Everything that is wrong with a form, in one place.

use super::{
    field::{Problem, Problems},
    language,
};
use crate::{browser::page, text};
use leptos::{html, prelude::*};

/// The summary, which gets the focus whenever the problems change. It is not there while there are none.
#[component]
pub(crate) fn ErrorSummary(#[prop(into)] problems: Problems) -> impl IntoView {
    let lang = language();
    move || {
        let all = problems.get();
        (!all.is_empty()).then(|| {
            let node = NodeRef::<html::Div>::new();
            Effect::new(move || node.get().map_or((), |summary| page::focus_element(&summary)));
            view! {
                <div class="govuk-error-summary" tabindex="-1" node_ref=node>
                    <div role="alert">
                        <h2 class="govuk-error-summary__title">{text::error_summary_title(lang)}</h2>
                        <div class="govuk-error-summary__body">
                            <ul class="govuk-list govuk-error-summary__list">
                                {all.into_iter().map(item).collect::<Vec<_>>()}
                            </ul>
                        </div>
                    </div>
                </div>
            }
        })
    }
}

fn item(problem: Problem) -> impl IntoView {
    let Problem { field, text } = problem;
    let go = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        page::focus_field(field);
    };
    view! { <li><a href=format!("#{field}") on:click=go>{text}</a></li> }
}
