//! The page for an address that leads nowhere.

use crate::{
    place::Place,
    text,
    ui::{self, Headline, Paragraph},
};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::not_found_title(lang)/>
        <Paragraph text=text::not_found_text(lang)/>
        <p class="govuk-body"><a class="govuk-link" href=Place::Start.path(lang)>{text::start_title(lang)}</a></p>
    }
}
