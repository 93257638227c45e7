//! Evidence.

use super::in_writing;
use crate::{
    concern::{evidence::section::EvidenceSection, section::Section},
    text,
    ui::{self, Paragraph, Problem},
};
use leptos::prelude::*;

/// What there is, and who has it.
pub(super) fn evidence(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let lang = ui::language();
    view! {
        <Paragraph text=text::evidence_text(lang)/>
        <EvidenceSection problems/>
        {in_writing(Section::Evidence, problems)}
    }
    .into_any()
}
