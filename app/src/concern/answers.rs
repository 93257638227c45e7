//! The answers to the form, finished or not, and what is wrong with them.

use super::choice::{Known, Signs};
use crate::{
    text::{self, Text},
    ui::Problem,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use borsh::{BorshDeserialize, BorshSerialize};
use protocol::{
    codec,
    concern::{
        Agrees, Aware, Concern, LONG, Language, SHORT, Source, Standing, TextProblem, Who, check_text,
    },
    vault::{CompartmentView, ForceView},
};

/// The ids of the fields, by which the error summary finds them.
pub(crate) mod field {
    pub(crate) const FORCE: &str = "force";
    pub(crate) const STANDING: &str = "standing";
    pub(crate) const HAPPENED: &str = "happened";
    pub(crate) const KNOWN: &str = "known";
    pub(crate) const WHO: &str = "who";
    pub(crate) const SOURCE: &str = "source";
    pub(crate) const AWARE: &str = "aware";
    pub(crate) const AGREES: &str = "agrees";
    pub(crate) const CONTACT: &str = "contact";
    pub(crate) const SIGNS: &str = "signs";
}

/// The pages of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) enum Step {
    /// The force, and how the person stands to its unit: before anything else, because it decides who can read it.
    #[default]
    About,
    /// Everything that is told.
    Account,
    /// Checking it.
    Check,
}

/// Answers as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Answers {
    pub(crate) step: Step,
    /// Whether the answers were checked once, so that a change leads back there.
    pub(crate) checked: bool,
    pub(crate) force: String,
    pub(crate) standing: Option<Standing>,
    pub(crate) happened: String,
    pub(crate) known: Option<Known>,
    pub(crate) who: String,
    pub(crate) source: Option<Source>,
    pub(crate) aware: Option<Aware>,
    pub(crate) agrees: Option<Agrees>,
    pub(crate) contact: String,
    pub(crate) signs: Option<Signs>,
}

impl Answers {
    /// As one text, to be sealed.
    pub(crate) fn to_text(&self) -> String {
        STANDARD.encode(codec::tell(self))
    }

    /// From that text.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        codec::hear(&STANDARD.decode(text).ok()?).ok()
    }

    /// Who would read it; nothing where nobody can, or where the first page is not answered.
    pub(crate) fn reader<'a>(&self, forces: &'a [ForceView]) -> Option<&'a CompartmentView> {
        let force = forces.iter().find(|force| force.id == self.force)?;
        match self.standing? {
            Standing::Usual => force.intake.as_ref(),
            Standing::Close => force.sealed.as_ref(),
            Standing::Chief => force.oversight.as_ref(),
        }
    }

    /// What is wrong with the answers on the first page.
    pub(crate) fn about_problems(&self, forces: &[ForceView], lang: Language) -> Vec<Problem> {
        let mut found = Vec::new();
        let force = forces.iter().find(|force| force.id == self.force);
        let mut say = |field, text| found.push(Problem { field, text });
        if force.is_none() {
            say(field::FORCE, text::force_missing(lang));
        }
        match self.standing {
            None => say(field::STANDING, text::standing_missing(lang)),
            Some(_) => {
                if let Some(text) = self.no_reader(forces, lang) {
                    say(field::STANDING, text);
                }
            }
        }
        found
    }

    /// Why nobody can read it here, where both questions on the first page are answered and nobody can.
    pub(crate) fn no_reader(&self, forces: &[ForceView], lang: Language) -> Option<Text> {
        let standing = self.standing?;
        let known = forces.iter().any(|force| force.id == self.force);
        (known && self.reader(forces).is_none()).then(|| no_reader(standing, lang))
    }

    /// What is wrong with the answers on the second page. `partner` is whether there is an organisation to sign for.
    pub(crate) fn account_problems(&self, partner: bool, lang: Language) -> Vec<Problem> {
        let who_missing = match self.known {
            Some(Known::ByDescription) => text::description_missing(lang),
            _ => text::who_missing(lang),
        };
        let checks = [
            (
                field::HAPPENED,
                written(&self.happened, LONG, text::happened_missing(lang), lang),
            ),
            (field::KNOWN, chosen(self.known, text::known_missing(lang))),
            (
                field::WHO,
                self.known
                    .and_then(|_| written(&self.who, SHORT, who_missing, lang)),
            ),
            (field::SOURCE, chosen(self.source, text::source_missing(lang))),
            (field::AWARE, chosen(self.aware, text::aware_missing(lang))),
            (field::AGREES, chosen(self.agrees, text::agrees_missing(lang))),
            (
                field::CONTACT,
                written(&self.contact, SHORT, text::contact_missing(lang), lang),
            ),
            (
                field::SIGNS,
                if partner {
                    chosen(self.signs, text::signs_missing(lang))
                } else {
                    None
                },
            ),
        ];
        checks
            .into_iter()
            .filter_map(|(field, text)| Some(Problem { field, text: text? }))
            .collect()
    }

    /// The concern, once every answer is there.
    pub(crate) fn concern(&self, language: Language) -> Option<Concern> {
        Some(Concern {
            force: self.force.clone(),
            standing: self.standing?,
            happened: self.happened.clone(),
            who: match self.known? {
                Known::ByName => Who::Named(self.who.clone()),
                Known::ByDescription => Who::Described(self.who.clone()),
            },
            source: self.source?,
            aware: self.aware?,
            agrees: self.agrees?,
            contact: self.contact.clone(),
            language,
        })
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

fn chosen<T>(answer: Option<T>, missing: Text) -> Option<Text> {
    if answer.is_none() { Some(missing) } else { None }
}

fn written(text: &str, most: usize, missing: Text, lang: Language) -> Option<Text> {
    match check_text(text, most).err()? {
        TextProblem::Empty => Some(missing),
        TextProblem::TooLong { most, over } => Some(text::text_too_long(lang, most, over)),
        TextProblem::Unshowable => Some(text::text_unshowable(lang)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::id::GroupId;

    const LANG: Language = Language::English;

    fn unit(n: u8) -> CompartmentView {
        let words = Vec::new();
        CompartmentView {
            id: GroupId([n; 16]),
            unit: n.to_string(),
            sealed: n == 2,
            members: 3,
            words,
            custodians: vec![],
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
            happened: "He keeps driving past.".into(),
            known: Some(Known::ByName),
            who: "PC 123".into(),
            source: Some(Source::ToldByThem),
            aware: Some(Aware::Yes),
            agrees: Some(Agrees::NotAsked),
            contact: "My work phone".into(),
            signs: Some(Signs::Myself),
            ..Answers::default()
        }
    }

    fn fields(problems: &[Problem]) -> Vec<&str> {
        problems.iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn every_empty_answer_is_named_once() {
        let empty = Answers::default();
        assert_eq!(
            fields(&empty.about_problems(&forces(), LANG)),
            [field::FORCE, field::STANDING]
        );
        let expected = [
            field::HAPPENED,
            field::KNOWN,
            field::SOURCE,
            field::AWARE,
            field::AGREES,
            field::CONTACT,
            field::SIGNS,
        ];
        assert_eq!(fields(&empty.account_problems(true, LANG)), expected);
        assert_eq!(fields(&empty.account_problems(false, LANG)), expected[..6]);
        assert!(empty.concern(LANG).is_none());
    }

    #[test]
    fn full_answers_have_no_problem_and_make_a_sound_concern() {
        assert_eq!(full().about_problems(&forces(), LANG), []);
        assert_eq!(full().account_problems(true, LANG), []);
        assert!(full().concern(LANG).is_some_and(|concern| concern.is_sound()));
    }

    #[test]
    fn the_standing_decides_who_reads_it() {
        let reader = |standing| {
            Answers {
                standing: Some(standing),
                ..full()
            }
            .reader(&forces())
            .cloned()
        };
        assert_eq!(reader(Standing::Usual), Some(unit(1)));
        assert_eq!(reader(Standing::Close), Some(unit(2)));
        assert_eq!(reader(Standing::Chief), None);
        let chief = Answers {
            standing: Some(Standing::Chief),
            ..full()
        };
        assert_eq!(fields(&chief.about_problems(&forces(), LANG)), [field::STANDING]);
    }

    #[test]
    fn who_cannot_be_reached_here_is_never_told_to_answer_differently() {
        let forces = vec![ForceView {
            intake: None,
            sealed: None,
            ..forces().remove(0)
        }];
        for standing in [Standing::Usual, Standing::Close, Standing::Chief] {
            let answers = Answers {
                standing: Some(standing),
                ..full()
            };
            let said = answers.no_reader(&forces, LANG).unwrap_or_default().plain();
            assert!(said.contains("Use one of these"), "{said}");
            assert!(!said.contains("answer") && !said.contains("choose"), "{said}");
            assert_eq!(fields(&answers.about_problems(&forces, LANG)), [field::STANDING]);
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
        let chief = Answers {
            standing: Some(Standing::Chief),
            ..full()
        };
        assert_eq!(chief.about_problems(&forces, LANG), []);
        assert_eq!(chief.reader(&forces), Some(&unit(3)));
        assert_eq!(fields(&full().about_problems(&forces, LANG)), [field::STANDING]);
    }

    #[test]
    fn texts_that_cannot_be_sealed_are_refused_in_the_form() {
        let long = Answers {
            happened: "é".repeat(LONG + 1),
            contact: "a\0b".into(),
            ..full()
        };
        assert_eq!(
            fields(&long.account_problems(true, LANG)),
            [field::HAPPENED, field::CONTACT]
        );
        let described = Answers {
            known: Some(Known::ByDescription),
            who: " ".into(),
            ..full()
        };
        assert_eq!(
            described.account_problems(true, LANG)[0].text,
            text::description_missing(LANG)
        );
    }

    #[test]
    fn unfinished_answers_come_back_as_they_were() {
        let half = Answers {
            step: Step::Account,
            happened: "Half a senten".into(),
            ..Answers::default()
        };
        assert_eq!(Answers::from_text(&half.to_text()), Some(half));
        assert_eq!(Answers::from_text("nothing"), None);
    }
}
