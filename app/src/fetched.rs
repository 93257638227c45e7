//! What a page has fetched, or how that stands.

use crate::{
    browser::page,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Headline, Loaded, Loading, PlainButton, Refusal},
};
use leptos::prelude::*;
use std::time::Duration;

/// What was fetched, as `show` shows it. Until then, that it loads; where it did not come, why, and a button that asks again. `title` stands
/// above what is said in its place; `waiting` says what is being waited for.
#[component]
pub(crate) fn Fetched<T: Clone + Send + Sync + 'static>(
    found: Loaded<Result<T, Trouble>>,
    show: impl Fn(T) -> AnyView + Send + 'static,
    #[prop(optional)] title: Option<Text>,
    #[prop(optional)] waiting: Option<Text>,
) -> impl IntoView {
    let lang = ui::language();
    let waiting = waiting.unwrap_or_else(|| text::loading(lang));
    // What is fetched again takes the place of what had the focus.
    Effect::new(move |before: Option<()>| {
        let came = found.get().is_some();
        if came && before.is_some() {
            set_timeout(|| page::focus_if_lost("title"), Duration::ZERO);
        }
    });
    let headline = move || title.clone().map(|title| view! { <Headline title/> });
    move || match found.get() {
        None => view! { {headline()} <Loading text=waiting.clone()/> }.into_any(),
        Some(Ok(one)) => show(one),
        Some(Err(trouble)) => view! {
            {headline()}
            <Refusal text=trouble.text(lang)/>
            <PlainButton text=text::try_again(lang) press=move |()| found.again()/>
        }
        .into_any(),
    }
}
