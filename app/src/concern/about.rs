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
    concern::{Language, Standing},
    vault::{ForceView, Trusted},
};

/// The page.
#[component]
pub(super) fn AboutStep(trusted: Trusted) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let groups = force_groups(&trusted.forces, lang);
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
                options=Standing::options(lang) problems help=move || view! { <Instead forces/> }
                value=Bound::part(draft.answers, |all| all.standing, |all, standing| all.standing = standing)/>
            <SubmitButton text=text::go_on(lang) busy=text::go_on(lang) pending=false/>
        </SecureForm>
    }
}

/// Forces whose unit can read; those of which only some concerns can be read, as of a chief officer; and those of which none
/// can yet, which are shown and cannot be chosen.
fn force_groups(forces: &[ForceView], lang: Language) -> Vec<ChoiceGroup> {
    let group = |wanted: Reach, label| {
        let choices = forces
            .iter()
            .filter(|force| Reach::of(force) == wanted)
            .map(|force| Choice {
                value: force.id.clone(),
                label: force.name.clone(),
                enabled: wanted != Reach::Nobody,
            });
        ChoiceGroup {
            label,
            choices: choices.collect(),
        }
    };
    let groups = [
        group(Reach::Unit, text::forces_ready(lang)),
        group(Reach::Some, text::forces_some(lang)),
        group(Reach::Nobody, text::forces_not_ready(lang)),
    ];
    groups
        .into_iter()
        .filter(|group| !group.choices.is_empty())
        .collect()
}

/// Whom a concern about somebody in a force can reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Its unit, and perhaps others.
    Unit,
    /// Not its unit, but others: it depends on how the person stands to it.
    Some,
    /// Nobody.
    Nobody,
}

impl Reach {
    fn of(force: &ForceView) -> Self {
        match (&force.intake, &force.sealed, &force.oversight) {
            (Some(_), ..) => Self::Unit,
            (None, None, None) => Self::Nobody,
            _ => Self::Some,
        }
    }
}

/// The other ways to tell somebody, where the answers so far reach nobody here.
#[component]
fn Instead(forces: StoredValue<Vec<ForceView>>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let nobody = Memo::new(move |_| {
        forces.with_value(|forces| draft.answers.with(|all| all.no_reader(forces, lang).is_some()))
    });
    move || nobody.get().then(|| view! { <crate::site::OtherRoutes/> })
}

/// What to do about a force that cannot be chosen.
#[component]
fn Elsewhere(forces: StoredValue<Vec<ForceView>>) -> impl IntoView {
    let lang = ui::language();
    let missing = forces.with_value(|forces| forces.iter().any(|force| Reach::of(force) == Reach::Nobody));
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

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{id::GroupId, vault::CompartmentView};

    fn force(intake: bool, oversight: bool) -> ForceView {
        let view = |there: bool| {
            there.then(|| CompartmentView {
                id: GroupId([1; 16]),
                unit: "Unit".into(),
                sealed: false,
                members: 2,
                words: vec![],
                custodians: vec![],
            })
        };
        ForceView {
            id: format!("{intake}-{oversight}"),
            name: "North".into(),
            intake: view(intake),
            sealed: None,
            oversight: view(oversight),
        }
    }

    #[test]
    fn a_force_can_be_chosen_where_anybody_can_read_of_it() {
        let all = [force(true, true), force(false, true), force(false, false)];
        let groups = force_groups(&all, Language::English);
        let enabled: Vec<_> = groups
            .iter()
            .flat_map(|group| &group.choices)
            .map(|choice| (choice.value.as_str(), choice.enabled))
            .collect();
        assert_eq!(
            enabled,
            [("true-true", true), ("false-true", true), ("false-false", false)]
        );
        assert_eq!(groups.len(), 3);
    }
}
