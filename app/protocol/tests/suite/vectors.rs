//! Frozen vectors: one line for each type, its bytes made from fixed keys. A change here is a change of the protocol: old
//! clients and old entries stop reading new ones.
//!
//! `age` draws its own randomness, so that what is sealed is frozen by its payload, and by files that must still open.

mod seeds;
mod work;

use crate::town::{NOW, TODAY, concern, key};
use minicbor::bytes::ByteVec;
use protocol::{
    append::{Append, Commitment, Fetched, LogKind, NewEntry, Receipt, StoredEntry},
    attachment::{Attachment, Underway},
    checkpoint::Checkpoint,
    codec,
    directory::{Compartment, Directory, Force, Purpose, Unit, instance},
    entry::{Body, Entry},
    envelope,
    export::{Export, Recovered},
    group::{Act, Aims, EpochSecret, GroupKind, Link, Member, Policy, RecoverySecret},
    id::{AccountId, AppendId, AttachmentId, GroupId, Hash, LogId, ParcelId, Token, UnsentId},
    keyring::{ChainPin, DirectoryPin, Given, Keyring, Pins},
    mailbox::MailboxSeed,
    origin::{Beginning, Certificate},
    parcel::{self, Content, Parcel},
    password::{Cost, Halves, derive},
    recipient::Identity,
    signed::sign,
    slot::{KeyringKey, Opener, Slot},
    succession::Succession,
    told::{
        Age, Agrees, Aware, Basis, Conduct, Danger, Employer, Informed, MayContact, MayName, More, NamedBy,
        Post, Rank, Reason, Referral, Setting, Sign, Source, Vulnerability, Whether,
    },
    unsent::{self, Unsent},
    vault::{Answer, Ask},
    words,
    wrap::Wrap,
};
use rand_chacha::rand_core::{CryptoRng, RngCore};
use std::fmt::Write as _;

/// SHA-256 of each type's bytes, beside their length.
const FROZEN: &str = include_str!("vectors.txt");

#[test]
fn every_type_encodes_as_it_always_did() {
    let mut now = String::new();
    for (name, bytes) in all().into_iter().chain(parcels()).chain(work::all()) {
        writeln!(now, "{name} {} {}", bytes.len(), Hash::of(&bytes)).unwrap();
    }
    assert_eq!(now, FROZEN, "now:\n{now}");
}

/// A file that an earlier build sealed to `identity(1)`.
const SEALED: &[u8] = include_bytes!("sealed.age");

#[test]
fn what_was_sealed_once_still_opens() {
    let signed = sign(&entry(Body::Opened), &[&key(1)]);
    let opened = envelope::open(SEALED, &[&identity(1)], 1).unwrap().0;
    assert_eq!(opened, envelope::pad(signed).unwrap());
}

fn identity(n: u8) -> Identity {
    Identity::from_secret([n; 32])
}

/// Every answer of every question, in order.
fn choices() -> Vec<u8> {
    [
        codec::encode(&Danger::ALL.to_vec()),
        codec::encode(&Basis::ALL.to_vec()),
        codec::encode(&Post::ALL.to_vec()),
        codec::encode(&Conduct::ALL.to_vec()),
        codec::encode(&Sign::ALL.to_vec()),
        codec::encode(&Whether::ALL.to_vec()),
        codec::encode(&Employer::ALL.to_vec()),
        codec::encode(&Rank::ALL.to_vec()),
        codec::encode(&Setting::ALL.to_vec()),
        codec::encode(&Source::ALL.to_vec()),
        codec::encode(&NamedBy::ALL.to_vec()),
        codec::encode(&Age::ALL.to_vec()),
        codec::encode(&Referral::ALL.to_vec()),
        codec::encode(&Vulnerability::ALL.to_vec()),
        codec::encode(&Aware::ALL.to_vec()),
        codec::encode(&Agrees::ALL.to_vec()),
        codec::encode(&Reason::ALL.to_vec()),
        codec::encode(&MayContact::ALL.to_vec()),
        codec::encode(&Informed::ALL.to_vec()),
        codec::encode(&MayName::ALL.to_vec()),
    ]
    .concat()
}

fn more() -> More {
    More {
        text: "He came again.".into(),
        withdrawn: Some(MayContact::Never),
    }
}

fn all() -> Vec<(&'static str, Vec<u8>)> {
    let (one, two) = (key(1), key(2));
    let certificate = Certificate {
        instance: Hash([1; 32]),
        log: LogId([2; 16]),
        signer: one.verifying(),
        partner: GroupId([3; 16]),
        head: Hash([4; 32]),
    };
    let halves = derive(Hash([1; 32]), "amy", b"correct horse", Cost::FLOOR).unwrap();
    let seed = mailbox_seed();
    let mailbox = seed.mailbox(3);
    vec![
        (
            "instance",
            instance("town", &[one.verifying(), two.verifying()], 2)
                .0
                .to_vec(),
        ),
        ("directory", sign(&directory(), &[&one, &two])),
        ("link genesis", sign(&genesis(), &[&one])),
        ("link add", sign(&link(Act::Add(member(5))), &[&one, &two])),
        ("link remove", sign(&link(remove()), &[&one])),
        (
            "link rotate",
            sign(&link(Act::Rotate(secret().epoch(2, TODAY))), &[&one]),
        ),
        ("link policy", sign(&link(Act::Policy(policy())), &[&one])),
        ("link aims", sign(&link(Act::Policy(aiming())), &[&one])),
        ("link recover", sign(&link(recover()), &[&recovery().signer()])),
        ("recovery", recovery().public().to_string().into_bytes()),
        ("recovery hash", recovery().public().hash().0.to_vec()),
        ("succession", sign(&succession(), &[&one, &two])),
        ("succession hash", succession().hash().0.to_vec()),
        ("pins", codec::encode(&pins())),
        ("export", codec::encode(&export())),
        ("recovered", codec::encode(&recovered())),
        ("wrap", sign(&wrap(), &[&one])),
        ("certificate", sign(&certificate, &[&one])),
        (
            "entry concern",
            sign(&entry(Body::Concern(Box::new(concern()), vec![])), &[&one]),
        ),
        ("told", concern().told),
        ("choices", choices()),
        ("entry concern with a file", sign(&entry(with_a_file()), &[&one])),
        ("entry opened", sign(&entry(Body::Opened), &[&one])),
        (
            "entry test",
            sign(&entry(Body::Test(Box::new(concern()))), &[&one]),
        ),
        ("entry closed", sign(&entry(Body::Closed), &[&one])),
        ("entry more", sign(&entry(Body::More(more().to_bytes())), &[&one])),
        ("checkpoint", sign(&checkpoint(), &[&one, &two])),
        ("receipt", sign(&receipt(), &[&one])),
        ("append", codec::encode(&append())),
        ("fetched", codec::encode(&fetched())),
        ("password sign-in half", halves.sign_in.to_vec()),
        ("password unlock half", halves.unlock.to_vec()),
        ("mailbox token", mailbox.token.0.to_vec()),
        ("mailbox log", mailbox.log().0.to_vec()),
        (
            "mailbox recipient",
            mailbox.identity.recipient().as_str().as_bytes().to_vec(),
        ),
        ("mailbox signer", mailbox.signer.verifying().0.to_vec()),
        ("drawer token", seed.drawer(3).token.0.to_vec()),
        ("drawer name", unsent::name(&seed.drawer(3).token).0.to_vec()),
        ("draft", draft(&seed)),
        ("epoch signer", secret().signer().verifying().0.to_vec()),
        (
            "commitment",
            commitment().extend(Hash([1; 32]), GroupId([2; 16])).0.to_vec(),
        ),
        ("recipient hash", identity(1).recipient().hash().0.to_vec()),
        (
            "fingerprint",
            words::fingerprint(Hash([7; 32])).join(" ").into_bytes(),
        ),
        ("reference", words::reference(LogId([7; 16])).into_bytes()),
        ("keyring", keyring(None, &[])),
        ("keyring of a founder", keyring(Some(Hash([9; 32])), &[])),
        (
            "keyring with names",
            keyring(None, &[(AccountId([8; 16]), "Gil")]),
        ),
        ("slot", slot()),
        (
            "question",
            codec::tell(&Ask::SealConcern {
                concern: concern(),
                files: vec![],
                named: true,
                now: NOW,
            }),
        ),
        ("answer", codec::tell(&Answer::Tokens(vec![Token([1; 32])]))),
    ]
}

fn parcels() -> Vec<(&'static str, Vec<u8>)> {
    let one = key(1);
    let seed = mailbox_seed();
    vec![
        ("keyring with what was given", keyring_with_given(&seed)),
        ("parcel place", secret().parcel(AccountId([8; 16]), 2).0.to_vec()),
        (
            "parcel name",
            parcel::name(&secret().parcel(AccountId([8; 16]), 2)).0.to_vec(),
        ),
        (
            "parcel draft",
            sign(&parcel(Content::Draft(Box::new(unsent()))), &[&one]),
        ),
        (
            "parcel draft id",
            parcel(Content::Draft(Box::new(unsent()))).draft_id().0.to_vec(),
        ),
        ("parcel concern", sign(&parcel(given_thread(&seed)), &[&one])),
    ]
}

fn mailbox_seed() -> MailboxSeed {
    codec::decode(&[&[0x58, 32][..], &[9; 32]].concat()).unwrap()
}

fn with_a_file() -> Body {
    Body::Concern(Box::new(concern()), vec![attachment()])
}

fn attachment() -> Attachment {
    Attachment {
        id: AttachmentId([1; 16]),
        name: "photo.jpg".into(),
        media: "image/jpeg".into(),
        length: 5,
        hash: Hash([2; 32]),
        identity: identity(3),
        parts: vec![Hash([4; 32])],
        note: "the door".into(),
        copy_of: Some(AttachmentId([5; 16])),
    }
}

fn draft(seed: &MailboxSeed) -> Vec<u8> {
    let own = (Hash([1; 32]), seed);
    unsent().seal(own, (3, 4), &mut crate::town::rng(5)).unwrap()
}

fn unsent() -> Unsent {
    Unsent {
        id: UnsentId([1; 16]),
        label: "Tuesday".into(),
        text: "half".into(),
        files: vec![Underway {
            attachment: attachment(),
            plain: vec![Hash([9; 32])],
        }],
    }
}

fn parcel(content: Content) -> Parcel {
    Parcel {
        instance: Hash([1; 32]),
        partner: GroupId([2; 16]),
        epoch: 3,
        to: AccountId([4; 16]),
        recipient: identity(5).recipient(),
        slot: 2,
        day: TODAY,
        from: AccountId([6; 16]),
        content,
        id: ParcelId([7; 16]),
    }
}

fn given_thread(seed: &MailboxSeed) -> Content {
    let base = seed.base(3);
    let receipt = vec![8; 40];
    Content::Concern { base, receipt }
}

fn secret() -> EpochSecret {
    EpochSecret(identity(6))
}

fn member(n: u8) -> Member {
    let (signer, recipient) = (key(n).verifying(), identity(n).recipient());
    Member {
        account: AccountId([n; 16]),
        signer,
        recipient,
        lead: true,
    }
}

fn policy() -> Policy {
    Policy {
        signers: 1,
        recovery: Some(recovery().public()),
        custodians: vec!["A".into()],
        aims: None,
    }
}

fn aiming() -> Policy {
    let aims = Some(Aims { open: 2, answer: 10 });
    Policy { aims, ..policy() }
}

fn link(act: Act) -> Link {
    Link {
        instance: Hash([1; 32]),
        group: GroupId([2; 16]),
        sequence: 3,
        previous: Hash([4; 32]),
        day: TODAY,
        act,
    }
}

fn genesis() -> Link {
    link(Act::Genesis {
        kind: GroupKind::Intake,
        name: "Unit".into(),
        members: vec![member(4)],
        epoch: secret().epoch(1, TODAY),
        policy: policy(),
    })
}

fn recovery() -> RecoverySecret {
    RecoverySecret::from_bytes(&[8; 32].into())
}

fn recover() -> Act {
    Act::Recover {
        members: vec![member(4), member(5)],
        epoch: secret().epoch(2, TODAY),
    }
}

fn succession() -> Succession {
    Succession {
        instance: Hash([1; 32]),
        number: 1,
        roots: vec![key(1).verifying(), key(2).verifying(), key(4).verifying()],
        day: TODAY,
    }
}

fn pins() -> Pins {
    Pins {
        directory: Some(DirectoryPin {
            version: 2,
            hash: Hash([3; 32]),
            roots: Some((1, Hash([4; 32]))),
        }),
        chains: vec![ChainPin {
            group: GroupId([5; 16]),
            sequence: 6,
            head: Hash([7; 32]),
            seen: TODAY,
        }],
        checkpoint: Some((8, Hash([9; 32]))),
        commitments: vec![(GroupId([10; 16]), 11, Hash([12; 32]))],
    }
}

fn export() -> Export {
    Export {
        directory: ByteVec::from(vec![1]),
        chains: vec![(GroupId([2; 16]), vec![ByteVec::from(vec![3])])],
        checkpoint: Some(ByteVec::from(vec![4])),
        wraps: vec![ByteVec::from(vec![5])],
    }
}

fn recovered() -> Recovered {
    Recovered {
        group: GroupId([1; 16]),
        link: ByteVec::from(vec![2]),
        wraps: vec![(AccountId([3; 16]), 4, ByteVec::from(vec![5]))],
    }
}

fn remove() -> Act {
    Act::Remove {
        account: AccountId([4; 16]),
        epoch: secret().epoch(2, TODAY),
    }
}

fn wrap() -> Wrap {
    Wrap {
        instance: Hash([1; 32]),
        group: GroupId([2; 16]),
        epoch: 3,
        link: Hash([4; 32]),
        account: AccountId([5; 16]),
        secret: secret(),
    }
}

fn directory() -> Directory {
    Directory {
        instance: Hash([1; 32]),
        version: 2,
        previous: Hash([3; 32]),
        issued: TODAY,
        expires: TODAY,
        vintage: "2026".into(),
        forces: vec![Force {
            id: "f".into(),
            name: "F".into(),
            unit: "u".into(),
            oversight: "o".into(),
        }],
        units: vec![Unit {
            id: "u".into(),
            name: "U".into(),
            compartments: vec![Compartment {
                group: GroupId([4; 16]),
                purpose: Purpose::Sealed,
                genesis: Hash([5; 32]),
            }],
        }],
        administrators: vec![key(1).verifying()],
        receipt_key: key(2).verifying(),
        successions: vec![ByteVec::from(vec![6, 7])],
        standing: vec![Hash([8; 32])],
    }
}

fn entry(body: Body) -> Entry {
    Entry {
        suite: 1,
        instance: Hash([1; 32]),
        kind: LogKind::Thread,
        log: LogId([2; 16]),
        sequence: 0,
        previous: Hash::ZERO,
        compartment: GroupId([3; 16]),
        epoch: 4,
        recipients: vec![Hash([5; 32]); 3],
        directory: (6, Hash([7; 32])),
        chain: Hash([8; 32]),
        commitments: Some((9, Hash([10; 32]))),
        build: "candour 0".into(),
        written: NOW,
        beginning: Some(Box::new(Beginning {
            thread: identity(1).recipient(),
            signer: key(1).verifying(),
            certificate: ByteVec::from(vec![1, 2]),
            chain: vec![ByteVec::from(vec![3, 4])],
        })),
        body,
    }
}

fn checkpoint() -> Checkpoint {
    Checkpoint {
        instance: Hash([1; 32]),
        sequence: 2,
        previous: Hash([3; 32]),
        day: TODAY,
        chains: vec![(GroupId([4; 16]), 5, Hash([6; 32]))],
        commitments: vec![(GroupId([7; 16]), 8, Hash([9; 32]))],
    }
}

fn commitment() -> Commitment {
    Commitment {
        position: 1,
        log: LogId([2; 16]),
        sequence: 3,
        hash: Hash([4; 32]),
    }
}

fn receipt() -> Receipt {
    Receipt {
        instance: Hash([1; 32]),
        append: AppendId([2; 16]),
        digest: Hash([3; 32]),
        compartment: GroupId([4; 16]),
        entries: vec![commitment()],
        head: Hash([5; 32]),
        day: TODAY,
    }
}

fn append() -> Append {
    let new = NewEntry {
        log: LogId([1; 16]),
        kind: LogKind::Journal,
        sequence: 2,
        ciphertext: vec![3],
    };
    Append {
        id: AppendId([4; 16]),
        compartment: GroupId([5; 16]),
        epoch: 6,
        entries: vec![new],
        tokens: vec![Token([7; 32])],
    }
}

fn fetched() -> Fetched {
    let stored = StoredEntry {
        sequence: 0,
        hash: Hash([1; 32]),
        ciphertext: Some(vec![2]),
        receipt: vec![3],
    };
    let erased = StoredEntry {
        sequence: 1,
        ciphertext: None,
        ..stored.clone()
    };
    Fetched {
        log: LogId([4; 16]),
        kind: LogKind::Thread,
        compartment: GroupId([5; 16]),
        entries: vec![stored, erased],
    }
}

fn keyring(founding: Option<Hash>, names: &[(AccountId, &str)]) -> Vec<u8> {
    let mut rng = crate::town::rng(1);
    let keyring = open_keyring(founding, names, &mut rng);
    keyring.seal(3, &KeyringKey::random(&mut rng), &mut rng)
}

fn open_keyring(
    founding: Option<Hash>,
    names: &[(AccountId, &str)],
    rng: &mut (impl RngCore + CryptoRng),
) -> Keyring {
    let mut keyring = Keyring {
        founding,
        ..Keyring::new(Hash([1; 32]), AccountId([2; 16]), rng)
    };
    for (account, whom) in names {
        keyring.name(*account, whom);
    }
    keyring
}

/// With no names, whose field comes before.
fn keyring_with_given(seed: &MailboxSeed) -> Vec<u8> {
    let mut rng = crate::town::rng(1);
    let mut keyring = Keyring::new(Hash([1; 32]), AccountId([2; 16]), &mut rng);
    let given = Given {
        base: seed.base(3),
        from: AccountId([6; 16]),
        day: TODAY,
    };
    keyring.take_over(given).unwrap();
    keyring.settle(Hash([8; 32]), TODAY, TODAY);
    keyring.seal(3, &KeyringKey::random(&mut rng), &mut rng)
}

fn slot() -> Vec<u8> {
    let mut rng = crate::town::rng(1);
    let key = KeyringKey::random(&mut rng);
    let opener = Opener::of_password(&Halves {
        sign_in: [0; 32],
        unlock: [3; 32],
    });
    Slot::seal(Hash([1; 32]), AccountId([2; 16]), &opener, &key, &mut rng)
}
