//! The proof that a concern is stored.

use crate::{
    text::{self, Text},
    ui::{self, Row, SummaryList},
};
use leptos::prelude::*;
use protocol::vault::Proof;

/// The proof, as rows. It says nothing of what was told.
#[component]
pub(crate) fn Receipt(proof: Proof) -> impl IntoView {
    let lang = ui::language();
    let hash =
        view! { <span class="candour-words" translate="no">{proof.hash.to_string()}</span> }.into_any();
    let reference =
        view! { <span class="candour-reference" translate="no">{proof.reference}</span> }.into_any();
    let rows = vec![
        Row {
            key: text::receipt_reference(lang),
            value: reference,
            action: None,
        },
        Row::text(text::receipt_unit(lang), Text::of(proof.unit)),
        Row::text(text::receipt_day(lang), ui::day(proof.day)),
        Row::text(text::receipt_position(lang), Text::of(proof.position.to_string())),
        Row {
            key: text::receipt_hash(lang),
            value: hash,
            action: None,
        },
    ];
    view! {
        <section class="candour-receipt" aria-labelledby="receipt-title">
            <h2 id="receipt-title" class="govuk-heading-m">{text::receipt_title(lang)}</h2>
            <p class="govuk-body">{text::receipt_text(lang)}</p>
            <SummaryList rows/>
        </section>
    }
}
