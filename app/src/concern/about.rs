//! The first page of the form: which force, and how the person stands to its unit.

use super::{
    answers::{Step, field},
    choice::Choice as _,
    draft::Draft,
    form::StepHead,
};
use crate::{
    text,
    ui::{
        self, Bound, Choice, ChoiceGroup, Paragraph, Radios, SecureForm, Select, SubmitButton, WarningText,
    },
};
use leptos::prelude::*;
use protocol::{
    concern::Standing,
    vault::{ForceView, Trusted},
};

/// The page.
#[component]
pub(super) fn AboutStep(trusted: Trusted) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let groups = force_groups(&trusted.forces);
    let forces = StoredValue::new(trusted.forces);
    let go_on = move |()| {
        problems.set(forces.with_value(|forces| {
            draft
                .answers
                .with_untracked(|answers| answers.about_problems(forces, lang))
        }));
        if problems.with_untracked(Vec::is_empty) {
            draft.answers.update(|answers| answers.step = Step::Account);
        }
    };
    view! {
        <StepHead title=text::about_title(lang) number=1 back=None problems=problems.into()/>
        <WarningText text=text::danger_now(lang)/>
        <SecureForm submit=Callback::new(go_on)>
            <Select id=field::FORCE label=text::force_label(lang) hint=text::force_hint(lang) none=text::force_none(lang)
                groups problems value=Bound::part(draft.answers, |all| all.force.clone(), |all, force| all.force = force)/>
            <Elsewhere forces/>
            <Radios id=field::STANDING legend=text::standing_label(lang) hint=text::standing_hint(lang)
                options=Standing::options(lang) problems
                value=Bound::part(draft.answers, |all| all.standing, |all, standing| all.standing = standing)/>
            <SubmitButton text=text::go_on(lang) busy=text::go_on(lang) pending=false/>
        </SecureForm>
    }
}

/// Forces whose unit can read, then those whose unit cannot yet: they are shown and cannot be chosen.
fn force_groups(forces: &[ForceView]) -> Vec<ChoiceGroup> {
    let lang = ui::language();
    let group = |enabled: bool, label| {
        let choices = forces
            .iter()
            .filter(|force| force.intake.is_some() == enabled)
            .map(|force| Choice {
                value: force.id.clone(),
                label: force.name.clone(),
                enabled,
            });
        ChoiceGroup {
            label,
            choices: choices.collect(),
        }
    };
    let groups = [
        group(true, text::forces_ready(lang)),
        group(false, text::forces_not_ready(lang)),
    ];
    groups
        .into_iter()
        .filter(|group| !group.choices.is_empty())
        .collect()
}

/// What to do about a force that cannot be chosen.
#[component]
fn Elsewhere(forces: StoredValue<Vec<ForceView>>) -> impl IntoView {
    let lang = ui::language();
    let missing = forces.with_value(|forces| forces.iter().any(|force| force.intake.is_none()));
    missing.then(|| {
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{text::force_elsewhere_title(lang)}</span>
                </summary>
                <div class="govuk-details__text">
                    <Paragraph text=text::force_elsewhere_text(lang)/>
                    <crate::site::OtherRoutes/>
                </div>
            </details>
        }
    })
}
