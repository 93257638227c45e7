//! The directory: which forces and units there are, and whose keys speak for the rest. Signed offline by the roots.

use crate::{
    approval::Approval,
    codec,
    group::{Founders, GroupKind},
    id::{Day, GroupId, Hash, VerifyingKey},
    keyring::DirectoryPin,
    refused::Refused,
    signed::{self, Kind, Signed},
    succession::{self, Line},
};
use minicbor::{Decode, Encode, bytes::ByteVec};

/// The most days from issue to expiry. A longer life lets an old copy pass for the present for longer.
pub const LIFE: u32 = 90;

/// A directory. CBOR array in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Directory {
    /// The deployment.
    #[n(0)]
    pub instance: Hash,
    /// One more than the last.
    #[n(1)]
    pub version: u32,
    /// The hash of the last; zeros before the first.
    #[n(2)]
    pub previous: Hash,
    /// The day it was made.
    #[n(3)]
    pub issued: Day,
    /// The last day on which it is valid.
    #[n(4)]
    pub expires: Day,
    /// What the facts in it were taken from, and when.
    #[n(5)]
    pub vintage: String,
    /// The forces.
    #[n(6)]
    pub forces: Vec<Force>,
    /// The units and oversight bodies that are on board.
    #[n(7)]
    pub units: Vec<Unit>,
    /// The keys of those who bring partners on board and sign checkpoints.
    #[n(8)]
    pub administrators: Vec<VerifyingKey>,
    /// The key that signs receipts.
    #[n(9)]
    pub receipt_key: VerifyingKey,
    /// Each [`Succession`](crate::succession::Succession) of roots since the founding ones: signed bytes, in order.
    #[n(10)]
    pub successions: Vec<ByteVec>,
    /// What stands though it was signed by administrators who are listed no longer: hashes of partners' first links, and of the
    /// newest checkpoint. By hash and not by a key with a last day: whoever got hold of that key could write an earlier day.
    #[n(11)]
    pub standing: Vec<Hash>,
}

/// A force.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Force {
    /// Its identifier, such as `avon-and-somerset`.
    #[n(0)]
    pub id: String,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// The unit that receives concerns about its people.
    #[n(2)]
    pub unit: String,
    /// The unit that receives those about its chief officer.
    #[n(3)]
    pub oversight: String,
}

/// A professional standards unit or an oversight body: the same mechanism.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Unit {
    /// Its identifier.
    #[n(0)]
    pub id: String,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Its compartments; none while it is not on board.
    #[n(2)]
    pub compartments: Vec<Compartment>,
}

/// A compartment: a group of members who open what is sealed to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Compartment {
    /// The group.
    #[n(0)]
    pub group: GroupId,
    /// What it is for.
    #[n(1)]
    pub purpose: Purpose,
    /// The hash of its chain's first link.
    #[n(2)]
    pub genesis: Hash,
}

/// What a compartment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Purpose {
    /// Everything that needs no other.
    #[n(0)]
    Intake,
    /// About somebody senior, in the unit, or close to it. Its holders are other people, and two sign each change.
    #[n(1)]
    Sealed,
}

impl Purpose {
    /// As it is written in commands, in tables and in names of groups.
    pub fn word(self) -> &'static str {
        match self {
            Self::Intake => "intake",
            Self::Sealed => "sealed",
        }
    }

    /// What the group of such a compartment is.
    pub fn kind(self) -> GroupKind {
        match self {
            Self::Intake => GroupKind::Intake,
            Self::Sealed => GroupKind::Sealed,
        }
    }
}

impl core::fmt::Display for Purpose {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str(self.word())
    }
}

impl core::str::FromStr for Purpose {
    type Err = Refused;

    /// # Errors
    /// [`Refused::Malformed`] where it is none of the words.
    fn from_str(word: &str) -> Result<Self, Refused> {
        let all = [Self::Intake, Self::Sealed];
        all.into_iter()
            .find(|one| one.word() == word)
            .ok_or(Refused::Malformed)
    }
}

impl Kind for Directory {
    const TYPE: u16 = 1;
    const NAME: &'static str = "directory";
}

/// The deployment's hash: in everything signed, so that nothing of one deployment is accepted by another. Its name and its founding
/// roots go in; those who succeed them do not, so that a lost root does not make another deployment.
pub fn instance(name: &str, roots: &[VerifyingKey], threshold: u8) -> Hash {
    let mut roots = roots.to_vec();
    roots.sort_unstable();
    Hash::domain(
        "instance",
        &[name.as_bytes(), &codec::encode(&roots), &[threshold]],
    )
}

impl Directory {
    /// Its hash, whoever of the roots signed it.
    pub fn hash(&self) -> Hash {
        Hash::domain("directory", &[&codec::encode(self)])
    }

    /// Reads a directory that at least `threshold` of the roots signed, that follows what was `seen`, and that is valid `today`.
    /// The roots are the founding ones, given, or those that the directory's successions put in their place.
    ///
    /// # Errors
    /// A [`Refused`] that names what is wrong.
    pub fn verify(
        bytes: &[u8],
        (founding, threshold): (&[VerifyingKey], u8),
        instance: Hash,
        seen: Option<DirectoryPin>,
        today: Day,
    ) -> Result<Self, Refused> {
        let Signed { payload, signers } =
            signed::verify::<Self>(bytes).map_err(|_| Refused::UnsignedDirectory)?;
        let line = Line::follow((founding, threshold), instance, &payload.successions)?;
        line.check_continues(seen.and_then(|seen| seen.roots))?;
        if !line.is_signed_by(&signers) {
            return Err(Refused::UnsignedDirectory);
        }
        if payload.instance != instance {
            return Err(Refused::WrongInstance);
        }
        payload.check_follows(seen)?;
        payload.check_days(today)?;
        Ok(payload)
    }

    fn check_follows(&self, seen: Option<DirectoryPin>) -> Result<(), Refused> {
        let Some(DirectoryPin { version, hash, .. }) = seen else {
            return Ok(());
        };
        if self.version < version {
            return Err(Refused::OlderDirectory);
        }
        let same = self.version == version && self.hash() == hash;
        let next = self.version == version + 1 && self.previous == hash;
        let later = self.version > version + 1;
        (same || next || later)
            .then_some(())
            .ok_or(Refused::ForkedDirectory)
    }

    fn check_days(&self, today: Day) -> Result<(), Refused> {
        // A day of grace, because a clock may be behind the one that issued it.
        let begun = self.issued.0 <= today.0 + 1;
        let valid = today <= self.expires;
        let short = self
            .expires
            .0
            .checked_sub(self.issued.0)
            .is_some_and(|life| life <= LIFE);
        (begun && valid && short)
            .then_some(())
            .ok_or(Refused::ExpiredDirectory)
    }

    /// What to remember of it, once it is verified.
    pub fn pin(&self) -> DirectoryPin {
        DirectoryPin {
            version: self.version,
            hash: self.hash(),
            roots: succession::last(&self.successions),
        }
    }

    /// Who approves partners' first links, and checkpoints.
    pub fn approval(&self) -> Approval<'_> {
        Approval {
            administrators: &self.administrators,
            standing: &self.standing,
        }
    }

    /// Who answers for the first link of a group.
    pub fn founders(&self, group: GroupId) -> Founders<'_> {
        match self.compartment(group) {
            Some((_, compartment)) => Founders::Directory(compartment.genesis),
            None => Founders::Approved(self.approval()),
        }
    }

    /// The unit with this identifier.
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// The unit and compartment of a group.
    pub fn compartment(&self, group: GroupId) -> Option<(&Unit, &Compartment)> {
        let mut all = self
            .units
            .iter()
            .flat_map(|unit| unit.compartments.iter().map(move |one| (unit, one)));
        all.find(|(_, one)| one.group == group)
    }
}

impl Unit {
    /// Its compartment for `purpose`.
    pub fn compartment(&self, purpose: Purpose) -> Option<&Compartment> {
        self.compartments.iter().find(|one| one.purpose == purpose)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_is_a_word_that_reads_back() {
        for (purpose, word, kind) in [
            (Purpose::Intake, "intake", GroupKind::Intake),
            (Purpose::Sealed, "sealed", GroupKind::Sealed),
        ] {
            assert_eq!((purpose.to_string().as_str(), purpose.kind()), (word, kind));
            assert_eq!(word.parse(), Ok(purpose));
        }
        assert_eq!("open".parse::<Purpose>(), Err(Refused::Malformed));
    }
    use crate::signed::{SigningKey, sign};

    fn keys() -> Vec<SigningKey> {
        (1..=4).map(|n| SigningKey::from_seed([n; 32])).collect()
    }

    fn roots() -> Vec<VerifyingKey> {
        keys()[..3].iter().map(SigningKey::verifying).collect()
    }

    fn directory() -> Directory {
        Directory {
            instance: instance("demo", &roots(), 2),
            version: 5,
            previous: Hash([4; 32]),
            issued: Day(100),
            expires: Day(190),
            vintage: "test".into(),
            forces: vec![],
            units: vec![],
            administrators: vec![],
            receipt_key: VerifyingKey([1; 32]),
            successions: vec![],
            standing: vec![],
        }
    }

    fn verify(
        directory: &Directory,
        signers: &[usize],
        seen: Option<(u32, Hash)>,
        today: u32,
    ) -> Result<Directory, Refused> {
        let keys = keys();
        let bytes = sign(directory, &signers.iter().map(|n| &keys[*n]).collect::<Vec<_>>());
        let seen = seen.map(|(version, hash)| DirectoryPin {
            version,
            hash,
            roots: None,
        });
        Directory::verify(
            &bytes,
            (&roots(), 2),
            instance("demo", &roots(), 2),
            seen,
            Day(today),
        )
    }

    #[test]
    fn two_roots_sign_and_nobody_else() {
        let one = directory();
        assert_eq!(verify(&one, &[0, 2], None, 120), Ok(one.clone()));
        assert_eq!(verify(&one, &[0], None, 120), Err(Refused::UnsignedDirectory));
        assert_eq!(verify(&one, &[0, 3], None, 120), Err(Refused::UnsignedDirectory));
        assert_eq!(
            verify(&one, &[0, 1, 3], None, 120),
            Err(Refused::UnsignedDirectory)
        );
        assert_eq!(verify(&one, &[0, 1, 2], None, 120), Ok(one));
    }

    #[test]
    fn the_hash_is_the_same_whoever_signs_and_another_for_other_roots() {
        assert_eq!(
            instance("a", &roots(), 2),
            instance("a", &roots().into_iter().rev().collect::<Vec<_>>(), 2)
        );
        assert_ne!(instance("a", &roots(), 2), instance("a", &roots(), 1));
        assert_ne!(instance("a", &roots(), 2), instance("b", &roots(), 2));
        let other = Directory {
            instance: Hash::ZERO,
            ..directory()
        };
        assert_eq!(verify(&other, &[0, 1], None, 120), Err(Refused::WrongInstance));
    }

    #[test]
    fn never_older_never_forked() {
        let one = directory();
        assert!(verify(&one, &[0, 1], Some((5, one.hash())), 120).is_ok());
        assert_eq!(
            verify(&one, &[0, 1], Some((5, Hash::ZERO)), 120),
            Err(Refused::ForkedDirectory)
        );
        assert_eq!(
            verify(&one, &[0, 1], Some((6, Hash::ZERO)), 120),
            Err(Refused::OlderDirectory)
        );
        assert!(verify(&one, &[0, 1], Some((4, Hash([4; 32]))), 120).is_ok());
        assert_eq!(
            verify(&one, &[0, 1], Some((4, Hash::ZERO)), 120),
            Err(Refused::ForkedDirectory)
        );
        assert!(verify(&one, &[0, 1], Some((3, Hash::ZERO)), 120).is_ok());
    }

    #[test]
    fn valid_from_its_issue_to_its_expiry_and_never_longer_than_its_life() {
        let one = directory();
        assert!(verify(&one, &[0, 1], None, 99).is_ok());
        assert_eq!(verify(&one, &[0, 1], None, 98), Err(Refused::ExpiredDirectory));
        assert!(verify(&one, &[0, 1], None, 190).is_ok());
        assert_eq!(verify(&one, &[0, 1], None, 191), Err(Refused::ExpiredDirectory));
        let long = Directory {
            expires: Day(191),
            ..directory()
        };
        assert_eq!(verify(&long, &[0, 1], None, 120), Err(Refused::ExpiredDirectory));
        let backwards = Directory {
            expires: Day(99),
            ..directory()
        };
        assert_eq!(
            verify(&backwards, &[0, 1], None, 99),
            Err(Refused::ExpiredDirectory)
        );
    }
}
