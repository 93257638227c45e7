//! The malicious server: it holds every row and answers as it likes. Each lie is refused, under its own name.
//!
//! The rows are those of the attack table in SECURITY.md.

use crate::town::{Chain, Desk, NOW, Store, TODAY, Town, concern, genesis, key, refused, sent, thread};
use minicbor::bytes::ByteVec;
use protocol::{
    append::{Append, Fetched, LogKind},
    codec,
    directory::Directory,
    entry::{Body, Entry, Place},
    envelope,
    group::{Act, EpochSecret, Group, Link, Member, Policy, RecoverySecret},
    id::{AccountId, AppendId, Day, GroupId, Hash, LogId},
    origin::Certificate,
    password::Cost,
    recipient::Identity,
    refused::Refused,
    signed::{self, SigningKey, sign},
    slot::{Slot, SlotKind},
    succession::Succession,
    told::More,
    vault::{Answer, Ask, Blob, KeyringSeen, Origin, Warning},
    wrap::Wrap,
};

/// What `change` makes of the honest answer about whom to trust.
fn lie_about_trust(town: &Town, change: impl FnOnce(&mut Ask)) -> Answer {
    let mut ask = town.trust(&town.amy);
    change(&mut ask);
    town.unlocked(&town.amy).ask(ask)
}

fn with_directory(town: &Town, directory: &Directory) -> Answer {
    lie_about_trust(town, |ask| {
        let Ask::Trust { directory: bytes, .. } = ask else {
            unreachable!()
        };
        *bytes = Blob(sign(directory, &[&key(1), &key(2)]));
    })
}

fn with_links(town: &Town, group: protocol::id::GroupId, links: &[Vec<u8>]) -> Answer {
    lie_about_trust(town, |ask| {
        let Ask::Trust { chains, .. } = ask else {
            unreachable!()
        };
        let chain = chains.iter_mut().find(|(id, _)| *id == group).unwrap();
        chain.1 = links.iter().cloned().map(Blob).collect();
    })
}

// ---- Keys: the unit's key, a ghost member, another view, an older one.

#[test]
fn a_directory_altered_in_any_bit_is_refused() {
    let town = Town::new();
    let mut amy = town.unlocked(&town.amy);
    let honest = town.signed_directory();
    for bit in (0..honest.len() * 8).step_by(61) {
        let mut ask = town.trust(&town.amy);
        let Ask::Trust { directory, .. } = &mut ask else {
            unreachable!()
        };
        directory.0[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(refused(amy.ask(ask)), Refused::UnsignedDirectory, "bit {bit}");
    }
}

#[test]
fn a_directory_signed_by_one_root_or_by_strangers_is_refused() {
    let town = Town::new();
    for keys in [vec![key(1)], vec![key(1), key(40)], vec![key(40), key(41)]] {
        let answer = lie_about_trust(&town, |ask| {
            let Ask::Trust { directory, .. } = ask else {
                unreachable!()
            };
            *directory = Blob(sign(&town.directory, &keys.iter().collect::<Vec<_>>()));
        });
        assert_eq!(refused(answer), Refused::UnsignedDirectory);
    }
}

#[test]
fn an_older_a_forked_and_an_expired_directory_are_refused() {
    let mut town = Town::new();
    let first = town.directory.clone();
    let mut amy = town.desk(&town.amy);
    town.directory = Directory {
        version: 2,
        previous: first.hash(),
        ..first.clone()
    };
    assert!(matches!(amy.ask(town.trust(&town.amy)), Answer::Trusted(_)));
    let second = town.directory.clone();
    town.directory = first;
    assert_eq!(refused(amy.ask(town.trust(&town.amy))), Refused::OlderDirectory);
    assert_eq!(refused(amy.ask(Ask::NoDirectory)), Refused::OlderDirectory);
    town.directory = Directory {
        vintage: "another".into(),
        ..second.clone()
    };
    assert_eq!(refused(amy.ask(town.trust(&town.amy))), Refused::ForkedDirectory);
    town.directory = Directory {
        version: 3,
        previous: Hash::ZERO,
        ..second.clone()
    };
    assert_eq!(refused(amy.ask(town.trust(&town.amy))), Refused::ForkedDirectory);
    let expired = Directory {
        expires: Day(TODAY.0 - 1),
        issued: Day(TODAY.0 - 80),
        ..second
    };
    assert_eq!(
        refused(with_directory(&town, &expired)),
        Refused::ExpiredDirectory
    );
    let other = Directory {
        instance: Hash::ZERO,
        ..town.directory.clone()
    };
    assert_eq!(refused(with_directory(&town, &other)), Refused::WrongInstance);
}

#[test]
fn a_swapped_unit_key_is_refused() {
    let town = Town::new();
    let signed = signed::verify::<Link>(&town.intake.links[0]).unwrap();
    let Act::Genesis {
        kind,
        name,
        members,
        policy,
        ..
    } = signed.payload.act.clone()
    else {
        unreachable!()
    };
    let own = EpochSecret(Identity::from_secret([66; 32]));
    let act = Act::Genesis {
        kind,
        name,
        members,
        policy,
        epoch: own.epoch(1, TODAY),
    };
    let link = Link {
        act,
        ..signed.payload
    };
    // Even where the unit's own lead signs it: the directory lists another first link.
    let bytes = sign(&link, &[&town.cat.keyring.signer]);
    assert_eq!(
        refused(with_links(&town, town.intake.id, &[bytes])),
        Refused::AlteredChain
    );
}

#[test]
fn a_ghost_member_or_a_ghost_epoch_is_refused() {
    let town = Town::new();
    let group = town.group(&town.intake);
    let (epoch, _) = group.draft_epoch(TODAY, &mut crate::town::rng(77));
    let policy = Policy {
        custodians: vec![],
        aims: None,
        ..group.now().policy.clone()
    };
    for act in [
        Act::Add(town.eve.member(false)),
        Act::Rotate(epoch),
        Act::Policy(policy),
    ] {
        // Signed by a member who is no lead, by somebody of another group, and by an administrator.
        for signer in [&town.dan.keyring.signer, &town.eve.keyring.signer, &key(11)] {
            let mut links = town.intake.links.clone();
            links.push(sign(&group.draft(town.instance, TODAY, act.clone()), &[signer]));
            assert_eq!(
                refused(with_links(&town, town.intake.id, &links)),
                Refused::AlteredChain
            );
        }
    }
}

#[test]
fn the_sealed_compartment_needs_two_signers_and_other_holders() {
    let mut town = Town::new();
    let act = Act::Add(town.dan.member(false));
    let one = crate::town::extend_unchecked(&town, &town.sealed, act.clone(), &[&town.eve]);
    assert_eq!(
        refused(with_links(&town, town.sealed.id, &one.links)),
        Refused::AlteredChain
    );
    // Two leads may take Dan in; but he holds the intake, and so nothing is sealed there any more.
    town.sealed = crate::town::extend(&town, &town.sealed, act, &[&town.eve, &town.fay]);
    let mut amy = town.unlocked(&town.amy);
    town.checkpoint = None;
    let Answer::Trusted(trusted) = amy.ask(town.trust(&town.amy)) else {
        panic!()
    };
    assert!(trusted.forces[0].intake.is_some());
    assert_eq!(trusted.forces[0].sealed, None);
}

#[test]
fn a_cut_reordered_or_doubled_chain_is_refused() {
    let mut town = Town::new();
    town.intake = crate::town::extend(
        &town,
        &town.intake,
        Act::Add(town.eve.member(false)),
        &[&town.cat],
    );
    town.intake = crate::town::extend(
        &town,
        &town.intake,
        Act::Add(town.fay.member(false)),
        &[&town.cat],
    );
    let links = town.intake.links.clone();
    let altered = |links: &[Vec<u8>]| refused(with_links(&town, town.intake.id, links));
    assert_eq!(altered(&[]), Refused::AlteredChain);
    assert_eq!(altered(&links[1..]), Refused::AlteredChain);
    assert_eq!(
        altered(&[links[0].clone(), links[2].clone(), links[1].clone()]),
        Refused::AlteredChain
    );
    assert_eq!(
        altered(&[links[0].clone(), links[1].clone(), links[1].clone()]),
        Refused::AlteredChain
    );
    // A chain that only stops early is a valid chain: what was seen before tells.
    let mut amy = town.desk(&town.amy);
    town.intake.links.pop();
    town.checkpoint = Some(town.current_checkpoint(2, Hash::ZERO));
    assert_eq!(refused(amy.ask(town.trust(&town.amy))), Refused::OlderChain);
}

#[test]
fn a_new_device_learns_from_the_checkpoint_that_a_chain_stops_early() {
    let mut town = Town::new();
    let before = town.intake.clone();
    town.intake = crate::town::extend(
        &town,
        &town.intake,
        Act::Add(town.eve.member(false)),
        &[&town.cat],
    );
    town.checkpoint = Some(town.current_checkpoint(1, Hash::ZERO));
    let answer = with_links(&town, town.intake.id, &before.links);
    assert_eq!(refused(answer), Refused::OlderChain);
}

#[test]
fn checkpoints_are_signed_by_two_and_never_go_back() {
    let mut town = Town::new();
    let first = town.checkpoint.clone().unwrap();
    for keys in [vec![key(11)], vec![key(11), key(1)], vec![key(40), key(41)]] {
        let answer = lie_about_trust(&town, |ask| {
            let Ask::Trust { checkpoint, .. } = ask else {
                unreachable!()
            };
            *checkpoint = Some(Blob(sign(&first, &keys.iter().collect::<Vec<_>>())));
        });
        assert_eq!(refused(answer), Refused::AlteredCheckpoint);
    }
    let mut amy = town.desk(&town.amy);
    town.checkpoint = Some(town.current_checkpoint(2, first.hash()));
    assert!(matches!(amy.ask(town.trust(&town.amy)), Answer::Trusted(_)));
    town.checkpoint = Some(first);
    assert_eq!(
        refused(amy.ask(town.trust(&town.amy))),
        Refused::AlteredCheckpoint
    );
    town.checkpoint = None;
    assert_eq!(
        refused(amy.ask(town.trust(&town.amy))),
        Refused::AlteredCheckpoint
    );
}

#[test]
fn no_checkpoint_and_an_old_one_are_said() {
    let mut town = Town::new();
    town.checkpoint = None;
    let Answer::Trusted(trusted) = town.unlocked(&town.amy).ask(town.trust(&town.amy)) else {
        panic!()
    };
    assert_eq!(trusted.warnings, [Warning::NoFreshCheckpoint]);
}

#[test]
fn a_head_missing_from_a_later_checkpoint_raises_the_alarm() {
    let mut town = Town::new();
    town.intake = crate::town::extend(
        &town,
        &town.intake,
        Act::Add(town.eve.member(false)),
        &[&town.cat],
    );
    let mut amy = town.desk(&town.amy);
    let mut later = town.current_checkpoint(2, town.checkpoint.as_ref().unwrap().hash());
    later.day = Day(TODAY.0 + 1);
    later.chains.retain(|(group, ..)| *group != town.intake.id);
    town.checkpoint = Some(later);
    let Answer::Trusted(trusted) = amy.ask(town.trust(&town.amy)) else {
        panic!()
    };
    assert!(trusted.warnings.contains(&Warning::HeadMissing));
}

#[test]
fn a_wrap_that_holds_another_key_is_refused() {
    let town = Town::new();
    let own = EpochSecret(Identity::from_secret([66; 32]));
    let group = town.group(&town.intake);
    let wrap = Wrap {
        instance: town.instance,
        group: group.id,
        epoch: 1,
        link: group.now().head,
        account: town.cat.keyring.account,
        secret: own,
    };
    let to = [town.cat.keyring.identity.recipient()];
    let seal = |wrap: &Wrap, signer: &SigningKey| {
        envelope::seal(&envelope::pad(sign(wrap, &[signer])).unwrap(), &to).unwrap()
    };
    let lie = |file: Vec<u8>| {
        let mut ask = town.trust(&town.cat);
        let Ask::Trust { wraps, .. } = &mut ask else {
            unreachable!()
        };
        *wraps = vec![Blob(file)];
        refused(town.unlocked(&town.cat).ask(ask))
    };
    assert_eq!(lie(seal(&wrap, &town.cat.keyring.signer)), Refused::SwappedKey);
    let right = Wrap {
        secret: town.intake.secrets[0].clone(),
        ..wrap
    };
    assert_eq!(lie(seal(&right, &key(66))), Refused::WrongSigner);
    let other = Wrap {
        account: town.dan.keyring.account,
        ..right
    };
    assert_eq!(lie(seal(&other, &town.cat.keyring.signer)), Refused::SwappedKey);
    let dans = town
        .intake
        .wraps
        .iter()
        .find(|(account, _)| *account == town.dan.keyring.account)
        .unwrap();
    assert_eq!(lie(dans.1.clone()), Refused::NotForYou);
}

#[test]
fn an_epoch_over_ninety_days_old_is_not_sealed_to() {
    let mut town = Town::new();
    let later = protocol::id::Minute((TODAY.0 + 91) * 1440);
    town.directory = Directory {
        version: 2,
        previous: town.directory.hash(),
        issued: Day(TODAY.0 + 91),
        expires: Day(TODAY.0 + 120),
        ..town.directory.clone()
    };
    let mut ask = town.trust(&town.amy);
    let Ask::Trust { now, .. } = &mut ask else {
        unreachable!()
    };
    *now = later;
    let mut amy = town.unlocked(&town.amy);
    let Answer::Trusted(trusted) = amy.ask(ask) else {
        panic!()
    };
    assert_eq!(trusted.forces[0].intake, None);
    let answer = amy.ask(Ask::SealConcern {
        concern: concern(),
        files: vec![],
        named: true,
        now: later,
    });
    assert_eq!(refused(answer), Refused::ExpiredEpoch);
}

// ---- Keyrings and passwords.

#[test]
fn weak_derivation_wrong_suite_and_foreign_keys_are_refused() {
    let town = Town::new();
    let try_unlock = |change: &dyn Fn(&mut Vec<u8>, &mut Vec<u8>), seen| {
        let mut desk = Desk::new(1);
        desk.ask(Ask::Begin(crate::town::deployment()));
        desk.ask(crate::town::derive(&town.amy));
        let (mut slot, mut keyring) = (town.amy.slot.clone(), town.amy.sealed.clone());
        change(&mut slot, &mut keyring);
        let account = town.amy.keyring.account;
        refused(desk.ask(Ask::Unlock {
            account,
            slots: vec![Blob(slot)],
            keyring: Blob(keyring),
            seen,
        }))
    };
    let weaken = |slot: &mut Vec<u8>, _: &mut Vec<u8>| {
        let parsed: Slot = codec::decode(slot).unwrap();
        assert_eq!(parsed.kind, SlotKind::Password);
        *slot = codec::encode(&Slot {
            cost: Cost {
                memory: 1024,
                passes: 1,
                lanes: 1,
            },
            ..parsed
        });
    };
    assert_eq!(try_unlock(&weaken, None), Refused::WeakDerivation);
    let suite = |slot: &mut Vec<u8>, _: &mut Vec<u8>| {
        *slot = codec::encode(&Slot {
            suite: 2,
            ..codec::decode(slot).unwrap()
        });
    };
    assert_eq!(try_unlock(&suite, None), Refused::WrongSuite);
    assert_eq!(
        try_unlock(&|slot, _| slot.clone_from(&town.ben.slot), None),
        Refused::WrongPassword
    );
    assert_eq!(
        try_unlock(&|_, keyring| keyring.clone_from(&town.ben.sealed), None),
        Refused::AlteredKeyring
    );
    assert_eq!(
        try_unlock(&|_, keyring| keyring.truncate(100), None),
        Refused::AlteredKeyring
    );
    let seen = |version, hash| Some(KeyringSeen { version, hash });
    assert_eq!(try_unlock(&|_, _| (), seen(2, Hash::ZERO)), Refused::OlderKeyring);
    assert_eq!(try_unlock(&|_, _| (), seen(1, Hash::ZERO)), Refused::OlderKeyring);
}

#[test]
fn a_wrong_password_opens_nothing() {
    let town = Town::new();
    let mut desk = Desk::new(1);
    desk.ask(Ask::Begin(crate::town::deployment()));
    desk.ask(Ask::Derive {
        name: "amy".into(),
        password: protocol::vault::Password(b"guess".to_vec()),
    });
    assert_eq!(
        refused(desk.ask(crate::town::unlock(&town.amy))),
        Refused::WrongPassword
    );
}

// ---- Threads: forged, replayed, reordered, swapped, truncated, re-addressed.

#[test]
fn every_flipped_bit_of_a_stored_concern_is_refused() {
    let (town, store, log) = sent();
    let mut cat = town.desk(&town.cat);
    let honest = store.fetch(log);
    let size = honest.entries[0].ciphertext.as_ref().unwrap().len();
    for bit in (0..size * 8).step_by(211) {
        let mut lie = honest.clone();
        let file = lie.entries[0].ciphertext.as_mut().unwrap();
        file[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(refused(cat.open_case(log, &lie)), Refused::AlteredEnvelope);
        // With the row's hash mended, the receipt contradicts it.
        lie.entries[0].hash = Hash::of(lie.entries[0].ciphertext.as_ref().unwrap());
        assert_eq!(refused(cat.open_case(log, &lie)), Refused::BadReceipt);
    }
    let mut cut = honest;
    cut.entries[0].ciphertext.as_mut().unwrap().truncate(size - 1);
    assert_eq!(refused(cat.open_case(log, &cut)), Refused::AlteredEnvelope);
}

#[test]
fn another_thread_in_the_place_of_the_one_asked_for_is_refused() {
    let (town, mut store, log) = sent();
    let (other, bytes) = town.desk(&town.ben).send(concern());
    store.append(&bytes);
    let mut cat = town.desk(&town.cat);
    assert_eq!(
        refused(cat.open_case(log, &store.fetch(other))),
        Refused::WrongPlace
    );
    let renamed = Fetched {
        log,
        ..store.fetch(other)
    };
    assert_eq!(refused(cat.open_case(log, &renamed)), Refused::BadReceipt);
    let journal = Fetched {
        kind: LogKind::Journal,
        ..store.fetch(log)
    };
    assert_eq!(refused(cat.open_case(log, &journal)), Refused::WrongPlace);
}

/// Receipts are the server's own to sign: these lies come with good ones.
fn restored(town: &Town, log: LogId, files: &[Vec<u8>]) -> Fetched {
    let mut store = Store::new(town);
    for (file, sequence) in files.iter().zip(0..) {
        let entry = protocol::append::NewEntry {
            log,
            kind: LogKind::Thread,
            sequence,
            ciphertext: file.clone(),
        };
        let append = Append {
            id: AppendId([u8::try_from(sequence).unwrap(); 16]),
            compartment: town.intake.id,
            epoch: 1,
            entries: vec![entry],
            tokens: vec![],
        };
        store.append(&codec::encode(&append));
    }
    store.fetch(log)
}

fn files(fetched: &Fetched) -> Vec<Vec<u8>> {
    fetched
        .entries
        .iter()
        .map(|entry| entry.ciphertext.clone().unwrap())
        .collect()
}

#[test]
fn swapped_replayed_and_reordered_entries_are_refused_even_with_good_receipts() {
    let (town, mut store, log) = sent();
    let (other, bytes) = town.desk(&town.ben).send(concern());
    store.append(&bytes);
    let mut cat = town.desk(&town.cat);
    thread(cat.open_case(log, &store.fetch(log)));
    let (_, first) = cat.sealed(Ask::SealOpened { log, now: NOW });
    store.append(&first);
    let [concern, opened]: [Vec<u8>; 2] = files(&store.fetch(log)).try_into().unwrap();
    let foreign = files(&store.fetch(other))[0].clone();

    let mut dan = town.desk(&town.dan);
    let mut lie = |files: &[Vec<u8>]| refused(dan.open_case(log, &restored(&town, log, files)));
    assert_eq!(
        lie(std::slice::from_ref(&foreign)),
        Refused::WrongPlace,
        "swapped"
    );
    assert_eq!(
        lie(&[opened.clone(), concern.clone()]),
        Refused::WrongPlace,
        "reordered"
    );
    assert_eq!(
        lie(&[concern.clone(), concern.clone()]),
        Refused::WrongPlace,
        "replayed"
    );
    assert_eq!(
        lie(&[concern.clone(), opened.clone(), opened.clone()]),
        Refused::WrongPlace,
        "doubled"
    );
    assert_eq!(
        lie(std::slice::from_ref(&opened)),
        Refused::WrongPlace,
        "withheld beginning"
    );
    let mut gap = store.fetch(log);
    gap.entries[1].sequence = 2;
    assert_eq!(refused(dan.open_case(log, &gap)), Refused::BrokenSequence);
    let empty = Fetched {
        entries: vec![],
        ..store.fetch(log)
    };
    assert_eq!(refused(dan.open_case(log, &empty)), Refused::BrokenSequence);
}

#[test]
fn what_was_proved_to_be_stored_cannot_be_withheld_or_replaced() {
    let (town, mut store, log) = sent();
    let mut amy = town.desk(&town.amy);
    let mut cat = town.desk(&town.cat);
    thread(cat.open_case(log, &store.fetch(log)));
    let (_, bytes) = cat.sealed(Ask::SealOpened { log, now: NOW });
    store.append(&bytes);
    thread(amy.open_thread(log, &store.fetch(log)));
    let mut cut = store.fetch(log);
    cut.entries.pop();
    assert_eq!(refused(amy.open_thread(log, &cut)), Refused::BrokenSequence);
    let (_, again) = town.desk(&town.amy).send(concern());
    let append: Append = codec::decode(&again).unwrap();
    assert_eq!(append.entries[0].log, log, "the same mailbox on another device");
    let replaced = restored(&town, log, &[append.entries[0].ciphertext.clone()]);
    assert_eq!(refused(amy.open_thread(log, &replaced)), Refused::BrokenSequence);
    let replaced = restored(
        &town,
        log,
        &[
            append.entries[0].ciphertext.clone(),
            files(&store.fetch(log))[1].clone(),
        ],
    );
    assert_eq!(refused(amy.open_thread(log, &replaced)), Refused::BrokenSequence);
}

/// The entry that Amy sent, and a place to write a forgery to.
fn forge(
    town: &Town,
    store: &Store,
    log: LogId,
    signer: &SigningKey,
    change: impl FnOnce(&mut Entry),
) -> Vec<u8> {
    let file = files(&store.fetch(log))[0].clone();
    let group = town.group(&town.intake);
    let place = Place {
        instance: town.instance,
        kind: LogKind::Thread,
        log,
        sequence: 0,
        previous: Hash::ZERO,
        group: &group,
        directory: (1, town.directory.hash()),
    };
    let secret = &town.intake.secrets[0].0;
    let mut entry = place.open(&file, &[(Some(1), secret)], None).unwrap().entry;
    let to = [
        group.now().epoch.recipient.clone(),
        entry.beginning.as_ref().unwrap().thread.clone(),
        group.now().policy.recovery.clone().unwrap().recipient,
    ];
    change(&mut entry);
    entry.seal(signer, &to).unwrap()
}

fn worse(entry: &mut Entry) {
    let Body::Concern(concern, _) = &mut entry.body else {
        unreachable!()
    };
    concern.told = crate::town::told("It was all a misunderstanding.");
}

#[test]
fn a_co_recipient_cannot_rewrite_what_was_told() {
    let (town, store, log) = sent();
    let kept = town.desk(&town.cat);
    let forged = forge(&town, &store, log, &town.cat.keyring.signer, worse);
    assert_eq!(
        refused(
            town.desk(&town.dan)
                .open_case(log, &restored(&town, log, &[forged]))
        ),
        Refused::WrongSigner
    );
    drop(kept);
    // With a signing key of its own in the beginning, the certificate does not match: no origin is shown.
    let own = key(66);
    let forged = forge(&town, &store, log, &own, |entry| {
        worse(entry);
        entry.beginning.as_mut().unwrap().signer = own.verifying();
    });
    let fetched = restored(&town, log, &[forged]);
    assert_eq!(
        thread(town.desk(&town.dan).open_case(log, &fetched)).origin,
        Origin::Unverified
    );
    assert_eq!(
        refused(town.desk(&town.amy).open_thread(log, &fetched)),
        Refused::WrongSigner,
        "its author knows better"
    );
}

/// A lie about one field.
type Change<'a> = &'a dyn Fn(&mut Entry);

#[test]
fn every_field_of_the_context_is_compared() {
    let (town, store, log) = sent();
    // The author herself lies, so that the signature is good.
    let signer = mailbox_signer(&town);
    let tries: [(Refused, Change<'_>); 14] = [
        (Refused::WrongSuite, &|entry| entry.suite = 2),
        (Refused::WrongInstance, &|entry| entry.instance = Hash::ZERO),
        (Refused::WrongPlace, &|entry| entry.kind = LogKind::Journal),
        (Refused::WrongPlace, &|entry| entry.log = LogId([9; 16])),
        (Refused::WrongPlace, &|entry| entry.sequence = 1),
        (Refused::BrokenSequence, &|entry| entry.previous = Hash([1; 32])),
        (Refused::Readdressed, &|entry| entry.compartment = town.sealed.id),
        (Refused::Readdressed, &|entry| entry.epoch = 2),
        (Refused::WrongRecipients, &|entry| {
            entry.recipients[0] = Hash::ZERO;
        }),
        (Refused::SplitView, &|entry| entry.directory.1 = Hash::ZERO),
        (Refused::SplitView, &|entry| entry.chain = Hash::ZERO),
        (Refused::Malformed, &|entry| entry.beginning = None),
        (Refused::Malformed, &|entry| entry.build = "a".repeat(65)),
        (Refused::Malformed, &|entry| {
            entry.beginning = None;
            entry.build = "a".repeat(65);
        }),
    ];
    for (expected, change) in tries {
        let file = forge(&town, &store, log, &signer, change);
        let answer = town
            .desk(&town.cat)
            .open_case(log, &restored(&town, log, &[file]));
        assert_eq!(refused(answer), expected);
    }
}

#[test]
fn the_longest_name_of_a_release_is_read() {
    let (town, store, log) = sent();
    let longest = |entry: &mut Entry| entry.build = "a".repeat(64);
    let file = forge(&town, &store, log, &mailbox_signer(&town), longest);
    thread(
        town.desk(&town.cat)
            .open_case(log, &restored(&town, log, &[file])),
    );
}

#[test]
fn what_begins_a_thread_is_as_large_as_with_the_largest_partner_and_the_rest_is_not() {
    let (town, mut store, log) = sent();
    let mut cat = town.desk(&town.cat);
    thread(cat.open_case(log, &store.fetch(log)));
    let (_, bytes) = cat.sealed(Ask::SealOpened { log, now: NOW });
    store.append(&bytes);
    let sizes: Vec<_> = files(&store.fetch(log)).iter().map(Vec::len).collect();
    assert!((64 << 10..66 << 10).contains(&sizes[0]), "{sizes:?}");
    assert!((4 << 10..6 << 10).contains(&sizes[1]), "{sizes:?}");
}

fn mailbox_signer(town: &Town) -> SigningKey {
    town.amy.keyring.mailboxes.mailbox(0).signer
}

#[test]
fn a_concern_for_one_unit_cannot_be_handed_to_another() {
    let (town, store, log) = sent();
    // Eve, of another compartment, is given Cat's thread, resealed to her own unit's key.
    let file = files(&store.fetch(log))[0].clone();
    let (plaintext, _) = envelope::open(&file, &[&town.intake.secrets[0].0], 3).unwrap();
    let group = town.group(&town.sealed);
    let to = [
        group.now().epoch.recipient.clone(),
        town.amy.keyring.mailboxes.mailbox(0).identity.recipient(),
        group.now().policy.recovery.clone().unwrap().recipient,
    ];
    let resealed = envelope::seal(&plaintext, &to).unwrap();
    let mut fetched = restored_in(&town, town.sealed.id, log, &resealed);
    assert_eq!(
        refused(town.desk(&town.eve).open_case(log, &fetched)),
        Refused::Readdressed
    );
    fetched.compartment = town.intake.id;
    assert_eq!(
        refused(town.desk(&town.cat).open_case(log, &fetched)),
        Refused::BadReceipt
    );
}

fn restored_in(town: &Town, compartment: protocol::id::GroupId, log: LogId, file: &[u8]) -> Fetched {
    let mut store = Store::new(town);
    let entry = protocol::append::NewEntry {
        log,
        kind: LogKind::Thread,
        sequence: 0,
        ciphertext: file.to_vec(),
    };
    let id = AppendId([0; 16]);
    store.append(&codec::encode(&Append {
        id,
        compartment,
        epoch: 1,
        entries: vec![entry],
        tokens: vec![],
    }));
    store.fetch(log)
}

#[test]
fn more_readers_than_named_and_hidden_bytes_are_refused() {
    let (town, store, log) = sent();
    let file = files(&store.fetch(log))[0].clone();
    let (plaintext, _) = envelope::open(&file, &[&town.intake.secrets[0].0], 3).unwrap();
    let group = town.group(&town.intake);
    let mut to = vec![
        group.now().epoch.recipient.clone(),
        town.amy.keyring.mailboxes.mailbox(0).identity.recipient(),
        group.now().policy.recovery.clone().unwrap().recipient,
    ];
    let mut smuggled = plaintext.to_vec();
    *smuggled.last_mut().unwrap() = 1;
    let smuggled = envelope::seal(&smuggled, &to).unwrap();
    let answer = town
        .desk(&town.cat)
        .open_case(log, &restored(&town, log, &[smuggled]));
    assert_eq!(refused(answer), Refused::AlteredEnvelope);
    to.push(Identity::from_secret([66; 32]).recipient());
    let wider = envelope::seal(&plaintext, &to).unwrap();
    let answer = town
        .desk(&town.cat)
        .open_case(log, &restored(&town, log, &[wider]));
    assert_eq!(refused(answer), Refused::WrongRecipients);
}

#[test]
fn only_a_member_can_say_that_it_was_opened_or_closed() {
    let (town, store, log) = sent();
    let concern = files(&store.fetch(log))[0].clone();
    let group = town.group(&town.intake);
    let place = Place {
        instance: town.instance,
        kind: LogKind::Thread,
        log,
        sequence: 1,
        previous: Hash::of(&concern),
        group: &group,
        directory: (1, town.directory.hash()),
    };
    let recipient = town.amy.keyring.mailboxes.mailbox(0).identity.recipient();
    for word in [Body::Opened, Body::Closed] {
        let (entry, to) = place.write(Some(&recipient), NOW, word).unwrap();
        for stranger in [key(66), town.eve.keyring.signer.clone(), mailbox_signer(&town)] {
            let file = entry.seal(&stranger, &to).unwrap();
            let fetched = restored(&town, log, &[concern.clone(), file]);
            assert_eq!(
                refused(town.desk(&town.amy).open_thread(log, &fetched)),
                Refused::WrongSigner
            );
        }
    }
}

#[test]
fn what_was_told_is_no_test_and_a_stranger_sends_none() {
    let (town, store, log) = sent();
    let own = mailbox_signer(&town);
    let group = town.group(&town.intake);
    let as_test = |entry: &mut Entry| {
        let Body::Concern(concern, _) = entry.body.clone() else {
            unreachable!()
        };
        entry.body = Body::Test(concern);
    };
    let vouched = |vouching: &SigningKey, partner: GroupId, head: Hash| {
        let certificate = Certificate {
            instance: town.instance,
            log,
            signer: own.verifying(),
            partner,
            head,
        };
        let certificate = certificate.sign(vouching);
        forge(&town, &store, log, &own, |entry| {
            as_test(entry);
            let beginning = entry.beginning.as_mut().unwrap();
            (beginning.certificate, beginning.chain) = (certificate, vec![]);
        })
    };
    let (eve, dan) = (&town.eve.keyring.signer, &town.dan.keyring.signer);
    let head = group.now().head;
    for forged in [
        forge(&town, &store, log, &own, as_test),
        vouched(eve, group.id, head),
        vouched(dan, GroupId([9; 16]), head),
        vouched(dan, group.id, Hash([9; 32])),
    ] {
        let fetched = restored(&town, log, &[forged]);
        assert_eq!(
            refused(town.desk(&town.cat).open_case(log, &fetched)),
            Refused::WrongSigner
        );
    }
    let honest = restored(&town, log, &[vouched(dan, group.id, head)]);
    let opened = thread(town.desk(&town.cat).open_case(log, &honest));
    let words = town.dan.member(true).words();
    assert_eq!(opened.origin, Origin::Test { words });
}

#[test]
fn erased_bytes_are_said_to_be_erased() {
    let (town, store, log) = sent();
    let mut erased = store.fetch(log);
    erased.entries[0].ciphertext = None;
    assert_eq!(
        refused(town.desk(&town.cat).open_case(log, &erased)),
        Refused::Erased
    );
}

// ---- Receipts.

#[test]
fn a_receipt_proves_its_own_append_and_nothing_else() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    let mut send = || match amy.ask(Ask::SealConcern {
        concern: concern(),
        files: vec![],
        named: true,
        now: NOW,
    }) {
        Answer::Sealed { append, bytes, .. } => (append, store.append(&bytes.0)),
        other => panic!("{other:?}"),
    };
    let ((one, first), (two, second)) = (send(), send());
    let mut check = |append, receipt: &[u8]| {
        amy.ask(Ask::CheckReceipt {
            append,
            receipt: Blob(receipt.to_vec()),
        })
    };
    assert_eq!(refused(check(one, &second)), Refused::BadReceipt);
    assert_eq!(refused(check(AppendId([0; 16]), &first)), Refused::BadReceipt);
    assert_eq!(refused(check(one, &[])), Refused::BadReceipt);
    for bit in (0..first.len() * 8).step_by(37) {
        let mut bad = first.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(refused(check(one, &bad)), Refused::BadReceipt);
    }
    let payload = signed::verify::<protocol::append::Receipt>(&first)
        .unwrap()
        .payload;
    assert_eq!(
        refused(check(one, &sign(&payload, &[&key(66)]))),
        Refused::BadReceipt,
        "another key"
    );
    assert!(matches!(check(one, &first), Answer::Stored(_)));
    assert!(matches!(check(two, &second), Answer::Stored(_)));
}

// ---- Removal.

#[test]
fn a_removed_member_opens_nothing_new() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let group = town.group(&town.intake);
    let (epoch, secret) = group.draft_epoch(TODAY, &mut crate::town::rng(5));
    let act = Act::Remove {
        account: town.dan.keyring.account,
        epoch,
    };
    town.intake = crate::town::extend(&town, &town.intake, act, &[&town.cat]);
    let group = town.group(&town.intake);
    let cat = town.cat.member(true);
    let wrap = group
        .wrap(town.instance, &cat, 2, &secret, &town.cat.keyring.signer)
        .unwrap();
    town.intake.wraps.push((cat.account, wrap));
    assert!(
        group
            .wrap(
                town.instance,
                &town.dan.member(false),
                2,
                &secret,
                &town.cat.keyring.signer
            )
            .is_err()
    );
    let (log, bytes) = town.desk(&town.amy).send(concern());
    store.append(&bytes);
    assert_eq!(
        thread(town.desk(&town.cat).open_case(log, &store.fetch(log))).concern,
        concern()
    );
    assert_eq!(
        refused(town.desk(&town.dan).open_case(log, &store.fetch(log))),
        Refused::NotForYou
    );
}

// ---- Administrators who are listed no longer.

/// The next directory after the town's, in which 13 takes the place of 11.
fn without_eleven(town: &Town, standing: Vec<Hash>) -> Directory {
    Directory {
        version: 2,
        previous: town.directory.hash(),
        administrators: [12, 13].map(|n| key(n).verifying()).to_vec(),
        standing,
        ..town.directory.clone()
    }
}

#[test]
fn what_an_administrator_signed_before_they_left_stands_and_nothing_later() {
    let (mut town, store, log) = sent();
    let checkpoint = town.checkpoint.clone().unwrap();
    let mut amy = town.desk(&town.amy);
    let partner = genesis(&town.partner.links[0]);
    for (standing, refusal) in [
        (vec![], Refused::AlteredChain),
        (vec![checkpoint.hash()], Refused::AlteredChain),
        (vec![partner], Refused::AlteredCheckpoint),
    ] {
        let answer = shown(&mut amy, &town, &without_eleven(&town, standing), &[1, 2]);
        assert_eq!(refused(answer), refusal);
    }
    town.directory = without_eleven(&town, vec![checkpoint.hash(), partner]);
    let opened = thread(town.desk(&town.cat).open_case(log, &store.fetch(log)));
    assert_ne!(opened.origin, Origin::Unverified, "who told it is still known");
    assert!(matches!(amy.ask(town.trust(&town.amy)), Answer::Trusted(_)));

    // With 11's key and the help of 12, or with 11's alone.
    let mut later = town.trust(&town.amy);
    let Ask::Trust {
        checkpoint: given, ..
    } = &mut later
    else {
        unreachable!()
    };
    let next = town.current_checkpoint(2, checkpoint.hash());
    *given = Some(Blob(sign(&next, &[&key(11), &key(12)])));
    assert_eq!(refused(amy.ask(later)), Refused::AlteredCheckpoint);
    let mut ghost = signed::verify::<Link>(&town.partner.links[0]).unwrap().payload;
    let Act::Genesis { name, .. } = &mut ghost.act else {
        unreachable!()
    };
    name.push_str(" of another");
    for (signers, refusal) in [(&[12, 13][..], None), (&[11, 12], Some(Refused::AlteredChain))] {
        let link = sign(&ghost, &keys(signers).iter().collect::<Vec<_>>());
        let founders = town.directory.founders(ghost.group);
        let verified = Group::verify(ghost.group, &[link], town.instance, founders, TODAY);
        assert_eq!(verified.err(), refusal);
    }
}

// ---- Roots that were lost or stolen.

/// The next directory after the town's: the roots are now 1, 2 and 4.
fn succeeded(town: &Town) -> Directory {
    Directory {
        version: 2,
        previous: town.directory.hash(),
        successions: vec![succession(town, 1, &[1, 2, 4], &[1, 2])],
        ..town.directory.clone()
    }
}

fn succession(town: &Town, number: u32, roots: &[u8], signers: &[u8]) -> ByteVec {
    let payload = Succession {
        instance: town.instance,
        number,
        roots: roots.iter().map(|n| key(*n).verifying()).collect(),
        day: TODAY,
    };
    sign(&payload, &keys(signers).iter().collect::<Vec<_>>()).into()
}

fn keys(seeds: &[u8]) -> Vec<SigningKey> {
    seeds.iter().copied().map(key).collect()
}

/// What `desk` answers to a directory that these roots signed.
fn shown(desk: &mut Desk, town: &Town, directory: &Directory, signers: &[u8]) -> Answer {
    let mut ask = town.trust(&town.amy);
    let Ask::Trust { directory: bytes, .. } = &mut ask else {
        unreachable!()
    };
    *bytes = Blob(sign(directory, &keys(signers).iter().collect::<Vec<_>>()));
    desk.ask(ask)
}

#[test]
fn a_root_that_was_replaced_is_out_for_good() {
    let town = Town::new();
    let mut amy = town.desk(&town.amy);
    let second = succeeded(&town);
    for signers in [&[1, 3][..], &[3, 4], &[4], &[1, 3, 4]] {
        let answer = shown(&mut amy, &town, &second, signers);
        assert_eq!(refused(answer), Refused::UnsignedDirectory, "{signers:?}");
    }
    assert!(matches!(
        shown(&mut amy, &town, &second, &[2, 4]),
        Answer::Trusted(_)
    ));
    let forgets = Directory {
        version: 9,
        successions: vec![],
        ..second.clone()
    };
    assert_eq!(
        refused(shown(&mut amy, &town, &forgets, &[1, 3])),
        Refused::OlderRoots
    );
    let another = Directory {
        successions: vec![succession(&town, 1, &[1, 3, 5], &[1, 3])],
        ..forgets
    };
    assert_eq!(
        refused(shown(&mut amy, &town, &another, &[3, 5])),
        Refused::OlderRoots
    );
    let third = Directory {
        version: 3,
        previous: second.hash(),
        ..second
    };
    assert!(matches!(
        shown(&mut amy, &town, &third, &[1, 2]),
        Answer::Trusted(_)
    ));
}

#[test]
fn roots_are_changed_by_the_roots_before_and_by_nobody_else() {
    let town = Town::new();
    for (roots, signers) in [
        (&[1, 2, 4][..], &[1][..]),
        (&[1, 2, 4], &[1, 4]),
        (&[40, 41, 42], &[40, 41]),
        (&[1, 2], &[1, 2]),
    ] {
        let lie = Directory {
            successions: vec![succession(&town, 1, roots, signers)],
            ..succeeded(&town)
        };
        let answer = shown(&mut town.unlocked(&town.amy), &town, &lie, &[1, 2]);
        assert_eq!(refused(answer), Refused::AlteredRoots, "{signers:?}");
    }
}

// ---- Recovery.

fn with_recovery(town: &Town, chain: &Chain, members: Vec<Member>, signers: &[&SigningKey]) -> Refused {
    let group = town.group(chain);
    let (epoch, _) = group.draft_epoch(TODAY, &mut crate::town::rng(77));
    with_act(town, chain, Act::Recover { members, epoch }, signers)
}

fn with_act(town: &Town, chain: &Chain, act: Act, signers: &[&SigningKey]) -> Refused {
    let link = town.group(chain).draft(town.instance, TODAY, act);
    let mut links = chain.links.clone();
    links.push(sign(&link, signers));
    refused(with_links(town, chain.id, &links))
}

#[test]
fn only_the_recovery_key_replaces_all_members() {
    let town = Town::new();
    let members = || vec![town.dan.member(true)];
    let recovery = town.intake.recovery.as_ref().unwrap().signer();
    let other = town.oversight.recovery.as_ref().unwrap().signer();
    let lead = &town.cat.keyring.signer;
    for signers in [&[lead][..], &[&other], &[&key(1), &key(2)], &[&recovery, lead]] {
        let why = with_recovery(&town, &town.intake, members(), signers);
        assert_eq!(why, Refused::WrongRecovery);
    }
    // It does nothing else, and nothing where there is none.
    let act = Act::Add(town.dan.member(true));
    assert_eq!(
        with_act(&town, &town.intake, act, &[&recovery]),
        Refused::AlteredChain
    );
    let why = with_recovery(&town, &town.partner, members(), &[&town.amy.keyring.signer]);
    assert_eq!(why, Refused::WrongRecovery);
}

#[test]
fn a_recovery_key_that_was_replaced_recovers_nothing() {
    let mut town = Town::new();
    let policy = Policy {
        recovery: town.oversight.recovery.as_ref().map(RecoverySecret::public),
        ..town.group(&town.intake).now().policy.clone()
    };
    town.intake = crate::town::extend(&town, &town.intake, Act::Policy(policy), &[&town.cat]);
    let (old, new) = (&town.intake.recovery, &town.oversight.recovery);
    let members = vec![town.dan.member(true)];
    let old = old.as_ref().unwrap().signer();
    assert_eq!(
        with_recovery(&town, &town.intake, members.clone(), &[&old]),
        Refused::WrongRecovery
    );
    let new = RecoverySecret::clone(new.as_ref().unwrap());
    town.intake.recovery = Some(new);
    // Nobody wrapped the first epoch to the new key: the new members are given the second alone.
    town.intake
        .wraps
        .retain(|(account, _)| *account != AccountId::RECOVERY);
    let group = town.group(&town.intake);
    let (epoch, _) = group.draft_epoch(TODAY, &mut crate::town::rng(77));
    let link = group.draft(town.instance, TODAY, Act::Recover { members, epoch });
    let signer = town.intake.recovery.as_ref().unwrap().signer();
    town.intake.links.push(sign(&link, &[&signer]));
    assert_eq!(town.group(&town.intake).now().members, [town.dan.member(true)]);
}

#[test]
fn recovery_leaves_a_group_that_can_work_and_a_key_that_is_new() {
    let town = Town::new();
    let recovery = town.intake.recovery.as_ref().unwrap();
    let none_leads = vec![town.dan.member(false)];
    let nobody = Member {
        account: AccountId::RECOVERY,
        ..town.dan.member(true)
    };
    let itself = Member {
        signer: recovery.signer().verifying(),
        ..town.dan.member(true)
    };
    for members in [vec![], none_leads, vec![nobody.clone()], vec![itself]] {
        let why = with_recovery(&town, &town.intake, members, &[&recovery.signer()]);
        assert_eq!(why, Refused::AlteredChain);
    }
    let act = Act::Add(nobody);
    let lead = &town.cat.keyring.signer;
    assert_eq!(with_act(&town, &town.intake, act, &[lead]), Refused::AlteredChain);
    let used = Act::Recover {
        members: vec![town.dan.member(true)],
        epoch: town.intake.secrets[0].epoch(2, TODAY),
    };
    let why = with_act(&town, &town.intake, used, &[&recovery.signer()]);
    assert_eq!(why, Refused::AlteredChain);
    let sealed = town.sealed.recovery.as_ref().unwrap().signer();
    let why = with_recovery(&town, &town.sealed, vec![town.eve.member(true)], &[&sealed]);
    assert_eq!(why, Refused::AlteredChain, "one lead");
}

#[test]
fn recovered_members_open_what_came_before_and_everybody_hears_of_it() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    let (before, bytes) = amy.send(concern());
    store.append(&bytes);
    let gil = crate::town::person(town.instance, "gil");
    town.intake = crate::town::recover(&town, &town.intake, &[gil.member(true)]);
    let Answer::Trusted(trusted) = amy.ask(town.trust(&town.amy)) else {
        panic!()
    };
    assert_eq!(trusted.warnings, [Warning::Recovered]);
    let Answer::Trusted(trusted) = amy.ask(town.trust(&town.amy)) else {
        panic!()
    };
    assert_eq!(trusted.warnings, [], "said once");
    let (after, bytes) = amy.send(concern());
    store.append(&bytes);
    for log in [before, after] {
        let answer = town.desk(&gil).open_case(log, &store.fetch(log));
        assert_eq!(thread(answer).concern, concern());
    }
    assert_eq!(
        refused(town.desk(&town.cat).open_case(after, &store.fetch(after))),
        Refused::NotForYou,
        "who was there before"
    );
}

/// The first entry of a thread made into the second, with this body.
fn second(town: &Town, store: &Store, log: LogId, signer: &SigningKey, body: Body) -> Fetched {
    let first = files(&store.fetch(log))[0].clone();
    let forged = forge(town, store, log, signer, |entry| {
        entry.sequence = 1;
        entry.previous = Hash::of(&first);
        entry.beginning = None;
        entry.body = body;
    });
    restored(town, log, &[first, forged])
}

#[test]
fn nobody_adds_to_a_concern_or_answers_it_in_anothers_name() {
    let (town, store, log) = sent();
    let more = Body::More(
        More {
            text: "It was nothing.".into(),
            withdrawn: None,
        }
        .to_bytes(),
    );
    let (amy, cat, eve) = (
        mailbox_signer(&town),
        &town.cat.keyring.signer,
        &town.eve.keyring.signer,
    );
    let open = |signer, body| {
        let fetched = second(&town, &store, log, signer, body);
        town.desk(&town.dan).open_case(log, &fetched)
    };
    assert_eq!(
        thread(open(&amy, more.clone())).more.len(),
        1,
        "the practitioner may"
    );
    assert_eq!(
        refused(open(cat, more.clone())),
        Refused::WrongSigner,
        "a member may not"
    );
    assert_eq!(refused(open(eve, more.clone())), Refused::WrongSigner);
    assert_eq!(
        refused(open(&amy, Body::Opened)),
        Refused::WrongSigner,
        "and she does not speak for the unit"
    );
    assert_eq!(refused(open(&amy, Body::Closed)), Refused::WrongSigner);
    let first = forge(&town, &store, log, &amy, |entry| entry.body = more);
    let answer = town
        .desk(&town.dan)
        .open_case(log, &restored(&town, log, &[first]));
    assert_eq!(refused(answer), Refused::Malformed, "no thread begins with it");
}
