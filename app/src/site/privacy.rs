//! What is known about whoever uses the portal, who is responsible for it, and how long it is kept.

use crate::{
    place::Place,
    text::{self, Text},
    ui::{self, Headline, List, Paragraph},
};
use leptos::prelude::*;

/// The page.
#[component]
pub(crate) fn PrivacyPage() -> impl IntoView {
    let lang = ui::language();
    view! {
        <Headline title=text::privacy_title(lang)/>
        <Paragraph text=text::privacy_text(lang)/>
        <Part title=text::privacy_who(lang)
            items=vec![text::privacy_who_unit(lang), text::privacy_who_partner(lang), text::privacy_who_operator(lang)]/>
        <Part title=text::privacy_what(lang)
            items=vec![text::privacy_what_account(lang), text::privacy_what_sealed(lang), text::privacy_what_place(lang), text::privacy_what_mail(lang), text::privacy_what_not(lang)]/>
        <Part title=text::privacy_browser(lang)
            items=vec![text::privacy_cookie(lang), text::privacy_storage(lang), text::privacy_nobody(lang)]/>
        <Part title=text::privacy_long(lang)
            items=vec![text::privacy_long_draft(lang), text::privacy_long_parcel(lang), text::privacy_long_concern(lang), text::privacy_long_audit(lang)]/>
        <Part title=text::privacy_rights(lang)
            items=vec![text::privacy_rights_ask(lang), text::privacy_rights_limits(lang), text::privacy_rights_ico(lang)]/>
        <p class="govuk-body"><a class="govuk-link" href=Place::HowItWorks.path(lang)>{text::how_server(lang)}</a></p>
    }
}

#[component]
fn Part(title: Text, items: Vec<Text>) -> impl IntoView {
    view! {
        <section>
            <h2 class="govuk-heading-m">{title}</h2>
            <List items/>
        </section>
    }
}
