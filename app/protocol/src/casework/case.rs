//! A case: what its journal folds into. Every member who folds the same entries sees the same case.

use super::{
    act::{Act, Link, Move, Referral, Work},
    assessment::Assessment,
    choice::{Sameness, WhetherToRefer},
    stage::Stage,
};
use crate::id::{AccountId, Minute};

/// Something that was done: by whom, and when.
#[derive(Clone, PartialEq, Eq)]
pub struct Acted {
    /// The member.
    pub who: AccountId,
    /// When they wrote it, by their clock.
    pub when: Minute,
    /// What they did, and what they call themselves; nothing where this build cannot read it.
    pub work: Option<Work>,
    /// Why it does not count, where it does not: an honest client writes no such entry.
    pub wrong: Option<Wrong>,
}

/// Why an act cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Whoever acts has said nothing yet of whether they have a connection with the people named.
    NotDeclared,
    /// Whoever acts has said that they have one.
    Connected,
    /// The case cannot go there from where it is.
    NoSuchWay,
    /// It is nobody's.
    NoOwner,
    /// It is not said why.
    NoReason,
    /// What is done to keep people safe is not said.
    NotSafe,
    /// It is not decided whether it must be referred.
    NoReferral,
    /// It must be referred, and when that was done is not said.
    NotReferred,
    /// It is not assessed.
    NotAssessed,
    /// The reference in the force's own records is missing.
    NoReference,
    /// How it ended is missing.
    NoOutcome,
    /// It is linked to no case that tells of the same.
    NotLinked,
    /// A referral that must be made has no criterion, or no time at which that became clear.
    NoCriterion,
    /// What cannot be decided yet has no time at which it is looked at again.
    NoReview,
    /// A time is later than when it was written.
    Ahead,
    /// This build cannot read it.
    Unreadable,
}

/// The case.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Case {
    /// How far it has come; [`Stage::Received`] also where somebody has read it and done nothing yet.
    stage: Option<Stage>,
    /// Whose it is.
    pub owner: Option<AccountId>,
    /// Who has no connection with the people named.
    pub declared: Vec<AccountId>,
    /// Who has one.
    pub connected: Vec<AccountId>,
    /// How it was assessed last.
    pub assessment: Assessment,
    /// What was decided last of whether it must be referred.
    pub referral: Option<Referral>,
    /// The cases that belong to it.
    pub links: Vec<Link>,
    /// Why the clock stands still, where it does.
    pub paused: Option<String>,
    /// The last way that it went.
    pub moved: Option<(Minute, Move)>,
    /// Everything that was done, in order.
    pub acts: Vec<Acted>,
}

impl core::fmt::Debug for Case {
    /// Nothing of what was done.
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(out, "Case({:?}, {} acts)", self.stage, self.acts.len())
    }
}

impl core::fmt::Debug for Acted {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(out, "Acted({:?}, {:?})", self.when, self.wrong)
    }
}

impl Case {
    /// Of a thread that a member has read, or not.
    pub fn new(read: bool) -> Self {
        Self {
            stage: read.then_some(Stage::Read),
            ..Self::default()
        }
    }

    /// How far it has come.
    pub fn stage(&self) -> Stage {
        self.stage.unwrap_or(Stage::Received)
    }

    /// Adds what was done. What cannot be done is kept, and changes nothing.
    pub fn add(&mut self, who: AccountId, when: Minute, work: Work) {
        let wrong = self.check(who, when, &work.act).err();
        if wrong.is_none() {
            self.apply(who, when, &work.act);
        }
        self.acts.push(Acted {
            who,
            when,
            work: Some(work),
            wrong,
        });
    }

    /// Adds what cannot be read. It is kept, and changes nothing.
    pub fn add_unreadable(&mut self, who: AccountId, when: Minute) {
        self.acts.push(Acted {
            who,
            when,
            work: None,
            wrong: Some(Wrong::Unreadable),
        });
    }

    /// Whether a member may do this now.
    ///
    /// # Errors
    /// The first thing that stands against it.
    pub fn check(&self, who: AccountId, when: Minute, act: &Act) -> Result<(), Wrong> {
        match act {
            Act::Conflict => return Ok(()),
            _ if self.connected.contains(&who) => return Err(Wrong::Connected),
            Act::Declared => return Ok(()),
            _ if !self.declared.contains(&who) => return Err(Wrong::NotDeclared),
            _ => {}
        }
        match act {
            Act::Moved(to) => self.check_move(to),
            Act::Referral(referral) => check_referral(referral, when),
            Act::Assigned(Some(to)) if self.connected.contains(to) => Err(Wrong::Connected),
            Act::Paused(Some(why)) => said(why, Wrong::NoReason),
            _ => Ok(()),
        }
    }

    fn check_move(&self, go: &Move) -> Result<(), Wrong> {
        if !self.stage().next().any(|to| to == go.to) {
            return Err(Wrong::NoSuchWay);
        }
        if self.stage() == Stage::Urgent && !self.assessment.is_safe() {
            return Err(Wrong::NotSafe);
        }
        let has = |there: bool, wrong| there.then_some(()).ok_or(wrong);
        match go.to {
            Stage::Urgent | Stage::Elsewhere | Stage::Reopened => said(&go.why, Wrong::NoReason),
            Stage::Transferred => {
                said(&go.why, Wrong::NoReason)?;
                self.check_settled()
            }
            Stage::Assessing => has(self.owner.is_some(), Wrong::NoOwner),
            Stage::Intelligence => self.check_recorded(),
            Stage::Conduct | Stage::Complaint => {
                self.check_recorded()?;
                said(&go.reference, Wrong::NoReference)
            }
            Stage::Referred => {
                self.check_recorded()?;
                let made = self.referral.as_ref().is_some_and(|one| one.made.is_some());
                has(made, Wrong::NotReferred)
            }
            Stage::Duplicate => {
                let same = self.links.iter().any(|link| link.how == Sameness::Duplicate);
                has(same, Wrong::NotLinked)
            }
            Stage::Closed => {
                has(go.outcome.is_some(), Wrong::NoOutcome)?;
                // Whoever told is told how it ended, or it is said why not.
                has(go.told || !go.why.trim().is_empty(), Wrong::NoReason)?;
                self.check_settled()
            }
            Stage::Received | Stage::Read | Stage::Asked | Stage::Developing | Stage::Investigating => Ok(()),
        }
    }

    /// Nothing is over before people are safe, and what must be referred was.
    fn check_settled(&self) -> Result<(), Wrong> {
        if !self.assessment.is_safe() {
            return Err(Wrong::NotSafe);
        }
        match &self.referral {
            None => Err(Wrong::NoReferral),
            Some(one) if one.decision == WhetherToRefer::NotYet => Err(Wrong::NoReferral),
            Some(one) if one.decision == WhetherToRefer::Yes && one.made.is_none() => Err(Wrong::NotReferred),
            Some(_) => Ok(()),
        }
    }

    /// Nothing is recorded before it is assessed, people are safe, and it is decided whether it must be referred.
    fn check_recorded(&self) -> Result<(), Wrong> {
        if !self.assessment.is_safe() {
            return Err(Wrong::NotSafe);
        }
        if !self.assessment.is_whole() {
            return Err(Wrong::NotAssessed);
        }
        self.referral.as_ref().map(drop).ok_or(Wrong::NoReferral)
    }

    /// The time that the law gives runs from when it first became clear, whatever is decided later.
    fn with_first_clear(&self, referral: &Referral) -> Referral {
        let before = self.referral.as_ref().and_then(|one| one.clear);
        Referral {
            clear: before.into_iter().chain(referral.clear).min(),
            ..referral.clone()
        }
    }

    fn apply(&mut self, who: AccountId, when: Minute, act: &Act) {
        match act {
            Act::Declared => add_once(&mut self.declared, who),
            Act::Conflict => {
                self.declared.retain(|one| *one != who);
                add_once(&mut self.connected, who);
                if self.owner == Some(who) {
                    self.owner = None;
                }
            }
            Act::Assigned(to) => self.owner = *to,
            Act::Moved(go) => {
                self.stage = Some(go.to);
                self.moved = Some((when, go.clone()));
            }
            Act::Assessed(assessment) => self.assessment = (**assessment).clone(),
            Act::Referral(referral) => self.referral = Some(self.with_first_clear(referral)),
            Act::Noted(_) => {}
            Act::Linked(link) => {
                self.links.retain(|one| one.to != link.to);
                self.links.push(link.clone());
            }
            Act::Unlinked(log) => self.links.retain(|one| one.to != *log),
            Act::Paused(why) => self.paused.clone_from(why),
        }
    }
}

fn check_referral(referral: &Referral, when: Minute) -> Result<(), Wrong> {
    let has = |there: bool, wrong| there.then_some(()).ok_or(wrong);
    let past = [referral.clear, referral.made];
    has(past.iter().flatten().all(|time| *time <= when), Wrong::Ahead)?;
    match referral.decision {
        WhetherToRefer::Yes => {
            has(
                referral.criterion.is_some() && referral.clear.is_some(),
                Wrong::NoCriterion,
            )?;
            let made = referral.made.is_some();
            has(!made || !referral.reference.trim().is_empty(), Wrong::NoReference)
        }
        WhetherToRefer::No => said(&referral.why, Wrong::NoReason),
        WhetherToRefer::NotYet => has(referral.review.is_some(), Wrong::NoReview),
    }
}

fn said(text: &str, wrong: Wrong) -> Result<(), Wrong> {
    (!text.trim().is_empty()).then_some(()).ok_or(wrong)
}

fn add_once(all: &mut Vec<AccountId>, one: AccountId) {
    if !all.contains(&one) {
        all.push(one);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::casework::{
        Category, Criterion, Handling, Known, Outcome, Reliability, Safeguarding, Statement,
    };

    const ANN: AccountId = AccountId([1; 16]);
    const BEN: AccountId = AccountId([2; 16]);
    const NOW: Minute = Minute(1_000);

    fn work(act: Act) -> Work {
        let name = String::new();
        Work { name, act }
    }

    fn case(acts: &[Act]) -> Case {
        let mut case = Case::new(true);
        for act in [Act::Declared].iter().chain(acts) {
            case.add(ANN, NOW, work(act.clone()));
        }
        assert!(case.acts.iter().all(|one| one.wrong.is_none()), "{:?}", case.acts);
        case
    }

    fn go(to: Stage) -> Act {
        Act::Moved(Move {
            to,
            why: "Because.".into(),
            reference: "C/1".into(),
            outcome: Some(Outcome::Retained),
            told: false,
        })
    }

    fn assessed() -> Act {
        let statement = Statement {
            text: "He writes at night.".into(),
            source: Some(Reliability::Untested),
            known: Some(Known::Directly),
            handling: Some(Handling::Permitted),
            ..Statement::default()
        };
        Act::Assessed(Box::new(Assessment {
            main: Some(Category::SexualMisconduct),
            statements: vec![statement],
            safeguarding: Some(Safeguarding::Done),
            actions: "The refuge moved her.".into(),
            ..Assessment::default()
        }))
    }

    fn refer(decision: WhetherToRefer, clear: u32, made: Option<u32>) -> Act {
        Act::Referral(Referral {
            decision,
            criterion: Some(Criterion::Corruption),
            why: "It is clear.".into(),
            clear: (decision == WhetherToRefer::Yes).then_some(Minute(clear)),
            review: Some(Minute(2_000)),
            made: made.map(Minute),
            reference: "R/1".into(),
        })
    }

    fn may(case: &Case, act: Act) -> Result<(), Wrong> {
        case.check(ANN, NOW, &act)
    }

    #[test]
    fn nothing_is_recorded_before_it_is_assessed_and_decided() {
        let mine = Act::Assigned(Some(ANN));
        assert_eq!(may(&case(&[]), go(Stage::Assessing)), Err(Wrong::NoOwner));
        let assessing = [mine, go(Stage::Assessing)];
        assert_eq!(
            may(&case(&assessing), go(Stage::Intelligence)),
            Err(Wrong::NotSafe)
        );
        let known = [&assessing[..], &[assessed()]].concat();
        assert_eq!(
            may(&case(&known), go(Stage::Intelligence)),
            Err(Wrong::NoReferral)
        );
        let decided = [&known[..], &[refer(WhetherToRefer::Yes, 900, None)]].concat();
        assert_eq!(may(&case(&decided), go(Stage::Intelligence)), Ok(()));
        assert_eq!(may(&case(&decided), go(Stage::Referred)), Err(Wrong::NotReferred));
    }

    #[test]
    fn nothing_is_over_while_a_referral_is_due() {
        let open = [
            Act::Assigned(Some(ANN)),
            go(Stage::Assessing),
            assessed(),
            refer(WhetherToRefer::Yes, 900, None),
            go(Stage::Conduct),
        ];
        assert_eq!(may(&case(&open), go(Stage::Closed)), Err(Wrong::NotReferred));
        let undecided = [&open[..], &[refer(WhetherToRefer::NotYet, 0, None)]].concat();
        assert_eq!(may(&case(&undecided), go(Stage::Closed)), Err(Wrong::NoReferral));
        let made = [&open[..], &[refer(WhetherToRefer::Yes, 950, Some(990))]].concat();
        assert_eq!(may(&case(&made), go(Stage::Closed)), Ok(()));
        assert_eq!(
            case(&made).referral.unwrap().clear,
            Some(Minute(900)),
            "it runs from the first"
        );
    }

    #[test]
    fn what_lies_ahead_has_not_happened() {
        assert_eq!(
            may(&case(&[]), refer(WhetherToRefer::Yes, 1_001, None)),
            Err(Wrong::Ahead)
        );
        assert_eq!(
            may(&case(&[]), refer(WhetherToRefer::Yes, 900, Some(1_001))),
            Err(Wrong::Ahead)
        );
    }

    #[test]
    fn whoever_has_a_connection_does_nothing_and_is_given_nothing() {
        let mut case = case(&[Act::Assigned(Some(ANN))]);
        case.add(BEN, NOW, work(Act::Conflict));
        assert_eq!(may(&case, Act::Assigned(Some(BEN))), Err(Wrong::Connected));
        for act in [Act::Declared, Act::Noted("A note.".into())] {
            assert_eq!(case.check(BEN, NOW, &act), Err(Wrong::Connected));
        }
        case.add(ANN, NOW, work(Act::Conflict));
        assert_eq!(case.owner, None, "and gives back what they have");
    }

    #[test]
    fn what_cannot_be_read_is_kept_and_changes_nothing() {
        let mut case = case(&[Act::Assigned(Some(ANN))]);
        case.add_unreadable(BEN, NOW);
        assert_eq!((case.owner, case.acts.len()), (Some(ANN), 3));
        assert_eq!(case.acts[2].wrong, Some(Wrong::Unreadable));
    }
}
