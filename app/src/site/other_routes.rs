//! The ways to tell somebody that are not this portal.

use crate::{
    text::{self, Text},
    ui,
};
use leptos::prelude::*;

/// The routes, as a list with numbers and addresses. It is also what people see whose browser cannot seal.
#[component]
pub(crate) fn OtherRoutes() -> impl IntoView {
    let lang = ui::language();
    view! {
        <ul class="govuk-list govuk-list--bullet">
            <li>
                {text::routes_crimestoppers(lang)} " "
                <a class="govuk-link" href="tel:08000850000">"0800 085 0000"</a>
                {aside(text::routes_crimestoppers_note(lang))}
            </li>
            <li>
                {text::routes_iopc(lang)} " "
                <a class="govuk-link" rel="noreferrer external" href="https://www.policeconduct.gov.uk/">"policeconduct.gov.uk"</a>
                {aside(text::routes_iopc_note(lang))}
            </li>
            <li>{text::routes_force(lang)} {aside(text::routes_force_note(lang))}</li>
        </ul>
    }
}

fn aside(note: Text) -> impl IntoView {
    view! { <div class="govuk-hint">{note}</div> }
}
