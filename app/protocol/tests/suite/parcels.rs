//! Parcels: a draft or a sent concern, given to a colleague; and what a server, a stranger or somebody who has left could put in their
//! place.

use crate::{
    town::{Desk, NOW, Person, Store, TODAY, Town, concern, drafted, key, receipt_key, refused, rng, thread},
    unsent::{open, seal, sealed},
};
use protocol::{
    append::{Commitment, Receipt},
    attachment::PART,
    codec, envelope,
    group::EpochSecret,
    id::{AccountId, AppendId, Day, GroupId, Hash, LogId, Minute, ParcelId, Token, UnsentId},
    mailbox::{AHEAD, MailboxSeed},
    parcel::{Content, KEPT_DAYS, Parcel, SLOTS, TOKENS},
    recipient::Identity,
    refused::Refused,
    signed::{SigningKey, sign},
    told::More,
    unsent::Unsent,
    vault::{Answer, Ask, Blob, Origin, ParcelContent, ParcelView, UnsentText},
};
use std::collections::BTreeSet;

fn tokens(desk: &mut Desk) -> Vec<Token> {
    match desk.ask(Ask::ParcelTokens) {
        Answer::Tokens(tokens) => tokens,
        other => panic!("{other:?}"),
    }
}

fn given(answer: Answer) -> (Token, Blob) {
    match answer {
        Answer::SealedParcel { token, bytes } => (token, bytes),
        other => panic!("{other:?}"),
    }
}

fn give_draft(desk: &mut Desk, sealed: &Blob, to: &Person, slot: u8) -> Answer {
    desk.ask(Ask::GiveDraft {
        drawer: 3,
        sealed: sealed.clone(),
        to: to.keyring.account,
        slot,
        now: NOW,
    })
}

fn give_concern(desk: &mut Desk, log: LogId, to: &Person, slot: u8) -> Answer {
    let (to, now) = (to.keyring.account, NOW);
    desk.ask(Ask::GiveConcern { log, to, slot, now })
}

fn find_on(desk: &mut Desk, place: u8, sealed: &Blob, now: Minute) -> Result<ParcelView, Refused> {
    let sealed = sealed.clone();
    match desk.ask(Ask::OpenParcel { place, sealed, now }) {
        Answer::Parcel(view) => Ok(*view),
        Answer::Refused(refused) => Err(refused),
        other => panic!("{other:?}"),
    }
}

fn find(desk: &mut Desk, place: u8, sealed: &Blob) -> Result<ParcelView, Refused> {
    find_on(desk, place, sealed, NOW)
}

/// Ben locks, and opens again with what was stored.
fn anew(town: &mut Town, mut desk: Desk) -> Desk {
    let Answer::Keyring { keyring, .. } = desk.ask(Ask::SealKeyring { now: NOW }) else {
        panic!("no keyring")
    };
    town.ben.sealed = keyring.0;
    town.desk(&town.ben)
}

/// A concern that Amy sent and has opened.
fn sent(town: &Town) -> (Desk, Store, LogId) {
    let (mut amy, mut store) = (town.desk(&town.amy), Store::new(town));
    let (log, bytes) = amy.send(concern());
    store.append(&bytes);
    thread(amy.open_thread(log, &store.fetch(log)));
    (amy, store, log)
}

fn remove_ben(town: &mut Town) {
    let draft = town.desk(&town.amy).ask(Ask::Dismiss {
        group: town.partner.id,
        account: town.ben.keyring.account,
        now: NOW,
    });
    town.publish(&drafted(draft));
}

fn rotate(town: &mut Town) {
    let mut amy = town.desk(&town.amy);
    rotate_by(town, &mut amy);
}

/// By a vault that draws other keys each time.
fn rotate_by(town: &mut Town, amy: &mut Desk) {
    let draft = amy.ask(Ask::Rotate {
        group: town.partner.id,
        now: NOW,
    });
    town.publish(&drafted(draft));
    amy.ask(town.trust(&town.amy));
}

// ---- Giving and taking.

#[test]
fn a_draft_goes_on_at_the_colleagues_with_the_files_it_had() {
    let town = Town::new();
    let (mut amy, bytes) = (town.desk(&town.amy), vec![7; PART + 3]);
    let begin = Ask::BeginFile {
        name: "photo.jpg".into(),
        media: "image/jpeg".into(),
        length: bytes.len() as u64,
        copy_of: None,
    };
    let Answer::File(file) = amy.ask(begin) else {
        panic!("not begun")
    };
    let part = |index: u32, bytes: &[u8]| Ask::SealPart {
        file: file.id,
        index,
        bytes: Blob(bytes.to_vec()),
    };
    assert!(matches!(
        amy.ask(part(0, &bytes[..PART])),
        Answer::Part { sealed: Some(_), .. }
    ));
    amy.ask(Ask::PartStored(file.id));
    let unsent = UnsentText {
        id: None,
        label: "Tuesday".into(),
        text: "half a story".into(),
        files: vec![file.id],
    };
    let (id, draft) = sealed(
        &mut amy,
        Ask::SealUnsent {
            drawer: 3,
            version: 4,
            unsent,
        },
    );
    let (token, parcel) = given(give_draft(&mut amy, &draft, &town.ben, 1));

    let mut ben = town.desk(&town.ben);
    assert_eq!(tokens(&mut ben)[1], token);
    let view = find(&mut ben, 1, &parcel).ok().unwrap();
    assert_eq!((view.from.account, view.day), (town.amy.keyring.account, TODAY));
    assert_eq!(view.from.words, town.amy.member(true).words());
    let ParcelContent::Draft {
        id: own_id,
        label,
        files,
    } = view.content
    else {
        panic!("no draft")
    };
    assert_eq!((label.as_str(), files), ("Tuesday", 1));
    assert_ne!(own_id, id, "the giver may keep theirs");
    let (own, stored) = sealed(
        &mut ben,
        Ask::TakeDraft {
            parcel: view.id,
            drawer: 5,
        },
    );
    assert_eq!(own, own_id);
    let mut ben = town.desk(&town.ben);
    let view = open(&mut ben, 5, &stored).ok().unwrap();
    assert_eq!((view.version, view.text.as_str()), (1, "half a story"));
    assert_eq!(view.files[0].parts.len(), 1);
    assert!(matches!(
        ben.ask(part(0, &bytes[..PART])),
        Answer::Part { sealed: None, .. }
    ));
    assert!(matches!(
        ben.ask(part(1, &bytes[PART..])),
        Answer::Part { sealed: Some(_), .. }
    ));
}

#[test]
fn a_concern_is_read_and_added_to_by_both_and_the_unit_sees_one_author() {
    let mut town = Town::new();
    let (mut amy, mut store, log) = sent(&town);
    let (_, parcel) = given(give_concern(&mut amy, log, &town.ben, 0));
    let mut ben = town.desk(&town.ben);
    let own = ben.open_thread(log, &store.fetch(log));
    assert_eq!(refused(own), Refused::NotForYou, "not yet");
    let view = find(&mut ben, 0, &parcel).ok().unwrap();
    assert!(matches!(view.content, ParcelContent::Concern { .. }));
    let take = Ask::TakeConcern {
        parcel: view.id,
        now: NOW,
    };
    assert_eq!(ben.ask(take.clone()), Answer::Done);
    assert_eq!(ben.ask(take), Answer::Done, "twice is harmless");

    let mut ben = anew(&mut town, ben);
    let Answer::Tokens(all) = ben.ask(Ask::Tokens) else {
        panic!("no tokens")
    };
    let once = all.iter().filter(|token| token.log() == log).count();
    assert_eq!((once, all.len()), (1, AHEAD as usize + 1));
    assert_eq!(ben.ask(Ask::Adopt(vec![log])), Answer::Adopted(vec![]));
    let Answer::GivenConcerns(mine) = ben.ask(Ask::GivenConcerns) else {
        panic!("none")
    };
    let from = mine[0].from.as_ref().unwrap().account;
    assert_eq!(
        (mine.len(), mine[0].log, from),
        (1, log, town.amy.keyring.account)
    );
    thread(ben.open_thread(log, &store.fetch(log)));
    let more = More {
        text: "He came again.".into(),
        withdrawn: None,
    };
    let (_, bytes) = ben.sealed(Ask::SealMore {
        log,
        more: more.to_bytes(),
        now: NOW,
    });
    store.append(&bytes);
    for desk in [&mut amy, &mut ben] {
        assert_eq!(thread(desk.open_thread(log, &store.fetch(log))).more.len(), 1);
    }
    let read = thread(town.desk(&town.cat).open_case(log, &store.fetch(log)));
    assert_eq!(read.more.len(), 1);
    let Origin::Member { account, .. } = read.origin else {
        panic!("no author")
    };
    assert_eq!(account, town.amy.keyring.account);
}

#[test]
fn what_was_given_can_be_given_on_and_comes_back_to_its_author_once() {
    let town = Town::new();
    let (mut amy, store, log) = sent(&town);
    let (_, parcel) = given(give_concern(&mut amy, log, &town.ben, 0));
    let mut ben = town.desk(&town.ben);
    let parcel = find(&mut ben, 0, &parcel).ok().unwrap().id;
    ben.ask(Ask::TakeConcern { parcel, now: NOW });
    thread(ben.open_thread(log, &store.fetch(log)));
    let (_, back) = given(give_concern(&mut ben, log, &town.amy, 0));
    let parcel = find(&mut amy, 0, &back).ok().unwrap().id;
    assert_eq!(amy.ask(Ask::TakeConcern { parcel, now: NOW }), Answer::Done);
    assert_eq!(amy.ask(Ask::GivenConcerns), Answer::GivenConcerns(vec![]));
}

#[test]
fn nothing_is_given_but_to_a_colleague_who_is_there() {
    let mut town = Town::new();
    let (mut amy, _, log) = sent(&town);
    for stranger in [&town.amy, &town.cat] {
        assert_eq!(
            refused(give_concern(&mut amy, log, stranger, 0)),
            Refused::NoSuchMember
        );
    }
    assert_eq!(
        refused(give_concern(&mut amy, log, &town.ben, SLOTS)),
        Refused::Malformed
    );
    let unread = give_concern(&mut town.desk(&town.amy), log, &town.ben, 0);
    assert_eq!(refused(unread), Refused::WrongPlace, "it was not opened here");
    assert_eq!(tokens(&mut town.desk(&town.cat)), [], "in no organisation");
    let mut early = town.unlocked(&town.amy);
    assert_eq!(tokens(&mut early), [], "there is no directory yet");
    assert_eq!(early.ask(Ask::GivenConcerns), Answer::GivenConcerns(vec![]));
    remove_ben(&mut town);
    amy.ask(town.trust(&town.amy));
    assert_eq!(
        refused(give_concern(&mut amy, log, &town.ben, 0)),
        Refused::NoSuchMember
    );
    assert_eq!(tokens(&mut town.desk(&town.ben)), []);
}

#[test]
fn the_places_are_told_apart_by_members_alone_and_are_as_many_whatever_lies_there() {
    let mut town = Town::new();
    let (mut seen, mut amy) = (BTreeSet::new(), town.desk(&town.amy));
    for turn in 1..=6 {
        let mut ben = town.desk(&town.ben);
        let expected = usize::from((turn * SLOTS).min(TOKENS));
        let (ours, theirs) = (tokens(&mut amy), tokens(&mut ben));
        assert_eq!((ours.len(), theirs.len()), (expected, expected));
        assert!(ours.iter().all(|token| !theirs.contains(token)));
        let (_, draft) = sealed(&mut amy, seal(3, 1, None, "half"));
        let (token, _) = given(give_draft(&mut amy, &draft, &town.ben, 2));
        assert_eq!(token, theirs[2], "under the newest epoch");
        assert!(seen.insert(token.0), "each epoch has others");
        rotate_by(&mut town, &mut amy);
    }
}

#[test]
fn what_was_given_before_a_rotation_is_still_found() {
    let mut town = Town::new();
    let mut amy = town.desk(&town.amy);
    let (_, draft) = sealed(&mut amy, seal(3, 1, None, "half"));
    let (token, parcel) = given(give_draft(&mut amy, &draft, &town.ben, 2));
    rotate(&mut town);
    let mut ben = town.desk(&town.ben);
    assert_eq!(tokens(&mut ben)[5], token);
    assert!(find(&mut ben, 5, &parcel).is_ok());
}

#[test]
fn what_was_refused_can_be_given_again() {
    let town = Town::new();
    let (mut amy, mut ben) = (town.desk(&town.amy), town.desk(&town.ben));
    let (_, draft) = sealed(&mut amy, seal(3, 1, None, "half"));
    for turn in 0..2 {
        let (_, parcel) = given(give_draft(&mut amy, &draft, &town.ben, 0));
        let parcel = find(&mut ben, 0, &parcel).ok().unwrap().id;
        let settle = Ask::SettleParcel { parcel, now: NOW };
        assert_eq!(ben.ask(settle), Answer::Done, "{turn}");
    }
}

// ---- Lies.

/// A parcel that Amy could make for Ben, before anything of it is changed.
fn honest(town: &Town) -> Parcel {
    let unsent = Unsent {
        id: UnsentId([1; 16]),
        label: "Tuesday".into(),
        text: "half".into(),
        files: vec![],
    };
    Parcel {
        instance: town.instance,
        partner: town.partner.id,
        epoch: 1,
        to: town.ben.keyring.account,
        recipient: town.ben.keyring.identity.recipient(),
        slot: 0,
        day: TODAY,
        from: town.amy.keyring.account,
        content: Content::Draft(Box::new(unsent)),
        id: ParcelId([1; 16]),
    }
}

/// Sealed to Ben, whatever the parcel says.
fn to_ben(town: &Town, parcel: &Parcel, signers: &[&SigningKey]) -> Blob {
    let padded = envelope::pad_to(16 << 10, sign(parcel, signers)).unwrap();
    Blob(envelope::seal(&padded, &[town.ben.keyring.identity.recipient()]).unwrap())
}

fn told_ben(town: &Town, parcel: &Parcel, signers: &[&SigningKey]) -> Option<Refused> {
    find(&mut town.desk(&town.ben), 0, &to_ben(town, parcel, signers)).err()
}

#[test]
fn a_parcel_that_no_colleague_signed_is_refused() {
    let town = Town::new();
    let (parcel, amy) = (honest(&town), &town.amy.keyring.signer);
    assert_eq!(told_ben(&town, &parcel, &[amy]), None, "the honest one");
    // Whoever holds the database; a member of a unit; a colleague in another's name; and one with a stranger.
    for signers in [
        vec![&key(50)],
        vec![&town.cat.keyring.signer],
        vec![&town.ben.keyring.signer],
        vec![amy, &key(50)],
    ] {
        let told = told_ben(&town, &parcel, &signers);
        assert_eq!(told, Some(Refused::NoColleague));
    }
    let own_name = Parcel {
        from: town.cat.keyring.account,
        ..parcel.clone()
    };
    let told = told_ben(&town, &own_name, &[&town.cat.keyring.signer]);
    assert_eq!(told, Some(Refused::NoColleague));
    let organisation = EpochSecret(town.partner.secrets[0].0.clone()).signer();
    assert_eq!(
        told_ben(&town, &parcel, &[&organisation]),
        Some(Refused::NoColleague)
    );
    assert_eq!(told_ben(&town, &parcel, &[]), Some(Refused::BadSignature));
}

#[test]
fn a_parcel_moved_to_another_place_epoch_organisation_or_portal_is_refused() {
    let mut town = Town::new();
    rotate(&mut town);
    let (parcel, amy) = (honest(&town), &town.amy.keyring.signer);
    let sealed = to_ben(&town, &parcel, &[amy]);
    let mut ben = town.desk(&town.ben);
    for (place, told) in [
        (3, None),
        (4, Some(Refused::WrongPlace)),
        (0, Some(Refused::WrongPlace)),
        (6, Some(Refused::WrongPlace)),
    ] {
        assert_eq!(find(&mut ben, place, &sealed).err(), told, "{place}");
    }
    let now = Parcel {
        epoch: 2,
        ..parcel.clone()
    };
    assert_eq!(told_ben(&town, &now, &[amy]), None);
    let other = Parcel {
        partner: GroupId([9; 16]),
        ..now.clone()
    };
    assert_eq!(told_ben(&town, &other, &[amy]), Some(Refused::Readdressed));
    let other = Parcel {
        instance: Hash([9; 32]),
        ..now
    };
    assert_eq!(told_ben(&town, &other, &[amy]), Some(Refused::WrongInstance));
}

#[test]
fn a_parcel_for_somebody_else_is_refused_even_where_it_was_sealed_again() {
    let town = Town::new();
    let (parcel, amy) = (honest(&town), &town.amy.keyring.signer);
    let sealed = Blob(parcel.seal(amy).unwrap());
    assert_eq!(
        find(&mut town.desk(&town.amy), 0, &sealed).err(),
        Some(Refused::NotForYou)
    );
    // Ben, who could open it, passes it on as if Amy had given it to the next.
    let swapped = Parcel {
        recipient: Identity::from_secret([9; 32]).recipient(),
        ..parcel.clone()
    };
    assert_eq!(told_ben(&town, &swapped, &[amy]), Some(Refused::Readdressed));
    let account = Parcel {
        to: AccountId([9; 16]),
        ..parcel.clone()
    };
    assert_eq!(told_ben(&town, &account, &[amy]), Some(Refused::Readdressed));
    let readers = [&town.ben, &town.cat].map(|one| one.keyring.identity.recipient());
    let padded = envelope::pad_to(16 << 10, sign(&parcel, &[amy])).unwrap();
    let more = Blob(envelope::seal(&padded, &readers).unwrap());
    assert_eq!(
        find(&mut town.desk(&town.ben), 0, &more).err(),
        Some(Refused::WrongRecipients)
    );
}

#[test]
fn what_the_vault_gives_is_sealed_to_the_key_in_the_chain_and_no_other() {
    let town = Town::new();
    let mut amy = town.desk(&town.amy);
    let (_, draft) = sealed(&mut amy, seal(3, 1, None, "half"));
    let (_, parcel) = given(give_draft(&mut amy, &draft, &town.ben, 0));
    assert!(envelope::open(&parcel.0, &[&town.ben.keyring.identity], 1).is_ok());
    let others = [&town.amy.keyring.identity, &town.partner.secrets[0].0];
    assert_eq!(
        envelope::open(&parcel.0, &others, 1).err(),
        Some(Refused::NotForYou)
    );
}

#[test]
fn what_somebody_gave_who_has_left_is_refused_whenever_they_gave_it() {
    let mut town = Town::new();
    let (mut ben, draft) = {
        let mut ben = town.desk(&town.ben);
        let (_, draft) = sealed(&mut ben, seal(3, 1, None, "half"));
        (ben, draft)
    };
    let (_, before) = given(give_draft(&mut ben, &draft, &town.amy, 0));
    assert!(find(&mut town.desk(&town.amy), 0, &before).is_ok());
    remove_ben(&mut town);
    // His vault still has the list from before, and the server helps him.
    let (_, after) = given(give_draft(&mut ben, &draft, &town.amy, 1));
    let mut amy = town.desk(&town.amy);
    for (place, parcel) in [(SLOTS, before), (SLOTS + 1, after)] {
        assert_eq!(
            find(&mut amy, place, &parcel).err(),
            Some(Refused::FormerColleague)
        );
    }
}

#[test]
fn a_parcel_that_was_taken_or_refused_does_not_come_again() {
    let mut town = Town::new();
    let parcel = to_ben(&town, &honest(&town), &[&town.amy.keyring.signer]);
    let mut ben = town.desk(&town.ben);
    let view = find(&mut ben, 0, &parcel).ok().unwrap();
    let settle = Ask::SettleParcel {
        parcel: view.id,
        now: NOW,
    };
    assert_eq!(ben.ask(settle.clone()), Answer::Done);
    assert_eq!(find(&mut ben, 0, &parcel).err(), Some(Refused::SettledParcel));
    let mut ben = anew(&mut town, ben);
    assert_eq!(find(&mut ben, 0, &parcel).err(), Some(Refused::SettledParcel));
    assert_eq!(
        refused(ben.ask(settle)),
        Refused::NotShown,
        "it was not opened here"
    );
    // What is no longer remembered is too old to be taken.
    for days in [KEPT_DAYS, KEPT_DAYS + 2] {
        let day = Minute(NOW.0 + days * 1440);
        let again = find_on(&mut ben, 0, &parcel, day).err();
        assert_eq!(again, Some(Refused::SettledParcel), "{days}");
    }
    let day = Minute(NOW.0 + (KEPT_DAYS + 3) * 1440);
    assert_eq!(find_on(&mut ben, 0, &parcel, day).err(), Some(Refused::OldParcel));
}

#[test]
fn what_does_not_open_the_concern_that_it_names_is_refused() {
    let town = Town::new();
    let base = MailboxSeed::random(&mut rng(77)).base(0);
    let receipt = |log, key: &SigningKey| {
        let receipt = Receipt {
            instance: town.instance,
            append: AppendId([1; 16]),
            digest: Hash::ZERO,
            compartment: town.intake.id,
            entries: vec![Commitment {
                position: 1,
                log,
                sequence: 0,
                hash: Hash::ZERO,
            }],
            head: Hash::ZERO,
            day: Day(1),
        };
        sign(&receipt, &[key])
    };
    let content = |log, key| Content::Concern {
        base: base.clone(),
        receipt: receipt(log, key),
    };
    let of = |log, key| Parcel {
        content: content(log, key),
        ..honest(&town)
    };
    let (own, amy) = (base.mailbox().log(), &town.amy.keyring.signer);
    let server = &receipt_key();
    assert_eq!(told_ben(&town, &of(own, server), &[amy]), None);
    assert_eq!(
        told_ben(&town, &of(LogId([9; 16]), server), &[amy]),
        Some(Refused::OtherConcern)
    );
    assert_eq!(
        told_ben(&town, &of(own, amy), &[amy]),
        Some(Refused::BadReceipt),
        "made up by the giver"
    );
}

#[test]
fn the_receiver_is_shown_no_less_of_a_concern_than_the_giver_saw() {
    let mut town = Town::new();
    let (mut amy, mut store, log) = sent(&town);
    let cut = store.fetch(log);
    let more = More {
        text: "He came again.".into(),
        withdrawn: None,
    };
    let (_, bytes) = amy.sealed(Ask::SealMore {
        log,
        more: more.to_bytes(),
        now: NOW,
    });
    store.append(&bytes);
    thread(amy.open_thread(log, &store.fetch(log)));
    let (_, parcel) = given(give_concern(&mut amy, log, &town.ben, 0));
    let mut ben = town.desk(&town.ben);
    let parcel = find(&mut ben, 0, &parcel).ok().unwrap().id;
    ben.ask(Ask::TakeConcern { parcel, now: NOW });
    let mut ben = anew(&mut town, ben);
    assert_eq!(refused(ben.open_thread(log, &cut)), Refused::BrokenSequence);
    let Answer::Adopted(missing) = ben.ask(Ask::Adopt(vec![])) else {
        panic!("not compared")
    };
    assert_eq!(missing.len(), 1, "left out of the list");
    thread(ben.open_thread(log, &store.fetch(log)));
}

#[test]
fn a_parcel_changed_in_any_bit_cut_or_with_bytes_hidden_is_refused() {
    let town = Town::new();
    let (parcel, amy) = (honest(&town), &town.amy.keyring.signer);
    let sealed = to_ben(&town, &parcel, &[amy]);
    let mut ben = town.desk(&town.ben);
    for bit in (0..sealed.0.len() * 8).step_by(211) {
        let mut bad = sealed.clone();
        bad.0[bit / 8] ^= 1 << (bit % 8);
        assert!(find(&mut ben, 0, &bad).is_err(), "bit {bit}");
    }
    for length in [0, 1, sealed.0.len() - 1] {
        assert!(find(&mut ben, 0, &Blob(sealed.0[..length].to_vec())).is_err());
    }
    let mut hidden = envelope::pad_to(16 << 10, sign(&parcel, &[amy])).unwrap();
    *hidden.last_mut().unwrap() = 1;
    let hidden = envelope::seal(&hidden, &[town.ben.keyring.identity.recipient()]).unwrap();
    assert_eq!(
        find(&mut ben, 0, &Blob(hidden)).err(),
        Some(Refused::AlteredEnvelope)
    );
    assert_eq!(
        find(&mut ben, 0, &Blob(codec::encode(&parcel))).err(),
        Some(Refused::AlteredEnvelope)
    );
}
