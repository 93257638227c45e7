//! What is one of a few. Numbers are stored: another number makes what was decided read as something else.

use crate::told::choices;

choices! {
    /// What a concern is about: the categories of the Counter-Corruption (Intelligence) APP.
    Category {
        /// Infiltration by people who mean harm.
        Infiltration = 0,
        /// Disclosure of information.
        Disclosure = 1,
        /// Perverting the course of justice.
        Perverting = 2,
        /// Sexual misconduct, abuse of position for a sexual purpose among it.
        SexualMisconduct = 3,
        /// Controlled drugs, used or supplied.
        Drugs = 4,
        /// Theft and fraud.
        Theft = 5,
        /// Misusing the force's systems.
        Systems = 6,
        /// Abuse of authority.
        Authority = 7,
        /// An association that is not proper.
        Association = 8,
        /// A vulnerability that others could use.
        Vulnerability = 9,
        /// Committing or inciting an offence, or helping an offender.
        Offender = 10,
        /// Anything else.
        Other = 11,
    }

    /// How reliable a source is: the 3 of 3x5x2 (College of Policing).
    Reliability {
        /// 1: reliable.
        Reliable = 1,
        /// 2: untested.
        Untested = 2,
        /// 3: not reliable.
        NotReliable = 3,
    }

    /// How the source knows: the 5 of 3x5x2.
    Known {
        /// A: known directly to the source.
        Directly = 0,
        /// B: known indirectly, but corroborated.
        Corroborated = 1,
        /// C: known indirectly.
        Indirectly = 2,
        /// D: not known.
        NotKnown = 3,
        /// E: suspected to be false. It needs a reason.
        SuspectedFalse = 4,
    }

    /// How a statement may be shared: the 2 of 3x5x2.
    Handling {
        /// P: lawful sharing is permitted.
        Permitted = 0,
        /// C: permitted with conditions, which are said.
        Conditions = 1,
    }

    /// How serious it would be, if proved.
    Severity {
        /// Neither of the below.
        Neither = 0,
        /// Misconduct: serious enough to justify disciplinary action.
        Misconduct = 1,
        /// Gross misconduct: serious enough to justify dismissal.
        Gross = 2,
        /// An offence may have been committed.
        Criminal = 3,
    }

    /// What was decided to keep people safe.
    Safeguarding {
        /// Nothing is needed, for a reason that is said.
        NotNeeded = 0,
        /// Something was done, which is said.
        Done = 1,
        /// Somebody else does it, who is said.
        Others = 2,
    }

    /// Whether a matter must be referred to the Independent Office for Police Conduct.
    WhetherToRefer {
        /// No.
        No = 0,
        /// It must: the time runs from when that became clear.
        Yes = 1,
        /// That cannot be said yet, and is looked at again.
        NotYet = 2,
    }

    /// Why a matter must be referred (the Police (Complaints and Misconduct) Regulations 2020, regulations 4 and 7).
    Criterion {
        /// A serious assault.
        Assault = 0,
        /// A serious sexual offence.
        Sexual = 1,
        /// Serious corruption, abuse of position for a sexual purpose among it.
        Corruption = 2,
        /// An offence or behaviour that discrimination aggravated.
        Discrimination = 3,
        /// A relevant offence.
        Relevant = 4,
        /// The conduct of a chief officer.
        Chief = 5,
        /// Conduct in the same incident as one of these.
        Incident = 6,
    }

    /// How a case ended.
    Outcome {
        /// Nothing further is done.
        NoFurtherAction = 0,
        /// Kept as intelligence.
        Retained = 1,
        /// Practice that requires improvement.
        Practice = 2,
        /// A misconduct meeting.
        Meeting = 3,
        /// A gross misconduct hearing.
        Hearing = 4,
        /// A criminal investigation.
        Criminal = 5,
        /// A charge.
        Charged = 6,
        /// The person left the service.
        Left = 7,
        /// The person was barred.
        Barred = 8,
        /// People were made safe.
        MadeSafe = 9,
        /// Something was learnt.
        Learning = 10,
        /// It may not be said.
        NotDisclosable = 11,
    }

    /// How two concerns belong together.
    Sameness {
        /// They are about the same person.
        Person = 0,
        /// They tell of the same thing.
        Duplicate = 1,
    }
}
