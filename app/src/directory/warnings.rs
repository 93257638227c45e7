//! What is not as it should be, but does not stop work.

use crate::{
    account::desk::Desk,
    text::{self, Text},
    ui::{self, WarningText},
};
use leptos::prelude::*;
use protocol::{concern::Language, vault::Warning};

/// The warnings that came with the directory.
#[component]
pub(crate) fn Warnings() -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let warnings = desk.trusted().map(|trusted| trusted.warnings).unwrap_or_default();
    warnings
        .into_iter()
        .map(|one| view! { <WarningText text=words(one, lang)/> })
        .collect::<Vec<_>>()
}

fn words(warning: Warning, lang: Language) -> Text {
    match warning {
        Warning::NoFreshCheckpoint => text::warning_no_fresh_checkpoint(lang),
        Warning::DirectoryExpiresSoon => text::warning_directory_expires(lang),
        Warning::HeadMissing => text::warning_head_missing(lang),
        Warning::Recovered => text::warning_recovered(lang),
    }
}
