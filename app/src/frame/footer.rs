//! The bottom of every page: the same help in the same place.

use crate::{place::Place, text, ui};
use leptos::prelude::*;

/// The footer.
#[component]
pub(super) fn Footer() -> impl IntoView {
    let lang = ui::language();
    let places = [
        Place::HowItWorks,
        Place::Guidance,
        Place::Lost,
        Place::Privacy,
        Place::Accessibility,
        Place::Licences,
    ];
    let links: Vec<_> = places
        .into_iter()
        .map(|place| view! { <li><a class="candour-footer__link" href=place.path(lang)>{place.title(lang)}</a></li> })
        .collect();
    view! {
        <footer class="candour-footer">
            <div class="govuk-width-container">
                <ul class="candour-footer__list">{links}</ul>
                <p class="govuk-body-s">{text::footer_danger(lang)}</p>
                <p class="govuk-body-s">{text::footer_what(lang)}</p>
            </div>
        </footer>
    }
    .into_any()
}
