//! Where a concern comes from, as far as it could be verified.

use crate::{
    text::{self, Text},
    ui::{self, Banner, Row, Words},
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    vault::{Origin, Thread},
};

/// A warning where nobody knows who wrote it, and a word where it is a test.
#[component]
pub(super) fn OriginNotice(origin: Origin) -> impl IntoView {
    let lang = ui::language();
    let notice = match origin {
        Origin::Unverified => Some((text::unverified_title(lang), text::unverified_text(lang))),
        Origin::Test { .. } => Some((text::test_title(lang), text::test_text(lang))),
        Origin::Member { .. } | Origin::Organisation { .. } => None,
    };
    notice.map(|(title, text)| {
        view! {
            <Banner title>
                <p class="govuk-notification-banner__heading">{text}</p>
            </Banner>
        }
    })
}

pub(super) fn origin_rows(thread: &Thread, lang: Language) -> Vec<Row> {
    let mut rows = match &thread.origin {
        Origin::Member { partner, words, .. } => {
            let words = view! { <Words words=words.clone()/> }.into_any();
            vec![
                Row::text(text::origin_partner(lang), Text::of(partner.clone())),
                Row::text(text::row_signs(lang), text::origin_member(lang)),
                Row {
                    key: text::origin_words(lang),
                    value: words,
                    action: None,
                },
            ]
        }
        Origin::Organisation { partner } => vec![
            Row::text(text::origin_partner(lang), Text::of(partner.clone())),
            Row::text(text::row_signs(lang), text::origin_organisation(lang)),
        ],
        Origin::Test { words } => vec![
            Row::text(text::origin_partner(lang), text::origin_test(lang)),
            Row {
                key: text::origin_words(lang),
                value: view! { <Words words=words.clone()/> }.into_any(),
                action: None,
            },
        ],
        Origin::Unverified => vec![Row::text(
            text::origin_partner(lang),
            text::origin_unverified(lang),
        )],
    };
    rows.push(Row::text(text::row_written(lang), ui::minute(thread.written)));
    rows.push(Row::text(
        text::row_language(lang),
        language_name(thread.concern.language),
    ));
    if let Some(opened) = thread.opened {
        rows.push(Row::text(text::row_opened(lang), ui::minute(opened)));
    }
    if let Some(closed) = thread.closed {
        rows.push(Row::text(text::row_closed(lang), ui::minute(closed)));
    }
    rows
}

/// A language by its own name.
fn language_name(language: Language) -> Text {
    Text::of(match language {
        Language::English => "English",
        Language::Welsh => "Cymraeg",
    })
}
