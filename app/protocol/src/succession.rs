//! Successions: how a root key that is lost or stolen goes, and another takes its place, while the deployment stays the same.
//!
//! Each is signed by enough of the roots before it and travels in every later directory, so that whoever knows the founding
//! roots finds those of today.

use crate::{
    codec,
    id::{Day, Hash, VerifyingKey},
    refused::Refused,
    signed::{self, Kind, Signed},
};
use minicbor::{Decode, Encode, bytes::ByteVec};

/// The fewest roots that a succession may leave: with two of them needed, one can be lost.
pub const LEAST_ROOTS: usize = 3;

/// A change of the root keys. CBOR array in this order.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Succession {
    /// The deployment.
    #[n(0)]
    pub instance: Hash,
    /// One more than the last, from 1.
    #[n(1)]
    pub number: u32,
    /// The roots from now on.
    #[n(2)]
    pub roots: Vec<VerifyingKey>,
    /// The day it was made.
    #[n(3)]
    pub day: Day,
}

impl Kind for Succession {
    const TYPE: u16 = 11;
    const NAME: &'static str = "succession";
}

impl Succession {
    /// Its hash, whoever of the roots signed it.
    pub fn hash(&self) -> Hash {
        Hash::domain("succession", &[&codec::encode(self)])
    }

    fn follows(&self, instance: Hash, before: &Line) -> bool {
        let distinct = self
            .roots
            .iter()
            .enumerate()
            .all(|(n, key)| !self.roots[..n].contains(key));
        self.instance == instance
            && self.number as usize == before.hashes.len() + 1
            && self.roots.len() >= LEAST_ROOTS.max(before.threshold.into())
            && distinct
    }
}

/// The roots of today, and every succession that led to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The roots.
    pub roots: Vec<VerifyingKey>,
    /// How many of them sign.
    pub threshold: u8,
    hashes: Vec<Hash>,
}

impl Line {
    /// Follows `successions`, signed bytes in order, from the founding roots.
    ///
    /// # Errors
    /// [`Refused::AlteredRoots`] for one that does not follow, or that too few of the roots before it signed.
    pub fn follow(
        (founding, threshold): (&[VerifyingKey], u8),
        instance: Hash,
        successions: &[ByteVec],
    ) -> Result<Self, Refused> {
        let mut line = Self {
            roots: founding.to_vec(),
            threshold,
            hashes: Vec::new(),
        };
        for bytes in successions {
            let Signed { payload, signers } = read(bytes)?;
            if !(payload.follows(instance, &line) && line.is_signed_by(&signers)) {
                return Err(Refused::AlteredRoots);
            }
            line.hashes.push(payload.hash());
            line.roots = payload.roots;
        }
        Ok(line)
    }

    /// Whether enough of the roots signed, and nobody else.
    pub fn is_signed_by(&self, signers: &[VerifyingKey]) -> bool {
        signers.len() >= usize::from(self.threshold.max(1))
            && signers.iter().all(|key| self.roots.contains(key))
    }

    /// Checks that it goes through the succession that was seen last. Whoever holds enough roots of before could otherwise leave
    /// out that they were replaced, or say that others replaced them.
    ///
    /// # Errors
    /// [`Refused::OlderRoots`] where it does not.
    pub fn check_continues(&self, seen: Option<(u32, Hash)>) -> Result<(), Refused> {
        let continues = seen.is_none_or(|(number, hash)| {
            let place = (number as usize).checked_sub(1);
            place.and_then(|place| self.hashes.get(place)) == Some(&hash)
        });
        continues.then_some(()).ok_or(Refused::OlderRoots)
    }
}

/// The number and hash of the last of `successions`.
pub(crate) fn last(successions: &[ByteVec]) -> Option<(u32, Hash)> {
    let last = read(successions.last()?).ok()?.payload;
    Some((last.number, last.hash()))
}

fn read(bytes: &[u8]) -> Result<Signed<Succession>, Refused> {
    signed::verify(bytes).map_err(|_| Refused::AlteredRoots)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signed::{SigningKey, sign};

    const HERE: Hash = Hash([1; 32]);

    fn keys(seeds: &[u8]) -> Vec<SigningKey> {
        seeds.iter().map(|n| SigningKey::from_seed([*n; 32])).collect()
    }

    fn publics(seeds: &[u8]) -> Vec<VerifyingKey> {
        keys(seeds).iter().map(SigningKey::verifying).collect()
    }

    fn succession(number: u32, roots: &[u8], signers: &[u8]) -> ByteVec {
        let payload = Succession {
            instance: HERE,
            number,
            roots: publics(roots),
            day: Day(number),
        };
        sign(&payload, &keys(signers).iter().collect::<Vec<_>>()).into()
    }

    fn follow(successions: &[ByteVec]) -> Result<Line, Refused> {
        Line::follow((&publics(&[1, 2, 3]), 2), HERE, successions)
    }

    #[test]
    fn the_roots_of_today_are_those_of_the_last_succession() {
        let one = succession(1, &[1, 2, 4], &[1, 2]);
        let two = succession(2, &[4, 5, 6], &[4, 2]);
        assert_eq!(follow(&[]).unwrap().roots, publics(&[1, 2, 3]));
        let line = follow(&[one.clone(), two.clone()]).unwrap();
        assert_eq!(line.roots, publics(&[4, 5, 6]));
        assert!(line.is_signed_by(&publics(&[5, 6])));
        assert!(!line.is_signed_by(&publics(&[5])));
        assert!(!line.is_signed_by(&publics(&[5, 6, 1])));
        assert!(follow(std::slice::from_ref(&two)).is_err() && follow(&[two, one]).is_err());
    }

    #[test]
    fn only_the_roots_before_change_the_roots() {
        for bad in [
            succession(1, &[1, 2, 4], &[1]),
            succession(1, &[1, 2, 4], &[1, 4]),
            succession(1, &[1, 2, 4], &[1, 2, 4]),
            succession(2, &[1, 2, 4], &[1, 2]),
            succession(0, &[1, 2, 4], &[1, 2]),
            succession(1, &[1, 2], &[1, 2]),
            succession(1, &[1, 2, 2], &[1, 2]),
        ] {
            assert_eq!(follow(&[bad]), Err(Refused::AlteredRoots));
        }
        let elsewhere = Line::follow(
            (&publics(&[1, 2, 3]), 2),
            Hash::ZERO,
            &[succession(1, &[1, 2, 4], &[1, 2])],
        );
        assert_eq!(elsewhere, Err(Refused::AlteredRoots));
    }

    #[test]
    fn what_was_seen_is_never_left_out_or_replaced() {
        let one = [succession(1, &[1, 2, 4], &[1, 2])];
        let other = [succession(1, &[1, 2, 5], &[1, 2])];
        let seen = last(&one);
        assert_eq!(follow(&one).unwrap().check_continues(seen), Ok(()));
        assert_eq!(follow(&one).unwrap().check_continues(None), Ok(()));
        for lie in [&[][..], &other] {
            assert_eq!(
                follow(lie).unwrap().check_continues(seen),
                Err(Refused::OlderRoots)
            );
        }
    }
}
