//! Choosing the force by hand.

use super::{Page, Way, step::Step};
use crate::{
    concern::{answers::field, draft::Draft},
    text,
    ui::{self, Bound, Choice, ChoiceGroup, Paragraph, PlainButton, Problem, Select},
};
use leptos::prelude::*;
use protocol::{concern::Language, vault::ForceView};

/// The page.
#[component]
pub(super) fn ForcePage(way: Way) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let forces = way.forces();
    let groups = force_groups(&forces, lang);
    let value = Bound::part(
        draft.answers,
        |all| all.force.clone(),
        crate::concern::answers::Answers::choose_force,
    );
    let known: Vec<_> = forces.iter().map(|force| force.id.clone()).collect();
    let submit = move |()| {
        if value.get.with_untracked(|force| known.contains(force)) {
            way.go(Page::Rank);
        } else {
            problems.set(vec![Problem {
                field: field::FORCE,
                text: text::force_missing(lang),
            }]);
        }
    };
    view! {
        <Step way title=text::force_title(lang) problems submit>
            <Paragraph text=text::employer_matters(lang)/>
            <Select id=field::FORCE label=text::force_label(lang) hint=text::force_hint(lang) none=text::force_none(lang)
                groups problems value/>
            <PlainButton text=text::by_search(lang) press=move |()| way.go(Page::Place)/>
            <Elsewhere missing=forces.iter().any(|force| Reach::of(force) == Reach::Nobody)/>
        </Step>
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

/// What to do about a force that cannot be chosen.
#[component]
fn Elsewhere(missing: bool) -> impl IntoView {
    let lang = ui::language();
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
                leads: 1,
                holders: vec![],
                words: vec![],
                custodians: vec![],
                aims: None,
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
