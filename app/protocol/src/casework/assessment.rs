//! What a unit makes of a concern.

use super::choice::{Category, Handling, Known, Reliability, Safeguarding, Severity};
use crate::{
    concern::{LONG, SHORT},
    told::may_be,
};
use minicbor::{Decode, Encode};

/// The most statements that one concern is taken apart into.
const MOST_STATEMENTS: usize = 30;

/// One statement of a concern in the unit's own words, graded by 3x5x2. Nothing in it names whoever told.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Statement {
    /// What is stated.
    #[n(0)]
    pub text: String,
    /// How reliable its source is.
    #[n(1)]
    pub source: Option<Reliability>,
    /// How the source knows.
    #[n(2)]
    pub known: Option<Known>,
    /// How it may be shared.
    #[n(3)]
    pub handling: Option<Handling>,
    /// On what conditions.
    #[n(4)]
    pub conditions: String,
    /// Why it is graded so, where that needs a reason.
    #[n(5)]
    pub reason: String,
}

/// An assessment. Each takes the place of the one before it; all of them stay in the journal.
#[derive(Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Assessment {
    /// What it is mainly about.
    #[n(0)]
    pub main: Option<Category>,
    /// What else it is about.
    #[n(1)]
    pub others: Vec<Category>,
    /// Its statements.
    #[n(2)]
    pub statements: Vec<Statement>,
    /// How serious it would be.
    #[n(3)]
    pub severity: Option<Severity>,
    /// What was decided to keep people safe.
    #[n(4)]
    pub safeguarding: Option<Safeguarding>,
    /// What was done for it, by whom, or why nothing is needed.
    #[n(5)]
    pub actions: String,
    /// Why it was assessed so.
    #[n(6)]
    pub why: String,
}

impl Statement {
    /// Whether it is graded on each scale, with the reasons and conditions that its grades need.
    pub fn is_graded(&self) -> bool {
        let reasoned = self.known != Some(Known::SuspectedFalse) || !self.reason.trim().is_empty();
        let conditional = self.handling != Some(Handling::Conditions) || !self.conditions.trim().is_empty();
        let graded = self.source.is_some() && self.known.is_some() && self.handling.is_some();
        graded && reasoned && conditional && !self.text.trim().is_empty()
    }

    /// Its grade as it is written, such as `2AC`; nothing before it is graded.
    pub fn grade(&self) -> Option<String> {
        let known = match self.known? {
            Known::Directly => 'A',
            Known::Corroborated => 'B',
            Known::Indirectly => 'C',
            Known::NotKnown => 'D',
            Known::SuspectedFalse => 'E',
        };
        let handling = match self.handling? {
            Handling::Permitted => 'P',
            Handling::Conditions => 'C',
        };
        let source = match self.source? {
            Reliability::Reliable => '1',
            Reliability::Untested => '2',
            Reliability::NotReliable => '3',
        };
        Some(format!("{source}{known}{handling}"))
    }
}

impl Assessment {
    /// Whether what there is of it is sound. What is not decided yet may be missing.
    pub(super) fn is_sound(&self) -> bool {
        let texts = |one: &Statement| {
            may_be(&one.text, LONG).is_ok()
                && [&one.conditions, &one.reason]
                    .into_iter()
                    .all(|text| may_be(text, SHORT).is_ok())
        };
        let own = [&self.actions, &self.why];
        self.statements.len() <= MOST_STATEMENTS
            && self.others.len() <= Category::ALL.len()
            && self.statements.iter().all(texts)
            && own.into_iter().all(|text| may_be(text, SHORT).is_ok())
    }

    /// Whether a matter can be recorded by it: it has a category, and each of its statements is graded.
    pub fn is_whole(&self) -> bool {
        self.main.is_some() && !self.statements.is_empty() && self.statements.iter().all(Statement::is_graded)
    }

    /// Whether it says what is done to keep people safe, or why nothing is.
    pub fn is_safe(&self) -> bool {
        self.safeguarding.is_some() && !self.actions.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement() -> Statement {
        Statement {
            text: "He writes at night.".into(),
            source: Some(Reliability::Untested),
            known: Some(Known::Directly),
            handling: Some(Handling::Permitted),
            ..Statement::default()
        }
    }

    #[test]
    fn a_grade_is_written_as_the_college_writes_it() {
        assert_eq!(statement().grade().as_deref(), Some("2AP"));
        assert_eq!(Statement::default().grade(), None);
    }

    #[test]
    fn some_grades_need_a_reason_or_conditions() {
        assert!(statement().is_graded());
        let mut doubted = statement();
        doubted.known = Some(Known::SuspectedFalse);
        assert!(!doubted.is_graded());
        doubted.reason = "He was abroad.".into();
        assert!(doubted.is_graded());
        doubted.handling = Some(Handling::Conditions);
        assert!(!doubted.is_graded());
    }
}
