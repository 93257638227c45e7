//! What is suggested, with its reason, to confirm or to change.

use super::{
    Page, Way,
    elsewhere::Bodies,
    step::{Step, StepHead},
};
use crate::{
    concern::{
        answers::field,
        draft::Draft,
        finder::{Found, Likely},
    },
    text::{self, Text},
    ui::{self, Bound, Inset, Paragraph, PlainButton, Problem, Radios},
};
use leptos::prelude::*;
use protocol::{concern::Language, told::Employer, vault::ForceView};

/// The page.
#[component]
pub(super) fn SuggestionPage(way: Way) -> impl IntoView {
    let draft = expect_context::<Draft>();
    let (employer, place) = draft
        .answers
        .with_untracked(|all| (all.told.routing.employer, all.looked_for.clone()));
    let found = match employer.and_then(by_setting) {
        Some((force, _)) => vec![setting(force)],
        None => by_place(way, &place),
    };
    let forces = way.forces();
    let named = |likely: &Likely| forces.iter().find(|force| force.id == likely.force).cloned();
    let here: Vec<_> = found
        .iter()
        .filter_map(|likely| Some((named(likely)?, likely.clone())))
        .collect();
    if here.is_empty() {
        return view! { <NotHere way/> }.into_any();
    }
    view! { <Confirm way here why=employer.and_then(by_setting).map(|(_, why)| why)/> }.into_any()
}

/// Words in a language.
type Words = fn(Language) -> Text;

/// The force that polices such a setting, by its identifier, and why it is suggested.
fn by_setting(employer: Employer) -> Option<(&'static str, Words)> {
    match employer {
        Employer::Railway => Some(("btp", text::suggest_railway)),
        Employer::Defence => Some(("mdp", text::suggest_defence)),
        Employer::Nuclear => Some(("cnc", text::suggest_nuclear)),
        _ => None,
    }
}

fn setting(force: &str) -> Likely {
    Likely {
        force: force.into(),
        place: String::new(),
        share: None,
    }
}

fn by_place(way: Way, place: &str) -> Vec<Likely> {
    match way.finder.get() {
        Some(Ok(finder)) => match finder.find(place) {
            Found::Forces(all) => all,
            Found::NoPostcodes | Found::Nothing => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The answer that leads to the list of all forces.
const ANOTHER: usize = usize::MAX;

#[component]
fn Confirm(way: Way, here: Vec<(ForceView, Likely)>, why: Option<Words>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let chosen = draft
        .answers
        .with_untracked(|all| here.iter().position(|(force, _)| force.id == all.force));
    let chosen = RwSignal::new(chosen);
    let options = options(&here, lang);
    let reason = why.map_or_else(|| reason(&here, lang), |why| why(lang));
    let ids: Vec<_> = here.into_iter().map(|(force, _)| force.id).collect();
    let submit = move |()| match chosen.get_untracked() {
        Some(at) => match ids.get(at) {
            Some(id) => {
                draft.answers.update(|all| all.choose_force(id.clone()));
                way.go(Page::Rank);
            }
            None => way.go(Page::Force),
        },
        None => problems.set(vec![Problem {
            field: field::SUGGESTED,
            text: text::suggested_missing(lang),
        }]),
    };
    let guessed = draft.answers.with_untracked(|all| all.told.routing.uncertain);
    view! {
        <Step way title=text::suggested_title(lang) problems submit>
            <Inset><Paragraph text=reason/></Inset>
            <Paragraph text=text::employer_matters(lang)/>
            <Radios id=field::SUGGESTED legend=text::suggested_label(lang) options value=Bound::whole(chosen) problems/>
            {guessed.then(|| view! { <Paragraph text=text::suggested_uncertain(lang)/> })}
        </Step>
    }
}

/// Each force, with how likely it is where that is known; and another.
fn options(here: &[(ForceView, Likely)], lang: Language) -> Vec<(usize, Text)> {
    let forces = here.iter().enumerate().map(|(at, (force, likely))| {
        let label = match likely.share {
            Some(share) if here.len() > 1 => {
                text::suggested_share(lang, force.name.clone(), in_hundred(share))
            }
            _ => Text::of(force.name.clone()),
        };
        (at, label)
    });
    forces.chain([(ANOTHER, text::suggested_another(lang))]).collect()
}

/// Of how many in a hundred, at least one: what is rare is not nothing.
fn in_hundred(share: u32) -> u32 {
    ((share + 5) / 10).max(1)
}

fn reason(here: &[(ForceView, Likely)], lang: Language) -> Text {
    let names: Vec<_> = here.iter().map(|(force, _)| force.name.as_str()).collect();
    let place = here
        .first()
        .map(|(_, likely)| likely.place.clone())
        .unwrap_or_default();
    match names.split_first() {
        Some((first, [])) => text::suggest_place(lang, *first, place),
        Some((first, rest)) => text::suggest_places(lang, *first, rest.join(", "), place),
        None => Text::default(),
    }
}

/// The place is of no force that this portal knows.
#[component]
fn NotHere(way: Way) -> impl IntoView {
    let lang = ui::language();
    let problems = RwSignal::new(Vec::new());
    view! {
        <StepHead way title=text::not_here_title(lang) problems/>
        <Paragraph text=text::not_here_text(lang)/>
        <PlainButton text=text::by_hand(lang) press=move |()| way.go(Page::Force)/>
        <Bodies/>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(all: &[(&str, Option<u32>)]) -> Vec<(ForceView, Likely)> {
        let one = |(name, share): &(&str, Option<u32>)| {
            let force = ForceView {
                id: (*name).into(),
                name: (*name).into(),
                intake: None,
                sealed: None,
                oversight: None,
            };
            let likely = Likely {
                share: *share,
                place: "GU12".into(),
                ..setting(name)
            };
            (force, likely)
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn what_is_likeliest_is_said_first_and_the_rest_is_not_left_out() {
        let lang = Language::English;
        let two = here(&[("Surrey Police", Some(570)), ("Hampshire", Some(4))]);
        let said = reason(&two, lang).plain();
        assert!(said.contains("most likely Surrey Police, or Hampshire"), "{said}");
        let labels: Vec<_> = options(&two, lang)
            .into_iter()
            .map(|(_, label)| label.plain())
            .collect();
        assert!(
            labels[0].contains("57 in 100") && labels[1].contains("1 in 100"),
            "{labels:?}"
        );
        let one = here(&[("Kent Police", Some(1000))]);
        assert_eq!(options(&one, lang)[0].1.plain(), "Kent Police");
        assert!(!reason(&one, lang).plain().contains("likely"));
    }
}
