//! What opens a keyring, and how it changes; and how somebody new is let in.

use crate::town::{Desk, NOW, Town, deployment};
use protocol::{
    id::{AccountId, Hash},
    invitation::Place,
    refused::Refused,
    slot::SlotKind,
    vault::{Answer, Ask, Blob, Joiner, NewSlots, Password},
};

fn slots(answer: Answer) -> NewSlots {
    match answer {
        Answer::Slots(slots) => slots,
        other => panic!("{other:?}"),
    }
}

fn derive(name: &str, password: &str) -> Ask {
    Ask::Derive {
        name: name.into(),
        password: Password(password.into()),
    }
}

/// Unlocks what is stored with what `use_it` names.
fn unlock(account: AccountId, stored: &NewSlots, use_it: Ask) -> Answer {
    let mut desk = Desk::new(9);
    desk.ask(Ask::Begin(deployment()));
    desk.ask(use_it);
    desk.ask(Ask::Unlock {
        account,
        slots: stored.slots.iter().map(|(_, slot)| slot.clone()).collect(),
        keyring: stored.keyring.clone(),
        seen: Some(stored.seen),
    })
}

fn opens(answer: &Answer) -> bool {
    match answer {
        Answer::Unlocked { .. } => true,
        Answer::Refused(Refused::WrongPassword | Refused::Malformed) => false,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_changed_password_opens_and_the_old_one_opens_nothing_stored_after_it() {
    let town = Town::new();
    let account = town.amy.keyring.account;
    let mut desk = town.unlocked(&town.amy);
    desk.ask(derive("amy", "another long password"));
    let new = slots(desk.ask(Ask::ChangePassword));
    assert_eq!(new.version, 2);
    assert_eq!(
        new.slots.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
        [SlotKind::Passkey, SlotKind::Password]
    );
    assert!(opens(&unlock(
        account,
        &new,
        derive("amy", "another long password")
    )));
    assert!(!opens(&unlock(account, &new, crate::town::derive(&town.amy))));
    assert!(
        opens(&unlock(account, &new, crate::town::passkey(&town.amy))),
        "the passkey stays"
    );
    // A server that kept the old slot and offers it again gets nowhere: the keyring's key is another.
    let smuggled = NewSlots {
        slots: vec![(SlotKind::Password, Blob(town.amy.slot.clone()))],
        ..new
    };
    assert_eq!(
        unlock(account, &smuggled, crate::town::derive(&town.amy)),
        Answer::Refused(Refused::AlteredKeyring)
    );
}

#[test]
fn a_recovery_code_and_a_second_passkey_open_until_they_are_removed() {
    let town = Town::new();
    let account = town.cat.keyring.account;
    let mut desk = town.unlocked(&town.cat);
    let first = slots(desk.ask(Ask::ChangeCode)).code.unwrap();
    let with_code = slots(desk.ask(Ask::ChangeCode));
    let second = with_code.code.clone().unwrap();
    assert!(opens(&unlock(
        account,
        &with_code,
        Ask::UseCode(second.words.clone())
    )));
    assert!(
        !opens(&unlock(account, &with_code, Ask::UseCode(first.words))),
        "it is replaced"
    );

    desk.ask(Ask::UsePasskey(Password(vec![1; 64])));
    let both = slots(desk.ask(Ask::AddPasskey(Blob(vec![7]))));
    assert_eq!(both.slots.len(), 4);
    assert!(opens(&unlock(
        account,
        &both,
        Ask::UsePasskey(Password(vec![1; 64]))
    )));
    assert_eq!(desk.ask(Ask::RemovePasskey(Hash([8; 32]))), Answer::Done);
    let without = slots(desk.ask(Ask::RemovePasskey(Hash::of(&[7]))));
    assert!(!opens(&unlock(
        account,
        &without,
        Ask::UsePasskey(Password(vec![1; 64]))
    )));
    assert!(opens(&unlock(account, &without, Ask::UseCode(second.words))));
}

#[test]
fn a_passkey_has_one_slot_and_an_opener_serves_for_its_own_kind_only() {
    let town = Town::new();
    let mut desk = town.unlocked(&town.dan);
    desk.ask(Ask::UsePasskey(Password(vec![1; 32])));
    let first = slots(desk.ask(Ask::AddPasskey(Blob(vec![7])))).slots.len();
    desk.ask(Ask::UsePasskey(Password(vec![2; 32])));
    let again = slots(desk.ask(Ask::AddPasskey(Blob(vec![7])))).slots.len();
    assert_eq!(first, again, "one passkey has one slot");
    assert_eq!(
        slots(desk.ask(Ask::RemovePasskey(Hash::of(&[7])))).slots.len(),
        first - 1
    );
    desk.ask(Ask::UsePasskey(Password(vec![1; 32])));
    assert_eq!(desk.ask(Ask::ChangePassword), Answer::Refused(Refused::Malformed));
    assert_eq!(desk.ask(Ask::ChangePassword), Answer::Refused(Refused::Locked));
    assert_eq!(
        Desk::new(1).ask(Ask::ChangeCode),
        Answer::Refused(Refused::Locked)
    );
}

/// The link, in its two parts.
fn invite(desk: &mut Desk, place: Place) -> (String, String) {
    let ask = Ask::Invite {
        place,
        whom: "Gil from nights".into(),
        now: NOW,
    };
    let Answer::Invited { link, .. } = desk.ask(ask) else {
        panic!("no invitation")
    };
    let (lookup, fragment) = link.split_once('#').unwrap();
    (lookup.into(), fragment.into())
}

fn join(desk: &mut Desk, lookup: &str, fragment: &str) -> Answer {
    desk.ask(Ask::Begin(deployment()));
    desk.ask(derive("gil", "a long password of gil"));
    desk.ask(Ask::Join {
        lookup: lookup.into(),
        fragment: Password(fragment.into()),
        name: "Gil ".into(),
    })
}

fn joiner(answer: Answer) -> Joiner {
    match answer {
        Answer::Joiner(joiner) => joiner,
        other => panic!("{other:?}"),
    }
}

fn member_of_the_intake(town: &Town) -> Place {
    Place::Member {
        group: town.intake.id,
        lead: false,
    }
}

#[test]
fn whoever_was_invited_is_known_by_the_same_words_on_both_sides() {
    let town = Town::new();
    let mut cat = town.desk(&town.cat);
    let (lookup, fragment) = invite(&mut cat, member_of_the_intake(&town));
    let mut gil = Desk::new(77);
    let Answer::Joined {
        account,
        slots,
        joining,
        words,
    } = join(&mut gil, &lookup, &fragment)
    else {
        panic!("not joined")
    };
    assert!(opens(&unlock(
        account,
        &slots,
        derive("gil", "a long password of gil")
    )));
    assert!(opens(&unlock(
        account,
        &slots,
        Ask::UseCode(slots.code.clone().unwrap().words)
    )));

    let known = joiner(cat.ask(Ask::CheckJoining(joining.clone())));
    assert_eq!((known.account, known.words), (account, words));
    assert_eq!(
        (known.name.as_str(), known.whom.as_str()),
        ("gil", "Gil from nights")
    );
    // Nobody else's vault vouches for an answer to Cat's invitation.
    let elsewhere = town.desk(&town.dan).ask(Ask::CheckJoining(joining));
    assert_eq!(elsewhere, Answer::Refused(Refused::UnprovenInvitee));
}

#[test]
fn a_server_cannot_answer_in_the_invitees_place() {
    let town = Town::new();
    let mut cat = town.desk(&town.cat);
    let (lookup, _) = invite(&mut cat, member_of_the_intake(&town));
    let half = |byte: u8| hex::encode([byte; 16]);
    let guessed = format!("{}.{}", half(1), hex::encode(&town.instance.0[..16]));
    let Answer::Joined { joining, .. } = join(&mut Desk::new(66), &lookup, &guessed) else {
        panic!("not joined")
    };
    assert_eq!(
        cat.ask(Ask::CheckJoining(joining)),
        Answer::Refused(Refused::UnprovenInvitee)
    );
}

#[test]
fn a_newcomer_is_not_led_to_another_deployment() {
    let town = Town::new();
    let (lookup, fragment) = invite(&mut town.desk(&town.cat), Place::Administrator);
    let (secret, _) = fragment.split_once('.').unwrap();
    let elsewhere = format!("{secret}.{}", hex::encode([9; 16]));
    assert_eq!(
        join(&mut Desk::new(1), &lookup, &elsewhere),
        Answer::Refused(Refused::WrongInstance)
    );
    assert_eq!(
        join(&mut Desk::new(1), "not hex", &fragment),
        Answer::Refused(Refused::Malformed)
    );
}

#[test]
fn a_forgotten_invitation_is_answered_by_nobody() {
    let town = Town::new();
    let mut cat = town.desk(&town.cat);
    let (lookup, fragment) = invite(&mut cat, member_of_the_intake(&town));
    let Answer::Joined { joining, .. } = join(&mut Desk::new(66), &lookup, &fragment) else {
        panic!("not joined")
    };
    let known = joiner(cat.ask(Ask::CheckJoining(joining.clone())));
    assert_eq!(cat.ask(Ask::ForgetInvitation(known.lookup)), Answer::Done);
    assert_eq!(
        cat.ask(Ask::CheckJoining(joining)),
        Answer::Refused(Refused::UnprovenInvitee)
    );
}
