//! Asking to come on board: the one form that anybody can send, and that is not sealed.

use super::{Organisation, apply};
use crate::{
    place::Place,
    site::OtherRoutes,
    text::{self, Text},
    trouble::Trouble,
    ui::{
        self, Bound, Checkbox, Heading, Headline, List, Panel, Paragraph, Problem, Refusal, SecureForm,
        SubmitButton, TextArea, TextInput, WarningText,
    },
};
use leptos::{prelude::*, task::spawn_local};
use protocol::concern::{Language, TextProblem, check_text};

/// The ids of the fields, in the order of [`Organisation::LONGEST`].
const FIELDS: [&str; 5] = ["organisation", "number", "purpose", "lead", "reach"];
/// The id of the box under the terms.
const AGREED: &str = "agreed";

/// The page.
#[component]
pub(crate) fn ApplyPage() -> impl IntoView {
    let sent = RwSignal::new(false);
    move || {
        if sent.get() {
            view! { <Sent/> }.into_any()
        } else {
            view! { <Form sent/> }.into_any()
        }
    }
}

#[component]
fn Form(sent: RwSignal<bool>) -> impl IntoView {
    let lang = ui::language();
    let (organisation, agreed) = (RwSignal::new(Organisation::default()), RwSignal::new(false));
    let (problems, pending) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let trouble = RwSignal::new(None::<Trouble>);
    let send = move |()| {
        let answers = organisation.get_untracked();
        problems.set(wrong(&answers, agreed.get_untracked(), lang));
        if !problems.with_untracked(Vec::is_empty) {
            return;
        }
        pending.set(true);
        trouble.set(None);
        spawn_local(async move {
            let answer = apply(answers, true).await;
            pending.try_set(false);
            match answer {
                Ok(()) => drop(sent.try_set(true)),
                Err(error) => drop(trouble.try_set(Some(error.into()))),
            }
        });
    };
    view! {
        <ui::FormHead title=text::apply_title(lang) problems/>
        <Paragraph text=text::apply_who(lang)/>
        <WarningText text=text::apply_not_sealed(lang)/>
        <SecureForm submit=Callback::new(send) pending>
            <Questions organisation problems/>
            <Terms agreed problems/>
            {move || trouble.get().map(|trouble| view! { <Refusal text=trouble.text(lang)/> })}
            <SubmitButton text=text::apply_button(lang) busy=text::apply_sending(lang) pending/>
        </SecureForm>
    }
}

#[component]
fn Questions(organisation: RwSignal<Organisation>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let lang = ui::language();
    let [name, number, purpose, lead, reach] = FIELDS;
    let [_, _, most_purpose, _, most_reach] = Organisation::LONGEST;
    view! {
        <TextInput id=name label=text::apply_name(lang) problems autocomplete="organization"
            value=Bound::part(organisation, |one| one.name.clone(), |one, text| one.name = text)/>
        <TextInput id=number label=text::apply_number(lang) hint=text::apply_number_hint(lang) problems
            value=Bound::part(organisation, |one| one.number.clone(), |one, text| one.number = text)/>
        <TextArea id=purpose label=text::apply_purpose(lang) hint=text::apply_purpose_hint(lang) most=most_purpose problems
            value=Bound::part(organisation, |one| one.purpose.clone(), |one, text| one.purpose = text)/>
        <TextInput id=lead label=text::apply_lead(lang) hint=text::apply_lead_hint(lang) problems
            value=Bound::part(organisation, |one| one.lead.clone(), |one, text| one.lead = text)/>
        <TextArea id=reach label=text::apply_reach(lang) hint=text::apply_reach_hint(lang) most=most_reach rows=3 problems
            value=Bound::part(organisation, |one| one.reach.clone(), |one, text| one.reach = text)/>
    }
}

#[component]
fn Terms(agreed: RwSignal<bool>, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let lang = ui::language();
    view! {
        <Heading text=text::apply_terms(lang)/>
        <List items=vec![text::apply_terms_people(lang), text::apply_terms_leavers(lang), text::apply_terms_quarter(lang), text::apply_terms_duty(lang)]/>
        <Checkbox id=AGREED label=text::apply_agreed(lang) value=Bound::whole(agreed) problems/>
    }
}

/// What comes after sending. It is the same whatever was sent.
#[component]
fn Sent() -> impl IntoView {
    let lang = ui::language();
    let heading = view! { <Headline title=text::applied_title(lang) class="govuk-panel__title"/> }.into_any();
    view! {
        <Panel heading>{text::applied_thanks(lang)}</Panel>
        <Heading text=text::applied_next(lang)/>
        <List items=vec![text::applied_next_check(lang), text::applied_next_ring(lang), text::applied_next_invite(lang), text::applied_next_no(lang)]/>
        <Paragraph text=text::applied_meanwhile(lang)/>
        <OtherRoutes/>
        <p class="govuk-body"><a class="govuk-link" href=Place::HowItWorks.path(lang)>{text::how_title(lang)}</a></p>
    }
}

fn wrong(answers: &Organisation, agreed: bool, lang: Language) -> Vec<Problem> {
    let missing = [
        Some(text::apply_name_missing(lang)),
        None,
        Some(text::apply_purpose_missing(lang)),
        Some(text::apply_lead_missing(lang)),
        Some(text::apply_reach_missing(lang)),
    ];
    let given = answers.answers().into_iter().zip(Organisation::LONGEST);
    let texts = given
        .zip(missing)
        .map(|((text, most), missing)| problem(text, most, missing, lang));
    let mut problems: Vec<_> = FIELDS
        .into_iter()
        .zip(texts)
        .filter_map(|(field, text)| Some(Problem { field, text: text? }))
        .collect();
    if !agreed {
        problems.push(Problem {
            field: AGREED,
            text: text::apply_agreed_missing(lang),
        });
    }
    problems
}

/// What is wrong with one answer; `missing` is what to say where it has to be there.
fn problem(answer: &str, most: usize, missing: Option<Text>, lang: Language) -> Option<Text> {
    match check_text(answer, most).err()? {
        TextProblem::Empty => {
            missing.or_else(|| (!answer.is_empty()).then(|| text::apply_number_blank(lang)))
        }
        TextProblem::TooLong { most, over } => Some(text::text_too_long(lang, most, over)),
        TextProblem::Unshowable => Some(text::text_unshowable(lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organisation() -> Organisation {
        Organisation {
            name: "Harbour House Refuge".into(),
            number: String::new(),
            purpose: "A refuge.\nTwelve rooms.".into(),
            lead: "Amina".into(),
            reach: "01632 960000".into(),
        }
    }

    fn fields(answers: &Organisation, agreed: bool) -> Vec<&'static str> {
        wrong(answers, agreed, Language::English)
            .iter()
            .map(|one| one.field)
            .collect()
    }

    #[test]
    fn everything_but_the_number_is_asked_for() {
        assert_eq!(fields(&organisation(), true), Vec::<&str>::new());
        let none = Organisation::default();
        assert_eq!(
            fields(&none, false),
            ["organisation", "purpose", "lead", "reach", "agreed"]
        );
    }

    #[test]
    fn what_the_page_lets_through_the_server_takes_and_nothing_else() {
        let long = |n| "x".repeat(n);
        for (fine, one) in [
            (true, organisation()),
            (false, Organisation::default()),
            (
                false,
                Organisation {
                    number: " ".into(),
                    ..organisation()
                },
            ),
            (
                true,
                Organisation {
                    number: long(50),
                    ..organisation()
                },
            ),
            (
                false,
                Organisation {
                    number: long(51),
                    ..organisation()
                },
            ),
            (
                false,
                Organisation {
                    lead: "a\u{202e}b".into(),
                    ..organisation()
                },
            ),
        ] {
            assert_eq!(
                (fields(&one, true).is_empty(), one.is_sound()),
                (fine, fine),
                "{one:?}"
            );
        }
    }
}
