//! The link of an invitation, which is shown once.

use crate::{
    text,
    ui::{self, Inset, Paragraph, WarningText},
};
use leptos::prelude::*;

/// The link, and how to hand it over.
#[component]
pub(crate) fn LinkOnce(link: String) -> impl IntoView {
    let lang = ui::language();
    view! {
        <div role="status">
            <WarningText text=text::invite_link_warning(lang)/>
            <Paragraph text=text::invite_link_text(lang)/>
            <Inset><p class="govuk-body candour-link notranslate" translate="no" id="link">{link}</p></Inset>
        </div>
    }
}
