//! Leaving fast. The start script does it, so that it works while the page's own code is being loaded and where it cannot be;
//! it tells every tab, this one too, to end what holds secrets.

use super::language;
use crate::text;
use leptos::prelude::*;

/// A link to a neutral site. The start script makes it cover the page first, and leave no way back.
#[component]
pub(crate) fn ExitLink() -> impl IntoView {
    let lang = language();
    view! {
        <a href="/exit" rel="nofollow noreferrer external" draggable="false" class=CLASS>
            <span class="govuk-visually-hidden">{text::exit_emergency(lang)} " "</span> {text::exit_button(lang)}
        </a>
    }
}

/// By this the start script knows it.
const CLASS: &str = "govuk-button govuk-button--warning govuk-exit-this-page__button";

/// Where the start script says how often Shift still has to be pressed to leave, and finds what stands on a page that is covered.
#[component]
pub(crate) fn ExitPresses() -> impl IntoView {
    let lang = language();
    let after = |presses: u32| text::exit_presses(lang, 3 - presses).plain();
    view! { <div id="exit-presses" class="govuk-visually-hidden" role="status" data-after-1=after(1) data-after-2=after(2)
    data-covered=text::covered(lang).plain()></div> }
}
