//! The words of a unit's work.

use crate::{
    concern::choice::{Choice, labels},
    text::{self, Text},
    ui::TagColour,
};
use protocol::{
    casework::{
        Category, Criterion, Handling, Known, Outcome, Reliability, Safeguarding, Severity, Stage, Status,
        WhetherToRefer, Wrong,
    },
    concern::Language,
};

labels! {
    Stage {
        Received => stage_received,
        Read => stage_read,
        Urgent => stage_urgent,
        Assessing => stage_assessing,
        Asked => stage_asked,
        Intelligence => stage_intelligence,
        Conduct => stage_conduct,
        Complaint => stage_complaint,
        Referred => stage_referred,
        Developing => stage_developing,
        Investigating => stage_investigating,
        Duplicate => stage_duplicate,
        Elsewhere => stage_elsewhere,
        Transferred => stage_transferred,
        Closed => stage_closed,
        Reopened => stage_reopened,
    }
    Status {
        Delivered => status_stored,
        Read => status_opened,
        Assessing => status_assessing,
        Question => status_question,
        Assessed => status_assessed,
        Passed => status_passed,
        NotOurs => status_not_ours,
        Closed => status_closed,
    }
    Category {
        Infiltration => category_infiltration,
        Disclosure => category_disclosure,
        Perverting => category_perverting,
        SexualMisconduct => category_sexual,
        Drugs => category_drugs,
        Theft => category_theft,
        Systems => category_systems,
        Authority => category_authority,
        Association => category_association,
        Vulnerability => category_vulnerability,
        Offender => category_offender,
        Other => category_other,
    }
    Reliability {
        Reliable => source_reliable,
        Untested => source_untested,
        NotReliable => source_not_reliable,
    }
    Known {
        Directly => known_directly,
        Corroborated => known_corroborated,
        Indirectly => known_indirectly,
        NotKnown => known_not,
        SuspectedFalse => known_false,
    }
    Handling {
        Permitted => handling_permitted,
        Conditions => handling_conditions,
    }
    Severity {
        Neither => severity_neither,
        Misconduct => severity_misconduct,
        Gross => severity_gross,
        Criminal => severity_criminal,
    }
    Safeguarding {
        NotNeeded => safeguarding_not_needed,
        Done => safeguarding_done,
        Others => safeguarding_others,
    }
    WhetherToRefer {
        No => refer_no,
        Yes => refer_yes,
        NotYet => refer_not_yet,
    }
    Criterion {
        Assault => criterion_assault,
        Sexual => criterion_sexual,
        Corruption => criterion_corruption,
        Discrimination => criterion_discrimination,
        Relevant => criterion_relevant,
        Chief => criterion_chief,
        Incident => criterion_incident,
    }
    Outcome {
        NoFurtherAction => outcome_none,
        Retained => outcome_retained,
        Practice => outcome_practice,
        Meeting => outcome_meeting,
        Hearing => outcome_hearing,
        Criminal => outcome_criminal,
        Charged => outcome_charged,
        Left => outcome_left,
        Barred => outcome_barred,
        MadeSafe => outcome_made_safe,
        Learning => outcome_learning,
        NotDisclosable => outcome_not_disclosable,
    }
}

/// Why something cannot be done, in words.
pub(crate) fn wrong(wrong: Wrong, lang: Language) -> Text {
    match wrong {
        Wrong::NotDeclared => text::wrong_not_declared(lang),
        Wrong::Connected => text::wrong_connected(lang),
        Wrong::NoSuchWay => text::wrong_no_such_way(lang),
        Wrong::NoOwner => text::wrong_no_owner(lang),
        Wrong::NoReason => text::wrong_no_reason(lang),
        Wrong::NotSafe => text::wrong_not_safe(lang),
        Wrong::NoReferral => text::wrong_no_referral(lang),
        Wrong::NotReferred => text::wrong_not_referred(lang),
        Wrong::NotAssessed => text::wrong_not_assessed(lang),
        Wrong::NoReference => text::wrong_no_reference(lang),
        Wrong::NoOutcome => text::wrong_no_outcome(lang),
        Wrong::NotLinked => text::wrong_not_linked(lang),
        Wrong::NoCriterion => text::wrong_no_criterion(lang),
        Wrong::NoReview => text::wrong_no_review(lang),
        Wrong::Ahead => text::wrong_ahead(lang),
        Wrong::Unreadable => text::wrong_unreadable(lang),
    }
}

/// The colour of a stage's tag.
pub(super) fn colour(stage: Stage) -> TagColour {
    match stage {
        Stage::Received | Stage::Read => TagColour::Blue,
        Stage::Urgent => TagColour::Red,
        Stage::Closed | Stage::Transferred | Stage::Elsewhere | Stage::Duplicate => TagColour::Grey,
        _ => TagColour::Green,
    }
}
