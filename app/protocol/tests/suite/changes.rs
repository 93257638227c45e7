//! Groups at work: how people come in and go, how groups begin, and what a lying server or a lying member gets for it.

use crate::town::{
    Chain, Desk, NOW, Person, Store, TODAY, Town, concern, deployment, drafted, extend, genesis, person,
    recover, refused, rng, thread, trusted,
};
use protocol::{
    checkpoint::Checkpoint,
    directory::{Compartment, Directory, Purpose},
    group::{Act, Aims, EpochSecret, Group, GroupKind, LONGEST_AIM, Link, Policy, RecoverySecret},
    id::{AccountId, Day, GroupId, Hash, Minute},
    invitation::{Joining, LIFE, Place, Proven, read_fragment},
    recipient::Identity,
    refused::Refused,
    signed::{self, SigningKey, sign},
    vault::{
        Answer, Ask, Blob, ChainMoved, Change, CheckpointDraft, CheckpointView, CommitmentsMoved, Draft,
        DraftView, Due, GenesisView, GroupView, NewRules, Origin, Password, Trusted,
    },
    words,
    wrap::Wrap,
};

use zeroize::Zeroizing;

/// Somebody who answered an invitation.
struct Newcomer {
    desk: Desk,
    account: AccountId,
    joining: Blob,
    words: Vec<String>,
}

impl Newcomer {
    /// Asks the server whom to trust.
    fn trust(&mut self, town: &Town) -> Trusted {
        trusted(self.desk.ask(town.trust_of(self.account, false)))
    }
}

/// `inviter` invites, and somebody takes it up.
fn newcomer(inviter: &mut Desk, name: &str, place: Place) -> Newcomer {
    let whom = name.to_owned();
    let Answer::Invited { link, .. } = inviter.ask(Ask::Invite {
        place,
        whom,
        now: NOW,
    }) else {
        panic!("no invitation")
    };
    let (lookup, fragment) = link.split_once('#').unwrap();
    let mut desk = Desk::new(name.as_bytes()[0].wrapping_add(60));
    desk.ask(Ask::Begin(deployment()));
    desk.ask(Ask::Derive {
        name: name.into(),
        password: Password("a long enough password".into()),
    });
    let answer = desk.ask(Ask::Join {
        lookup: lookup.into(),
        fragment: Password(fragment.into()),
        name: name.into(),
    });
    let Answer::Joined {
        account,
        joining,
        words,
        ..
    } = answer
    else {
        panic!("{answer:?}")
    };
    Newcomer {
        desk,
        account,
        joining,
        words,
    }
}

fn member_of(chain: &Chain) -> Place {
    Place::Member {
        group: chain.id,
        lead: false,
    }
}

fn admit(joining: &Blob) -> Ask {
    Ask::Admit {
        joining: joining.clone(),
        now: NOW,
    }
}

fn dismiss(chain: &Chain, person: &Person) -> Ask {
    Ask::Dismiss {
        group: chain.id,
        account: person.keyring.account,
        now: NOW,
    }
}

fn rotate(chain: &Chain) -> Ask {
    Ask::Rotate {
        group: chain.id,
        now: NOW,
    }
}

fn read(group: GroupId, link: &Blob, joining: Option<&Blob>) -> Ask {
    Ask::ReadDraft {
        group,
        link: link.clone(),
        joining: joining.cloned(),
        now: NOW,
    }
}

fn countersign(draft: &Draft) -> Ask {
    Ask::Countersign {
        group: draft.group,
        link: draft.link.clone(),
        now: NOW,
    }
}

fn view(answer: Answer) -> DraftView {
    match answer {
        Answer::DraftView(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn founding(answer: Answer) -> GenesisView {
    match answer {
        Answer::GenesisView(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn checkpoint(answer: Answer) -> CheckpointDraft {
    match answer {
        Answer::Checkpoint(draft) => draft,
        other => panic!("{other:?}"),
    }
}

fn group(trusted: &Trusted, chain: &Chain) -> GroupView {
    let mut groups = trusted.groups.iter();
    groups.find(|one| one.id == chain.id).unwrap().clone()
}

fn secret(byte: u8) -> RecoverySecret {
    RecoverySecret::from_bytes(&[byte; 32].into())
}

fn rules(signers: u8, recovery: Option<u8>) -> NewRules {
    NewRules {
        signers,
        recovery: recovery.map(|byte| secret(byte).public().to_string()),
        custodians: vec!["A. Judge".into(), "B. Clerk".into(), "C. Bishop".into()],
    }
}

/// Joins the same link with the signatures of both.
fn complete(first: &Draft, second: &Draft) -> Draft {
    Draft {
        wraps: first.wraps.clone(),
        ..second.clone()
    }
}

/// Eve's draft that takes somebody into the sealed compartment, and whom.
fn sealed_draft(town: &Town) -> (Draft, Newcomer) {
    let mut eve = town.desk(&town.eve);
    let hal = newcomer(&mut eve, "hal", member_of(&town.sealed));
    (drafted(eve.ask(admit(&hal.joining))), hal)
}

// ---- Stories.

#[test]
fn whoever_is_admitted_opens_what_came_before_and_what_comes_after() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let (before, bytes) = town.desk(&town.amy).send(concern());
    store.append(&bytes);
    let mut cat = town.desk(&town.cat);
    town.publish(&drafted(cat.ask(rotate(&town.intake))));
    trusted(cat.ask(town.trust(&town.cat)));
    let mut gil = newcomer(&mut cat, "gil", member_of(&town.intake));
    let draft = drafted(cat.ask(admit(&gil.joining)));
    assert_eq!((draft.signed, draft.needed, draft.invitations.len()), (1, 1, 1));
    let epochs: Vec<_> = draft
        .wraps
        .iter()
        .map(|(whom, epoch, _)| (*whom, *epoch))
        .collect();
    assert_eq!(epochs, [(gil.account, 2), (gil.account, 1)]);
    assert_eq!(gil.trust(&town).groups, [], "nothing is published yet");
    town.publish(&draft);

    let (after, bytes) = town.desk(&town.ben).send(concern());
    store.append(&bytes);
    let seen = group(&gil.trust(&town), &town.intake);
    assert_eq!((seen.members.len(), seen.lead, seen.epoch), (3, false, 2));
    let me = seen.members.iter().find(|one| one.me).unwrap();
    assert_eq!((me.account, &me.words), (gil.account, &gil.words));
    for log in [before, after] {
        thread(gil.desk.open_case(log, &store.fetch(log)));
    }
    // The invitation is used up when the link is seen, and not before.
    assert!(matches!(
        cat.ask(Ask::CheckJoining(gil.joining.clone())),
        Answer::Joiner(_)
    ));
    trusted(cat.ask(town.trust(&town.cat)));
    let again = cat.ask(Ask::CheckJoining(gil.joining));
    assert_eq!(refused(again), Refused::UnprovenInvitee);
}

#[test]
fn a_lead_knows_whom_they_took_in_after_a_lock_and_nobody_else_does() {
    let mut town = Town::new();
    let mut cat = town.desk(&town.cat);
    let gil = newcomer(&mut cat, "gil", member_of(&town.intake));
    town.publish(&drafted(cat.ask(admit(&gil.joining))));
    let Answer::Keyring { keyring, .. } = cat.ask(Ask::SealKeyring { now: NOW }) else {
        panic!("no keyring")
    };
    town.cat.sealed = keyring.0;
    let whom = |person: &Person| {
        let seen = trusted(town.desk(person).ask(town.trust(person)));
        let members = group(&seen, &town.intake).members;
        let found = members.into_iter().find(|one| one.account == gil.account);
        found.unwrap().whom
    };
    assert_eq!(whom(&town.cat).as_deref(), Some("gil"));
    assert_eq!(whom(&town.dan), None);
}

#[test]
fn whoever_is_dismissed_opens_nothing_that_comes_after() {
    let mut town = Town::new();
    let mut store = Store::new(&town);
    let (before, bytes) = town.desk(&town.amy).send(concern());
    store.append(&bytes);
    let draft = drafted(town.desk(&town.cat).ask(dismiss(&town.intake, &town.dan)));
    let whom: Vec<_> = draft
        .wraps
        .iter()
        .map(|(whom, epoch, _)| (*whom, *epoch))
        .collect();
    assert_eq!(whom, [(town.cat.keyring.account, 2), (AccountId::RECOVERY, 2)]);
    town.publish(&draft);
    let (after, bytes) = town.desk(&town.ben).send(concern());
    store.append(&bytes);

    let mut dan = town.desk(&town.dan);
    assert_eq!(
        refused(dan.open_case(after, &store.fetch(after))),
        Refused::NotForYou
    );
    let mut cat = town.unlocked(&town.cat);
    let seen = group(&trusted(cat.ask(town.trust(&town.cat))), &town.intake);
    assert_eq!(seen.members.len(), 1);
    assert_eq!(seen.waiting, [Due::AnotherMember]);
    for log in [before, after] {
        thread(cat.open_case(log, &store.fetch(log)));
    }
}

#[test]
fn rotating_and_new_recovery_leave_nobody_behind() {
    let mut town = Town::new();
    let mut cat = town.desk(&town.cat);
    town.publish(&drafted(cat.ask(rotate(&town.intake))));
    trusted(cat.ask(town.trust(&town.cat)));
    let draft = drafted(cat.ask(Ask::ChangePolicy {
        group: town.intake.id,
        rules: rules(1, Some(40)),
        now: NOW,
    }));
    assert_eq!(draft.wraps.len(), 2, "each epoch for the new key");
    town.publish(&draft);
    let chain = town.group(&town.intake);
    for (account, epoch, wrap) in &draft.wraps {
        let opened = Wrap::open(&wrap.0, secret(40).identity()).unwrap();
        let wrap = opened.check(&chain, town.instance, *account).unwrap();
        assert_eq!((*account, wrap.epoch), (AccountId::RECOVERY, *epoch));
    }
    // Those who held the key before hold this epoch too, until the next.
    let seen = group(&trusted(cat.ask(town.trust(&town.cat))), &town.intake);
    assert_eq!(seen.waiting, [Due::Rotate]);
    town.publish(&drafted(cat.ask(rotate(&town.intake))));
    let seen = group(&trusted(cat.ask(town.trust(&town.cat))), &town.intake);
    assert_eq!((seen.waiting, seen.epoch, seen.sequence), (vec![], 3, 3));
    assert!(seen.rules.recovery.is_some() && seen.rules.custodians.len() == 3);

    let mut store = Store::new(&town);
    let (log, bytes) = town.desk(&town.amy).send(concern());
    store.append(&bytes);
    thread(town.desk(&town.dan).open_case(log, &store.fetch(log)));
}

#[test]
fn two_leads_change_the_sealed_compartment() {
    let mut town = Town::new();
    let (draft, mut hal) = sealed_draft(&town);
    assert_eq!((draft.signed, draft.needed), (1, 2));
    let mut fay = town.desk(&town.fay);
    let seen = view(fay.ask(read(draft.group, &draft.link, Some(&hal.joining))));
    assert_eq!(seen.signed, [town.eve.keyring.account]);
    let change = Change::Add {
        account: hal.account,
        name: "hal".into(),
        words: hal.words.clone(),
        lead: false,
    };
    assert_eq!((seen.change, seen.needed), (change, 2));
    let signed = drafted(fay.ask(countersign(&draft)));
    assert_eq!((signed.signed, signed.wraps.len()), (2, 0));
    town.publish(&complete(&draft, &signed));

    let close = protocol::concern::Concern {
        standing: protocol::concern::Standing::Close,
        ..concern()
    };
    let mut store = Store::new(&town);
    let (log, bytes) = town.desk(&town.amy).send(close);
    store.append(&bytes);
    hal.trust(&town);
    thread(hal.desk.open_case(log, &store.fetch(log)));
}

#[test]
fn every_kind_of_draft_is_shown_for_what_it_is() {
    let town = Town::new();
    let (mut eve, mut fay) = (town.desk(&town.eve), town.desk(&town.fay));
    let draft = drafted(eve.ask(rotate(&town.sealed)));
    let seen = view(fay.ask(read(draft.group, &draft.link, None)));
    assert_eq!((seen.change, seen.day), (Change::Rotate, TODAY));
    let draft = drafted(eve.ask(Ask::ChangePolicy {
        group: town.sealed.id,
        rules: rules(2, Some(41)),
        now: NOW,
    }));
    let seen = view(fay.ask(read(draft.group, &draft.link, None)));
    let Change::Policy(shown) = seen.change else {
        panic!()
    };
    let words = protocol::words::fingerprint(secret(41).public().hash());
    assert_eq!((shown.signers, shown.recovery), (2, Some(words)));

    let mut town = town;
    let act = Act::Add(person(town.instance, "gil").member(false));
    town.sealed = extend(&town, &town.sealed, act, &[&town.eve, &town.fay]);
    let gil = person(town.instance, "gil");
    let draft = drafted(town.desk(&town.eve).ask(dismiss(&town.sealed, &gil)));
    let seen = view(town.desk(&town.fay).ask(read(draft.group, &draft.link, None)));
    assert_eq!(seen.change, Change::Remove(gil.keyring.account));
}

/// A town with two administrators who have vaults.
fn administered() -> (Town, Person, Person) {
    let mut town = Town::new();
    let [kim, lou] = ["kim", "lou"].map(|name| person(town.instance, name));
    for one in [&kim, &lou] {
        let own = one.keyring.signer.verifying();
        town.directory.administrators.push(own);
    }
    (town, kim, lou)
}

fn partner(name: &str) -> Place {
    Place::Partner { name: name.into() }
}

fn found_partner(ivy: &mut Newcomer) -> Draft {
    drafted(ivy.desk.ask(Ask::FoundPartner {
        name: "Refuge".into(),
        now: NOW,
    }))
}

fn read_genesis(link: &Blob, joinings: &[Blob]) -> Ask {
    Ask::ReadGenesis {
        link: link.clone(),
        joinings: joinings.to_vec(),
        now: NOW,
    }
}

fn sign_genesis(link: &Blob, joining: &Blob) -> Ask {
    Ask::SignGenesis {
        link: link.clone(),
        joining: joining.clone(),
        now: NOW,
    }
}

#[test]
fn a_partner_is_founded_by_its_lead_and_two_administrators() {
    let (mut town, kim, lou) = administered();
    let (mut kim_desk, mut lou_desk) = (town.desk(&kim), town.desk(&lou));
    let mut ivy = newcomer(&mut kim_desk, "ivy", partner("Refuge"));
    let draft = found_partner(&mut ivy);
    assert_eq!((draft.signed, draft.needed, draft.wraps.len()), (0, 2, 1));

    let joinings = [ivy.joining.clone()];
    let seen = founding(kim_desk.ask(read_genesis(&draft.link, &joinings)));
    let [lead] = &seen.members[..] else { panic!() };
    assert_eq!((seen.name.as_str(), seen.kind), ("Refuge", GroupKind::Partner));
    assert_eq!((lead.name.as_deref(), &lead.words), (Some("ivy"), &ivy.words));
    assert!(lead.proven);
    let first = drafted(kim_desk.ask(sign_genesis(&draft.link, &ivy.joining)));
    assert_eq!((first.signed, first.needed), (1, 2));
    let seen = founding(lou_desk.ask(read_genesis(&first.link, &joinings)));
    assert_eq!((seen.signed, seen.signed_by_me), (1, false));
    assert!(!seen.members[0].proven, "only the inviter can check it");
    let second = drafted(lou_desk.ask(sign_genesis(&first.link, &ivy.joining)));
    assert_eq!(second.signed, 2);
    town.publish(&complete(&draft, &second));

    let seen = ivy.trust(&town);
    assert_eq!(seen.partner.as_deref(), Some("Refuge"));
    assert!(seen.groups[0].lead);
    let (log, bytes) = ivy.desk.send(concern());
    let mut store = Store::new(&town);
    store.append(&bytes);
    let opened = thread(town.desk(&town.cat).open_case(log, &store.fetch(log)));
    let origin = Origin::Member {
        partner: "Refuge".into(),
        account: ivy.account,
        words: ivy.words,
    };
    assert_eq!(opened.origin, origin);
    // The administrator's invitation is used up.
    trusted(kim_desk.ask(town.trust(&kim)));
    assert_eq!(
        refused(kim_desk.ask(Ask::CheckJoining(ivy.joining))),
        Refused::UnprovenInvitee
    );
}

fn unit(id: &str) -> Place {
    Place::Unit { unit: id.into() }
}

fn found(kind: GroupKind, rules: NewRules, members: &[&Newcomer]) -> Ask {
    Ask::Found {
        unit: "far".into(),
        kind,
        name: "Far PSD".into(),
        members: members.iter().map(|one| one.joining.clone()).collect(),
        rules,
        now: NOW,
    }
}

/// A new directory lists what was founded, for the unit of Far.
fn list(town: &mut Town, purpose: Purpose) {
    let chain = town.founded.last().unwrap();
    let listed = Compartment {
        group: chain.id,
        purpose,
        genesis: genesis(&chain.links[0]),
    };
    let previous = town.directory.hash();
    let Directory { version, units, .. } = &mut town.directory;
    *version += 1;
    units[2].compartments.push(listed);
    town.directory.previous = previous;
}

#[test]
fn a_unit_is_founded_listed_and_used() {
    let mut town = Town::new();
    let ned = person(town.instance, "ned");
    let mut ned_desk = town.desk(&ned);
    let mut ola = newcomer(&mut ned_desk, "ola", unit("far"));
    let draft = drafted(ned_desk.ask(found(GroupKind::Intake, rules(1, Some(42)), &[&ola])));
    assert_eq!((draft.signed, draft.needed, draft.wraps.len()), (1, 1, 3));
    town.publish(&draft);
    list(&mut town, Purpose::Intake);

    let far = protocol::concern::Concern {
        force: "far".into(),
        ..concern()
    };
    let mut store = Store::new(&town);
    let (log, bytes) = town.desk(&town.amy).send(far);
    store.append(&bytes);
    ola.trust(&town);
    thread(ola.desk.open_case(log, &store.fetch(log)));
    let seen = trusted(ned_desk.ask(town.trust(&ned)));
    assert_eq!(seen.groups[0].waiting, []);
    thread(ned_desk.open_case(log, &store.fetch(log)));
    tries(&town, &mut store, &mut ned_desk, &mut ola.desk);
    assert_eq!(
        refused(ned_desk.ask(Ask::CheckJoining(ola.joining))),
        Refused::UnprovenInvitee
    );
}

/// The server answers with a link of its own, which the founder leads too, and whose ghost has signed for all.
#[test]
fn a_first_link_that_its_founder_did_not_sign_is_not_handed_over() {
    let town = Town::new();
    let [ned, ghost] = ["ned", "ghost"].map(|name| person(town.instance, name));
    let mut ned_desk = town.desk(&ned);
    let own = drafted(ned_desk.ask(found(GroupKind::Intake, rules(1, Some(42)), &[])));
    founding(ned_desk.ask(read_genesis(&own.link, &[])));

    let mut link = signed::verify::<Link>(&own.link.0).unwrap().payload;
    let Act::Genesis { members, .. } = &mut link.act else {
        unreachable!()
    };
    members.push(ghost.member(true));
    let unseen = Blob(sign(&link, &[&ghost.keyring.signer]));
    assert_eq!(
        refused(ned_desk.ask(read_genesis(&unseen, &[]))),
        Refused::WrongSigner
    );
    let elsewhere = Blob(sign(&link, &[&ned.keyring.signer, &ghost.keyring.signer]));
    assert_eq!(
        refused(ned_desk.ask(read_genesis(&elsewhere, &[]))),
        Refused::StaleDraft,
        "not the one that he made"
    );
}

#[test]
fn a_first_link_that_its_founder_discarded_does_not_come_back() {
    let town = Town::new();
    let ned = person(town.instance, "ned");
    let mut desk = town.desk(&ned);
    let make = || found(GroupKind::Intake, rules(1, Some(42)), &[]);
    let first = drafted(desk.ask(make()));
    let second = drafted(desk.ask(make()));
    assert_eq!(
        refused(desk.ask(read_genesis(&first.link, &[]))),
        Refused::StaleDraft
    );
    founding(desk.ask(read_genesis(&second.link, &[])));
}

/// One member sends a test, the other closes it; nobody who is no member can send one.
fn tries(town: &Town, store: &mut Store, one: &mut Desk, other: &mut Desk) {
    let group = town.founded.last().unwrap().id;
    let test = |group| Ask::SealTest {
        group,
        concern: concern(),
        now: NOW,
    };
    let (log, bytes) = one.sealed(test(group));
    store.append(&bytes);
    let opened = thread(other.open_case(log, &store.fetch(log)));
    assert!(matches!(opened.origin, Origin::Test { .. }));
    let (_, bytes) = other.sealed(Ask::SealClosed { log, now: NOW });
    store.append(&bytes);
    let opened = thread(one.open_case(log, &store.fetch(log)));
    assert_eq!((opened.opened, opened.closed), (None, Some(NOW)));
    let mut amy = town.desk(&town.amy);
    for elsewhere in [group, town.intake.id] {
        assert_eq!(refused(amy.ask(test(elsewhere))), Refused::NotForYou);
    }
    assert_eq!(refused(one.ask(test(GroupId([9; 16])))), Refused::NoUsableKey);
    let line = RecoverySecret::from_bytes(&Zeroizing::new([7; 32])).public();
    let words = one.ask(Ask::ReadRecovery(format!(" {line}\n")));
    assert_eq!(words, Answer::Words(words::fingerprint(line.hash())));
    assert_eq!(
        refused(one.ask(Ask::ReadRecovery("age1".into()))),
        Refused::UnfitRules
    );
}

#[test]
fn a_sealed_compartment_is_founded_by_two_who_do_not_hold_the_intake() {
    let mut town = Town::new();
    let [ned, pam] = ["ned", "pam"].map(|name| person(town.instance, name));
    let mut ned_desk = town.desk(&ned);
    let ola = newcomer(&mut ned_desk, "ola", unit("far"));
    town.publish(&drafted(ned_desk.ask(found(
        GroupKind::Intake,
        rules(1, Some(42)),
        &[&ola],
    ))));
    list(&mut town, Purpose::Intake);

    let mut pam_desk = town.desk(&pam);
    let mut quin = newcomer(&mut pam_desk, "quin", unit("far"));
    let draft = drafted(pam_desk.ask(found(GroupKind::Sealed, rules(2, Some(43)), &[&quin])));
    assert_eq!((draft.signed, draft.needed), (1, 2));
    quin.trust(&town);
    let sign = Ask::CountersignGenesis {
        link: draft.link.clone(),
        now: NOW,
    };
    assert_eq!(refused(quin.desk.ask(sign.clone())), Refused::NotShown);
    let joinings = [quin.joining.clone()];
    let seen = founding(quin.desk.ask(read_genesis(&draft.link, &joinings)));
    assert_eq!(
        seen.members
            .iter()
            .map(|one| (one.lead, one.me))
            .collect::<Vec<_>>(),
        [(true, false), (true, true)]
    );
    assert_eq!(seen.members[0].words, pam.member(true).words());
    let second = drafted(quin.desk.ask(sign));
    assert_eq!(second.signed, 2);
    town.publish(&complete(&draft, &second));
    list(&mut town, Purpose::Sealed);
    assert_eq!(quin.trust(&town).groups[0].kind, GroupKind::Sealed);

    // Ned holds the intake, and so can neither found another sealed one nor be taken into this.
    trusted(ned_desk.ask(town.trust(&ned)));
    let rob = newcomer(&mut ned_desk, "rob", unit("far"));
    let again = ned_desk.ask(found(GroupKind::Sealed, rules(2, Some(44)), &[&rob]));
    assert_eq!(refused(again), Refused::SharedHolder);
    assert_eq!(
        refused(ned_desk.ask(read_genesis(&draft.link, &[]))),
        Refused::StaleDraft
    );
}

fn publish_checkpoint(town: &mut Town, draft: &CheckpointDraft) {
    assert!(draft.signed >= draft.needed);
    let approval = town.directory.approval();
    let last = town.checkpoint.as_ref().map(|one| (one.sequence, one.hash()));
    let bytes = &draft.bytes.0;
    let next = Checkpoint::verify(bytes, approval, town.instance, last, TODAY).unwrap();
    town.checkpoint = Some(next);
}

fn draft_checkpoint(heads: &[(GroupId, u64, Hash)]) -> Ask {
    Ask::DraftCheckpoint {
        heads: heads.to_vec(),
        now: NOW,
    }
}

fn countersign_checkpoint(draft: &CheckpointDraft, heads: &[(GroupId, u64, Hash)]) -> Ask {
    Ask::CountersignCheckpoint {
        checkpoint: draft.bytes.clone(),
        heads: heads.to_vec(),
        now: NOW,
    }
}

fn read_checkpoint(draft: &CheckpointDraft, heads: &[(GroupId, u64, Hash)]) -> Ask {
    Ask::ReadCheckpoint {
        checkpoint: draft.bytes.clone(),
        heads: heads.to_vec(),
        now: NOW,
    }
}

fn seen(answer: Answer) -> CheckpointView {
    match answer {
        Answer::CheckpointView(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_administrators_make_a_checkpoint_of_everything() {
    let (mut town, kim, lou) = administered();
    let id = town.intake.id;
    let draft = checkpoint(town.desk(&kim).ask(draft_checkpoint(&[(id, 3, Hash([3; 32]))])));
    assert_eq!((draft.sequence, draft.signed, draft.needed), (2, 1, 2));
    // By then the second one sees more: a link, and an entry.
    town.publish(&drafted(town.desk(&town.cat).ask(rotate(&town.intake))));
    let heads = [(id, 4, Hash([4; 32]))];
    let mut lou_desk = town.desk(&lou);
    let unread = lou_desk.ask(countersign_checkpoint(&draft, &heads));
    assert_eq!(refused(unread), Refused::NotShown);
    lou_desk.ask(read_checkpoint(&draft, &heads));
    let draft = checkpoint(lou_desk.ask(countersign_checkpoint(&draft, &heads)));
    assert_eq!(draft.signed, 2);
    publish_checkpoint(&mut town, &draft);
    let made = town.checkpoint.clone().unwrap();
    assert_eq!((made.chains.len(), made.commitments.len()), (4, 1));

    let mut kim_desk = town.unlocked(&kim);
    let seen = trusted(kim_desk.ask(town.trust(&kim)));
    assert!(seen.is_administrator && !seen.checkpoint_due && seen.groups.is_empty());
    let Ask::Trust {
        directory,
        chains,
        wraps,
        checkpoint,
        now,
    } = town.trust(&kim)
    else {
        panic!()
    };
    let week = Minute(now.0 + 7 * 1440);
    let later = Ask::Trust {
        directory,
        chains,
        wraps,
        checkpoint,
        now: week,
    };
    assert!(trusted(kim_desk.ask(later)).checkpoint_due);
    let cat = trusted(town.unlocked(&town.cat).ask(town.trust(&town.cat)));
    assert!(!cat.is_administrator && !cat.checkpoint_due);
}

#[test]
fn an_epoch_is_to_be_renewed_after_60_days() {
    let town = Town::new();
    let mut cat = town.desk(&town.cat);
    for (days, due) in [(60, vec![]), (61, vec![Due::Rotate]), (90, vec![Due::Rotate])] {
        let mut ask = town.trust(&town.cat);
        let Ask::Trust { now, .. } = &mut ask else {
            panic!()
        };
        now.0 += days * 1440;
        assert_eq!(group(&trusted(cat.ask(ask)), &town.intake).waiting, due, "{days}");
    }
}

#[test]
fn an_expired_epoch_is_said() {
    let mut town = Town::new();
    town.directory.issued = Day(TODAY.0 + 50);
    town.directory.expires = Day(TODAY.0 + 120);
    town.directory.version = 2;
    town.directory.previous = Hash::ZERO;
    let mut ask = town.trust(&town.dan);
    let Ask::Trust { now, .. } = &mut ask else {
        panic!()
    };
    now.0 += 91 * 1440;
    let mut dan = town.unlocked(&town.dan);
    assert_eq!(
        group(&trusted(dan.ask(ask)), &town.intake).waiting,
        [Due::Expired]
    );
}

#[test]
fn a_member_who_was_not_given_the_epoch_is_told() {
    let mut town = Town::new();
    let mut draft = drafted(town.desk(&town.cat).ask(rotate(&town.intake)));
    let dan = town.dan.keyring.account;
    draft.wraps.retain(|(account, ..)| *account != dan);
    town.publish(&draft);
    let seen = trusted(town.unlocked(&town.dan).ask(town.trust(&town.dan)));
    assert_eq!(group(&seen, &town.intake).waiting, [Due::Secret]);
}

#[test]
fn a_recovery_is_said_once() {
    let mut town = Town::new();
    let mut dan = town.desk(&town.dan);
    let members = [town.dan.member(true), town.ben.member(false)];
    town.intake = recover(&town, &town.intake, &members);
    let seen = group(&trusted(dan.ask(town.trust(&town.dan))), &town.intake);
    assert_eq!(seen.waiting, [Due::Recovered]);
    let seen = group(&trusted(dan.ask(town.trust(&town.dan))), &town.intake);
    assert_eq!(seen.waiting, [], "it was said");
}

// ---- Lies and mistakes.

#[test]
fn only_the_person_invited_is_admitted_in_time_and_once() {
    let mut town = Town::new();
    let mut cat = town.desk(&town.cat);
    let gil = newcomer(&mut cat, "gil", member_of(&town.intake));
    let late = Ask::Admit {
        joining: gil.joining.clone(),
        now: Minute(NOW.0 + LIFE + 1),
    };
    assert_eq!(refused(cat.ask(late)), Refused::ExpiredInvitation);
    // Dan is a member and no lead; Ben's invitation is not Cat's.
    let joining = newcomer(&mut town.desk(&town.dan), "hal", member_of(&town.intake)).joining;
    assert_eq!(refused(cat.ask(admit(&joining))), Refused::UnprovenInvitee);
    let mut dan = town.desk(&town.dan);
    let joining = newcomer(&mut dan, "hal", member_of(&town.intake)).joining;
    assert_eq!(refused(dan.ask(admit(&joining))), Refused::NotLead);
    // An invitation to something else lets nobody into a group.
    let joining = newcomer(&mut cat, "ivy", Place::Administrator).joining;
    assert_eq!(refused(cat.ask(admit(&joining))), Refused::WrongPlace);
    let joining = newcomer(&mut cat, "ivy", member_of(&town.sealed)).joining;
    assert_eq!(refused(cat.ask(admit(&joining))), Refused::NotLead);

    town.publish(&drafted(cat.ask(admit(&gil.joining))));
    let mut other = town.desk(&town.cat);
    // A vault that did not draft it still knows the member.
    let draft = drafted(cat.ask(rotate(&town.intake)));
    assert_eq!(draft.sequence, 1);
    assert_eq!(
        refused(other.ask(read(draft.group, &draft.link, None))),
        Refused::StaleDraft
    );
}

#[test]
fn nobody_removes_themselves_or_the_last_lead() {
    let mut town = Town::new();
    let mut cat = town.desk(&town.cat);
    assert_eq!(
        refused(cat.ask(dismiss(&town.intake, &town.cat))),
        Refused::TooFewLeads
    );
    assert_eq!(
        refused(cat.ask(dismiss(&town.intake, &town.amy))),
        Refused::NoSuchMember
    );
    let mut dan = town.desk(&town.dan);
    assert_eq!(
        refused(dan.ask(dismiss(&town.intake, &town.cat))),
        Refused::NotLead
    );
    let mut eve = town.desk(&town.eve);
    assert_eq!(
        refused(eve.ask(dismiss(&town.sealed, &town.fay))),
        Refused::TooFewLeads
    );
    let mut amy = town.desk(&town.amy);
    assert_eq!(
        refused(amy.ask(dismiss(&town.partner, &town.amy))),
        Refused::OwnRemoval
    );
    // No chain takes it either: she would know the next key.
    let (epoch, _) = town
        .group(&town.partner)
        .draft_epoch(TODAY, &mut crate::town::rng(5));
    let act = Act::Remove {
        account: town.amy.keyring.account,
        epoch,
    };
    let before = town.partner.clone();
    town.partner = crate::town::extend_unchecked(&town, &before, act, &[&town.amy]);
    let answer = town.unlocked(&town.ben).ask(town.trust(&town.ben));
    assert_eq!(refused(answer), Refused::AlteredChain);
}

/// The question that changes what `group` aims for.
fn change_aims(group: GroupId, aims: Option<Aims>) -> Ask {
    Ask::ChangeAims {
        group,
        aims,
        now: NOW,
    }
}

#[test]
fn what_a_unit_aims_for_is_seen_by_whoever_sends_and_outlives_other_rules() {
    let mut town = Town::new();
    let mut cat = town.desk(&town.cat);
    let aims = Some(Aims { open: 2, answer: 10 });
    let draft = drafted(cat.ask(change_aims(town.intake.id, aims)));
    assert_eq!(draft.wraps, [], "nobody is given a key for it");
    town.publish(&draft);
    let seen = |town: &Town| {
        let trusted = trusted(town.unlocked(&town.amy).ask(town.trust(&town.amy)));
        let mut all = trusted.forces.into_iter().filter_map(|force| force.intake);
        all.find(|one| one.id == town.intake.id).unwrap().aims
    };
    assert_eq!(seen(&town), aims);

    trusted(cat.ask(town.trust(&town.cat)));
    let group = town.intake.id;
    let rules = rules(1, Some(40));
    town.publish(&drafted(cat.ask(Ask::ChangePolicy {
        group,
        rules,
        now: NOW,
    })));
    assert_eq!(seen(&town), aims);
}

#[test]
fn aims_that_promise_nothing_or_are_a_partners_are_refused() {
    let town = Town::new();
    let (mut cat, mut amy) = (town.desk(&town.cat), town.desk(&town.amy));
    for (open, answer) in [(0, 5), (6, 5), (1, LONGEST_AIM + 1)] {
        let ask = change_aims(town.intake.id, Some(Aims { open, answer }));
        assert_eq!(refused(cat.ask(ask)), Refused::UnfitRules, "{open} {answer}");
    }
    let ask = change_aims(town.partner.id, Some(Aims { open: 1, answer: 2 }));
    assert_eq!(refused(amy.ask(ask)), Refused::UnfitRules);
    let ask = change_aims(town.sealed.id, Some(Aims { open: 1, answer: 2 }));
    assert_eq!(refused(cat.ask(ask)), Refused::NotLead);
}

#[test]
fn rules_that_no_group_can_have_are_refused() {
    let town = Town::new();
    let ask = |desk: &mut Desk, group, rules| {
        refused(desk.ask(Ask::ChangePolicy {
            group,
            rules,
            now: NOW,
        }))
    };
    let cat = &mut town.desk(&town.cat);
    assert_eq!(ask(cat, town.intake.id, rules(2, Some(40))), Refused::TooFewLeads);
    assert_eq!(ask(cat, town.intake.id, rules(0, Some(40))), Refused::UnfitRules);
    assert_eq!(ask(cat, town.intake.id, rules(1, None)), Refused::UnfitRules);
    let pasted = NewRules {
        recovery: Some("not a key".into()),
        ..rules(1, None)
    };
    assert_eq!(ask(cat, town.intake.id, pasted), Refused::UnfitRules);
    let nameless = NewRules {
        custodians: vec![" ".into()],
        ..rules(1, Some(40))
    };
    assert_eq!(ask(cat, town.intake.id, nameless), Refused::UnfitRules);
    let eve = &mut town.desk(&town.eve);
    assert_eq!(ask(eve, town.sealed.id, rules(1, Some(40))), Refused::UnfitRules);
    let amy = &mut town.desk(&town.amy);
    assert_eq!(ask(amy, town.partner.id, rules(1, Some(40))), Refused::UnfitRules);
}

/// What an insider answers to an invitation of `inviter`, who was tricked into giving them the link: with this account and key.
fn forged(inviter: &mut Desk, place: Place, account: AccountId, signer: &SigningKey) -> Blob {
    let (whom, now) = ("somebody".into(), NOW);
    let Answer::Invited { lookup, link } = inviter.ask(Ask::Invite { place, whom, now }) else {
        panic!("no invitation")
    };
    let instance = Town::new().instance;
    let secret = read_fragment(link.split_once('#').unwrap().1, instance).unwrap();
    let proven = Proven {
        instance,
        lookup,
        account,
        name: "dan".into(),
        signer: signer.verifying(),
        recipient: Identity::random(&mut rng(99)).recipient(),
    };
    Blob(Joining::sign(proven, &secret, signer))
}

#[test]
fn a_reset_account_is_not_smuggled_back_in() {
    let mut town = Town::new();
    let dan = (town.dan.keyring.account, town.dan.keyring.signer.clone());
    let fresh = SigningKey::from_seed([98; 32]);
    let place = member_of(&town.intake);
    let mut cat = town.desk(&town.cat);
    // Before a lead has let go of the old keys, the account is that of a member.
    let early = forged(&mut cat, place.clone(), dan.0, &fresh);
    assert_eq!(refused(cat.ask(admit(&early))), Refused::AlreadyMember);
    town.publish(&drafted(cat.ask(dismiss(&town.intake, &town.dan))));
    trusted(cat.ask(town.trust(&town.cat)));

    // The old account with new keys, and the old key in a new account: neither comes back, whoever has the link.
    let old_account = forged(&mut cat, place.clone(), dan.0, &fresh);
    let old_key = forged(&mut cat, place.clone(), AccountId([77; 16]), &dan.1);
    for joining in [&old_account, &old_key] {
        assert_eq!(refused(cat.ask(admit(joining))), Refused::FormerMember);
    }
    // Nor by another lead's draft.
    let link = town
        .group(&town.intake)
        .draft(town.instance, TODAY, Act::Add(town.dan.member(false)));
    let link = Blob(sign(&link, &[&town.cat.keyring.signer]));
    let shown = cat.ask(read(town.intake.id, &link, Some(&old_key)));
    assert_eq!(refused(shown), Refused::FormerMember);
    // New keys in a new account are what anybody brings whom a lead takes in by six words.
    let mut again = newcomer(&mut cat, "dan", place);
    drafted(cat.ask(admit(&again.joining)));
    // Until then they open nothing, whatever the server gives them.
    let seen = again.trust(&town);
    assert!(seen.groups.is_empty() && seen.mine.is_empty());
}

#[test]
fn a_swapped_invitee_is_not_countersigned() {
    let town = Town::new();
    let (draft, _hal) = sealed_draft(&town);
    let mut fay = town.desk(&town.fay);
    let other = newcomer(&mut fay, "gil", member_of(&town.sealed));
    for joining in [None, Some(&other.joining)] {
        let answer = fay.ask(read(draft.group, &draft.link, joining));
        assert_eq!(refused(answer), Refused::SwappedInvitee);
    }
    assert_eq!(refused(fay.ask(countersign(&draft))), Refused::NotShown);
}

#[test]
fn a_countersignature_goes_under_nothing_that_was_not_looked_at() {
    let town = Town::new();
    let (draft, hal) = sealed_draft(&town);
    let hidden = drafted(town.desk(&town.eve).ask(rotate(&town.sealed)));
    let mut fay = town.desk(&town.fay);
    view(fay.ask(read(draft.group, &draft.link, Some(&hal.joining))));
    assert_eq!(refused(fay.ask(countersign(&hidden))), Refused::NotShown);
    let mut altered = draft.clone();
    let middle = altered.link.0.len() / 2;
    altered.link.0[middle] ^= 1;
    assert_eq!(refused(fay.ask(countersign(&altered))), Refused::BadSignature);
    assert_eq!(drafted(fay.ask(countersign(&draft))).signed, 2);
}

#[test]
fn ghosts_strangers_and_shared_holders_are_not_countersigned() {
    let town = Town::new();
    let chain = town.group(&town.sealed);
    let gil = person(town.instance, "gil");
    let mut fay = town.desk(&town.fay);
    let mut reads = |act: Act, signer: &Person| {
        let link = chain.draft(town.instance, TODAY, act);
        let link = Blob(sign(&link, &[&signer.keyring.signer]));
        refused(fay.ask(read(chain.id, &link, None)))
    };
    let ghost = gil.member(true);
    assert_eq!(reads(Act::Add(ghost.clone()), &gil), Refused::WrongSigner);
    assert_eq!(reads(Act::Add(ghost.clone()), &town.cat), Refused::WrongSigner);
    let again = town.fay.member(false);
    assert_eq!(reads(Act::Add(again), &town.eve), Refused::AlreadyMember);
    let stolen = protocol::group::Member {
        signer: town.fay.keyring.signer.verifying(),
        ..ghost
    };
    assert_eq!(reads(Act::Add(stolen), &town.eve), Refused::AlreadyMember);
    let dan = town.dan.member(false);
    assert_eq!(reads(Act::Add(dan), &town.eve), Refused::SharedHolder);
    let (epoch, _) = chain.draft_epoch(TODAY, &mut crate::town::rng(7));
    let recover = Act::Recover {
        members: vec![town.eve.member(true), gil.member(true)],
        epoch: epoch.clone(),
    };
    assert_eq!(reads(recover, &town.eve), Refused::AlteredChain);
    let used = protocol::group::Epoch {
        recipient: chain.now().epoch.recipient.clone(),
        ..epoch
    };
    assert_eq!(reads(Act::Rotate(used), &town.eve), Refused::AlteredChain);
    let lax = Policy {
        signers: 1,
        ..chain.now().policy.clone()
    };
    assert_eq!(reads(Act::Policy(lax), &town.eve), Refused::AlteredChain);
}

#[test]
fn a_draft_of_another_group_or_time_is_not_countersigned() {
    let mut town = Town::new();
    let (draft, hal) = sealed_draft(&town);
    let read_as = |group: GroupId, now: Minute| Ask::ReadDraft {
        group,
        link: draft.link.clone(),
        joining: Some(hal.joining.clone()),
        now,
    };
    let mut eve = town.desk(&town.eve);
    assert_eq!(
        refused(eve.ask(read_as(town.oversight.id, NOW))),
        Refused::WrongPlace
    );
    for days in [15, 40] {
        let late = Minute(NOW.0 + days * 1440);
        assert_eq!(refused(eve.ask(read_as(draft.group, late))), Refused::StaleDraft);
    }
    let early = Minute(NOW.0 - 2 * 1440);
    assert_eq!(refused(eve.ask(read_as(draft.group, early))), Refused::StaleDraft);
    // Looked at, and overtaken by another link before it is signed.
    let mut fay = town.desk(&town.fay);
    view(fay.ask(read_as(draft.group, NOW)));
    let (epoch, _) = town
        .group(&town.sealed)
        .draft_epoch(TODAY, &mut crate::town::rng(8));
    town.sealed = extend(&town, &town.sealed, Act::Rotate(epoch), &[&town.eve, &town.fay]);
    trusted(fay.ask(town.trust(&town.fay)));
    assert_eq!(refused(fay.ask(countersign(&draft))), Refused::StaleDraft);
}

#[test]
fn a_wrap_of_another_secret_is_refused_by_whoever_comes_in() {
    let mut town = Town::new();
    let mut cat = town.desk(&town.cat);
    let mut gil = newcomer(&mut cat, "gil", member_of(&town.intake));
    let mut draft = drafted(cat.ask(admit(&gil.joining)));
    let chain = town.group(&town.intake);
    let own = Wrap {
        instance: town.instance,
        group: chain.id,
        epoch: 1,
        link: chain.now().epoch_link,
        account: gil.account,
        secret: EpochSecret(Identity::from_secret([66; 32])),
    };
    let recipient = match &signed::verify::<Link>(&draft.link.0).unwrap().payload.act {
        Act::Add(member) => member.recipient.clone(),
        _ => panic!(),
    };
    // Even where the lead makes it.
    let padded = protocol::envelope::pad(sign(&own, &[&town.cat.keyring.signer])).unwrap();
    let file = protocol::envelope::seal(&padded, &[recipient]).unwrap();
    draft.wraps = vec![(gil.account, 1, Blob(file))];
    town.publish(&draft);
    let answer = gil.desk.ask(town.trust_of(gil.account, false));
    assert_eq!(refused(answer), Refused::SwappedKey);
}

#[test]
fn a_partner_is_not_founded_by_the_unlisted_or_without_its_lead() {
    let (town, kim, lou) = administered();
    let mut kim_desk = town.desk(&kim);
    let mut ivy = newcomer(&mut kim_desk, "ivy", partner("Refuge"));
    let draft = found_partner(&mut ivy);
    let mut cat = town.desk(&town.cat);
    let joinings = [ivy.joining.clone()];
    assert_eq!(
        refused(cat.ask(read_genesis(&draft.link, &joinings))),
        Refused::NotAdministrator
    );
    assert_eq!(
        refused(cat.ask(sign_genesis(&draft.link, &ivy.joining))),
        Refused::NotAdministrator
    );
    // The server puts its own epoch in, which Ivy did not sign; an administrator alone vouches for nothing of hers.
    let link = signed::verify::<Link>(&draft.link.0).unwrap().payload;
    let Act::Genesis {
        kind,
        name,
        members,
        policy,
        ..
    } = link.act.clone()
    else {
        panic!()
    };
    let epoch = EpochSecret(Identity::from_secret([66; 32])).epoch(1, TODAY);
    let act = Act::Genesis {
        kind,
        name,
        members,
        policy,
        epoch,
    };
    let swapped = Link { act, ..link.clone() };
    let unsigned = Blob(sign(&swapped, &[&lou.keyring.signer]));
    assert_eq!(
        refused(kim_desk.ask(read_genesis(&unsigned, &joinings))),
        Refused::WrongSigner
    );
    // Not looked at; somebody else's answer; an invitation to another organisation.
    assert_eq!(
        refused(kim_desk.ask(sign_genesis(&draft.link, &ivy.joining))),
        Refused::NotShown
    );
    founding(kim_desk.ask(read_genesis(&draft.link, &joinings)));
    let other = newcomer(&mut kim_desk, "jan", partner("Refuge"));
    assert_eq!(
        refused(kim_desk.ask(sign_genesis(&draft.link, &other.joining))),
        Refused::SwappedInvitee
    );
    let mut jan = newcomer(&mut kim_desk, "jan", partner("Shelter"));
    let named = found_partner(&mut jan);
    founding(kim_desk.ask(read_genesis(&named.link, &[])));
    assert_eq!(
        refused(kim_desk.ask(sign_genesis(&named.link, &jan.joining))),
        Refused::WrongPlace
    );
    // One administrator is not two.
    let first = drafted(kim_desk.ask(sign_genesis(&draft.link, &ivy.joining)));
    let founders = town.directory.founders(first.group);
    let chain = [first.link.0];
    let verified = Group::verify(first.group, &chain, town.instance, founders, TODAY);
    assert_eq!(verified, Err(Refused::AlteredChain));
}

#[test]
fn a_founding_is_shown_only_to_those_in_it_and_with_rules_that_fit() {
    let town = Town::new();
    let [ned, pam] = ["ned", "pam"].map(|name| person(town.instance, name));
    let mut ned_desk = town.desk(&ned);
    let ola = newcomer(&mut ned_desk, "ola", unit("far"));
    let mut found = |kind, rules, members: &[&Newcomer]| refused(ned_desk.ask(found(kind, rules, members)));
    assert_eq!(
        found(GroupKind::Sealed, rules(1, Some(40)), &[&ola]),
        Refused::UnfitRules
    );
    assert_eq!(
        found(GroupKind::Sealed, rules(2, Some(40)), &[]),
        Refused::TooFewLeads
    );
    assert_eq!(
        found(GroupKind::Intake, rules(1, None), &[&ola]),
        Refused::UnfitRules
    );
    assert_eq!(
        found(GroupKind::Partner, rules(1, None), &[]),
        Refused::WrongPlace
    );
    assert_eq!(
        found(GroupKind::Intake, rules(1, Some(40)), &[&ola, &ola]),
        Refused::UnfitRules
    );
    let elsewhere = newcomer(&mut ned_desk, "rob", unit("psd"));
    let ask = Ask::Found {
        unit: "far".into(),
        kind: GroupKind::Intake,
        name: "Far PSD".into(),
        members: vec![elsewhere.joining],
        rules: rules(1, Some(40)),
        now: NOW,
    };
    assert_eq!(refused(ned_desk.ask(ask)), Refused::WrongPlace);
    let draft = drafted(ned_desk.ask(Ask::Found {
        unit: "far".into(),
        kind: GroupKind::Sealed,
        name: "Far PSD".into(),
        members: vec![ola.joining],
        rules: rules(2, Some(40)),
        now: NOW,
    }));
    let answer = town.desk(&pam).ask(read_genesis(&draft.link, &[]));
    assert_eq!(refused(answer), Refused::NotForYou);
}

#[test]
fn a_checkpoint_is_not_lowered_forked_or_signed_by_the_unlisted() {
    let (mut town, kim, lou) = administered();
    let (id, one, two) = (town.intake.id, Hash([1; 32]), Hash([2; 32]));
    let draft = checkpoint(town.desk(&kim).ask(draft_checkpoint(&[(id, 5, one)])));
    let mut lou_desk = town.desk(&lou);
    lou_desk.ask(read_checkpoint(&draft, &[(id, 5, one)]));
    let signed = lou_desk.ask(countersign_checkpoint(&draft, &[(id, 5, one)]));
    publish_checkpoint(&mut town, &checkpoint(signed));

    let (mut kim_desk, mut lou_desk) = (town.desk(&kim), town.desk(&lou));
    for heads in [
        vec![],
        vec![(id, 4, two)],
        vec![(id, 5, two)],
        vec![(id, 6, one), (id, 7, two)],
    ] {
        let answer = kim_desk.ask(draft_checkpoint(&heads));
        assert_eq!(refused(answer), Refused::ForkedCommitments);
    }
    let unlisted = town.desk(&town.cat).ask(draft_checkpoint(&[(id, 5, one)]));
    assert_eq!(refused(unlisted), Refused::NotAdministrator);
    let draft = checkpoint(kim_desk.ask(draft_checkpoint(&[(id, 6, two)])));
    for heads in [vec![(id, 5, one)], vec![(id, 6, one)], vec![]] {
        let answer = lou_desk.ask(countersign_checkpoint(&draft, &heads));
        assert_eq!(refused(answer), Refused::ForkedCommitments);
    }
    let honest = signed::verify::<Checkpoint>(&draft.bytes.0).unwrap().payload;
    let mut lie = |change: &dyn Fn(&mut Checkpoint), signer: &Person| {
        let mut checkpoint = honest.clone();
        change(&mut checkpoint);
        let bytes = Blob(sign(&checkpoint, &[&signer.keyring.signer]));
        let draft = CheckpointDraft {
            bytes,
            ..draft.clone()
        };
        let heads = [(id, 6, two)];
        let why = refused(lou_desk.ask(read_checkpoint(&draft, &heads)));
        assert_eq!(refused(lou_desk.ask(countersign_checkpoint(&draft, &heads))), why);
        why
    };
    assert_eq!(lie(&|_| (), &town.cat), Refused::NotAdministrator);
    assert_eq!(lie(&|one| one.previous = Hash::ZERO, &kim), Refused::StaleDraft);
    assert_eq!(lie(&|one| one.day = Day(TODAY.0 + 9), &kim), Refused::StaleDraft);
    assert_eq!(
        lie(&|one| one.chains[0].2 = Hash::ZERO, &kim),
        Refused::AlteredCheckpoint
    );
    assert_eq!(
        lie(&|one| one.chains.retain(|line| line.0 != id), &kim),
        Refused::OlderChain
    );
    let lower = |one: &mut Checkpoint| one.commitments[0].1 = 4;
    assert_eq!(lie(&lower, &kim), Refused::ForkedCommitments);
}

#[test]
fn whoever_signs_a_checkpoint_is_shown_what_moved() {
    let (mut town, kim, lou) = administered();
    let id = town.intake.id;
    town.publish(&drafted(town.desk(&town.cat).ask(rotate(&town.intake))));
    let heads = [(id, 3, Hash([3; 32]))];
    let draft = checkpoint(town.desk(&kim).ask(draft_checkpoint(&heads)));
    let mut lou_desk = town.desk(&lou);
    let view = seen(lou_desk.ask(read_checkpoint(&draft, &heads)));
    let unit = town.directory.units[0].name.clone();
    let group = Some((GroupKind::Intake, unit));
    let moved = ChainMoved {
        group: group.clone(),
        before: Some(1),
        now: 2,
        members: Some(2),
        words: words::fingerprint(town.group(&town.intake).now().head),
    };
    assert_eq!((view.chains, view.unmoved), (vec![moved], 3));
    let record = CommitmentsMoved {
        group,
        before: 0,
        now: 3,
    };
    assert_eq!(view.commitments, [record]);
    assert_eq!((view.sequence, view.last), (2, Some(TODAY)));
    assert_eq!((view.signed, view.needed, view.signed_by_me), (1, 2, false));

    // Whoever signed it can look at it, and cannot sign it for another.
    let mut kim_desk = town.desk(&kim);
    assert!(seen(kim_desk.ask(read_checkpoint(&draft, &heads))).signed_by_me);
    let again = checkpoint(kim_desk.ask(countersign_checkpoint(&draft, &heads)));
    assert_eq!(again.signed, 1);

    // The first checkpoint names every chain as new.
    town.checkpoint = None;
    let draft = checkpoint(town.desk(&kim).ask(draft_checkpoint(&[])));
    let first = seen(town.desk(&lou).ask(read_checkpoint(&draft, &[])));
    assert_eq!((first.chains.len(), first.unmoved, first.last), (4, 0, None));
    assert!(first.chains.iter().all(|chain| chain.before.is_none()));
}

#[test]
fn a_chain_withheld_from_an_administrator_is_not_left_out_of_the_checkpoint() {
    let (town, kim, _) = administered();
    let mut kim_desk = town.unlocked(&kim);
    trusted(kim_desk.ask(town.trust_of(kim.keyring.account, false)));
    let draft = checkpoint(kim_desk.ask(draft_checkpoint(&[])));
    let made = signed::verify::<Checkpoint>(&draft.bytes.0).unwrap().payload;
    assert!(made.chains.iter().any(|(group, ..)| *group == town.partner.id));
    // Kept by what this vault remembers, and not only by the checkpoint before.
    assert_eq!(made.chains.len(), 4);
}
