//! What one vault has learnt, the next one holds the server to.

use crate::town::{Chain, Desk, NOW, Person, Store, TODAY, Town, concern, extend, rng, thread};
use protocol::{
    append::Commitment,
    codec,
    group::Act,
    id::{Day, GroupId, Hash, LogId},
    refused::Refused,
    vault::{Answer, Ask, Blob, Missing, Origin},
};

/// Locks: what the vault has learnt goes into the stored keyring.
fn lock(mut desk: Desk, person: &mut Person) {
    let Answer::Keyring { keyring, .. } = desk.ask(Ask::SealKeyring { now: NOW }) else {
        panic!("no keyring")
    };
    person.sealed = keyring.0;
}

/// The commitment chain of the intake: its lines and its head.
fn chain_of(store: &Store) -> (GroupId, Vec<Commitment>, Hash) {
    store.chains[0].clone()
}

fn head_of(compartment: GroupId, lines: &[Commitment]) -> Hash {
    lines
        .iter()
        .fold(Hash::ZERO, |head, line| line.extend(head, compartment))
}

fn follow(desk: &mut Desk, compartment: GroupId, lines: &[Commitment]) -> Answer {
    desk.ask(Ask::CheckCommitments {
        compartment,
        lines: Blob(codec::encode(&lines.to_vec())),
        position: lines.len() as u64,
        head: head_of(compartment, lines),
    })
}

fn send(desk: &mut Desk, store: &mut Store) -> LogId {
    let (log, bytes) = desk.send(concern());
    store.append(&bytes);
    log
}

const FORKED: Answer = Answer::Refused(Refused::ForkedCommitments);

#[test]
fn a_chain_that_was_followed_cannot_be_cut_or_replaced_after_a_lock() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    for _ in 0..3 {
        send(&mut amy, &mut store);
    }
    let (compartment, lines, _) = chain_of(&store);
    let mut cat = town.desk(&town.cat);
    assert_eq!(follow(&mut cat, compartment, &lines), Answer::Followed(3));
    lock(cat, &mut town.cat);

    let mut other = lines.clone();
    other[2].hash = Hash::ZERO;
    assert_eq!(
        follow(&mut town.desk(&town.cat), compartment, &lines[..2]),
        FORKED
    );
    assert_eq!(follow(&mut town.desk(&town.cat), compartment, &other), FORKED);
    assert_eq!(
        follow(&mut town.desk(&town.cat), compartment, &lines),
        Answer::Followed(3)
    );
}

#[test]
fn a_chain_must_pass_through_what_the_checkpoint_saw() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    for _ in 0..2 {
        send(&mut amy, &mut store);
    }
    let (compartment, lines, head) = chain_of(&store);
    let mut checkpoint = town.current_checkpoint(2, town.checkpoint.as_ref().unwrap().hash());
    checkpoint.commitments = vec![(compartment, 2, head)];
    town.checkpoint = Some(checkpoint);
    assert_eq!(
        follow(&mut town.desk(&town.cat), compartment, &lines),
        Answer::Followed(2)
    );
    let mut other = lines.clone();
    other[1].hash = Hash::ZERO;
    assert_eq!(follow(&mut town.desk(&town.cat), compartment, &other), FORKED);
    assert_eq!(
        follow(&mut town.desk(&town.cat), compartment, &lines[..1]),
        FORKED
    );
}

#[test]
fn a_thread_left_out_of_the_queue_is_named_by_the_chain() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    let logs: Vec<_> = (0..2).map(|_| send(&mut amy, &mut store)).collect();
    let (compartment, lines, _) = chain_of(&store);
    let mut cat = town.desk(&town.cat);
    follow(&mut cat, compartment, &lines);
    let mut compare = |listed: &[LogId], reached| {
        let ask = Ask::Compare {
            listed: listed.to_vec(),
            reached: vec![(compartment, reached)],
        };
        match cat.ask(ask) {
            Answer::Compared { references, missing } => (references, missing),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(compare(&logs, 2).1, []);
    assert_eq!(compare(&logs[..1], 1).1, [], "it came after the list was made");
    let (references, missing) = compare(&logs[..1], 2);
    assert_eq!((references.len(), missing.len()), (1, 1));
    assert_ne!(references[0], missing[0].reference);
}

#[test]
fn a_thread_that_the_chain_does_not_name_is_refused() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    let first = send(&mut amy, &mut store);
    let (compartment, lines, _) = chain_of(&store);
    let second = send(&mut amy, &mut store);
    let mut cat = town.desk(&town.cat);
    follow(&mut cat, compartment, &lines);
    thread(cat.open_case(first, &store.fetch(first)));
    assert_eq!(
        cat.open_case(second, &store.fetch(second)),
        FORKED,
        "its receipt names a place that the chain does not have"
    );
}

#[test]
fn a_member_who_saw_another_chain_is_noticed_by_the_others() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    let log = send(&mut amy, &mut store);
    send(&mut amy, &mut store);
    let (compartment, lines, _) = chain_of(&store);
    // Dan is shown another second line, and writes what he saw into the thread.
    let mut other = lines.clone();
    other[1].hash = Hash::ZERO;
    let mut dan = town.desk(&town.dan);
    follow(&mut dan, compartment, &other);
    thread(dan.open_case(log, &store.fetch(log)));
    let (_, bytes) = dan.sealed(Ask::SealOpened { log, now: NOW });
    store.append(&bytes);

    let mut cat = town.desk(&town.cat);
    follow(&mut cat, compartment, &chain_of(&store).1);
    assert_eq!(cat.open_case(log, &store.fetch(log)), FORKED);
}

#[test]
fn a_concern_that_was_proved_to_be_stored_cannot_be_left_out_of_the_list() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    let log = send(&mut amy, &mut store);
    assert_eq!(
        amy.ask(Ask::Unlearnt(vec![(log, 1)])),
        Answer::Unlearnt(vec![log])
    );
    thread(amy.open_thread(log, &store.fetch(log)));
    assert_eq!(amy.ask(Ask::Unlearnt(vec![(log, 1)])), Answer::Unlearnt(vec![]));
    lock(amy, &mut town.amy);

    let mut amy = town.desk(&town.amy);
    assert_eq!(amy.ask(Ask::Adopt(vec![log])), Answer::Adopted(vec![]));
    let reference = protocol::words::reference(log);
    let missing = Missing {
        reference,
        day: Some(TODAY),
    };
    assert_eq!(amy.ask(Ask::Adopt(vec![])), Answer::Adopted(vec![missing]));
    let mut replaced = store.fetch(log);
    replaced.entries[0].hash = Hash::ZERO;
    assert_eq!(
        amy.open_thread(log, &replaced),
        Answer::Refused(Refused::AlteredEnvelope)
    );
}

#[test]
fn a_chain_withheld_once_is_not_forgotten() {
    let mut town = Town::new();
    let before = town.partner.clone();
    town.partner = rotated(&town, &before, &town.amy);
    town.checkpoint = None;
    let amy = town.desk(&town.amy);
    lock(amy, &mut town.amy);

    // Once the partner's chain is not given at all; then an old copy of it is.
    let mut amy = town.unlocked(&town.amy);
    let Ask::Trust {
        directory,
        mut chains,
        checkpoint,
        now,
        ..
    } = town.trust(&town.amy)
    else {
        panic!("no trust")
    };
    chains.retain(|(group, _)| *group != before.id);
    let withheld = Ask::Trust {
        directory,
        chains,
        wraps: vec![],
        checkpoint,
        now,
    };
    assert!(matches!(amy.ask(withheld), Answer::Trusted(_)));
    lock(amy, &mut town.amy);
    town.partner = before;
    let mut amy = town.unlocked(&town.amy);
    assert_eq!(
        amy.ask(town.trust(&town.amy)),
        Answer::Refused(Refused::OlderChain)
    );
}

fn rotated(town: &Town, chain: &Chain, lead: &Person) -> Chain {
    let (epoch, _) = town.group(chain).draft_epoch(TODAY, &mut rng(50));
    extend(town, chain, Act::Rotate(epoch), &[lead])
}

fn without(town: &Town, chain: &Chain, gone: &Person, lead: &Person) -> Chain {
    let (epoch, _) = town.group(chain).draft_epoch(TODAY, &mut rng(51));
    let act = Act::Remove {
        account: gone.keyring.account,
        epoch,
    };
    extend(town, chain, act, &[lead])
}

#[test]
fn a_removed_practitioner_does_not_pass_for_one_of_the_organisation() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let mut ben = town.desk(&town.ben);
    town.partner = without(&town, &town.partner.clone(), &town.ben, &town.amy);
    town.checkpoint = Some(town.current_checkpoint(2, town.checkpoint.as_ref().unwrap().hash()));
    // Ben's page still holds the chain from before, and the server helps him.
    let log = send(&mut ben, &mut store);
    let opened = thread(town.desk(&town.cat).open_case(log, &store.fetch(log)));
    assert_eq!(opened.origin, Origin::Unverified);
}

#[test]
fn what_was_told_before_a_removal_stays_known() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let log = send(&mut town.desk(&town.ben), &mut store);
    town.partner = without(&town, &town.partner.clone(), &town.ben, &town.amy);
    let mut checkpoint = town.current_checkpoint(2, town.checkpoint.as_ref().unwrap().hash());
    let (compartment, lines, head) = chain_of(&store);
    checkpoint.commitments = vec![(compartment, lines.len() as u64, head)];
    town.checkpoint = Some(checkpoint);
    let opened = thread(town.desk(&town.cat).open_case(log, &store.fetch(log)));
    assert!(matches!(opened.origin, Origin::Member { .. }));
}

#[test]
fn a_removed_assessor_cannot_say_that_a_thread_was_opened() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let log = send(&mut town.desk(&town.amy), &mut store);
    let mut dan = town.desk(&town.dan);
    thread(dan.open_case(log, &store.fetch(log)));
    town.intake = without(&town, &town.intake.clone(), &town.dan, &town.cat);
    let mut checkpoint = town.current_checkpoint(2, town.checkpoint.as_ref().unwrap().hash());
    let (compartment, lines, head) = chain_of(&store);
    checkpoint.commitments = vec![(compartment, lines.len() as u64, head)];
    town.checkpoint = Some(checkpoint);
    let (_, bytes) = dan.sealed(Ask::SealOpened { log, now: NOW });
    store.append(&bytes);
    assert_eq!(
        town.desk(&town.amy).open_thread(log, &store.fetch(log)),
        Answer::Refused(Refused::OlderChain)
    );
}

#[test]
fn what_a_removed_assessor_writes_is_refused_from_the_day_after_even_without_a_checkpoint() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let log = send(&mut town.desk(&town.amy), &mut store);
    let mut dan = town.desk(&town.dan);
    thread(dan.open_case(log, &store.fetch(log)));
    town.intake = without(&town, &town.intake.clone(), &town.dan, &town.cat);
    let (_, bytes) = dan.sealed(Ask::SealOpened { log, now: NOW });
    store.day = Day(TODAY.0 + 2);
    store.append(&bytes);
    assert_eq!(
        town.desk(&town.amy).open_thread(log, &store.fetch(log)),
        Answer::Refused(Refused::OlderChain)
    );
}

#[test]
fn a_chain_that_grew_while_somebody_wrote_is_old_only_from_the_day_after_the_next() {
    for (days, expected) in [(1, true), (2, false)] {
        let mut town = Town::new();
        let mut store = Store::new(&town);
        let log = send(&mut town.desk(&town.amy), &mut store);
        let mut cat = town.desk(&town.cat);
        thread(cat.open_case(log, &store.fetch(log)));
        // Cat stays; her page still holds the chain from before.
        town.intake = without(&town, &town.intake.clone(), &town.dan, &town.cat);
        let (_, bytes) = cat.sealed(Ask::SealOpened { log, now: NOW });
        store.day = Day(TODAY.0 + days);
        store.append(&bytes);
        let answer = town.desk(&town.amy).open_thread(log, &store.fetch(log));
        let old = answer == Answer::Refused(Refused::OlderChain);
        assert_eq!(!old, expected, "after {days} days: {answer:?}");
    }
}

#[test]
fn the_newest_link_never_grows_old() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let log = send(&mut town.desk(&town.amy), &mut store);
    town.intake = without(&town, &town.intake.clone(), &town.dan, &town.cat);
    let mut cat = town.desk(&town.cat);
    thread(cat.open_case(log, &store.fetch(log)));
    let (_, bytes) = cat.sealed(Ask::SealOpened { log, now: NOW });
    store.day = Day(TODAY.0 + 9);
    store.append(&bytes);
    thread(town.desk(&town.amy).open_thread(log, &store.fetch(log)));
}

#[test]
fn whoever_works_in_a_unit_is_of_no_partner() {
    let town = Town::new();
    let answer = town.desk(&town.cat).ask(Ask::SealConcern {
        concern: concern(),
        files: vec![],
        named: true,
        now: NOW,
    });
    assert_eq!(answer, Answer::Refused(Refused::UnverifiedOrigin));
}
