//! A longer text, with its length.

use super::{
    field::{Bound, Problems, described_by, group_class, hint_view, problem_of, problem_view},
    language,
};
use crate::text::{self, Text};
use leptos::{leptos_dom::helpers::debounce, prelude::*};
use protocol::concern::Language;
use std::time::Duration;

/// How long typing must pause before the count is read out.
const PAUSE: Duration = Duration::from_secs(1);

/// A text field of several lines that counts characters towards `most` and never stops anybody from typing. Checkers of
/// spelling and grammar that send text elsewhere are asked to stay away.
#[component]
pub(crate) fn TextArea(
    id: &'static str,
    label: Text,
    #[prop(optional)] hint: Option<Text>,
    value: Bound<String>,
    #[prop(into)] problems: Problems,
    most: usize,
    #[prop(default = 5)] rows: u32,
) -> impl IntoView {
    let problem = problem_of(problems, id);
    let class = move || {
        if problem.with(Option::is_some) {
            "govuk-textarea govuk-textarea--error"
        } else {
            "govuk-textarea"
        }
    };
    let described = described_by(id, hint.is_some(), problem);
    view! {
        <div class=group_class(problem)>
            <label class="govuk-label govuk-label--s" for=id>{label}</label>
            {hint_view(id, hint)} {problem_view(id, problem)}
            <textarea id=id class=class rows=rows spellcheck="false" autocomplete="off" translate="no"
                data-gramm="false" data-gramm_editor="false" data-enable-grammarly="false" data-lt-active="false"
                aria-describedby=described prop:value=move || value.get.get()
                on:input=move |event| value.set.set(event_target_value(&event))></textarea>
            <Count value=value.get most/>
        </div>
    }
}

/// How many characters are left: at once for those who see it, after a pause for those who hear it.
#[component]
fn Count(value: Signal<String>, most: usize) -> impl IntoView {
    let lang = language();
    let left = Memo::new(move |_| value.with(|text| signed(most) - signed(text.chars().count())));
    let spoken = RwSignal::new(Text::default());
    Effect::new(move || {
        let mut speak = debounce(PAUSE, move |left: i64| spoken.set(words(lang, left)));
        Effect::new(move || speak(left.get()));
    });
    let class = move || {
        if left.get() < 0 {
            "govuk-error-message"
        } else {
            "govuk-hint"
        }
    };
    view! {
        <div class="govuk-character-count">
            <div class=move || format!("{} govuk-character-count__message govuk-character-count__status", class())
                aria-hidden="true">{move || words(lang, left.get()).into_render()}</div>
            <div class="govuk-visually-hidden" aria-live="polite">{move || spoken.get().into_render()}</div>
        </div>
    }
}

fn words(lang: Language, left: i64) -> Text {
    let n = u32::try_from(left.unsigned_abs()).unwrap_or(u32::MAX);
    if left < 0 {
        text::characters_over(lang, n)
    } else {
        text::characters_left(lang, n)
    }
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
