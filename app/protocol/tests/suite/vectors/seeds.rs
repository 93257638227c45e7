//! What `cargo xtask fuzz` begins with: the frozen values, each as its parser meets it, in `app/protocol/fuzz/seeds`.

use super::*;
use crate::{fuzz, town::rng};
use protocol::attachment::Part;
use std::{env, fs, path::PathBuf};

/// A parser, the check that is fuzzed, and its seeds by name.
type Seeds = (&'static str, fn(&[u8]), Vec<(&'static str, Vec<u8>)>);

fn seeds() -> Vec<Seeds> {
    vec![
        ("append", fuzz::append::check, handed()),
        ("chain", fuzz::chain::check, chains()),
        ("directory", fuzz::directory::check, directories()),
        (
            "draft",
            fuzz::draft::check,
            vec![("draft", codec::encode(&unsent()))],
        ),
        ("entry", fuzz::entry::check, entries()),
        (
            "envelope",
            fuzz::envelope::check,
            vec![("entry", SEALED.to_vec())],
        ),
        ("keyring", fuzz::keyring::check, keyrings()),
        ("part", fuzz::part::check, parts()),
        ("slot", fuzz::slot::check, vec![("slot", slot())]),
    ]
}

fn folder(parser: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(parser)
}

/// Without this what is fuzzed would drift away from what is written.
#[test]
fn seeds_are_the_frozen_values() {
    const HOW: &str = "CANDOUR_SEEDS=write cargo test -p protocol --test suite -- seeds";
    for (parser, _, seeds) in seeds() {
        for (name, bytes) in seeds {
            let path = folder(parser).join(name);
            if env::var_os("CANDOUR_SEEDS").is_some() {
                fs::create_dir_all(folder(parser)).unwrap();
                fs::write(&path, &bytes).unwrap();
            }
            let kept = fs::read(&path).ok();
            assert!(
                kept == Some(bytes),
                "{} is another; write it with: {HOW}",
                path.display()
            );
        }
    }
}

/// Every seed, each without its end, and each with one byte changed.
#[test]
fn every_seed_keeps_what_must_hold() {
    for (parser, check, _) in seeds() {
        for seed in fs::read_dir(folder(parser)).unwrap() {
            let bytes = fs::read(seed.unwrap().path()).unwrap();
            check(&bytes);
            for at in (0..bytes.len()).step_by(bytes.len() / 50 + 1) {
                check(&bytes[..at]);
                let mut other = bytes.clone();
                other[at] ^= 0x20;
                check(&other);
            }
        }
    }
}

#[test]
fn what_is_accepted_of_the_seeds_is_what_was_meant() {
    assert_eq!(fuzz::chain::length(&codec::encode(&history())), 7);
    assert_eq!(fuzz::chain::length(&codec::encode(&partner())), 2);
    assert!(fuzz::directory::is_accepted(&codec::encode(&sound())));
    assert!(fuzz::directory::is_accepted(&codec::encode(&succeeded())));
    assert_eq!(fuzz::part::content(&part(b"hello")), Some(b"hello".to_vec()));
}

fn handed() -> Vec<(&'static str, Vec<u8>)> {
    let mut handed = vec![
        ("append", codec::encode(&append())),
        ("fetched", codec::encode(&fetched())),
        ("export", codec::encode(&export())),
        ("recovered", codec::encode(&recovered())),
        ("receipt", codec::encode(&receipt())),
        ("receipt_signed", sign(&receipt(), &[&key(1)])),
        ("checkpoint", codec::encode(&checkpoint())),
        ("wrap", codec::encode(&wrap())),
        ("recovery", recovery().public().to_string().into_bytes()),
    ];
    let words =
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    handed.push(("words", words.into()));
    handed
}

fn chains() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("history", codec::encode(&history())),
        ("partner", codec::encode(&partner())),
        ("first_signed", sign(&genesis(), &[&key(1)])),
    ]
}

/// Each act once, in an order in which all of them may be done.
fn history() -> Vec<Link> {
    let gone = Act::Remove {
        account: AccountId([5; 16]),
        epoch: epoch(2),
    };
    let recovered = Act::Recover {
        members: vec![member(6), member(7)],
        epoch: epoch(4),
    };
    let acts = [
        Act::Add(member(5)),
        gone,
        Act::Rotate(epoch(3)),
        Act::Policy(policy()),
        Act::Policy(aiming()),
        recovered,
    ];
    std::iter::once(genesis()).chain(acts.map(link)).collect()
}

/// An organisation, which has no recovery key.
fn partner() -> Vec<Link> {
    let first = Act::Genesis {
        kind: GroupKind::Partner,
        name: "Refuge".into(),
        members: vec![member(4)],
        epoch: epoch(1),
        policy: Policy {
            recovery: None,
            ..policy()
        },
    };
    vec![link(first), link(Act::Add(member(5)))]
}

fn epoch(number: u8) -> protocol::group::Epoch {
    EpochSecret(identity(10 + number)).epoch(number.into(), TODAY)
}

fn directories() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("frozen", codec::encode(&directory())),
        ("signed", sign(&directory(), &[&key(1), &key(2)])),
        ("sound", codec::encode(&sound())),
        ("succeeded", codec::encode(&succeeded())),
    ]
}

/// As it is before a root was ever lost.
fn sound() -> Directory {
    Directory {
        successions: vec![],
        ..directory()
    }
}

fn succeeded() -> Directory {
    let successions = vec![sign(&succession(), &[&key(1), &key(2)]).into()];
    Directory {
        successions,
        ..directory()
    }
}

fn entries() -> Vec<(&'static str, Vec<u8>)> {
    let whole = Body::Concern(Box::new(concern()), vec![]);
    vec![
        ("concern", codec::encode(&entry(whole))),
        ("with_a_file", codec::encode(&entry(with_a_file()))),
        ("opened", codec::encode(&entry(Body::Opened))),
        ("opened_signed", sign(&entry(Body::Opened), &[&key(1)])),
        ("more", codec::encode(&entry(Body::More(more().to_bytes())))),
        ("message", codec::encode(&entry(work::message()))),
        ("work", work::assessed()),
        ("told", concern().told),
        ("added", more().to_bytes()),
    ]
}

fn keyrings() -> Vec<(&'static str, Vec<u8>)> {
    let names = [(AccountId([8; 16]), "Gil")];
    let full = Keyring {
        pins: pins(),
        openers: vec![Opener::of_passkey(&[4; 32]).unwrap()],
        ..open_keyring(Some(Hash([9; 32])), &names, &mut rng(1))
    };
    vec![
        ("new", codec::encode(&open_keyring(None, &[], &mut rng(1)))),
        ("full", codec::encode(&full)),
    ]
}

fn parts() -> Vec<(&'static str, Vec<u8>)> {
    vec![("short", part(b"hello")), ("longer", part(&[7; 300]))]
}

/// A part as it is inside its seal.
fn part(bytes: &[u8]) -> Vec<u8> {
    let place = Part {
        attachment: AttachmentId([1; 16]),
        index: 3,
    };
    let (file, _) = place.seal(bytes, &identity(1).recipient()).unwrap();
    envelope::open(&file, &[&identity(1)], 1).unwrap().0.to_vec()
}
