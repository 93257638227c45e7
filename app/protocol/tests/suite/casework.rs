//! A unit's work: what members do with a case, what they and whoever told say to each other, and what a lying server or a foreign hand
//! could make of it.

use crate::town::{Desk, NOW, Person, Store, Town, concern, refused, sent, thread};
use protocol::{
    append::{Append, Fetched, LogKind, NewEntry},
    casework::{Act, Case, Message, Stage, Status, Work},
    codec,
    entry::{Body, Place},
    id::{AccountId, AppendId, GroupId, Hash, LogId, Minute},
    refused::Refused,
    signed::SigningKey,
    vault::{Answer, Ask, Blob, LineView, Thread},
};
use rand_chacha::{
    ChaCha20Rng,
    rand_core::{RngCore as _, SeedableRng as _},
};

fn work(act: Act) -> Vec<u8> {
    let name = "Cat".to_owned();
    Work { name, act }.to_bytes()
}

fn said(text: &str) -> Vec<u8> {
    let message = Message {
        text: text.into(),
        asks: false,
    };
    message.to_bytes()
}

fn journal(store: &Store, log: LogId) -> Option<Fetched> {
    store.logs.iter().find(|one| one.log == log.journal()).cloned()
}

fn open(desk: &mut Desk, store: &Store, log: LogId) -> (Thread, Vec<LineView>) {
    match desk.open_work(log, &store.fetch(log), journal(store, log).as_ref(), 0) {
        Answer::Case(thread, lines) => (*thread, lines),
        other => panic!("{other:?}"),
    }
}

/// Seals what is done and said, and stores it.
fn act(
    desk: &mut Desk,
    store: &mut Store,
    log: LogId,
    acts: &[Act],
    message: Option<&str>,
    notice: Option<Status>,
) {
    let ask = Ask::SealWork {
        log,
        work: acts.iter().cloned().map(work).collect(),
        message: message.map(|text| (said(text), vec![])),
        notice,
        now: NOW,
    };
    let Answer::Sealed { append, bytes, .. } = desk.ask(ask) else {
        panic!("not sealed")
    };
    let receipt = Blob(store.append(&bytes.0));
    let stored = desk.ask(Ask::CheckReceipt { append, receipt });
    assert!(matches!(stored, Answer::Stored(_)), "{stored:?}");
}

#[test]
fn what_one_member_does_another_sees_and_whoever_told_sees_only_what_is_said_to_them() {
    let (town, mut store, log) = sent();
    let mut cat = town.desk(&town.cat);
    assert_eq!(open(&mut cat, &store, log).1, []);
    let mine = Some(town.cat.keyring.account);
    act(
        &mut cat,
        &mut store,
        log,
        &[Act::Declared, Act::Assigned(mine)],
        None,
        None,
    );
    open(&mut cat, &store, log);
    let note = Act::Noted("Ask the duty desk for the rota.".into());
    act(
        &mut cat,
        &mut store,
        log,
        &[note],
        Some("Thank you."),
        Some(Status::Assessing),
    );

    let (seen, lines) = open(&mut town.desk(&town.dan), &store, log);
    let who: Vec<_> = lines.iter().map(|line| (Some(line.who), line.when)).collect();
    assert_eq!(who, [(mine, NOW); 3]);
    assert!(Work::from_bytes(&lines[0].work).unwrap().act == Act::Declared);
    assert_eq!(seen.messages[0].by, mine);

    let mut amy = town.desk(&town.amy);
    let told = thread(amy.open_thread(log, &store.fetch(log)));
    assert_eq!(told.notices, [(NOW, Status::Assessing)]);
    assert_eq!(
        Message::from_bytes(&told.messages[0].message).unwrap().text,
        "Thank you."
    );
    let practitioner = town.amy.keyring.mailboxes.mailbox(0).signer;
    let answer = Body::Message(said("I still have the voicemail."), vec![]);
    let store = forged(&town, &store, (log, LogKind::Thread), &practitioner, answer);
    let (seen, _) = open(&mut cat, &store, log);
    assert_eq!((seen.messages.len(), seen.messages[1].by), (2, None));
    let answer = amy.ask(Ask::OpenCase {
        log,
        fetched: Blob(codec::encode(&store.fetch(log))),
        journal: journal(&store, log).map(|one| Blob(codec::encode(&one))),
        reached: 0,
        now: NOW,
    });
    assert_eq!(refused(answer), Refused::NotForYou, "a journal is the unit's");
}

/// Follows the record from its beginning.
fn follow(desk: &mut Desk, store: &Store) -> Answer {
    let (compartment, lines, head) = store.chains[0].clone();
    desk.ask(Ask::CheckCommitments {
        compartment,
        position: lines.len() as u64,
        lines: Blob(codec::encode(&lines)),
        head,
    })
}

/// A case with three acts, and Cat's desk, which has followed the record.
fn worked() -> (Town, Store, LogId, Desk) {
    let (town, mut store, log) = sent();
    let mut cat = town.desk(&town.cat);
    open(&mut cat, &store, log);
    act(&mut cat, &mut store, log, &[Act::Declared], None, None);
    open(&mut cat, &store, log);
    act(
        &mut cat,
        &mut store,
        log,
        &[Act::Assigned(None), Act::Noted("One.".into())],
        None,
        None,
    );
    let answer = follow(&mut cat, &store);
    assert_eq!(answer, Answer::Followed(4));
    (town, store, log, cat)
}

#[test]
fn a_journal_that_is_withheld_cut_reordered_or_another_is_refused() {
    let (_, store, log, mut cat) = worked();
    let whole = journal(&store, log).unwrap();
    let changed = |change: &dyn Fn(&mut Fetched)| {
        let mut journal = whole.clone();
        change(&mut journal);
        Some(journal)
    };
    let fetched = store.fetch(log);
    let mut other = |journal: Option<Fetched>| cat.open_work(log, &fetched, journal.as_ref(), 4);
    assert!(matches!(other(Some(whole.clone())), Answer::Case(..)));
    for (lie, why) in [
        (None, Refused::BrokenSequence),
        (changed(&|one| drop(one.entries.pop())), Refused::BrokenSequence),
        (changed(&|one| one.entries.swap(1, 2)), Refused::BrokenSequence),
        (
            changed(&|one| one.entries.push(one.entries[2].clone())),
            Refused::BrokenSequence,
        ),
        (changed(&|one| one.log = log), Refused::WrongPlace),
        (changed(&|one| one.kind = LogKind::Thread), Refused::WrongPlace),
        (
            changed(&|one| one.compartment = GroupId([9; 16])),
            Refused::Readdressed,
        ),
        (changed(&|one| one.entries[1].ciphertext = None), Refused::Erased),
        (Some(fetched.clone()), Refused::WrongPlace),
    ] {
        assert_eq!(refused(other(lie)), why);
    }
}

#[test]
fn a_thread_whose_end_the_record_names_is_not_cut() {
    let (town, mut store, log, mut cat) = worked();
    let cut = store.fetch(log);
    open(&mut cat, &store, log);
    act(&mut cat, &mut store, log, &[], Some("Thank you."), None);
    let mut dan = town.desk(&town.dan);
    assert_eq!(follow(&mut dan, &store), Answer::Followed(5));
    let whole = journal(&store, log);
    assert_eq!(
        refused(dan.open_work(log, &cut, whole.as_ref(), 5)),
        Refused::BrokenSequence
    );
    assert!(
        matches!(dan.open_work(log, &cut, whole.as_ref(), 4), Answer::Case(..)),
        "it came before"
    );
}

#[test]
fn a_case_that_is_known_is_not_shown_without_what_the_record_names_since() {
    let (town, mut store, log, mut cat) = worked();
    let mut dan = town.desk(&town.dan);
    open(&mut dan, &store, log);
    let known = |desk: &mut Desk, reached| desk.ask(Ask::KnownCase { log, reached });
    assert_eq!(follow(&mut dan, &store), Answer::Followed(4));
    assert!(matches!(known(&mut dan, 4), Answer::Case(..)));
    open(&mut cat, &store, log);
    act(
        &mut cat,
        &mut store,
        log,
        &[Act::Noted("Two.".into())],
        None,
        None,
    );
    let (compartment, lines, head) = store.chains[0].clone();
    let answer = dan.ask(Ask::CheckCommitments {
        compartment,
        position: 5,
        lines: Blob(codec::encode(&lines[4..].to_vec())),
        head,
    });
    assert_eq!(answer, Answer::Followed(5));
    assert_eq!(refused(known(&mut dan, 5)), Refused::BrokenSequence);
}

#[test]
fn the_journal_of_another_case_is_not_this_ones() {
    let (town, mut store, log, _) = worked();
    let mut dan = town.desk(&town.dan);
    let (other, bytes) = town.desk(&town.ben).send(concern());
    store.append(&bytes);
    let mut foreign = journal(&store, log).unwrap();
    let answer = dan.open_work(other, &store.fetch(other), Some(&foreign), 0);
    assert_eq!(refused(answer), Refused::WrongPlace);
    foreign.log = other.journal();
    let answer = dan.open_work(other, &store.fetch(other), Some(&foreign), 0);
    assert_eq!(refused(answer), Refused::BadReceipt);
}

/// An entry of such a kind, as `signer` would make it, stored as if it had been accepted.
fn forged(
    town: &Town,
    store: &Store,
    (log, kind): (LogId, LogKind),
    signer: &SigningKey,
    body: Body,
) -> Store {
    let group = town.group(&town.intake);
    let mut store = store.clone();
    let before = store.logs.iter().find(|one| one.log == log);
    let hashes: Vec<_> = before
        .map(|one| one.entries.iter().map(|entry| entry.hash).collect())
        .unwrap_or_default();
    let place = Place {
        instance: town.instance,
        kind,
        log,
        sequence: u32::try_from(hashes.len()).unwrap(),
        previous: hashes.last().copied().unwrap_or(Hash::ZERO),
        group: &group,
        directory: (1, town.directory.hash()),
    };
    let thread = town.amy.keyring.mailboxes.mailbox(0).identity.recipient();
    let (entry, to) = place.write(Some(&thread), NOW, body).unwrap();
    store.append(&codec::encode(&Append {
        id: AppendId([77; 16]),
        compartment: group.id,
        epoch: entry.epoch,
        entries: vec![NewEntry {
            log,
            kind,
            sequence: entry.sequence,
            ciphertext: entry.seal(signer, &to).unwrap(),
        }],
        tokens: vec![],
    }));
    store
}

fn key_of(person: &Person) -> &SigningKey {
    &person.keyring.signer
}

#[test]
fn only_members_write_in_a_journal_and_only_members_say_how_far_it_has_come() {
    let (town, store, log, _) = worked();
    let practitioner = town.amy.keyring.mailboxes.mailbox(0).signer;
    let note = || Body::Work(work(Act::Noted("It is nothing.".into())));
    for stranger in [key_of(&town.eve), key_of(&town.amy), &practitioner] {
        let lie = forged(&town, &store, (log.journal(), LogKind::Journal), stranger, note());
        let answer = town
            .desk(&town.dan)
            .open_work(log, &lie.fetch(log), journal(&lie, log).as_ref(), 0);
        assert_eq!(refused(answer), Refused::WrongSigner);
        let lie = forged(
            &town,
            &store,
            (log, LogKind::Thread),
            stranger,
            Body::Notice(Status::Closed),
        );
        let answer = town.desk(&town.amy).open_thread(log, &lie.fetch(log));
        assert_eq!(refused(answer), Refused::WrongSigner);
    }
    let stranger = key_of(&town.eve);
    let lie = forged(
        &town,
        &store,
        (log, LogKind::Thread),
        stranger,
        Body::Message(said("Come alone."), vec![]),
    );
    let answer = town.desk(&town.amy).open_thread(log, &lie.fetch(log));
    assert_eq!(refused(answer), Refused::WrongSigner);
}

#[test]
fn nothing_of_a_journal_stands_in_a_thread_and_nothing_else_in_a_journal() {
    let (town, store, log, _) = worked();
    let member = key_of(&town.cat);
    let lie = forged(
        &town,
        &store,
        (log, LogKind::Thread),
        member,
        Body::Work(work(Act::Declared)),
    );
    let answer = town.desk(&town.amy).open_thread(log, &lie.fetch(log));
    assert_eq!(refused(answer), Refused::Malformed);
    for body in [
        Body::Opened,
        Body::Notice(Status::Closed),
        Body::Message(said("a"), vec![]),
    ] {
        let lie = forged(&town, &store, (log.journal(), LogKind::Journal), member, body);
        let answer = town
            .desk(&town.dan)
            .open_work(log, &lie.fetch(log), journal(&lie, log).as_ref(), 0);
        assert_eq!(refused(answer), Refused::Malformed);
    }
}

#[test]
fn a_case_that_the_record_names_and_a_list_leaves_out_is_noticed_and_a_journal_is_not_taken_for_one() {
    let (town, _, log, mut cat) = worked();
    let mut missing = |listed: Vec<LogId>| {
        let reached = vec![(town.intake.id, 4)];
        match cat.ask(Ask::Compare { listed, reached }) {
            Answer::Compared { missing, .. } => missing.len(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(missing(vec![log]), 0);
    assert_eq!(missing(vec![]), 2, "the thread and its journal");
}

/// Any act, of which some will not be possible.
fn any(rng: &mut ChaCha20Rng, people: &[AccountId]) -> Act {
    let pick = |rng: &mut ChaCha20Rng, most: usize| (rng.next_u32() as usize) % most;
    match pick(rng, 8) {
        0 => Act::Declared,
        1 => Act::Conflict,
        2 => Act::Assigned(Some(people[pick(rng, people.len())])),
        3 => Act::Assigned(None),
        4 => Act::Paused((pick(rng, 2) == 0).then(|| "Waiting.".into())),
        5 => Act::Noted(format!("Note {}.", rng.next_u32())),
        _ => Act::Moved(protocol::casework::Move {
            to: Stage::ALL[pick(rng, Stage::ALL.len())],
            why: "Because.".into(),
            reference: String::new(),
            outcome: None,
            told: false,
        }),
    }
}

#[test]
fn two_who_write_a_thousand_entries_at_once_end_with_the_same_case() {
    let mut rng = ChaCha20Rng::seed_from_u64(5);
    let people = [AccountId([1; 16]), AccountId([2; 16])];
    let mut stored: Vec<(AccountId, Act)> = Vec::new();
    let mut cases = [Case::new(true), Case::new(true)];
    let mut conflicts = 0;
    let fold = |case: &mut Case, stored: &[(AccountId, Act)]| {
        for (who, act) in &stored[case.acts.len()..] {
            let work = Work {
                name: String::new(),
                act: act.clone(),
            };
            case.add(*who, Minute(7), work);
        }
    };
    while stored.len() < 1_000 {
        // Who writes has seen some of what the other wrote, or all of it: only then is it taken.
        let me = (rng.next_u32() % 2) as usize;
        if cases[me].acts.len() < stored.len() {
            conflicts += 1;
            fold(&mut cases[me], &stored);
            continue;
        }
        stored.push((people[me], any(&mut rng, &people)));
    }
    for case in &mut cases {
        fold(case, &stored);
    }
    assert!(cases[0] == cases[1] && conflicts > 100, "{conflicts}");
    let wrong = cases[0].acts.iter().filter(|one| one.wrong.is_some()).count();
    assert!(
        wrong > 100 && wrong < 900,
        "{wrong}: some could be done, and some not"
    );
}
