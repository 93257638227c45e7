//! One concern, as the unit has it.

use super::cases::{self, Opened};
use crate::{
    account::desk::Desk,
    concern::{
        cards, evidence::read::FileList, history::Additions, receipt::Receipt, rows, section::Section,
    },
    error::AppError,
    fetched::Fetched,
    place::Place,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Banner, Headline, Loaded, Paragraph, Refusal, Row, SummaryCard, WarningText, Words},
    unit::CloseTest,
};
use leptos::prelude::*;
use protocol::{
    concern::Language,
    id::LogId,
    refused::Refused,
    told::{Danger, MayContact, MayName, More, Told},
    vault::{Origin, Thread},
};

/// The page.
#[component]
pub(crate) fn CasePage(log: Option<LogId>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let thread = Loaded::by(move || async move {
        cases::open_to_read(desk, log.ok_or(Trouble::Portal(AppError::NotFound))?).await
    });
    let show = |opened: Opened| view! { <Shown thread=opened.thread/> }.into_any();
    view! { <Fetched found=thread show title=text::case_title(lang) waiting=text::case_opening(lang)/> }
}

#[component]
fn Shown(thread: Thread) -> impl IntoView {
    if let Ok(told) = thread.concern.told() {
        view! { <Readable thread told/> }.into_any()
    } else {
        let text = Trouble::Refused(Refused::Malformed).text(ui::language());
        view! { <Headline title=text::case_title(ui::language())/> <Refusal text/> }.into_any()
    }
}

#[component]
fn Readable(thread: Thread, told: Told) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let forces = desk.trusted().map(|trusted| trusted.forces).unwrap_or_default();
    let reference = thread.proof.reference.clone();
    let (log, open) = (thread.log, thread.closed.is_none());
    let test = matches!(thread.origin, Origin::Test { .. }).then_some(thread.compartment.id);
    let shown = rows::Shown {
        concern: &thread.concern,
        told: &told,
        signs: None,
        files: &[],
        forces: &forces,
    };
    view! {
        <a class="govuk-back-link" href=Place::Queue.path(lang)>{text::queue_title(lang)}</a>
        <Headline title=text::case_title(lang)/>
        <p class="govuk-body">{text::sent_reference(lang)} " " <strong class="candour-reference">{reference}</strong></p>
        <Safety told=told.clone() withdrawn=withdrawn(&thread)/>
        <OriginNotice origin=thread.origin.clone()/>
        {test.map(|group| view! { <CloseTest log group open/> })}
        <Additions thread=thread.clone()/>
        <div class="candour-case">
            {cards::cards(&shown, &[Section::Reach])}
            <FileList log files=thread.files.clone()/>
            <SummaryCard title=text::case_origin(lang) rows=origin_rows(&thread, lang)/>
        </div>
        <Receipt proof=thread.proof/>
        <Paragraph text=text::case_care(lang)/>
    }
}

/// Where the practitioner has withdrawn it: whether the person affected may still be contacted.
fn withdrawn(thread: &Thread) -> Option<MayContact> {
    let mut all = thread.more.iter().rev();
    all.find_map(|(_, bytes)| More::from_bytes(bytes).ok()?.withdrawn)
}

/// Whom the unit may tell which organisation it comes from: where nothing was said, nobody before the practitioner was asked.
fn naming(may: Option<MayName>, lang: Language) -> Text {
    match may.unwrap_or(MayName::AskFirst) {
        MayName::AskFirst => text::safety_name_ask_first(lang),
        MayName::Investigators => text::safety_name_investigators(lang),
        MayName::Force => text::safety_name_force(lang),
    }
}

/// A withdrawal allows nothing that was not allowed before.
fn stricter(told: MayContact, withdrawn: Option<MayContact>) -> MayContact {
    match (told, withdrawn.unwrap_or(told)) {
        (MayContact::Never, _) | (_, MayContact::Never) => MayContact::Never,
        (MayContact::ThroughMe, _) | (_, MayContact::ThroughMe) => MayContact::ThroughMe,
        (MayContact::Directly, MayContact::Directly) => MayContact::Directly,
    }
}

/// How to reach the practitioner, and what must not be done: before anything else.
#[component]
fn Safety(told: Told, withdrawn: Option<MayContact>) -> impl IntoView {
    let lang = ui::language();
    let rule = match stricter(told.contact.rule(), withdrawn) {
        MayContact::Never => text::safety_never(lang),
        MayContact::ThroughMe => text::safety_through_me(lang),
        MayContact::Directly => text::safety_directly(lang),
    };
    let danger =
        (told.danger == Some(Danger::Yes)).then(|| view! { <WarningText text=text::safety_danger(lang)/> });
    let ask_first = told
        .ask_first
        .then(|| view! { <WarningText text=text::safety_ask_first(lang)/> });
    view! {
        <section class="candour-safety" aria-labelledby="safety-title">
            <h2 id="safety-title" class="govuk-heading-m">{text::safety_title(lang)}</h2>
            {withdrawn.map(|_| view! { <WarningText text=text::safety_withdrawn(lang)/> })}
            {danger}
            <WarningText text=rule/>
            {ask_first}
            <WarningText text=naming(told.may_name, lang)/>
            <WarningText text=text::safety_text(lang)/>
            <h3 class="govuk-heading-s">{text::row_contact(lang)}</h3>
            <p class="candour-case__text notranslate" translate="no">{told.reach}</p>
        </section>
    }
}

/// A warning where nobody knows who wrote it, and a word where it is a test.
#[component]
fn OriginNotice(origin: Origin) -> impl IntoView {
    let lang = ui::language();
    let notice = match origin {
        Origin::Unverified => Some((text::unverified_title(lang), text::unverified_text(lang))),
        Origin::Test { .. } => Some((text::test_title(lang), text::test_text(lang))),
        Origin::Member { .. } | Origin::Organisation { .. } => None,
    };
    notice.map(|(title, text)| {
        view! {
            <Banner title>
                <p class="govuk-notification-banner__heading">{text}</p>
            </Banner>
        }
    })
}

fn origin_rows(thread: &Thread, lang: Language) -> Vec<Row> {
    let mut rows = match &thread.origin {
        Origin::Member { partner, words, .. } => {
            let words = view! { <Words words=words.clone()/> }.into_any();
            vec![
                Row::text(text::origin_partner(lang), Text::of(partner.clone())),
                Row::text(text::row_signs(lang), text::origin_member(lang)),
                Row {
                    key: text::origin_words(lang),
                    value: words,
                    action: None,
                },
            ]
        }
        Origin::Organisation { partner } => vec![
            Row::text(text::origin_partner(lang), Text::of(partner.clone())),
            Row::text(text::row_signs(lang), text::origin_organisation(lang)),
        ],
        Origin::Test { words } => vec![
            Row::text(text::origin_partner(lang), text::origin_test(lang)),
            Row {
                key: text::origin_words(lang),
                value: view! { <Words words=words.clone()/> }.into_any(),
                action: None,
            },
        ],
        Origin::Unverified => vec![Row::text(
            text::origin_partner(lang),
            text::origin_unverified(lang),
        )],
    };
    rows.push(Row::text(text::row_written(lang), ui::minute(thread.written)));
    rows.push(Row::text(
        text::row_language(lang),
        language_name(thread.concern.language),
    ));
    if let Some(opened) = thread.opened {
        rows.push(Row::text(text::row_opened(lang), ui::minute(opened)));
    }
    if let Some(closed) = thread.closed {
        rows.push(Row::text(text::row_closed(lang), ui::minute(closed)));
    }
    rows
}

/// A language by its own name.
fn language_name(language: Language) -> Text {
    Text::of(match language {
        Language::English => "English",
        Language::Welsh => "Cymraeg",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withdrawal_allows_no_more_than_was_told() {
        use MayContact::{Directly, Never, ThroughMe};
        for (told, withdrawn, rule) in [
            (Never, Some(Directly), Never),
            (ThroughMe, Some(Directly), ThroughMe),
            (Directly, Some(Never), Never),
            (Directly, None, Directly),
        ] {
            assert_eq!(stricter(told, withdrawn), rule);
        }
    }
}
