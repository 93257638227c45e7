//! Saying what one found: a form, and then a page of its own that says what will happen.

use super::{Application, application::Folder, find, founding::turn_away_lead};
use crate::{
    account::desk::Desk,
    text::{self, Text},
    ui::{
        self, Bound, ErrorSummary, Heading, Headline, List, PlainButton, Problem, Radios, Row, SecureForm,
        SubmitButton, SummaryList, TextArea, WarningText,
    },
};
use leptos::prelude::*;
use protocol::concern::{Language, TextProblem, check_text};

/// The most characters of a note.
pub const LONGEST_NOTE: usize = 2_000;
/// The ids of the fields.
const APPROVES: &str = "approves";
const NOTE: &str = "note";

/// What somebody is asked about once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sure {
    /// To approve.
    Approve,
    /// To refuse.
    Refuse,
    /// To turn away whoever answered the invitation, or to take it back.
    TurnAway,
}

/// The form.
#[component]
pub(super) fn FindingForm() -> impl IntoView {
    let (folder, lang) = (expect_context::<Folder>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let go_on = move |()| {
        let (approves, note) = (folder.approves.get_untracked(), folder.note.get_untracked());
        problems.set(wrong(approves, &note, lang));
        if problems.with_untracked(Vec::is_empty) {
            let sure = if approves == Some(true) {
                Sure::Approve
            } else {
                Sure::Refuse
            };
            folder.sure.set(Some(sure));
        }
    };
    let options = vec![
        (true, text::finding_approve(lang)),
        (false, text::finding_refuse(lang)),
    ];
    view! {
        <ErrorSummary problems/>
        <Heading text=text::finding_title(lang)/>
        <List items=vec![text::finding_how_register(lang), text::finding_how_ring(lang), text::finding_how_alone(lang)]/>
        <SecureForm submit=Callback::new(go_on)>
            <Radios id=APPROVES legend=text::finding_question(lang) options value=Bound::whole(folder.approves) problems/>
            <TextArea id=NOTE label=text::finding_note(lang) hint=text::finding_note_hint(lang) most=LONGEST_NOTE
                value=Bound::whole(folder.note) problems/>
            <SubmitButton text=text::go_on(lang) busy=text::go_on(lang) pending=false/>
        </SecureForm>
    }
}

fn wrong(approves: Option<bool>, note: &str, lang: Language) -> Vec<Problem> {
    let unanswered = approves.is_none().then(|| Problem {
        field: APPROVES,
        text: text::finding_missing(lang),
    });
    let note = check_text(note, LONGEST_NOTE).err().map(|problem| Problem {
        field: NOTE,
        text: match problem {
            TextProblem::Empty => text::finding_note_missing(lang),
            TextProblem::TooLong { most, over } => text::text_too_long(lang, most, over),
            TextProblem::Unshowable => text::text_unshowable(lang),
        },
    });
    unanswered.into_iter().chain(note).collect()
}

/// The page that asks once more.
#[component]
pub(super) fn SurePage(one: Application, sure: Sure) -> impl IntoView {
    let (desk, folder, lang) = (
        expect_context::<Desk>(),
        expect_context::<Folder>(),
        ui::language(),
    );
    let id = one.id;
    let press = move |()| {
        folder.sure.set(None);
        let note = folder.note.get_untracked();
        folder.acts.act(said(sure, lang), async move {
            match sure {
                Sure::Approve => desk.fresh(|| find(id, true, note.clone())).await,
                Sure::Refuse => desk.fresh(|| find(id, false, note.clone())).await,
                Sure::TurnAway => desk.fresh(|| turn_away_lead(id)).await,
            }
        });
    };
    let mut rows = vec![Row::written(text::row_name(lang), one.organisation.name)];
    if sure != Sure::TurnAway {
        rows.push(Row::written(text::row_note(lang), folder.note.get_untracked()));
    }
    let (title, warning, button) = words(sure, lang);
    let class = if sure == Sure::Approve {
        "govuk-button"
    } else {
        "govuk-button govuk-button--warning"
    };
    view! {
        <Headline title/>
        <SummaryList rows/>
        <WarningText text=warning/>
        <List items=consequences(sure, lang)/>
        <div class="govuk-button-group">
            <PlainButton text=button press class/>
            <PlainButton text=text::cancel(lang) press=move |()| folder.sure.set(None)/>
        </div>
    }
}

fn words(sure: Sure, lang: Language) -> (Text, Text, Text) {
    match sure {
        Sure::Approve => (
            text::approve_title(lang),
            text::finding_for_good(lang),
            text::approve_button(lang),
        ),
        Sure::Refuse => (
            text::refuse_title(lang),
            text::finding_for_good(lang),
            text::refuse_button(lang),
        ),
        Sure::TurnAway => (
            text::turn_away_title(lang),
            text::turn_away_for_good(lang),
            text::turn_away_button(lang),
        ),
    }
}

fn consequences(sure: Sure, lang: Language) -> Vec<Text> {
    match sure {
        Sure::Approve => vec![
            text::approve_name(lang),
            text::approve_second(lang),
            text::approve_no_account(lang),
        ],
        Sure::Refuse => vec![
            text::approve_name(lang),
            text::refuse_ends(lang),
            text::refuse_tell(lang),
        ],
        Sure::TurnAway => vec![
            text::turn_away_link(lang),
            text::turn_away_account(lang),
            text::turn_away_again(lang),
        ],
    }
}

fn said(sure: Sure, lang: Language) -> Text {
    match sure {
        Sure::Approve | Sure::Refuse => text::finding_said(lang),
        Sure::TurnAway => text::turned_away_said(lang),
    }
}
