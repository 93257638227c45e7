//! Where it happened, how it is known, and who was told already.

use super::{asked, asked_with, in_writing};
use crate::{
    concern::{fields::some, section::Section},
    text,
    ui::Problem,
};
use leptos::prelude::*;
use protocol::told::{Informed, Setting, Source};

/// Where it happened.
pub(super) fn place(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let question = asked("settings", text::settings_label);
    view! {
        {some::<Setting>(&question, problems, |all| all.told.settings.clone(), |all, settings| all.told.settings = settings)}
        {in_writing(Section::Place, problems)}
    }
    .into_any()
}

/// How it is known, and in whose words.
pub(super) fn source(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let question = asked_with("sources", text::source_label, text::source_hint);
    view! {
        {some::<Source>(&question, problems, |all| all.told.sources.clone(), |all, sources| all.told.sources = sources)}
        {in_writing(Section::Source, problems)}
    }
    .into_any()
}

/// Who was told already.
pub(super) fn informed(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let question = asked_with("informed", text::informed_label, text::informed_hint);
    view! {
        {some::<Informed>(&question, problems, |all| all.told.informed.clone(), |all, informed| all.told.informed = informed)}
        {in_writing(Section::Informed, problems)}
    }
    .into_any()
}
