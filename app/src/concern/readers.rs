//! Who will be able to read it.

use super::draft::Draft;
use crate::{
    account::desk::Desk,
    text::{self, Text},
    ui::{self, List, Paragraph, WarningText},
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    group::Aims,
    id::GroupId,
    vault::{CompartmentView, ForceView, Trusted},
};

/// The id of what says who can read it.
pub(crate) const READERS: &str = "readers";

/// Who will be able to read it, as the newest verified lists have it; where nobody can, what to do instead.
#[component]
pub(super) fn Readers(#[prop(into)] forces: Signal<Vec<ForceView>>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let reader = move || {
        let reader = forces.with(|forces| draft.answers.with(|answers| answers.reader(forces).cloned()));
        reader.map(|reader| view! { <Reader reader/> })
    };
    let nobody = move || {
        let why = forces.with(|forces| draft.answers.with(|answers| answers.no_reader(forces, lang)));
        why.map(|why| view! { <WarningText text=why/> <crate::site::OtherRoutes/> })
    };
    view! { <div id=READERS tabindex="-1">{reader} {nobody}</div> }
}

/// Who can read what is added to a thread of this compartment, as the newest verified lists have it; nothing where it is listed no more.
#[component]
pub(super) fn ReadersOf(compartment: GroupId) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let reader = Memo::new(move |_| {
        let state = desk.state();
        state.with(|state| reader_of(state.trusted()?, compartment).cloned())
    });
    view! { <div id=READERS tabindex="-1">{move || reader.get().map(|reader| view! { <Reader reader/> })}</div> }
}

/// Those who read what is sealed to a compartment.
pub(super) fn reader_of(trusted: &Trusted, compartment: GroupId) -> Option<&CompartmentView> {
    let all = trusted
        .forces
        .iter()
        .flat_map(|force| [&force.intake, &force.sealed, &force.oversight]);
    all.flatten().find(|one| one.id == compartment)
}

/// One circle of readers.
#[component]
pub(super) fn Reader(reader: CompartmentView) -> impl IntoView {
    let lang = ui::language();
    let CompartmentView {
        unit, members, leads, ..
    } = reader;
    let who = if reader.sealed {
        text::readers_sealed(lang, members, unit)
    } else {
        text::readers_unit(lang, members, unit)
    };
    view! {
        <ui::Inset>
            <h2 class="govuk-heading-s">{text::readers_title(lang)}</h2>
            <Paragraph text=who/>
            <Paragraph text=text::readers_leads(lang, leads)/>
            {reader.aims.map(|aims| view! { <Paragraph text=aim(aims, lang)/> })}
            <Custodians names=reader.custodians/>
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{text::readers_words_title(lang)}</span>
                </summary>
                <div class="govuk-details__text">
                    <Paragraph text=text::readers_words_text(lang)/>
                    <p class="govuk-body"><ui::Words words=reader.words/></p>
                </div>
            </details>
        </ui::Inset>
    }
}

fn aim(aims: Aims, lang: Language) -> Text {
    let days = |days: u8| text::working_days(lang, days.into()).plain();
    text::readers_aim(lang, days(aims.answer), days(aims.open))
}

/// Who else could open it: two together of those who hold parts of the recovery key.
#[component]
fn Custodians(names: Vec<String>) -> impl IntoView {
    let lang = ui::language();
    if names.is_empty() {
        return view! { <Paragraph text=text::readers_custodians_none(lang)/> }.into_any();
    }
    let count = u32::try_from(names.len()).unwrap_or(u32::MAX);
    view! {
        <Paragraph text=text::readers_custodians(lang, count)/>
        <List items=names.into_iter().map(Text::of).collect()/>
        <Paragraph text=text::readers_custodians_could(lang)/>
    }
    .into_any()
}
