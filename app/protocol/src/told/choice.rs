//! The answers that are one, or some, of a few. Each has `ALL`, in the order in which it is offered.
//!
//! Numbers are stored: another number makes an answer that was given read as another. A new answer takes the next one.

macro_rules! choices {
    ($($(#[$about:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $number:literal,)+ })+) => {$(
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, minicbor::Encode, minicbor::Decode,
            borsh::BorshSerialize, borsh::BorshDeserialize,
        )]
        #[cbor(index_only)]
        pub enum $name {
            $($(#[$each])* #[n($number)] $variant,)+
        }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
        }
    )+};
}

pub(crate) use choices;

choices! {
    /// Whether somebody is in danger now.
    Danger {
        /// No.
        No = 0,
        /// Yes, or it may come to that soon.
        Yes = 1,
        /// Not known.
        Unknown = 2,
    }

    /// How it is known which force employs the person.
    Employer {
        /// By a uniform, a badge, papers, an address or a reference.
        Seen = 0,
        /// By the case, or because they said so.
        Case = 1,
        /// They police the railway.
        Railway = 2,
        /// They police a defence site.
        Defence = 3,
        /// They police a nuclear site.
        Nuclear = 4,
        /// Only where it happened is known.
        Place = 5,
        /// Nothing is known: it went by where the practitioner works.
        Unknown = 6,
        /// Another body than a police force: nothing is sent.
        Other = 7,
    }

    /// How the person stands to those who would usually read it.
    Rank {
        /// Neither senior nor near to them.
        Usual = 0,
        /// The chief officer.
        Chief = 1,
        /// Another chief officer: assistant or deputy chief constable; in London commander or above.
        Senior = 2,
        /// In professional standards or counter-corruption.
        Inside = 3,
        /// Close to somebody there.
        Near = 4,
        /// A police and crime commissioner or a mayor: nothing is sent.
        Elected = 5,
        /// Not known.
        Unknown = 6,
    }

    /// What the practitioner means by it (Police Reform Act 2002, section 12): only somebody affected, or who acts for them with their
    /// agreement, can complain.
    Basis {
        /// Information.
        Information = 0,
        /// A complaint for the person affected, who has agreed in writing.
        ComplaintAgreed = 1,
        /// A complaint for the person affected, whose written agreement is still to come.
        ComplaintToCome = 2,
    }

    /// What a person is to the force.
    Post {
        /// A police officer.
        Officer = 0,
        /// A special constable.
        Special = 1,
        /// A police community support officer.
        Support = 2,
        /// Police staff.
        Staff = 3,
        /// A volunteer, whether or not with powers.
        Volunteer = 4,
        /// Somebody contracted to police work.
        Contractor = 5,
        /// A leader of cadets.
        CadetLeader = 6,
        /// A cadet.
        Cadet = 7,
        /// Somebody who was one of these, and has left.
        Former = 8,
        /// Not known.
        Unknown = 9,
    }

    /// What kind of conduct it is, in a practitioner's words; the unit decides on the national category.
    Conduct {
        /// Sexual or romantic.
        Sexual = 0,
        /// Too close, or favours.
        Closeness = 1,
        /// Police information or systems misused.
        Information = 2,
        /// Domestic abuse by somebody who works for the police.
        DomesticAbuse = 3,
        /// Force or threats.
        Threats = 4,
        /// Discrimination.
        Discrimination = 5,
        /// Drugs, money or dishonesty.
        Dishonesty = 6,
        /// Links with offenders.
        Offenders = 7,
        /// Something else, or not sure.
        Other = 8,
    }

    /// A warning sign, as police forces have published them. A prompt, never a score.
    Sign {
        /// Contact or visits off duty.
        OffDuty = 0,
        /// Unexpected visits or "welfare checks" at odd times.
        OddHours = 1,
        /// Contact that goes on after the case is over.
        AfterCase = 2,
        /// Messages without need.
        Messages = 3,
        /// Kisses, pictures or sexual remarks in messages.
        Sexualised = 4,
        /// Nicknames or pet names.
        PetNames = 5,
        /// Flirting.
        Flirting = 6,
        /// Touching beyond need.
        Touching = 7,
        /// Gifts or letters.
        Gifts = 8,
        /// The person keeps asking for one officer.
        Favourite = 9,
        /// The officer is seen as the one who saves.
        Rescuer = 10,
        /// A case steered to a low-level or quick result.
        SteeredLow = 11,
        /// The person sees nothing wrong in how it began.
        NotSeenAsWrong = 12,
        /// A personal telephone or account instead of one for work.
        PersonalDevice = 13,
        /// Comes alone, or sends a colleague away.
        Alone = 14,
        /// Knows what only police records would tell.
        Lookup = 15,
        /// Visits or calls that the case file does not show.
        Unrecorded = 16,
        /// Hints at help, bail, immigration, children or charges.
        PromiseOrThreat = 17,
        /// Asks the person to keep it secret.
        Secrecy = 18,
    }

    /// Whether something is so.
    Whether {
        /// Yes.
        Yes = 0,
        /// No.
        No = 1,
        /// Not known.
        Unknown = 2,
    }

    /// What kind of place it happened at.
    Setting {
        /// The person's home.
        Home = 0,
        /// A refuge, hostel or supported housing.
        Refuge = 1,
        /// A police station or custody.
        Station = 2,
        /// A hospital or clinic.
        Health = 3,
        /// A court, or on the way there.
        Court = 4,
        /// The person's work, school or college.
        Work = 5,
        /// A railway station or a train.
        Railway = 6,
        /// A vehicle.
        Vehicle = 7,
        /// A street or another public place.
        Public = 8,
        /// Online, or by telephone.
        Online = 9,
        /// Elsewhere.
        Elsewhere = 10,
    }

    /// How the practitioner knows.
    Source {
        /// The person affected told them.
        ToldByThem = 0,
        /// They saw or heard it.
        SawOrHeard = 1,
        /// They saw a message or a document.
        SawDocument = 2,
        /// Somebody else told them.
        ToldByOther = 3,
        /// It is talked about.
        Rumour = 4,
        /// They do not know or would rather not say.
        Unsaid = 5,
    }

    /// How far the person affected is named.
    NamedBy {
        /// By the organisation's own reference.
        Reference = 0,
        /// By initials.
        Initials = 1,
        /// By name.
        Name = 2,
        /// Not at all.
        Nothing = 3,
    }

    /// Who the person affected is, as far as the duty to protect them depends on it.
    Age {
        /// An adult.
        Adult = 0,
        /// An adult at risk (Care Act 2014, section 42; in Wales, the Act of 2014, section 126).
        AtRisk = 1,
        /// A child: under 18.
        Child = 2,
        /// Not known.
        Unknown = 3,
    }

    /// Whether the referral that protects them has been made.
    Referral {
        /// It has been made.
        Made = 0,
        /// Not yet.
        NotYet = 1,
        /// None is needed.
        NotNeeded = 2,
        /// Not known.
        Unknown = 3,
    }

    /// Why somebody may be easier to exploit.
    Vulnerability {
        /// A victim of domestic abuse.
        DomesticAbuse = 0,
        /// A victim of sexual violence.
        SexualViolence = 1,
        /// Mental ill health.
        MentalHealth = 2,
        /// A learning disability or difficulty.
        Learning = 3,
        /// Another disability, or illness.
        Disability = 4,
        /// Drugs or alcohol.
        Drugs = 5,
        /// Sex working.
        SexWork = 6,
        /// Insecure immigration status.
        Immigration = 7,
        /// No home, or an insecure one.
        Homelessness = 8,
        /// In care, or a care leaver.
        Care = 9,
        /// In custody, on bail or on licence.
        Custody = 10,
        /// A witness in a live case.
        Witness = 11,
        /// Depends on others for money.
        Money = 12,
        /// Would rather not say.
        Unsaid = 13,
    }

    /// Whether the person affected knows that this is told.
    Aware {
        /// Yes.
        Yes = 0,
        /// No.
        No = 1,
        /// It would not be safe to ask.
        UnsafeToAsk = 2,
        /// Not known.
        Unknown = 3,
    }

    /// Whether the person affected agrees.
    Agrees {
        /// Yes.
        Yes = 0,
        /// No.
        No = 1,
        /// Not asked.
        NotAsked = 2,
        /// They cannot say, for example because of age or health.
        Cannot = 3,
    }

    /// Why it is told without agreement.
    Reason {
        /// A risk to the person.
        ToThem = 0,
        /// A risk to a child.
        ToChild = 1,
        /// A risk to others.
        ToOthers = 2,
        /// To prevent or detect a crime.
        Crime = 3,
    }

    /// Whether the unit may contact the person affected.
    MayContact {
        /// Only through the practitioner.
        ThroughMe = 0,
        /// Never.
        Never = 1,
        /// Directly, as said.
        Directly = 2,
    }

    /// Whom the practitioner told already.
    Informed {
        /// The force.
        Force = 0,
        /// The Independent Office for Police Conduct.
        Iopc = 1,
        /// Crimestoppers.
        Crimestoppers = 2,
        /// A multi-agency risk assessment conference.
        Marac = 3,
        /// Social care.
        SocialCare = 4,
        /// Another organisation.
        Other = 5,
        /// Nobody.
        Nobody = 6,
    }

    /// To whom the unit may name the organisation.
    MayName {
        /// Nobody without asking first.
        AskFirst = 0,
        /// Those who investigate.
        Investigators = 1,
        /// Those who investigate, and others in the force where they need it.
        Force = 2,
    }
}
