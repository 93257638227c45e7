//! The sections of the form, in the order of its list of tasks. They can be done in any order.

use crate::text::{self, Text};
use minicbor::{Decode, Encode};
use protocol::concern::Language;

/// A section. Its number is stored with unfinished answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Section {
    /// Whether somebody is in danger now.
    #[n(0)]
    Danger,
    /// Who should receive it, which is who can read it.
    #[n(1)]
    Recipient,
    /// Information, or a complaint for somebody.
    #[n(2)]
    Basis,
    /// Whom it is about.
    #[n(3)]
    Subjects,
    /// What happened.
    #[n(4)]
    Happened,
    /// What kind of conduct it is.
    #[n(5)]
    Conduct,
    /// Warning signs.
    #[n(6)]
    Signs,
    /// When it happened.
    #[n(7)]
    When,
    /// Where it happened.
    #[n(8)]
    Place,
    /// How it is known.
    #[n(9)]
    Source,
    /// The person affected.
    #[n(10)]
    Affected,
    /// What they know and agree to.
    #[n(11)]
    Consent,
    /// Whether and how they may be contacted.
    #[n(12)]
    Contact,
    /// What could happen if the subject learned of this.
    #[n(13)]
    Risk,
    /// Evidence.
    #[n(14)]
    Evidence,
    /// What was told to others already.
    #[n(15)]
    Informed,
    /// How to reach the practitioner, and in whose name it is sent.
    #[n(16)]
    Reach,
}

/// A group of sections, under a heading of its own.
pub(crate) struct Group {
    /// Its heading.
    pub(crate) title: Text,
    /// What is in it.
    pub(crate) sections: &'static [Section],
}

/// All of them, in their groups.
pub(crate) fn groups(lang: Language) -> [Group; 5] {
    let group = |title, sections| Group { title, sections };
    [
        group(text::group_first(lang), &[Section::Danger, Section::Recipient]),
        group(
            text::group_concern(lang),
            &[
                Section::Happened,
                Section::Subjects,
                Section::Conduct,
                Section::Signs,
                Section::When,
                Section::Place,
                Section::Source,
            ],
        ),
        group(
            text::group_affected(lang),
            &[
                Section::Affected,
                Section::Consent,
                Section::Contact,
                Section::Risk,
            ],
        ),
        group(
            text::group_evidence(lang),
            &[Section::Evidence, Section::Informed],
        ),
        group(text::group_you(lang), &[Section::Basis, Section::Reach]),
    ]
}

impl Section {
    const NAMES: [(Self, &str); 17] = [
        (Self::Danger, "danger"),
        (Self::Recipient, "recipient"),
        (Self::Basis, "basis"),
        (Self::Subjects, "people"),
        (Self::Happened, "happened"),
        (Self::Conduct, "kind"),
        (Self::Signs, "signs"),
        (Self::When, "when"),
        (Self::Place, "where"),
        (Self::Source, "source"),
        (Self::Affected, "affected"),
        (Self::Consent, "agreement"),
        (Self::Contact, "contact"),
        (Self::Risk, "risk"),
        (Self::Evidence, "evidence"),
        (Self::Informed, "informed"),
        (Self::Reach, "you"),
    ];

    /// As it stands in an address.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(one, _)| *one == self)
            .map_or("", |(_, name)| name)
    }

    /// The section that an address names.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, one)| *one == name)
            .map(|(section, _)| *section)
    }

    /// Whether nothing can be sent without it.
    pub(crate) fn is_needed(self) -> bool {
        matches!(self, Self::Recipient | Self::Happened | Self::Reach)
    }

    /// What it asks.
    pub(crate) fn title(self, lang: Language) -> Text {
        match self {
            Self::Danger => text::section_danger(lang),
            Self::Recipient => text::section_recipient(lang),
            Self::Basis => text::section_basis(lang),
            Self::Subjects => text::section_subjects(lang),
            Self::Happened => text::section_happened(lang),
            Self::Conduct => text::section_conduct(lang),
            Self::Signs => text::section_signs(lang),
            Self::When => text::section_when(lang),
            Self::Place => text::section_place(lang),
            Self::Source => text::section_source(lang),
            Self::Affected => text::section_affected(lang),
            Self::Consent => text::section_consent(lang),
            Self::Contact => text::section_contact(lang),
            Self::Risk => text::section_risk(lang),
            Self::Evidence => text::section_evidence(lang),
            Self::Informed => text::section_informed(lang),
            Self::Reach => text::section_reach(lang),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_its_address_and_is_in_one_group() {
        let listed: Vec<_> = groups(Language::English)
            .iter()
            .flat_map(|group| group.sections)
            .copied()
            .collect();
        assert_eq!(listed.len(), Section::NAMES.len());
        for (section, name) in Section::NAMES {
            assert_eq!(Section::named(name), Some(section));
            assert_eq!(section.name(), name);
            assert_eq!(listed.iter().filter(|one| **one == section).count(), 1, "{name}");
        }
        assert_eq!(Section::named("check"), None);
    }
}
