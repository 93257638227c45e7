//! Whether somebody is in danger now, and what is meant by telling it.

use super::asked_with;
use crate::{
    concern::fields::{one, shown_while},
    site::OtherRoutes,
    text,
    ui::{self, Inset, Paragraph, Problem, WarningText},
};
use leptos::prelude::*;
use protocol::told::{Basis, Danger};

/// Danger comes first: this portal is watched by nobody at night.
pub(super) fn danger(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let lang = ui::language();
    let asked = asked_with("danger", text::danger_label, text::danger_hint);
    let now = || {
        let lang = ui::language();
        view! {
            <Inset>
                <WarningText text=text::danger_call(lang)/>
                <Paragraph text=text::danger_control_room(lang)/>
                <OtherRoutes/>
            </Inset>
        }
        .into_any()
    };
    view! {
        <WarningText text=text::danger_now(lang)/>
        <Paragraph text=text::danger_text(lang)/>
        {one::<Danger>(&asked, problems, |all| all.told.danger, |all, danger| all.told.danger = danger)}
        {shown_while(|all| all.told.danger == Some(Danger::Yes), now)}
    }
    .into_any()
}

/// Information, where nothing is said: a complaint needs the agreement of the person affected.
pub(super) fn basis(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let lang = ui::language();
    let asked = asked_with("basis", text::basis_label, text::basis_hint);
    let set = |all: &mut crate::concern::answers::Answers, basis| all.told.basis = basis;
    view! {
        {one::<Basis>(&asked, problems, |all| Some(all.told.basis.unwrap_or(Basis::Information)), set)}
        <details class="govuk-details">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{text::basis_more(lang)}</span>
            </summary>
            <div class="govuk-details__text">
                <Paragraph text=text::basis_more_information(lang)/>
                <Paragraph text=text::basis_more_complaint(lang)/>
                <Paragraph text=text::basis_more_either(lang)/>
            </div>
        </details>
    }
    .into_any()
}
