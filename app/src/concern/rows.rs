//! What was told as rows of names and values, in the sections in which it was asked.

use super::{
    choice::{Choice, Signs},
    evidence,
    question::{MARKS, Question, WHO, questions},
    section::{self, Section},
};
use crate::{
    text::{self, Text},
    ui::{self, Row},
};
use leptos::prelude::*;
use protocol::{
    concern::{Concern, Language},
    told::{Date, Subject, Told, When},
    vault::{FileView, ForceView},
};

/// What is shown of a concern.
pub(crate) struct Shown<'a> {
    /// The concern.
    pub(crate) concern: &'a Concern,
    /// What is told in it.
    pub(crate) told: &'a Told,
    /// In whose name it goes, while that can be chosen.
    pub(crate) signs: Option<Signs>,
    /// The files that go with it, where they are not shown otherwise.
    pub(crate) files: &'a [FileView],
    /// The forces, for their names.
    pub(crate) forces: &'a [ForceView],
}

/// Every section in which something is told, with its rows. Where nothing was said, nothing stands.
pub(crate) fn sections(shown: &Shown<'_>, lang: Language) -> Vec<(Section, Vec<Row>)> {
    let groups = section::groups(lang);
    let all = groups.iter().flat_map(|group| group.sections).copied();
    let with_rows = all.map(|section| (section, rows(shown, section, lang)));
    with_rows.filter(|(_, rows)| !rows.is_empty()).collect()
}

/// The rows of one section.
pub(crate) fn rows(shown: &Shown<'_>, section: Section, lang: Language) -> Vec<Row> {
    let told = shown.told;
    let found = match section {
        Section::Danger => vec![one(text::row_danger(lang), told.danger, lang)],
        Section::Recipient => vec![
            Some(Row::text(
                text::row_force(lang),
                force_name(&shown.concern.force, shown.forces),
            )),
            told.routing
                .uncertain
                .then(|| Row::text(text::row_uncertain(lang), text::uncertain_yes(lang))),
            one(text::row_employer(lang), told.routing.employer, lang),
            Some(Row::text(
                text::row_standing(lang),
                match told.routing.rank {
                    Some(rank) => rank.label(lang),
                    None => shown.concern.standing.label(lang),
                },
            )),
            one(text::row_apart(lang), told.routing.apart, lang),
        ],
        Section::Basis => vec![one(text::row_basis(lang), told.basis, lang)],
        Section::Subjects => return all_subject_rows(&told.subjects, lang),
        Section::Happened => Vec::new(),
        Section::Evidence => shown.files.iter().map(|file| Some(of_file(file, lang))).collect(),
        Section::Conduct => vec![some(text::row_conduct(lang), &told.conduct, lang)],
        Section::Signs => vec![some(text::row_warning_signs(lang), &told.signs, lang)],
        Section::When => vec![when(told, lang), one(text::row_ongoing(lang), told.ongoing, lang)],
        Section::Place => vec![some(text::row_settings(lang), &told.settings, lang)],
        Section::Source => vec![some(text::row_source(lang), &told.sources, lang)],
        Section::Affected => affected(told, lang),
        Section::Consent => vec![
            one(text::row_aware(lang), told.consent.aware, lang),
            one(text::row_agrees(lang), told.consent.agrees, lang),
            some(text::row_reasons(lang), &told.consent.reasons, lang),
        ],
        Section::Contact => contact(told, lang),
        Section::Risk => vec![
            told.ask_first
                .then(|| Row::text(text::row_ask_first(lang), text::yes(lang))),
        ],
        Section::Informed => vec![some(text::row_informed(lang), &told.informed, lang)],
        Section::Reach => vec![
            one(text::row_signs(lang), shown.signs, lang),
            one(text::row_may_name(lang), told.may_name, lang),
        ],
    };
    let texts = questions(section)
        .iter()
        .map(|one| wrote((one.row)(lang), (one.get)(told)));
    found.into_iter().chain(texts).flatten().collect()
}

fn affected(told: &Told, lang: Language) -> Vec<Option<Row>> {
    let affected = &told.affected;
    vec![
        one(text::row_named_by(lang), affected.identity, lang),
        one(text::row_age(lang), affected.age, lang),
        one(text::row_referral(lang), affected.referral, lang),
        some(text::row_vulnerability(lang), &affected.vulnerabilities, lang),
    ]
}

/// Whether they may be contacted is always said: where nothing was answered, the careful answer holds.
fn contact(told: &Told, lang: Language) -> Vec<Option<Row>> {
    let said = told.contact.may.map(|may| may.label(lang));
    let rule = said.unwrap_or_else(|| text::may_contact_unsaid(lang));
    vec![Some(Row::text(text::row_may_contact(lang), rule))]
}

fn all_subject_rows(subjects: &[Subject], lang: Language) -> Vec<Row> {
    let mut rows = Vec::new();
    for (number, subject) in (1..).zip(subjects) {
        if subjects.len() > 1 {
            rows.push(Row::text(text::subject_title(lang, number), Text::default()));
        }
        rows.extend(subject_rows(subject, lang));
    }
    rows
}

/// What is said of one person.
pub(crate) fn subject_rows(subject: &Subject, lang: Language) -> Vec<Row> {
    let text = |question: &Question<Subject>| wrote((question.row)(lang), (question.get)(subject));
    let mut rows: Vec<_> = WHO.iter().chain(&MARKS).map(text).collect();
    rows.insert(1, one(text::row_post(lang), subject.post, lang));
    rows.into_iter().flatten().collect()
}

fn of_file(file: &FileView, lang: Language) -> Row {
    let size = evidence::size(lang, file.length).plain();
    Row::written(text::row_file(lang), format!("{} ({size})", file.name))
}

fn wrote(key: Text, text: &str) -> Option<Row> {
    (!text.trim().is_empty()).then(|| Row::written(key, text.to_owned()))
}

fn one<T: Choice>(key: Text, answer: Option<T>, lang: Language) -> Option<Row> {
    answer.map(|answer| Row::text(key, answer.label(lang)))
}

fn some<T: Choice>(key: Text, answers: &[T], lang: Language) -> Option<Row> {
    let items: Vec<_> = answers.iter().map(|one| one.label(lang)).collect();
    (!items.is_empty()).then(|| Row {
        key,
        value: view! { <ui::List items/> }.into_any(),
        action: None,
    })
}

fn when(told: &Told, lang: Language) -> Option<Row> {
    let key = text::row_when(lang);
    let day = |date: Date| {
        format!(
            "{} {} {}",
            date.day,
            ui::month(date.month, lang).plain(),
            date.year
        )
    };
    let said = match told.when.as_ref()? {
        When::On(date) => day(*date),
        When::Between {
            from: Some(from),
            to: Some(to),
        } => text::when_between(lang, day(*from), day(*to)).plain(),
        When::Between {
            from: Some(from),
            to: None,
        } => text::when_since(lang, day(*from)).plain(),
        When::Between {
            from: None,
            to: Some(to),
        } => text::when_until(lang, day(*to)).plain(),
        When::Between { from: None, to: None } => return None,
        When::Month { year, month } => format!("{} {year}", ui::month(*month, lang).plain()),
        When::Year(year) => year.to_string(),
        When::Said(said) => return Some(Row::written(key, said.clone())),
    };
    Some(Row::text(key, Text::of(said)))
}

/// The force's name; its identifier where the directory no longer lists it.
pub(crate) fn force_name(id: &str, forces: &[ForceView]) -> Text {
    let found = forces.iter().find(|force| force.id == id);
    Text::of(found.map_or_else(|| id.to_owned(), |force| force.name.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{concern::Standing, told::Sign};

    #[test]
    fn only_what_was_said_stands_and_whether_they_may_be_contacted_always_does() {
        let told = Told {
            signs: vec![Sign::Gifts],
            ..Told::default()
        };
        let concern = Concern {
            force: "north".into(),
            standing: Standing::Usual,
            language: Language::English,
            told: told.to_bytes(),
        };
        let shown = Shown {
            concern: &concern,
            told: &told,
            signs: None,
            files: &[],
            forces: &[],
        };
        let found: Vec<_> = sections(&shown, Language::English)
            .iter()
            .map(|(section, _)| *section)
            .collect();
        assert_eq!(found, [Section::Recipient, Section::Signs, Section::Contact]);
    }
}
