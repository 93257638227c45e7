//! Properties: what is sealed opens again; a flipped bit or a swapped blob of the same type never does.

use crate::town::{Store, TODAY, Town, concern, key as root, roots};
use minicbor::bytes::ByteVec;
use proptest::prelude::*;
use protocol::{
    codec,
    concern::{Concern, LONG, SHORT, TextProblem, check_text},
    directory::Directory,
    envelope,
    group::{Founders, Group},
    id::AccountId,
    keyring::Keyring,
    recipient::Identity,
    signed::sign,
    slot::{KeyringKey, Opener, Slot},
    succession::{Line, Succession},
    told::{self, Subject, Told},
    vault::{Answer, Ask},
    wrap::Wrap,
};
use std::sync::LazyLock;

static TOWN: LazyLock<Town> = LazyLock::new(Town::new);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn envelopes_open_to_what_was_sealed(bytes in prop::collection::vec(any::<u8>(), 0..20_000), seed in any::<[u8; 32]>()) {
        let identity = Identity::from_secret(seed);
        let file = envelope::seal(&bytes, &[identity.recipient()]).unwrap();
        prop_assert_eq!(&*envelope::open(&file, &[&identity], 1).unwrap().0, &bytes);
    }

    #[test]
    fn a_flipped_bit_anywhere_is_refused(choice in 0..8_usize, place in any::<prop::sample::Index>()) {
        let (bytes, opens) = &stored()[choice];
        let bit = place.index(bytes.len() * 8);
        let mut bad = bytes.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(opens(bytes), "the honest one opens");
        prop_assert!(!opens(&bad), "type {choice}, bit {bit}");
    }

    #[test]
    fn text_is_checked_as_it_is_counted(text in ".{0,40}") {
        let fits = check_text(&text, 30);
        let length = text.chars().count();
        prop_assert_eq!(matches!(fits, Err(TextProblem::TooLong { over, .. }) if over == length - 30), length > 30 && !text.trim().is_empty());
    }

    #[test]
    fn concerns_read_back(happened in "\\PC{1,200}", who in "\\PC{1,80}") {
        let person = Subject { name: who, ..Subject::default() };
        let told = Told { happened, subjects: vec![person], ..Told::default() };
        let concern = Concern { told: told.to_bytes(), ..concern() };
        let read = codec::decode::<Concern>(&codec::encode(&concern)).unwrap();
        prop_assert_eq!(&read, &concern);
        if told.is_sound() {
            prop_assert_eq!(read.told(), Ok(told));
        }
    }
}

type Opens = Box<dyn Fn(&[u8]) -> bool + Send + Sync>;

/// One of each thing that the server stores, and what a client does with it.
fn stored() -> &'static [(Vec<u8>, Opens); 8] {
    static STORED: LazyLock<[(Vec<u8>, Opens); 8]> = LazyLock::new(|| {
        let town = &*TOWN;
        let instance = town.instance;
        let directory =
            move |bytes: &[u8]| Directory::verify(bytes, (&roots(), 2), instance, None, TODAY).is_ok();
        let genesis = town.group(&town.intake).now().head;
        let link = move |bytes: &[u8]| {
            Group::verify(
                town.intake.id,
                &[bytes],
                instance,
                Founders::Directory(genesis),
                TODAY,
            )
            .is_ok()
        };
        let cat = &town.cat.keyring;
        let wrap = move |bytes: &[u8]| {
            let group = town.group(&town.intake);
            Wrap::open(bytes, &cat.identity)
                .is_ok_and(|wrap| wrap.check(&group, instance, cat.account).is_ok())
        };
        let mine = town
            .intake
            .wraps
            .iter()
            .find(|(account, _)| *account == cat.account)
            .unwrap()
            .1
            .clone();
        let mut rng = crate::town::rng(3);
        let key = KeyringKey::random(&mut rng);
        let opener = Opener::of_passkey(&[4; 32]).unwrap();
        let slot = Slot::seal(instance, cat.account, &opener, &key, &mut rng);
        let keyring = cat.seal(7, &key, &mut rng);
        let opens_slot = move |bytes: &[u8]| {
            Slot::parse(bytes).is_ok_and(|slot| slot.open(instance, cat.account, &opener).is_some())
        };
        let recovered = crate::town::recover(town, &town.intake, &[town.fay.member(true)]);
        let recover = move |bytes: &[u8]| {
            let links = [&town.intake.links[0], bytes];
            Group::verify(
                town.intake.id,
                &links,
                instance,
                Founders::Directory(genesis),
                TODAY,
            )
            .is_ok()
        };
        let to_recovery = move |bytes: &[u8]| {
            let (group, secret) = (town.group(&town.intake), town.intake.recovery.as_ref().unwrap());
            Wrap::open(bytes, secret.identity())
                .is_ok_and(|wrap| wrap.check(&group, instance, AccountId::RECOVERY).is_ok())
        };
        let for_recovery = town.intake.wraps.last().unwrap().1.clone();
        let succession = Succession {
            instance,
            number: 1,
            roots: vec![root(1).verifying(), root(2).verifying(), root(4).verifying()],
            day: TODAY,
        };
        let succession = sign(&succession, &[&root(1), &root(2)]);
        let succeeds = move |bytes: &[u8]| {
            Line::follow((&roots(), 2), instance, &[ByteVec::from(bytes.to_vec())]).is_ok()
        };
        let opens_keyring = move |bytes: &[u8]| Keyring::open(bytes, instance, cat.account, &key).is_ok();
        [
            (town.signed_directory(), Box::new(directory)),
            (town.intake.links[0].clone(), Box::new(link)),
            (mine, Box::new(wrap)),
            (slot, Box::new(opens_slot)),
            (keyring, Box::new(opens_keyring)),
            (recovered.links[1].clone(), Box::new(recover)),
            (for_recovery, Box::new(to_recovery)),
            (succession, Box::new(succeeds)),
        ]
    });
    &STORED
}

#[test]
fn no_two_blobs_of_one_type_can_be_swapped() {
    let town = &*TOWN;
    // Wraps between members and groups; links between groups.
    let chains = [&town.intake, &town.sealed, &town.oversight, &town.partner];
    for person in [&town.amy, &town.ben, &town.cat, &town.dan, &town.eve, &town.fay] {
        for chain in chains {
            let group = town.group(chain);
            for other in chains {
                for (account, wrap) in &other.wraps {
                    let fits = other.id == chain.id && *account == person.keyring.account;
                    let opened = Wrap::open(wrap, &person.keyring.identity)
                        .is_ok_and(|wrap| wrap.check(&group, town.instance, person.keyring.account).is_ok());
                    assert_eq!(opened, fits, "{}", person.name);
                }
            }
        }
    }
}

#[test]
fn no_two_threads_can_be_swapped_between_any_readers() {
    let town = &*TOWN;
    let mut store = Store::new(town);
    let mut logs = Vec::new();
    for sender in [&town.amy, &town.ben] {
        let mut desk = town.desk(sender);
        for _ in 0..2 {
            let (log, bytes) = desk.send(concern());
            store.append(&bytes);
            logs.push(log);
        }
    }
    let mut cat = town.desk(&town.cat);
    for asked in &logs {
        for given in &logs {
            let mut fetched = store.fetch(*given);
            fetched.log = *asked;
            let answer = cat.open_case(*asked, &fetched);
            assert_eq!(matches!(answer, Answer::Thread(_)), asked == given);
        }
    }
}

#[test]
fn the_longest_concern_fits_an_envelope() {
    let town = &*TOWN;
    // Four bytes a character, in as many answers as there is room for.
    let person = Subject {
        looks: "👩".repeat(SHORT),
        ..Subject::default()
    };
    let told = Told {
        happened: "👩".repeat(LONG),
        subjects: vec![person; 9],
        ..Told::default()
    };
    assert!(told.is_sound());
    let long = Concern {
        told: told.to_bytes(),
        ..concern()
    };
    let (_, bytes) = town.desk(&town.amy).send(long.clone());
    assert!(bytes.len() < 300 << 10);
    let longer = Concern {
        told: vec![0; told::MOST + 1],
        ..long
    };
    let ask = Ask::SealConcern {
        concern: longer,
        files: vec![],
        named: true,
        now: crate::town::NOW,
    };
    assert!(matches!(town.desk(&town.amy).ask(ask), Answer::Refused(_)));
}
