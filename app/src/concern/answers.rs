//! The answers to the form, finished or not, and what is wrong with them.

use super::{
    choice::Signs,
    question::{MARKS, WHO, questions},
    readers::READERS,
    section::Section,
    standing::{reader, standing},
    typed::TypedTime,
};
use crate::{
    text::{self, Text},
    ui::Problem,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use minicbor::{Decode, Encode};
use protocol::{
    codec,
    concern::{Concern, Language, Standing, TextProblem, check_text},
    id::LogId,
    told::{self, Age, Agrees, Contact, Date, MayContact, NamedBy, Rank, Subject, Told, Whether, may_be},
    vault::{CompartmentView, ForceView},
};

/// The ids of the fields, by which the error summary finds them.
pub(crate) mod field {
    pub(crate) const EMPLOYER: &str = "employer";
    pub(crate) const FORCE: &str = "force";
    pub(crate) const LOOKED_FOR: &str = "looked-for";
    pub(crate) const SUGGESTED: &str = "suggested";
    pub(crate) const STANDING: &str = "standing";
    pub(crate) const APART: &str = "apart";
    pub(crate) const HAPPENED: &str = "happened";
    pub(crate) const SUBJECTS: &str = "people";
    pub(crate) const WHEN_FROM: &str = "when-from";
    pub(crate) const WHEN_TO: &str = "when-to";
    pub(crate) const REACH: &str = "reach";
    pub(crate) const SIGNS: &str = "in-whose-name";
}

/// Answers as they were typed. CBOR array in this order: unfinished ones are stored, sealed, for some weeks.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Answers {
    #[n(0)]
    pub(crate) force: String,
    #[n(1)]
    pub(crate) standing: Option<Standing>,
    #[n(2)]
    pub(crate) signs: Option<Signs>,
    #[n(3)]
    pub(crate) told: Told,
    /// When it happened, as it was typed.
    #[n(4)]
    pub(crate) when: TypedTime,
    /// The sections that were done.
    #[n(5)]
    pub(crate) done: Vec<Section>,
    /// Whether the answers were checked once, so that a change leads back there.
    #[n(6)]
    pub(crate) checked: bool,
    /// The place by which a force was looked for.
    #[n(7)]
    pub(crate) looked_for: String,
    /// The thread that they were last sealed into: written down before it is sent, so that a draft that outlives its sending is not
    /// sent twice.
    #[n(8)]
    pub(crate) sent_as: Option<LogId>,
}

impl core::fmt::Debug for Answers {
    /// Nothing of what was typed.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Answers(..)")
    }
}

impl Answers {
    /// As one text, to be sealed.
    pub(crate) fn to_text(&self) -> String {
        STANDARD.encode(codec::encode(self))
    }

    /// From that text.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        codec::decode(&STANDARD.decode(text).ok()?).ok()
    }

    /// Chooses a force. Whether its readers must not read it is asked anew: it was said of others.
    pub(crate) fn choose_force(&mut self, force: String) {
        if self.force != force {
            self.force = force;
            self.standing = None;
            self.told.routing.apart = None;
        }
    }

    /// Notes that `section` was done.
    pub(crate) fn finish(&mut self, section: Section) {
        if !self.is_done(section) {
            self.done.push(section);
        }
    }

    /// Whether `section` was done.
    pub(crate) fn is_done(&self, section: Section) -> bool {
        self.done.contains(&section)
    }

    /// Who would read it; nothing where nobody can, or where that is not answered.
    pub(crate) fn reader<'a>(&self, forces: &'a [ForceView]) -> Option<&'a CompartmentView> {
        let force = forces.iter().find(|force| force.id == self.force)?;
        reader(self.standing?, force)
    }

    /// Works out from the answers, and from who is listed, who is to read it.
    pub(crate) fn settle(&mut self, forces: &[ForceView]) {
        let force = forces.iter().find(|force| force.id == self.force);
        self.standing = standing(self.told.routing, force);
    }

    /// Why nobody can read it here, where both questions of who receives it are answered and nobody can.
    pub(crate) fn no_reader(&self, forces: &[ForceView], lang: Language) -> Option<Text> {
        let known = forces.iter().any(|force| force.id == self.force);
        if !known || self.reader(forces).is_some() {
            return None;
        }
        match (self.standing, self.told.routing.apart, self.told.routing.rank) {
            (Some(standing), ..) => Some(no_reader(standing, lang)),
            (None, _, Some(Rank::Elected)) => Some(text::no_reader_elected(lang)),
            (None, Some(Whether::Yes), Some(_)) => Some(text::no_reader_apart(lang)),
            _ => None,
        }
    }

    /// What is wrong with the answers of `section`. What is only unknown is never wrong.
    pub(crate) fn problems(&self, section: Section, sight: Sight<'_>, lang: Language) -> Vec<Problem> {
        match section {
            Section::Recipient => self.recipient_problems(sight.forces, lang),
            Section::When => self.when_problems(sight.latest, lang),
            Section::Reach => self.reach_problems(sight.partner, lang),
            Section::Subjects => self.subject_problems(lang),
            _ => self.text_problems(section, lang),
        }
    }

    /// What still has to be answered or mended before it can be sent: the sections.
    pub(crate) fn unready(&self, sight: Sight<'_>, lang: Language) -> Vec<Section> {
        let all = super::section::groups(lang);
        let sections = all.iter().flat_map(|group| group.sections).copied();
        sections
            .filter(|section| !self.problems(*section, sight, lang).is_empty())
            .collect()
    }

    fn recipient_problems(&self, forces: &[ForceView], lang: Language) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut say = |field, text| found.push(Problem { field, text });
        let routing = self.told.routing;
        if routing.employer.is_none() {
            say(field::EMPLOYER, text::employer_missing(lang));
        }
        if !forces.iter().any(|force| force.id == self.force) {
            say(field::FORCE, text::force_missing(lang));
        }
        if routing.rank.is_none() {
            say(field::STANDING, text::standing_missing(lang));
        }
        let force = forces.iter().find(|force| force.id == self.force);
        match self.no_reader(forces, lang) {
            Some(text) => say(READERS, text),
            // Who is listed has changed since: what was apart may be no more.
            None if standing(routing, force) != self.standing => say(READERS, text::readers_changed(lang)),
            None if routing.rank.is_some() && routing.apart.is_none() => {
                say(field::APART, text::apart_missing(lang));
            }
            None => {}
        }
        found
    }

    fn when_problems(&self, latest: Date, lang: Language) -> Vec<Problem> {
        let (from, to) = self.when.wrong(latest, lang);
        let at = |field| move |text| Problem { field, text };
        from.map(at(field::WHEN_FROM))
            .into_iter()
            .chain(to.map(at(field::WHEN_TO)))
            .collect()
    }

    fn reach_problems(&self, partner: bool, lang: Language) -> Vec<Problem> {
        let missing = (partner && self.signs.is_none()).then(|| Problem {
            field: field::SIGNS,
            text: text::signs_missing(lang),
        });
        // In the order of the page.
        let texts = self.text_problems(Section::Reach, lang);
        texts.into_iter().chain(missing).collect()
    }

    /// One for each person of whom something is wrong: it is mended on the page of that person.
    fn subject_problems(&self, lang: Language) -> Vec<Problem> {
        let wrong = |(number, one): (u32, &Subject)| {
            let first = WHO
                .iter()
                .chain(&MARKS)
                .find_map(|asked| asked.problem(one, lang))?;
            Some(Problem {
                field: field::SUBJECTS,
                text: text::subject_wrong(lang, number, first.text.plain()),
            })
        };
        (1..).zip(&self.told.subjects).filter_map(wrong).collect()
    }

    fn text_problems(&self, section: Section, lang: Language) -> Vec<Problem> {
        let asked = questions(section).iter();
        asked.filter_map(|one| one.problem(&self.told, lang)).collect()
    }

    /// The concern, as far as it can be made.
    pub(crate) fn concern(&self, language: Language) -> Option<Concern> {
        let mut told = self.told.clone();
        told.when = self.when.read(language).ok()?;
        forget_hidden(&mut told);
        Some(Concern {
            force: self.force.clone(),
            standing: self.standing?,
            language,
            told: told.to_bytes(),
        })
    }

    /// Whether there is more than one concern can carry.
    pub(crate) fn is_too_long(&self) -> bool {
        self.told.to_bytes().len() > told::MOST
    }
}

/// What was verified, as far as answers depend on it.
#[derive(Clone, Copy)]
pub(crate) struct Sight<'a> {
    /// The forces.
    pub(crate) forces: &'a [ForceView],
    /// Whether there is an organisation to sign for.
    pub(crate) partner: bool,
    /// The last day on which anything can have happened.
    pub(crate) latest: Date,
}

/// Takes out what an answer that was changed since has hidden from the page: nobody checked it.
fn forget_hidden(told: &mut Told) {
    let affected = &mut told.affected;
    if affected.identity == Some(NamedBy::Nothing) {
        affected.known_as.clear();
    }
    if !matches!(affected.age, Some(Age::Child | Age::AtRisk)) {
        affected.referral = None;
        affected.referred_to.clear();
    }
    if matches!(told.consent.agrees, None | Some(Agrees::Yes)) {
        told.consent.reasons.clear();
        told.consent.why.clear();
    }
    if told.contact.rule() == MayContact::Never {
        told.contact = Contact {
            may: told.contact.may,
            ..Contact::default()
        };
    }
}

/// Why nobody can read it here. It never leads to another answer: that would send it to those it must not reach.
fn no_reader(standing: Standing, lang: Language) -> Text {
    match standing {
        Standing::Usual => text::no_reader_usual(lang),
        Standing::Close => text::no_reader_close(lang),
        Standing::Chief => text::no_reader_chief(lang),
    }
}

/// What is wrong with a text. Where there is no `missing`, it may be left empty.
pub(crate) fn check(text: &str, most: usize, missing: Option<Text>, lang: Language) -> Option<Text> {
    let checked = if missing.is_some() {
        check_text(text, most)
    } else {
        may_be(text, most)
    };
    match checked.err()? {
        TextProblem::Empty => missing,
        TextProblem::TooLong { most, over } => Some(text::text_too_long(lang, most, over)),
        TextProblem::Unshowable => Some(text::text_unshowable(lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concern::typed::Exactly;
    use protocol::{
        concern::{LONG, SHORT},
        id::{AccountId, GroupId},
        told::{Employer, Routing, Subject, When},
    };

    const LANG: Language = Language::English;
    const LATEST: Date = Date {
        year: 2026,
        month: 3,
        day: 4,
    };

    fn unit(n: u8) -> CompartmentView {
        let words = Vec::new();
        CompartmentView {
            id: GroupId([n; 16]),
            unit: n.to_string(),
            sealed: n == 2,
            members: 3,
            leads: 1,
            holders: vec![AccountId([n; 16])],
            words,
            custodians: vec![],
            aims: None,
        }
    }

    fn forces() -> Vec<ForceView> {
        let (id, name) = ("north".to_owned(), "North".to_owned());
        vec![ForceView {
            id,
            name,
            intake: Some(unit(1)),
            sealed: Some(unit(2)),
            oversight: None,
        }]
    }

    fn full() -> Answers {
        Answers {
            force: "north".into(),
            standing: Some(Standing::Usual),
            signs: Some(Signs::Myself),
            told: Told {
                happened: "He keeps driving past.".into(),
                reach: "My work phone".into(),
                routing: Routing {
                    employer: Some(Employer::Seen),
                    uncertain: false,
                    rank: Some(Rank::Usual),
                    apart: Some(Whether::No),
                },
                ..Told::default()
            },
            ..Answers::default()
        }
    }

    /// About somebody who stands so.
    fn ranked(standing: Standing) -> Answers {
        let mut answers = told(|told| {
            told.routing.rank = Some(match standing {
                Standing::Usual => Rank::Usual,
                Standing::Close => Rank::Near,
                Standing::Chief => Rank::Chief,
            });
        });
        answers.standing = Some(standing);
        answers
    }

    fn told(change: impl FnOnce(&mut Told)) -> Answers {
        let mut answers = full();
        change(&mut answers.told);
        answers
    }

    /// The fields of what is wrong in any section.
    fn wrong(answers: &Answers, partner: bool) -> Vec<&'static str> {
        let forces = forces();
        let sight = Sight {
            forces: &forces,
            partner,
            latest: LATEST,
        };
        let groups = super::super::section::groups(LANG);
        let all = groups.iter().flat_map(|group| group.sections);
        all.flat_map(|section| answers.problems(*section, sight, LANG))
            .map(|problem| problem.field)
            .collect()
    }

    fn fields(problems: &[Problem]) -> Vec<&str> {
        problems.iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn only_what_cannot_be_done_without_is_asked_for() {
        let empty = Answers::default();
        let needed = [field::EMPLOYER, field::FORCE, field::STANDING, field::HAPPENED];
        assert_eq!(
            wrong(&empty, true),
            [&needed[..], &[field::REACH, field::SIGNS]].concat()
        );
        assert_eq!(wrong(&empty, false), [&needed[..], &[field::REACH]].concat());
        assert!(empty.concern(LANG).is_none());
    }

    #[test]
    fn full_answers_have_no_problem_and_make_a_sound_concern() {
        assert_eq!(wrong(&full(), true), [""; 0]);
        let concern = full().concern(LANG).unwrap();
        assert!(concern.is_sound() && concern.told() == Ok(full().told));
    }

    #[test]
    fn a_time_is_sealed_as_it_is_read() {
        let mut answers = full();
        answers.when.exactly = Some(Exactly::Around);
        answers.when.from.year = "2019".into();
        assert_eq!(
            answers.concern(LANG).unwrap().told().unwrap().when,
            Some(When::Year(2019))
        );
        answers.when.from.year = "last".into();
        assert_eq!(wrong(&answers, true), [field::WHEN_FROM]);
        assert!(answers.concern(LANG).is_none());
    }

    #[test]
    fn the_standing_decides_who_reads_it() {
        let reader = |standing| ranked(standing).reader(&forces()).cloned();
        assert_eq!(reader(Standing::Usual), Some(unit(1)));
        assert_eq!(reader(Standing::Close), Some(unit(2)));
        assert_eq!(reader(Standing::Chief), None);
        let chief = ranked(Standing::Chief);
        assert_eq!(fields(&chief.recipient_problems(&forces(), LANG)), [READERS]);
    }

    #[test]
    fn who_must_not_read_it_leads_to_others_as_long_as_the_lists_say_so() {
        let mut answers = told(|told| told.routing.apart = Some(Whether::Yes));
        let mut forces = forces();
        assert_eq!(
            fields(&answers.recipient_problems(&forces, LANG)),
            [READERS],
            "not settled yet"
        );
        answers.settle(&forces);
        assert_eq!(answers.reader(&forces), Some(&unit(2)));
        assert_eq!(answers.recipient_problems(&forces, LANG), []);
        // Somebody of the one group has come into the other since.
        let sealed = forces[0].sealed.as_mut().unwrap();
        sealed.holders.push(AccountId([1; 16]));
        assert_eq!(fields(&answers.recipient_problems(&forces, LANG)), [READERS]);
        answers.settle(&forces);
        assert_eq!(answers.standing, None);
        let said = answers.no_reader(&forces, LANG).unwrap().plain();
        assert!(said.contains("among them"), "{said}");
        assert!(answers.concern(LANG).is_none(), "nothing can be sent");
    }

    #[test]
    fn who_cannot_be_reached_here_is_never_told_to_answer_differently() {
        let forces = vec![ForceView {
            intake: None,
            sealed: None,
            ..forces().remove(0)
        }];
        for standing in [Standing::Usual, Standing::Close, Standing::Chief] {
            let answers = ranked(standing);
            let said = answers.no_reader(&forces, LANG).unwrap_or_default().plain();
            assert!(said.contains("Use one of these"), "{said}");
            assert!(!said.contains("answer") && !said.contains("choose"), "{said}");
            assert_eq!(fields(&answers.recipient_problems(&forces, LANG)), [READERS]);
        }
        assert_eq!(full().no_reader(&[], LANG), None);
        assert_eq!(Answers::default().no_reader(&forces, LANG), None);
    }

    #[test]
    fn an_oversight_body_reads_of_a_chief_officer_where_there_is_no_unit_yet() {
        let forces = vec![ForceView {
            intake: None,
            sealed: None,
            oversight: Some(unit(3)),
            ..forces().remove(0)
        }];
        let chief = ranked(Standing::Chief);
        assert_eq!(chief.recipient_problems(&forces, LANG), []);
        assert_eq!(chief.reader(&forces), Some(&unit(3)));
        assert_eq!(fields(&full().recipient_problems(&forces, LANG)), [READERS]);
    }

    #[test]
    fn what_a_later_answer_hides_is_not_sent() {
        let answers = told(|told| {
            told.contact.may = Some(MayContact::Never);
            told.contact.safely = "Ring on Monday".into();
            told.affected.age = Some(Age::Adult);
            told.affected.referred_to = "The council".into();
            told.consent.agrees = Some(Agrees::Yes);
            told.consent.why = "Could not ask".into();
            told.affected.identity = Some(NamedBy::Nothing);
            told.affected.known_as = "A. B.".into();
        });
        let sent = answers.concern(LANG).unwrap().told().unwrap();
        let left = [
            sent.contact.safely,
            sent.affected.referred_to,
            sent.consent.why,
            sent.affected.known_as,
        ];
        assert_eq!(left, [""; 4]);
    }

    #[test]
    fn texts_that_cannot_be_sealed_are_refused_in_the_form() {
        let long = told(|told| told.happened = "é".repeat(LONG + 1));
        assert_eq!(wrong(&long, true), [field::HAPPENED]);
        let odd = told(|told| told.risk = "a\0b".into());
        assert_eq!(wrong(&odd, true), ["risk"]);
        let somebody = Subject {
            looks: "x".repeat(SHORT + 1),
            ..Subject::default()
        };
        let odd = told(|told| told.subjects.push(somebody));
        assert_eq!(wrong(&odd, true), [field::SUBJECTS]);
        assert!(!told(|told| told.risk = " ".into()).is_too_long());
    }

    #[test]
    fn unfinished_answers_come_back_as_they_were() {
        let mut half = told(|told| told.happened = "Half a senten".into());
        half.when.from.day = "x".into();
        half.finish(Section::Happened);
        assert_eq!(Answers::from_text(&half.to_text()), Some(half));
        assert_eq!(Answers::from_text("nothing"), None);
    }

    #[test]
    fn another_force_asks_anew_who_must_not_read() {
        let mut answers = told(|told| told.routing.apart = Some(Whether::Yes));
        answers.standing = Some(Standing::Usual);
        answers.choose_force(answers.force.clone());
        assert_eq!(answers.told.routing.apart, Some(Whether::Yes));
        answers.choose_force("elsewhere".into());
        assert_eq!((answers.standing, answers.told.routing.apart), (None, None));
    }

    #[test]
    fn what_is_wrong_about_one_of_several_people_names_them() {
        let long = Subject {
            looks: "x".repeat(SHORT + 1),
            ..Subject::default()
        };
        let answers = told(|told| told.subjects = vec![Subject::default(), long]);
        let found = answers.subject_problems(LANG);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].field, field::SUBJECTS);
        assert!(found[0].text.plain().starts_with("Person 2: Shorten"));
    }
}
