//! Who is in the demonstration. Forces and units are real; every person, organisation and event is made up.

use app::account::Role;
use protocol::{
    concern::{Concern, Language, Standing},
    directory::Purpose,
    group::Aims,
    told::{Agrees, Aware, Basis, Consent, Sign, Source, Subject, Told},
};

/// Somebody made up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Actor {
    /// The sign-in name.
    pub(super) name: &'static str,
    /// What the account is for.
    pub(super) role: Role,
    /// The unit or organisation, as people call it.
    pub(super) place: &'static str,
}

impl Actor {
    /// The password, which is printed at every start.
    pub(super) fn password(&self) -> String {
        format!("{} at the demonstration", self.name)
    }
}

const fn actor(name: &'static str, role: Role, place: &'static str) -> Actor {
    Actor { name, role, place }
}

const HARBOUR: &str = "Harbour House Refuge";
const NORTHGATE: &str = "Northgate Advocacy";
const AVON: &str = "Avon and Somerset PSD";
const AVON_SEALED: &str = "Avon and Somerset PSD, sealed compartment";
const TRI_FORCE: &str = "Bedfordshire, Cambridgeshire and Hertfordshire PSD";
const GWENT: &str = "Gwent PSD";
const TRANSPORT: &str = "British Transport Police PSD";
const COMMISSIONER: &str = "Police and Crime Commissioner for Avon and Somerset";

/// Everybody. Nobody is in two places.
pub(super) const ACTORS: [Actor; 17] = [
    actor("amina", Role::Practitioner, HARBOUR),
    actor("beth", Role::Practitioner, HARBOUR),
    actor("carys", Role::Practitioner, NORTHGATE),
    actor("dev", Role::Assessor, AVON),
    actor("elin", Role::Assessor, AVON),
    actor("farah", Role::Assessor, AVON_SEALED),
    actor("gwen", Role::Assessor, AVON_SEALED),
    actor("hugh", Role::Assessor, TRI_FORCE),
    actor("iris", Role::Assessor, TRI_FORCE),
    actor("jac", Role::Assessor, GWENT),
    actor("kate", Role::Assessor, GWENT),
    actor("lena", Role::Assessor, COMMISSIONER),
    actor("marc", Role::Assessor, COMMISSIONER),
    actor("pia", Role::Assessor, TRANSPORT),
    actor("rhys", Role::Assessor, TRANSPORT),
    actor("nadia", Role::Administrator, "Candour"),
    actor("omar", Role::Administrator, "Candour"),
];

/// A compartment and who holds it; all of them lead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holding {
    /// The unit's identifier in the directory.
    pub(super) unit: &'static str,
    /// What the compartment is for.
    pub(super) purpose: Purpose,
    /// The sign-in names of its members.
    pub(super) members: &'static [&'static str],
}

/// The compartments that are on board.
pub(super) const COMPARTMENTS: [Holding; 6] = [
    Holding {
        unit: "avon-and-somerset-psd",
        purpose: Purpose::Intake,
        members: &["dev", "elin"],
    },
    Holding {
        unit: "avon-and-somerset-psd",
        purpose: Purpose::Sealed,
        members: &["farah", "gwen"],
    },
    Holding {
        unit: "bch-psd",
        purpose: Purpose::Intake,
        members: &["hugh", "iris"],
    },
    Holding {
        unit: "gwent-psd",
        purpose: Purpose::Intake,
        members: &["jac", "kate"],
    },
    Holding {
        unit: "btp-psd",
        purpose: Purpose::Intake,
        members: &["pia", "rhys"],
    },
    Holding {
        unit: "avon-and-somerset-oversight",
        purpose: Purpose::Intake,
        members: &["lena", "marc"],
    },
];

/// The partner organisations: name and members, of whom the first leads.
pub(super) const PARTNERS: [(&str, &[&str]); 2] = [(HARBOUR, &["amina", "beth"]), (NORTHGATE, &["carys"])];

/// What units say here that they aim for; the forces that they are of have said nothing of the kind.
pub(super) const AIMS: Aims = Aims { open: 1, answer: 10 };

/// Who holds shares of a compartment's recovery key.
pub(super) const CUSTODIANS: [&str; 3] = [
    "A retired judge (made up)",
    "A chief executive (made up)",
    "A bishop (made up)",
];

/// A concern that was sent before the demonstration began.
pub(super) struct Sent {
    /// Who sent it.
    pub(super) by: &'static str,
    /// Whether they signed as themselves.
    pub(super) named: bool,
    /// Who has opened it, if anybody.
    pub(super) opened_by: Option<&'static str>,
    /// What it says.
    pub(super) concern: Concern,
}

/// The concerns, oldest first.
pub(super) fn sent() -> [Sent; 4] {
    [
        Sent {
            by: "amina",
            named: true,
            opened_by: Some("dev"),
            concern: concern(
                "avon-and-somerset",
                Standing::Usual,
                "A resident says that the officer who came about her ex-partner has sent her messages at night since, \
                 first about the case, then about how she looks. He has come to the gate twice, in uniform, off duty.",
                Somebody::Named("PC, first name Martin, collar number ends 47 (made up)"),
            ),
        },
        Sent {
            by: "beth",
            named: false,
            opened_by: None,
            concern: concern(
                "avon-and-somerset",
                Standing::Usual,
                "Somebody we support has been told by an officer that her complaint will go further if she meets him \
                 for a drink. She has kept the messages.",
                Somebody::Described("A man of about 40, local accent, drives a marked van (made up)"),
            ),
        },
        Sent {
            by: "amina",
            named: true,
            opened_by: None,
            concern: concern(
                "avon-and-somerset",
                Standing::Close,
                "The person's husband works in professional standards. She says he has looked up where she lives now.",
                Somebody::Named("A detective sergeant, name known to us (made up)"),
            ),
        },
        Sent {
            by: "carys",
            named: true,
            opened_by: None,
            concern: concern(
                "hertfordshire",
                Standing::Usual,
                "A member of police staff has used what he learnt at work to find a client on social media, and asks \
                 to meet her.",
                Somebody::Named("Works in the custody suite, first name Lee (made up)"),
            ),
        },
    ]
}

/// The person that a concern is about.
enum Somebody {
    /// By a name or a number.
    Named(&'static str),
    /// By what is known of them.
    Described(&'static str),
}

fn concern(force: &str, standing: Standing, happened: &str, who: Somebody) -> Concern {
    let subject = match who {
        Somebody::Named(name) => Subject {
            name: name.into(),
            ..Subject::default()
        },
        Somebody::Described(looks) => Subject {
            looks: looks.into(),
            ..Subject::default()
        },
    };
    let told = Told {
        basis: Some(Basis::Information),
        subjects: vec![subject],
        happened: happened.into(),
        signs: vec![Sign::OffDuty, Sign::Messages],
        sources: vec![Source::ToldByThem],
        consent: Consent {
            aware: Some(Aware::Yes),
            agrees: Some(Agrees::NotAsked),
            ..Consent::default()
        },
        reach: "Ring the office on a weekday morning, and ask for me by first name.".into(),
        ..Told::default()
    };
    Concern {
        force: force.into(),
        standing,
        language: Language::English,
        told: told.to_bytes(),
    }
}
