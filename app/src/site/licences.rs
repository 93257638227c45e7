//! What the portal is made from.

use super::Site;
use crate::{
    text,
    ui::{self, Headline, Paragraph},
};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn LicencesPage() -> impl IntoView {
    let (site, lang) = (expect_context::<StoredValue<Site>>().get_value(), ui::language());
    view! {
        <Headline title=text::licences_title(lang)/>
        <Paragraph text=text::licences_own(lang)/>
        <Paragraph text=text::licences_others(lang)/>
        <p class="govuk-body"><a class="govuk-link" rel="external" href=site.assets.licences>{text::licences_link(lang)}</a></p>
        <Paragraph text=text::licences_data(lang)/>
        <Paragraph text=text::licences_postcodes(lang)/>
    }
}
