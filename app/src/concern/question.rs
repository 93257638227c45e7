//! The questions that are answered in writing: what they ask, and where the answer is kept.

use super::{
    answers::{check, field},
    section::Section,
};
use crate::{
    text::{self, Text},
    ui::Problem,
};
use protocol::{
    concern::{LONG, Language, SHORT},
    told::{Subject, Told},
};

/// A question that is answered in writing, about a `T`.
pub(crate) struct Question<T = Told> {
    /// Its field.
    pub(crate) id: &'static str,
    /// What it asks.
    pub(crate) label: fn(Language) -> Text,
    /// What helps to answer it.
    pub(crate) hint: Option<fn(Language) -> Text>,
    /// What is said where there is no answer, if there must be one.
    pub(crate) missing: Option<fn(Language) -> Text>,
    /// The name of its row among the answers.
    pub(crate) row: fn(Language) -> Text,
    /// The most characters.
    pub(crate) most: usize,
    /// How many lines are shown.
    pub(crate) rows: u32,
    /// The answer.
    pub(crate) get: fn(&T) -> &String,
    /// Where it is changed.
    pub(crate) set: fn(&mut T) -> &mut String,
}

impl<T> Question<T> {
    /// What is wrong with the answer.
    pub(crate) fn problem(&self, told: &T, lang: Language) -> Option<Problem> {
        let missing = self.missing.map(|missing| missing(lang));
        let text = check((self.get)(told), self.most, missing, lang)?;
        Some(Problem { field: self.id, text })
    }
}

macro_rules! question {
    ($id:expr, $name:ident$(<$of:ident>)?: $label:ident, $hint:ident, $row:ident, [$($path:ident).+], $rows:literal $(, $most:ident, $missing:ident)?) => {
        const $name: Question$(<$of>)? = Question {
            id: $id,
            label: text::$label,
            hint: Some(text::$hint),
            missing: question!(@missing $($missing)?),
            row: text::$row,
            most: question!(@most $($most)?),
            rows: $rows,
            get: |told| &told.$($path).+,
            set: |told| &mut told.$($path).+,
        };
    };
    (@missing) => { None };
    (@missing $missing:ident) => { Some(text::$missing) };
    (@most) => { SHORT };
    (@most $most:ident) => { $most };
}

question!(field::HAPPENED, HAPPENED: happened_label, happened_hint, row_happened, [happened], 14, LONG, happened_missing);
question!("place", PLACE: place_label, place_hint, row_place, [place], 3);
question!("told-when", TOLD_WHEN: told_when_label, told_when_hint, row_told_when, [told_when], 2);
question!("words", WORDS: words_label, words_hint, row_quoted, [words], 5);
question!("known-as", KNOWN_AS: known_as_label, known_as_hint, row_known_as, [affected.known_as], 1);
question!("referred-to", REFERRED_TO: referred_to_label, referred_to_hint, row_referred_to, [affected.referred_to], 2);
question!("why", WHY: why_label, why_hint, row_why, [consent.why], 4);
question!("safely", SAFELY: safely_label, safely_hint, row_safely, [contact.safely], 5);
question!("not-before", NOT_BEFORE: not_before_label, not_before_hint, row_not_before, [contact.not_before], 3);
question!("needs", NEEDS: needs_label, needs_hint, row_needs, [contact.needs], 2);
question!("risk", RISK: risk_label, risk_hint, row_risk, [risk], 5);
question!("exposed", EXPOSED: exposed_label, exposed_hint, row_exposed, [exposed], 3);
question!("elsewhere", ELSEWHERE: elsewhere_label, elsewhere_hint, row_elsewhere, [elsewhere], 4);
question!("references", REFERENCES: references_label, references_hint, row_references, [references], 3);
question!(field::REACH, REACH: contact_label, contact_hint, row_contact, [reach], 4, SHORT, contact_missing);

question!("subject-name", NAME<Subject>: subject_name, subject_name_hint, row_who, [name], 1);
question!("subject-number", NUMBER<Subject>: subject_number, subject_number_hint, row_rank, [number], 1);
question!("subject-station", STATION<Subject>: subject_station, subject_station_hint, row_station, [station], 1);
question!("subject-looks", LOOKS<Subject>: subject_looks, subject_looks_hint, row_looks, [looks], 3);
question!("subject-traces", TRACES<Subject>: subject_traces, subject_traces_hint, row_traces, [traces], 3);
question!("subject-link", LINK<Subject>: subject_link, subject_link_hint, row_link, [link], 3);

/// Who somebody is.
pub(crate) const WHO: [Question<Subject>; 3] = [NAME, NUMBER, STATION];
/// How to tell them from others.
pub(crate) const MARKS: [Question<Subject>; 3] = [LOOKS, TRACES, LINK];

/// Those of a section, in their order.
pub(crate) fn questions(section: Section) -> &'static [Question] {
    match section {
        Section::Happened => &[HAPPENED],
        Section::Place => &[PLACE],
        Section::Source => &[TOLD_WHEN, WORDS],
        Section::Affected => &[KNOWN_AS, REFERRED_TO],
        Section::Consent => &[WHY],
        Section::Contact => &[SAFELY, NOT_BEFORE, NEEDS],
        Section::Risk => &[RISK, EXPOSED],
        Section::Evidence => &[ELSEWHERE],
        Section::Informed => &[REFERENCES],
        Section::Reach => &[REACH],
        _ => &[],
    }
}
