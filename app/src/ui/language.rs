//! The way to the same page in the other language.

use super::language;
use crate::text::{self, code};
use leptos::prelude::*;
use protocol::concern::Language;

/// Links to the languages; `path` gives the address of this page in one of them.
#[component]
pub(crate) fn LanguageNavigation(#[prop(into)] path: Callback<(Language,), String>) -> impl IntoView {
    let item = move |one: Language, name: &'static str| {
        let content = if one == language() {
            view! { <span class="govuk-language-navigation__text" aria-current="true" lang=code(one)>{name}</span> }
                .into_any()
        } else {
            view! {
                <a class="govuk-language-navigation__link" href=move || path.run((one,)) rel="alternate" lang=code(one)
                    hreflang=code(one)>{name}</a>
            }
            .into_any()
        };
        view! { <li class="govuk-language-navigation__list-item">{content}</li> }
    };
    view! {
        <nav class="govuk-language-navigation" aria-label=text::language_label(language()).plain()>
            <ul class="govuk-language-navigation__list">
                {item(Language::English, "English")} {item(Language::Welsh, "Cymraeg")}
            </ul>
        </nav>
    }
}
