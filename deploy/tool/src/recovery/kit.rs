//! What one custodian holds: a share of a recovery key, as thirty words that are easy to type.
//!
//! ```text
//! form    1 byte    1
//! number  1 byte    1 to 3: the share's x
//! tag     3 bytes   the first of the hash of the recovery key's public half
//! share   32 bytes  the share's y, in GF(256) for each byte of the secret
//! check   4 bytes   the first of a hash of all before
//! 2 bits            0
//! ```
//!
//! These 330 bits are thirty words of the BIP 39 English list, 11 bits each. Any one wrong word is found.

use crate::{file, terminal};
use anyhow::Result;
use blahaj::{Share, Sharks};
use core::fmt;
use protocol::{
    group::{Recovery, RecoverySecret},
    id::Hash,
};
use std::path::Path;
use zeroize::Zeroizing;

/// How many custodians there are.
pub(super) const CUSTODIANS: u8 = 3;
/// How many of them it takes.
const NEEDED: u8 = 2;

const FORM: u8 = 1;
const WORDS: usize = 30;
const BODY: usize = 1 + 1 + 3 + 32;
const SIZE: usize = BODY + 4;
/// The word that stands before the words of a kit on paper; what is before it is not read.
const MARK: &str = "WORDS OF THIS KIT";
const END: &str = "END OF THE WORDS";

/// As wide as a column of words: the longest of the list has eight letters.
const SPACES: &str = "          ";

/// A kit.
pub(super) struct Kit(Zeroizing<[u8; BODY]>);

/// Why kits do not make a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// A kit's words are not thirty.
    Count(usize),
    /// A word is not on the list: its place, from 1, and the word.
    Unknown(usize),
    /// The words are on the list, but one is wrong, or they are in another order.
    Mistyped,
    /// Of a later version.
    Form,
    /// The same kit twice.
    Same,
    /// Kits of two recovery keys.
    Apart,
    /// Each kit is whole, and they make another key than they say.
    Wrong,
}

impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(out, "a kit has {WORDS} words and this one has {count}"),
            Self::Unknown(place) => write!(out, "word {place} of a kit is not on the list; look at it again"),
            Self::Mistyped => {
                out.write_str("a word of a kit is not the one on paper, or words are in another order")
            }
            Self::Form => out.write_str("a kit was made by a later version of this tool"),
            Self::Same => out.write_str("this is the same kit twice; two different custodians are needed"),
            Self::Apart => out.write_str("these kits are of two different recovery keys"),
            Self::Wrong => out.write_str("these kits do not make the key that they are of"),
        }
    }
}

/// Splits a key: one kit for each custodian.
pub(super) fn split(bytes: &Zeroizing<[u8; 32]>, public: &Recovery) -> Vec<Kit> {
    let tag = tag(public);
    let shares = Sharks(NEEDED).dealer(&bytes[..]).take(CUSTODIANS.into());
    let kit = |share: Share| {
        let share = Zeroizing::new(Vec::from(&share));
        let mut body = Zeroizing::new([0; BODY]);
        body[0] = FORM;
        body[1] = share[0];
        body[2..5].copy_from_slice(&tag);
        body[5..].copy_from_slice(&share[1..]);
        Kit(body)
    };
    shares.map(kit).collect()
}

/// Joins two kits into the key.
pub(super) fn join(first: &Kit, second: &Kit) -> Result<RecoverySecret, Misfit> {
    if first.tag() != second.tag() {
        return Err(Misfit::Apart);
    }
    if first.number() == second.number() {
        return Err(Misfit::Same);
    }
    let shares = [first.share()?, second.share()?];
    let bytes = Sharks(NEEDED)
        .recover(&shares)
        .map(Zeroizing::new)
        .map_err(|_| Misfit::Wrong)?;
    let mut seed = Zeroizing::new([0; 32]);
    if bytes.len() != seed.len() {
        return Err(Misfit::Wrong);
    }
    seed.copy_from_slice(&bytes);
    let secret = RecoverySecret::from_bytes(&seed);
    (tag(&secret.public()) == first.tag())
        .then_some(secret)
        .ok_or(Misfit::Wrong)
}

impl Kit {
    /// Reads one from a file, or from the terminal where the path is `-`.
    pub(super) fn read(path: &Path) -> Result<Result<Self, Misfit>> {
        let text = if path == Path::new("-") {
            terminal::ask("The thirty words of one kit, on one line: ")?
        } else {
            Zeroizing::new(file::read_text(path)?)
        };
        Ok(Self::parse(&text))
    }

    /// Reads the words, whether they stand alone or on the whole sheet. Numbers between them are passed over, and the first four
    /// letters of a word will do.
    pub(super) fn parse(text: &str) -> Result<Self, Misfit> {
        let text = text.split_once(MARK).map_or(text, |(_, words)| words);
        let text = text.split_once(END).map_or(text, |(words, _)| words);
        let words: Vec<_> = text
            .split(|symbol: char| !symbol.is_ascii_alphabetic())
            .filter(|word| !word.is_empty())
            .collect();
        if words.len() != WORDS {
            return Err(Misfit::Count(words.len()));
        }
        let mut bits = Zeroizing::new(Vec::with_capacity(WORDS * 11));
        for (word, place) in words.into_iter().zip(1..) {
            let value = value(word).ok_or(Misfit::Unknown(place))?;
            bits.extend((0..11).rev().map(|bit| value >> bit & 1 == 1));
        }
        let bytes = Zeroizing::new(bits.chunks_exact(8).map(byte).collect::<Vec<_>>());
        Self::check(&bytes, &bits[SIZE * 8..])
    }

    fn check(bytes: &[u8], rest: &[bool]) -> Result<Self, Misfit> {
        let mut body = Zeroizing::new([0; BODY]);
        body.copy_from_slice(&bytes[..BODY]);
        let kit = Self(body);
        if bytes[BODY..] != kit.sum() || rest.iter().any(|bit| *bit) {
            return Err(Misfit::Mistyped);
        }
        if kit.0[0] != FORM {
            return Err(Misfit::Form);
        }
        Ok(kit)
    }

    /// Its words, five on a line, between the marks that reading looks for.
    pub(super) fn lines(&self) -> Zeroizing<String> {
        let list = bip39::Language::English.word_list();
        let bytes = Zeroizing::new([&self.0[..], &self.sum()].concat());
        let mut bits = Zeroizing::new(Vec::with_capacity(WORDS * 11));
        bits.extend(
            bytes
                .iter()
                .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)),
        );
        bits.resize(WORDS * 11, false);
        // Room for all of it: a text that grows leaves copies behind.
        let mut lines = Zeroizing::new(String::with_capacity(1024));
        lines.push_str(MARK);
        let mut gap = 0;
        for (place, bits) in bits.chunks_exact(11).enumerate() {
            let word = list[bits.iter().fold(0, |value, bit| value << 1 | usize::from(*bit))];
            let before = if place % 5 == 0 { "\n\n  " } else { &SPACES[..gap] };
            lines.push_str(before);
            lines.push_str(word);
            gap = SPACES.len() - word.len();
        }
        for part in ["\n\n", END, "\n"] {
            lines.push_str(part);
        }
        lines
    }

    /// Which of the three it is.
    pub(super) fn number(&self) -> u8 {
        self.0[1]
    }

    fn tag(&self) -> &[u8] {
        &self.0[2..5]
    }

    fn sum(&self) -> [u8; 4] {
        first(Hash::domain("kit", &[&self.0[..]]))
    }

    fn share(&self) -> Result<Share, Misfit> {
        if !(1..=CUSTODIANS).contains(&self.number()) {
            return Err(Misfit::Wrong);
        }
        let bytes = Zeroizing::new([&[self.number()], &self.0[5..]].concat());
        Share::try_from(bytes.as_slice()).map_err(|_| Misfit::Wrong)
    }
}

/// A word's place in the list; its first four letters name it.
fn value(word: &str) -> Option<usize> {
    let word = Zeroizing::new(word.to_ascii_lowercase());
    let list = bip39::Language::English.word_list();
    let exact = list.iter().position(|one| *one == word.as_str());
    exact.or_else(|| {
        let short = word.len() == 4;
        list.iter()
            .position(|one| short && one.starts_with(word.as_str()))
    })
}

fn byte(bits: &[bool]) -> u8 {
    bits.iter().fold(0, |value, bit| value << 1 | u8::from(*bit))
}

fn tag(public: &Recovery) -> [u8; 3] {
    first(public.hash())
}

fn first<const N: usize>(hash: Hash) -> [u8; N] {
    core::array::from_fn(|n| hash.0[n])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kits(seed: u8) -> (RecoverySecret, Vec<Kit>) {
        let bytes = Zeroizing::new([seed; 32]);
        let secret = RecoverySecret::from_bytes(&bytes);
        let kits = split(&bytes, &secret.public());
        (secret, kits)
    }

    /// Kits 1 and 3 of a key that was made once. Never changed: such words are in safes.
    const FROZEN: [&str; 2] = [
        "absurd arrange across myself blade enforce pledge doctor renew differ arm timber fuel twist jungle \
         attend swamp blade evil want arm census cliff canal loop same obtain sweet vivid decade",
        "absurd brisk across nasty soccer pencil fruit hundred city soul project gold liquid audit social \
         finish scorpion two spirit plastic meat estate snow enrich inform when evidence toward menu canoe",
    ];
    const FROZEN_PUBLIC: &str = "age1nx3dkzqhpa6j06taxfr7nen02s6qe23fg4mj5tcyjhdrcx2dqfsqfavca6.\
         531703c2c467af2bbfdeafabe950e67246a6bb1d875e030d67d8f3b8a68654c2";

    fn words(kit: &Kit) -> Vec<String> {
        let lines = kit.lines();
        let inner = lines.strip_prefix(MARK).unwrap().split_once(END).unwrap().0;
        let words = inner
            .split_whitespace()
            .filter(|word| word.parse::<u8>().is_err());
        words.map(str::to_owned).collect()
    }

    #[test]
    fn any_two_kits_make_the_key_in_any_order() {
        let (secret, kits) = kits(7);
        assert_eq!(kits.iter().map(Kit::number).collect::<Vec<_>>(), [1, 2, 3]);
        for (one, two) in [(0, 1), (1, 2), (2, 0), (1, 0)] {
            let read = |n: usize| Kit::parse(&kits[n].lines()).unwrap();
            assert_eq!(join(&read(one), &read(two)), Ok(secret.clone()));
        }
    }

    #[test]
    fn kits_on_paper_are_read_for_as_long_as_paper_lasts() {
        let kits = FROZEN.map(|words| Kit::parse(words).unwrap());
        let public = join(&kits[0], &kits[1]).unwrap().public();
        assert_eq!(public.to_string(), FROZEN_PUBLIC);
    }

    #[test]
    fn one_kit_alone_or_another_keys_makes_nothing() {
        let (_, own) = kits(7);
        let (_, others) = kits(8);
        assert_eq!(join(&own[0], &own[0]), Err(Misfit::Same));
        assert_eq!(join(&own[0], &others[1]), Err(Misfit::Apart));
        let mut forged = Kit(own[1].0.clone());
        forged.0[9] ^= 1;
        assert_eq!(join(&own[0], &forged), Err(Misfit::Wrong));
        forged.0[1] = 0;
        assert_eq!(join(&own[0], &forged), Err(Misfit::Wrong));
    }

    #[test]
    fn words_are_read_as_people_type_them() {
        let (secret, kits) = kits(7);
        let words = words(&kits[0]);
        assert_eq!(words.len(), WORDS);
        let short: Vec<_> = words
            .iter()
            .map(|word| word.chars().take(4).collect::<String>())
            .collect();
        for typed in [
            words.join(" "),
            words.join(", ").to_uppercase(),
            short.join("\n"),
            format!("Dear all,\n{}thank you", kits[0].lines().as_str()),
        ] {
            assert_eq!(join(&Kit::parse(&typed).unwrap(), &kits[1]), Ok(secret.clone()));
        }
    }

    #[test]
    fn every_wrong_word_is_found() {
        let (_, kits) = kits(7);
        let words = words(&kits[0]);
        let list = bip39::Language::English.word_list();
        for place in 0..WORDS {
            let mut wrong = words.clone();
            let value = value(&wrong[place]).unwrap();
            for step in [1, 2, 4, 512, 1024] {
                wrong[place] = list[(value ^ step) % list.len()].into();
                assert_eq!(
                    Kit::parse(&wrong.join(" ")).err(),
                    Some(Misfit::Mistyped),
                    "{place}"
                );
            }
            wrong[place] = "nosuchword".into();
            assert_eq!(
                Kit::parse(&wrong.join(" ")).err(),
                Some(Misfit::Unknown(place + 1))
            );
        }
        let mut swapped = words.clone();
        swapped.swap(3, 20);
        assert_eq!(Kit::parse(&swapped.join(" ")).err(), Some(Misfit::Mistyped));
        assert_eq!(Kit::parse(&words[1..].join(" ")).err(), Some(Misfit::Count(29)));
    }
}
