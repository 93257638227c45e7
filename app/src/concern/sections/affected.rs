//! The person affected: how far they are named, what they agree to, how they may be contacted, and what could happen to them.

use super::{asked, asked_with};
use crate::{
    concern::{
        answers::Answers,
        draft::Draft,
        fields::{one, shown_while, some, writing},
        question::questions,
        section::Section,
    },
    text,
    ui::{self, Bound, Checkbox, Inset, Paragraph, Problem},
};
use leptos::prelude::*;
use protocol::told::{Age, Agrees, Aware, MayContact, NamedBy, Reason, Referral, Vulnerability};

/// Who they are, as little as is needed: by the organisation's own reference, where nothing else is said.
pub(super) fn affected(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let [known_as, referred_to] = questions(Section::Affected) else {
        return ().into_any();
    };
    let identity = asked_with("named-by", text::named_by_label, text::named_by_hint);
    let age = asked("age", text::age_label);
    let vulnerability = asked_with(
        "vulnerability",
        text::vulnerability_label,
        text::vulnerability_hint,
    );
    let named = |all: &Answers| Some(all.told.affected.identity.unwrap_or(NamedBy::Reference));
    view! {
        {one::<NamedBy>(&identity, problems, named, |all, identity| all.told.affected.identity = identity)}
        {shown_while(|all| all.told.affected.identity != Some(NamedBy::Nothing), move || writing(known_as, problems))}
        {one::<Age>(&age, problems, |all| all.told.affected.age, |all, age| all.told.affected.age = age)}
        {shown_while(at_risk, move || view! { <ReferralMade problems/> {writing(referred_to, problems)} }.into_any())}
        {some::<Vulnerability>(&vulnerability, problems, |all| all.told.affected.vulnerabilities.clone(),
            |all, some| all.told.affected.vulnerabilities = some)}
    }
    .into_any()
}

fn at_risk(all: &Answers) -> bool {
    matches!(all.told.affected.age, Some(Age::Child | Age::AtRisk))
}

/// A child or an adult at risk needs the referral that protects them, too.
#[component]
fn ReferralMade(problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let lang = ui::language();
    let referral = asked("referral", text::referral_label);
    view! {
        <Inset><Paragraph text=text::referral_reminder(lang)/></Inset>
        {one::<Referral>(&referral, problems, |all| all.told.affected.referral, |all, referral| all.told.affected.referral = referral)}
    }
}

/// What they know, and agree to.
pub(super) fn consent(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let aware = asked("aware", text::aware_label);
    let agrees = asked_with("agrees", text::agrees_label, text::agrees_hint);
    view! {
        {one::<Aware>(&aware, problems, |all| all.told.consent.aware, |all, aware| all.told.consent.aware = aware)}
        {one::<Agrees>(&agrees, problems, |all| all.told.consent.agrees, |all, agrees| all.told.consent.agrees = agrees)}
        {shown_while(|all| all.told.consent.agrees.is_some_and(|agrees| agrees != Agrees::Yes), move || without_agreement(problems))}
    }
    .into_any()
}

fn without_agreement(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let reasons = asked_with("reasons", text::reasons_label, text::reasons_hint);
    let why: Vec<_> = questions(Section::Consent)
        .iter()
        .map(|one| writing(one, problems))
        .collect();
    view! {
        {some::<Reason>(&reasons, problems, |all| all.told.consent.reasons.clone(), |all, reasons| all.told.consent.reasons = reasons)}
        {why}
    }
    .into_any()
}

/// Whether they may be contacted, and how: only through the practitioner, where nothing is said.
pub(super) fn contact(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let may = asked_with("may-contact", text::may_contact_label, text::may_contact_hint);
    let how = move || {
        let fields: Vec<_> = questions(Section::Contact)
            .iter()
            .map(|one| writing(one, problems))
            .collect();
        fields.into_any()
    };
    let never =
        || view! { <Inset><Paragraph text=text::may_contact_never_text(ui::language())/></Inset> }.into_any();
    view! {
        {one::<MayContact>(&may, problems, |all| Some(all.told.contact.rule()), |all, may| all.told.contact.may = may)}
        {shown_while(|all| all.told.contact.rule() == MayContact::Never, never)}
        {shown_while(|all| all.told.contact.rule() != MayContact::Never, how)}
    }
    .into_any()
}

/// What could happen if the subject learned of this.
pub(super) fn risk(problems: RwSignal<Vec<Problem>>) -> AnyView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let ask_first = Bound::part(
        draft.answers,
        |all: &Answers| all.told.ask_first,
        |all, first| all.told.ask_first = first,
    );
    view! {
        {super::in_writing(Section::Risk, problems)}
        <Checkbox id="ask-first" label=text::ask_first_label(lang) value=ask_first problems/>
    }
    .into_any()
}
