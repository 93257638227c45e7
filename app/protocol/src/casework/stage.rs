//! How far a case has come, for the unit and for whoever told.

use crate::told::choices;

choices! {
    /// How far a case has come. Only the unit sees it.
    Stage {
        /// Nobody has read it.
        Received = 0,
        /// A member has read it.
        Read = 1,
        /// Something must be done now to keep somebody safe.
        Urgent = 2,
        /// It is being assessed.
        Assessing = 3,
        /// Whoever told was asked something.
        Asked = 4,
        /// It is recorded as intelligence.
        Intelligence = 5,
        /// It is recorded as a conduct matter.
        Conduct = 6,
        /// It is recorded as a complaint.
        Complaint = 7,
        /// It was referred to the Independent Office for Police Conduct.
        Referred = 8,
        /// It is developed further, covertly.
        Developing = 9,
        /// It is investigated.
        Investigating = 10,
        /// It tells of the same as another.
        Duplicate = 11,
        /// It is not about the conduct of anybody who serves with the police.
        Elsewhere = 12,
        /// Another unit has it.
        Transferred = 13,
        /// It is closed.
        Closed = 14,
        /// It was closed, and is looked at again.
        Reopened = 15,
    }

    /// How far a concern has come, for whoever told. What the unit does within one of them, nobody outside can tell.
    Status {
        /// It was sent, and is stored for the unit.
        Delivered = 0,
        /// A member of the unit has read it.
        Read = 1,
        /// It is being assessed.
        Assessing = 2,
        /// There is a question for whoever told.
        Question = 3,
        /// It was assessed and recorded.
        Assessed = 4,
        /// Another professional standards unit has it.
        Passed = 5,
        /// It is not for professional standards; a message says who else there is.
        NotOurs = 6,
        /// It is closed.
        Closed = 7,
    }
}

use Stage::{
    Asked, Assessing, Closed, Complaint, Conduct, Developing, Duplicate, Elsewhere, Intelligence,
    Investigating, Read, Received, Referred, Reopened, Transferred, Urgent,
};

/// Where an assessment leads.
const ASSESSED: &[Stage] = &[
    Asked,
    Intelligence,
    Conduct,
    Complaint,
    Referred,
    Duplicate,
    Elsewhere,
    Transferred,
];
/// Where something that was recorded goes on.
const RECORDED: &[Stage] = &[
    Asked,
    Intelligence,
    Conduct,
    Complaint,
    Referred,
    Developing,
    Investigating,
    Duplicate,
    Transferred,
    Closed,
];

impl Stage {
    /// What whoever told sees of it.
    pub fn status(self) -> Status {
        match self {
            Received => Status::Delivered,
            Read | Urgent => Status::Read,
            Assessing | Reopened => Status::Assessing,
            Asked => Status::Question,
            Intelligence | Conduct | Complaint | Referred | Developing | Investigating | Duplicate => {
                Status::Assessed
            }
            Transferred => Status::Passed,
            Elsewhere => Status::NotOurs,
            Closed => Status::Closed,
        }
    }

    /// Where a case may go from here, but back to itself: nothing is skipped before somebody has read it, and nothing that was closed goes
    /// on unless it is opened again.
    pub fn next(self) -> impl Iterator<Item = Self> {
        let all = match self {
            Received => &[][..],
            Read => &[Urgent, Assessing],
            Urgent => &[Assessing],
            Assessing | Asked | Reopened => ASSESSED,
            Intelligence | Conduct | Complaint | Referred | Developing | Investigating => RECORDED,
            Duplicate | Elsewhere | Transferred => &[Closed, Reopened],
            Closed => &[Reopened],
        };
        // What waits for an answer goes on being assessed, or ends where none comes.
        let more: &[Self] = if self == Asked { &[Assessing, Closed] } else { &[] };
        more.iter().chain(all).copied().filter(move |to| *to != self)
    }

    /// Whether nothing more is to be done.
    pub fn is_over(self) -> bool {
        matches!(self, Closed | Transferred)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_stage_can_be_reached_and_left_but_only_by_its_own_ways() {
        let mut reached = BTreeSet::from([Received, Read]);
        loop {
            let more: BTreeSet<_> = reached.iter().flat_map(|stage| stage.next()).collect();
            if more.is_subset(&reached) {
                break;
            }
            reached.extend(more);
        }
        assert_eq!(reached.len(), Stage::ALL.len());
        for stage in Stage::ALL {
            assert!(
                stage
                    .next()
                    .all(|to| to != *stage && to != Received && to != Read)
            );
            assert_eq!(stage.next().count() == 0, *stage == Received, "{stage:?}");
        }
        assert_eq!(Closed.next().collect::<Vec<_>>(), [Reopened]);
    }

    #[test]
    fn what_a_unit_does_covertly_looks_like_anything_else_that_was_recorded() {
        let same = [
            Intelligence,
            Conduct,
            Complaint,
            Referred,
            Developing,
            Investigating,
            Duplicate,
        ];
        assert!(same.iter().all(|stage| stage.status() == Status::Assessed));
    }
}
