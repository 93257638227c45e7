//! What happened, what kind of conduct it is, and the warning signs.

use super::{asked_with, in_writing};
use crate::{
    concern::{fields::some, section::Section},
    text,
    ui::{self, List, Paragraph, Problem},
};
use leptos::prelude::*;
use protocol::told::{Conduct, Sign};

/// What happened: a page of its own, with prompts.
pub(super) fn happened(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let lang = ui::language();
    let prompts = vec![
        text::prompt_what(lang),
        text::prompt_when(lang),
        text::prompt_who(lang),
        text::prompt_said(lang),
        text::prompt_know(lang),
    ];
    view! {
        <Paragraph text=text::account_text(lang)/>
        <List items=prompts/>
        <Paragraph text=text::do_not_investigate(lang)/>
        {in_writing(Section::Happened, problems)}
    }
    .into_any()
}

/// What kind of conduct it is.
pub(super) fn conduct(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let asked = asked_with("conduct", text::conduct_label, text::conduct_hint);
    some::<Conduct>(
        &asked,
        problems,
        |all| all.told.conduct.clone(),
        |all, conduct| all.told.conduct = conduct,
    )
}

/// Warning signs: prompts, never a score.
pub(super) fn signs(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let asked = asked_with("signs", text::warning_signs_label, text::warning_signs_hint);
    some::<Sign>(
        &asked,
        problems,
        |all| all.told.signs.clone(),
        |all, signs| all.told.signs = signs,
    )
}
