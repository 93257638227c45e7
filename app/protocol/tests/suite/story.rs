//! The main job, without a browser: a practitioner sends, the right unit opens, nobody else can.

use crate::town::{NOW, Store, Town, concern, deployment, passkey, rng, thread, unlock};
use protocol::{
    codec,
    concern::{Concern, Standing},
    id::Hash,
    refused::Refused,
    told::{MayContact, More},
    vault::{Answer, Ask, Blob, Origin, Vault},
};

#[test]
fn a_concern_is_sent_opened_and_known_to_be_opened() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    let Answer::Sealed { append, log, bytes } = amy.ask(Ask::SealConcern {
        concern: concern(),
        files: vec![],
        named: true,
        now: NOW,
    }) else {
        panic!("not sealed")
    };
    let receipt = store.append(&bytes.0);
    let Answer::Stored(proof) = amy.ask(Ask::CheckReceipt {
        append,
        receipt: Blob(receipt),
    }) else {
        panic!("no receipt")
    };
    assert_eq!((proof.unit.as_str(), proof.position), ("Townshire PSD", 1));

    let mut cat = town.desk(&town.cat);
    let opened = thread(cat.open_case(log, &store.fetch(log)));
    assert_eq!(opened.concern, concern());
    assert_eq!(opened.opened, None);
    assert_eq!(opened.proof, proof);
    assert!(matches!(&opened.origin, Origin::Member { partner, account, .. }
        if partner == "Town Refuge" && *account == town.amy.keyring.account));

    let (_, bytes) = cat.sealed(Ask::SealOpened { log, now: NOW });
    store.append(&bytes);
    assert_eq!(thread(amy.open_thread(log, &store.fetch(log))).opened, Some(NOW));
    let mut dan = town.desk(&town.dan);
    assert_eq!(thread(dan.open_case(log, &store.fetch(log))).entries, 2);
}

#[test]
fn nobody_else_opens_it() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let (log, bytes) = town.desk(&town.amy).send(concern());
    store.append(&bytes);
    for other in [&town.eve, &town.fay, &town.ben] {
        let answer = town.desk(other).open_case(log, &store.fetch(log));
        assert_eq!(answer, Answer::Refused(Refused::NotForYou), "{}", other.name);
    }
    assert_eq!(
        town.desk(&town.ben).open_thread(log, &store.fetch(log)),
        Answer::Refused(Refused::NotForYou)
    );
}

#[test]
fn standing_decides_who_reads() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    for (standing, compartment) in [
        (Standing::Usual, town.intake.id),
        (Standing::Close, town.sealed.id),
        (Standing::Chief, town.oversight.id),
    ] {
        let (log, bytes) = amy.send(Concern {
            standing,
            ..concern()
        });
        store.append(&bytes);
        assert_eq!(store.fetch(log).compartment, compartment);
    }
    let nowhere = Concern {
        force: "far".into(),
        ..concern()
    };
    let answer = amy.ask(Ask::SealConcern {
        concern: nowhere,
        files: vec![],
        named: true,
        now: NOW,
    });
    assert_eq!(answer, Answer::Refused(Refused::NoUsableKey));
}

#[test]
fn an_organisation_signs_without_naming_anybody() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut ben = town.desk(&town.ben);
    let (log, bytes) = ben.sealed(Ask::SealConcern {
        concern: concern(),
        files: vec![],
        named: false,
        now: NOW,
    });
    store.append(&bytes);
    let opened = thread(town.desk(&town.cat).open_case(log, &store.fetch(log)));
    assert_eq!(
        opened.origin,
        Origin::Organisation {
            partner: "Town Refuge".into()
        }
    );
}

#[test]
fn a_new_device_finds_what_was_sent_and_goes_on_after_it() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut first = town.desk(&town.amy);
    let logs: Vec<_> = (0..3)
        .map(|_| {
            let (log, bytes) = first.send(concern());
            store.append(&bytes);
            log
        })
        .collect();
    let mut second = town.desk(&town.amy);
    let Answer::Tokens(tokens) = second.ask(Ask::Tokens) else {
        panic!()
    };
    let found: Vec<_> = tokens
        .iter()
        .map(protocol::id::Token::log)
        .filter(|log| logs.contains(log))
        .collect();
    assert_eq!(found.len(), 3);
    second.ask(Ask::Adopt(found));
    let (log, _) = second.send(concern());
    assert!(!logs.contains(&log));
    assert_eq!(
        thread(second.open_thread(logs[1], &store.fetch(logs[1]))).concern,
        concern()
    );
}

#[test]
fn the_keyring_remembers_and_says_when_it_was_used() {
    let mut town = Town::new();
    let mut amy = town.desk(&town.amy);
    let Answer::Keyring {
        version,
        keyring,
        seen,
    } = amy.ask(Ask::SealKeyring { now: NOW })
    else {
        panic!()
    };
    assert_eq!((version, seen.hash), (2, Hash::of(&keyring.0)));
    town.amy.sealed = keyring.0;
    let mut again = crate::town::Desk::new(9);
    again.ask(Ask::Begin(crate::town::deployment()));
    again.ask(crate::town::derive(&town.amy));
    assert_eq!(
        again.ask(crate::town::unlock(&town.amy)),
        Answer::Unlocked { last_used: Some(NOW) }
    );
}

#[test]
fn commitments_are_followed_line_by_line() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    for _ in 0..3 {
        let (_, bytes) = amy.send(concern());
        store.append(&bytes);
    }
    let (compartment, lines, head) = store.chains[0].clone();
    let ask = |lines: &[protocol::append::Commitment], position, head| Ask::CheckCommitments {
        compartment,
        lines: Blob(codec::encode(&lines.to_vec())),
        position,
        head,
    };
    let mut cat = town.desk(&town.cat);
    assert_eq!(cat.ask(ask(&lines, 3, head)), Answer::Followed(3));
    assert_eq!(cat.ask(ask(&[], 3, head)), Answer::Followed(3));
    let forked = Answer::Refused(Refused::ForkedCommitments);
    assert_eq!(cat.ask(ask(&[], 2, head)), forked, "truncated");
    assert_eq!(cat.ask(ask(&lines, 3, head)), forked, "doubled");
    let mut dan = town.desk(&town.dan);
    assert_eq!(dan.ask(ask(&lines[1..], 3, head)), forked, "withheld");
    assert_eq!(dan.ask(ask(&lines, 3, Hash::ZERO)), forked, "another head");
    let swapped = [lines[1], lines[0], lines[2]];
    assert_eq!(dan.ask(ask(&swapped, 3, head)), forked, "reordered");
    let second = lines[1].extend(lines[0].extend(Hash::ZERO, compartment), compartment);
    assert_eq!(
        dan.ask(ask(&lines, 2, second)),
        Answer::Followed(3),
        "one more was stored meanwhile"
    );
}

#[test]
fn a_concern_that_is_stored_after_many_were_refused_is_found_again() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    let refused: Vec<_> = (0..45).map(|_| amy.send(concern()).0).collect();
    let (log, bytes) = amy.send(concern());
    store.append(&bytes);
    assert_eq!(
        refused.iter().filter(|one| **one == log).count(),
        26,
        "one mailbox is tried again"
    );
    // Nothing was locked: the next vault knows what the keyring said before.
    let Answer::Tokens(tokens) = town.desk(&town.amy).ask(Ask::Tokens) else {
        panic!()
    };
    assert!(tokens.iter().any(|token| token.log() == log));
}

#[test]
fn a_locked_vault_answers_nothing() {
    let mut desk = crate::town::Desk::new(1);
    for ask in [Ask::Tokens, Ask::SealKeyring { now: NOW }, Ask::UnsentTokens] {
        assert_eq!(desk.ask(ask), Answer::Refused(Refused::Locked));
    }
}

#[test]
fn what_leads_in_opens_the_keys_and_nothing_more() {
    let town = Town::new();
    let mut vault = Vault::default();
    let mut rng = rng(9);
    let mut lead_in = |ask: Ask| {
        assert!(ask.leads_in());
        vault.lead_in(ask, &mut rng)
    };
    let seal = || Ask::SealKeyring { now: NOW };
    assert_eq!(lead_in(seal()), Answer::Refused(Refused::Locked));
    for ask in [Ask::Begin(deployment()), passkey(&town.amy)] {
        assert_eq!(lead_in(ask), Answer::Done);
    }
    assert!(matches!(lead_in(unlock(&town.amy)), Answer::Unlocked { .. }));
    assert!(matches!(lead_in(town.trust(&town.amy)), Answer::Trusted(_)));
    assert!(matches!(lead_in(Ask::Tokens), Answer::Tokens(_)));
    assert!(matches!(lead_in(seal()), Answer::Keyring { .. }));

    let sealed = lead_in(crate::unsent::seal(0, 1, None, "half"));
    assert!(matches!(sealed, Answer::SealedUnsent { .. }));

    let later = Ask::Openers;
    assert!(!later.leads_in());
    assert_eq!(
        vault.lead_in(later, &mut rng),
        Answer::Refused(Refused::Malformed)
    );
}

#[test]
fn what_a_practitioner_adds_later_reaches_the_unit_in_order() {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    let (log, bytes) = amy.send(concern());
    store.append(&bytes);
    let add = |amy: &mut crate::town::Desk, more: &More| {
        amy.ask(Ask::SealMore {
            log,
            more: more.to_bytes(),
            now: NOW,
        })
    };
    let came_again = More {
        text: "He came again.".into(),
        withdrawn: None,
    };
    assert_eq!(
        add(&mut amy, &came_again),
        Answer::Refused(Refused::WrongPlace),
        "it was not opened"
    );
    let withdrawn = More {
        text: "She asked me to.".into(),
        withdrawn: Some(MayContact::Never),
    };
    let all = [came_again, withdrawn];
    for more in &all {
        thread(amy.open_thread(log, &store.fetch(log)));
        let (_, bytes) = amy.sealed(Ask::SealMore {
            log,
            more: more.to_bytes(),
            now: NOW,
        });
        store.append(&bytes);
    }
    let read = thread(town.desk(&town.cat).open_case(log, &store.fetch(log)));
    let expected: Vec<_> = all.iter().map(|more| (NOW, more.to_bytes())).collect();
    assert_eq!((read.more, read.entries), (expected, 3));
    assert_eq!(read.concern, concern(), "what was told stays");
    let other = town.desk(&town.ben).ask(Ask::SealMore {
        log,
        more: all[0].to_bytes(),
        now: NOW,
    });
    assert_eq!(other, Answer::Refused(Refused::NotForYou));
}
