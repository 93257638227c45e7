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
    /// What they did, and what they call themselves.
    pub work: Work,
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
        let wrong = self.check(who, &work.act).err();
        if wrong.is_none() {
            self.apply(who, when, &work.act);
        }
        self.acts.push(Acted {
            who,
            when,
            work,
            wrong,
        });
    }

    /// Whether a member may do this now.
    ///
    /// # Errors
    /// The first thing that stands against it.
    pub fn check(&self, who: AccountId, act: &Act) -> Result<(), Wrong> {
        match act {
            Act::Conflict => return Ok(()),
            _ if self.connected.contains(&who) => return Err(Wrong::Connected),
            Act::Declared => return Ok(()),
            _ if !self.declared.contains(&who) => return Err(Wrong::NotDeclared),
            _ => {}
        }
        match act {
            Act::Moved(to) => self.check_move(to),
            Act::Referral(referral) => check_referral(referral),
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
            Stage::Urgent | Stage::Elsewhere | Stage::Transferred | Stage::Reopened => {
                said(&go.why, Wrong::NoReason)
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
                has(go.told || !go.why.trim().is_empty(), Wrong::NoReason)
            }
            Stage::Received | Stage::Read | Stage::Asked | Stage::Developing | Stage::Investigating => Ok(()),
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
            Act::Referral(referral) => self.referral = Some(referral.clone()),
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

fn check_referral(referral: &Referral) -> Result<(), Wrong> {
    let has = |there: bool, wrong| there.then_some(()).ok_or(wrong);
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
