//! The answers that are one, or some, of a few, with their words.

use super::typed::Exactly;
use crate::text::{self, Text};
use minicbor::{Decode, Encode};
use protocol::{
    concern::{Language, Standing},
    told::{
        Age, Agrees, Aware, Basis, Conduct, Danger, Employer, Informed, MayContact, MayName, NamedBy, Post,
        Rank, Reason, Referral, Setting, Sign, Source, Vulnerability, Whether,
    },
};

/// An answer that is one of a few.
pub(crate) trait Choice: Copy + PartialEq + Send + Sync + 'static {
    /// All of them, in the order in which they are offered.
    const ALL: &'static [Self];

    /// Its words.
    fn label(self, lang: Language) -> Text;

    /// All of them with their words.
    fn options(lang: Language) -> Vec<(Self, Text)> {
        Self::ALL.iter().map(|one| (*one, one.label(lang))).collect()
    }
}

/// Whose signature a concern carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Signs {
    /// The practitioner's own.
    #[n(0)]
    Myself,
    /// The organisation's alone.
    #[n(1)]
    Organisation,
}

impl Signs {
    const ALL: &'static [Self] = &[Self::Myself, Self::Organisation];
}

impl Choice for Standing {
    const ALL: &'static [Self] = &[Self::Usual, Self::Close, Self::Chief];

    fn label(self, lang: Language) -> Text {
        match self {
            Self::Usual => text::standing_usual(lang),
            Self::Close => text::standing_close(lang),
            Self::Chief => text::standing_chief(lang),
        }
    }
}

macro_rules! labels {
    ($($name:ident { $($variant:ident => $key:ident,)+ })+) => {$(
        impl Choice for $name {
            const ALL: &'static [Self] = $name::ALL;

            fn label(self, lang: Language) -> Text {
                match self {
                    $(Self::$variant => text::$key(lang),)+
                }
            }
        }
    )+};
}

pub(crate) use labels;

labels! {
    Signs {
        Myself => signs_myself,
        Organisation => signs_organisation,
    }
    Exactly {
        Day => exactly_day,
        Between => exactly_between,
        Around => exactly_around,
        Said => exactly_said,
    }
    Danger {
        No => no,
        Yes => danger_yes,
        Unknown => unknown,
    }
    Employer {
        Seen => employer_seen,
        Case => employer_case,
        Railway => employer_railway,
        Defence => employer_defence,
        Nuclear => employer_nuclear,
        Place => employer_place,
        Unknown => employer_unknown,
        Other => employer_other,
    }
    Rank {
        Usual => rank_usual,
        Chief => rank_chief,
        Senior => rank_senior,
        Inside => rank_inside,
        Near => rank_near,
        Elected => rank_elected,
        Unknown => unknown,
    }
    Basis {
        Information => basis_information,
        ComplaintAgreed => basis_complaint_agreed,
        ComplaintToCome => basis_complaint_to_come,
    }
    Post {
        Officer => post_officer,
        Special => post_special,
        Support => post_support,
        Staff => post_staff,
        Volunteer => post_volunteer,
        Contractor => post_contractor,
        CadetLeader => post_cadet_leader,
        Cadet => post_cadet,
        Former => post_former,
        Unknown => unknown,
    }
    Conduct {
        Sexual => conduct_sexual,
        Closeness => conduct_closeness,
        Information => conduct_information,
        DomesticAbuse => conduct_domestic_abuse,
        Threats => conduct_threats,
        Discrimination => conduct_discrimination,
        Dishonesty => conduct_dishonesty,
        Offenders => conduct_offenders,
        Other => conduct_other,
    }
    Sign {
        OffDuty => sign_off_duty,
        OddHours => sign_odd_hours,
        AfterCase => sign_after_case,
        Messages => sign_messages,
        Sexualised => sign_sexualised,
        PetNames => sign_pet_names,
        Flirting => sign_flirting,
        Touching => sign_touching,
        Gifts => sign_gifts,
        Favourite => sign_favourite,
        Rescuer => sign_rescuer,
        SteeredLow => sign_steered_low,
        NotSeenAsWrong => sign_not_seen_as_wrong,
        PersonalDevice => sign_personal_device,
        Alone => sign_alone,
        Lookup => sign_lookup,
        Unrecorded => sign_unrecorded,
        PromiseOrThreat => sign_promise_or_threat,
        Secrecy => sign_secrecy,
    }
    Whether {
        Yes => yes,
        No => no,
        Unknown => unknown,
    }
    Setting {
        Home => setting_home,
        Refuge => setting_refuge,
        Station => setting_station,
        Health => setting_health,
        Court => setting_court,
        Work => setting_work,
        Railway => setting_railway,
        Vehicle => setting_vehicle,
        Public => setting_public,
        Online => setting_online,
        Elsewhere => setting_elsewhere,
    }
    Source {
        ToldByThem => source_told_by_them,
        SawOrHeard => source_saw_or_heard,
        SawDocument => source_saw_document,
        ToldByOther => source_told_by_other,
        Rumour => source_rumour,
        Unsaid => source_unsaid,
    }
    NamedBy {
        Reference => named_by_reference,
        Initials => named_by_initials,
        Name => named_by_name,
        Nothing => named_by_nothing,
    }
    Age {
        Adult => age_adult,
        AtRisk => age_at_risk,
        Child => age_child,
        Unknown => unknown,
    }
    Referral {
        Made => referral_made,
        NotYet => referral_not_yet,
        NotNeeded => referral_not_needed,
        Unknown => unknown,
    }
    Vulnerability {
        DomesticAbuse => vulnerability_domestic_abuse,
        SexualViolence => vulnerability_sexual_violence,
        MentalHealth => vulnerability_mental_health,
        Learning => vulnerability_learning,
        Disability => vulnerability_disability,
        Drugs => vulnerability_drugs,
        SexWork => vulnerability_sex_work,
        Immigration => vulnerability_immigration,
        Homelessness => vulnerability_homelessness,
        Care => vulnerability_care,
        Custody => vulnerability_custody,
        Witness => vulnerability_witness,
        Money => vulnerability_money,
        Unsaid => rather_not_say,
    }
    Aware {
        Yes => yes,
        No => no,
        UnsafeToAsk => aware_unsafe_to_ask,
        Unknown => unknown,
    }
    Agrees {
        Yes => yes,
        No => no,
        NotAsked => agrees_not_asked,
        Cannot => agrees_cannot,
    }
    Reason {
        ToThem => reason_to_them,
        ToChild => reason_to_child,
        ToOthers => reason_to_others,
        Crime => reason_crime,
    }
    MayContact {
        ThroughMe => may_contact_through_me,
        Never => may_contact_never,
        Directly => may_contact_directly,
    }
    Informed {
        Force => informed_force,
        Iopc => informed_iopc,
        Crimestoppers => informed_crimestoppers,
        Marac => informed_marac,
        SocialCare => informed_social_care,
        Other => informed_other,
        Nobody => informed_nobody,
    }
    MayName {
        AskFirst => may_name_ask_first,
        Investigators => may_name_investigators,
        Force => may_name_force,
    }
}
