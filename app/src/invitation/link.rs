//! The link of an invitation, which is shown once.

use crate::{
    browser::page,
    text,
    ui::{self, Inset, Paragraph, PlainButton, WarningText},
};
use leptos::prelude::*;

/// The element that holds the link and nothing else.
const LINK: &str = "link";

/// The link, and how to hand it over.
#[component]
pub(crate) fn LinkOnce(link: String) -> impl IntoView {
    let lang = ui::language();
    view! {
        <div role="status">
            <WarningText text=text::invite_link_warning(lang)/>
            <Paragraph text=text::invite_link_text(lang)/>
            <Inset><p class="govuk-body candour-link notranslate" translate="no" id=LINK>{link}</p></Inset>
        </div>
        <Copy/>
    }
}

/// Copies the link, or marks it for the person to copy where the browser does not.
#[component]
fn Copy() -> impl IntoView {
    let lang = ui::language();
    let copied = RwSignal::new(None);
    let said = move || {
        let text = if copied.get()? {
            text::invite_copied(lang)
        } else {
            text::invite_marked(lang)
        };
        Some(text.into_render())
    };
    view! {
        <PlainButton text=text::invite_copy(lang) press=move |()| copied.set(Some(page::copy(LINK)))/>
        <p class="govuk-hint" role="status">{said}</p>
    }
}
