//! Who is there: two practitioners, assessors of two compartments, two administrators.

use app::account::{Role, Way};
use protocol::id::{AccountId, Day, GroupId, Hash};
use server::{
    account::verifier::verifier,
    database::{
        Database,
        account::{NewAccount, NewSlot},
        directory::GroupKind,
    },
};
use std::sync::LazyLock;

/// The neutral site.
pub(crate) const EXIT: &str = "https://weather.example/";
/// The intake compartment of a unit: Ben's and Bea's.
pub(crate) const UNIT: GroupId = GroupId([0xa; 16]);
/// Another compartment: Cat's.
pub(crate) const SEALED: GroupId = GroupId([0xb; 16]);
/// The partner organisation of Amy.
pub(crate) const PARTNER: GroupId = GroupId([0xc; 16]);

/// Somebody made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    Amy,
    Ann,
    Ben,
    Bea,
    Cat,
    Dee,
    Dan,
}

impl Person {
    pub(crate) const ALL: [Self; 7] = [
        Self::Amy,
        Self::Ann,
        Self::Ben,
        Self::Bea,
        Self::Cat,
        Self::Dee,
        Self::Dan,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Amy => "amy",
            Self::Ann => "ann",
            Self::Ben => "ben",
            Self::Bea => "bea",
            Self::Cat => "cat",
            Self::Dee => "dee",
            Self::Dan => "dan",
        }
    }

    pub(crate) fn role(self) -> Role {
        match self {
            Self::Amy | Self::Ann => Role::Practitioner,
            Self::Ben | Self::Bea | Self::Cat => Role::Assessor,
            Self::Dee | Self::Dan => Role::Administrator,
        }
    }

    pub(crate) fn id(self) -> AccountId {
        AccountId([1 + self as u8; 16])
    }

    fn groups(self) -> &'static [GroupId] {
        match self {
            Self::Amy => &[PARTNER],
            Self::Ben | Self::Bea => &[UNIT],
            Self::Cat => &[SEALED],
            Self::Ann | Self::Dee | Self::Dan => &[],
        }
    }
}

/// The secret that signs in.
pub(crate) fn secret(name: &str) -> [u8; 32] {
    Hash::of(name.as_bytes()).0
}

/// Puts everybody into the database, with a directory that is good for 80 days.
pub(crate) async fn settle(database: &Database) {
    let mut to = database.begin().await.unwrap();
    to.publish_directory(1, Day(20_600), b"an older directory")
        .await
        .unwrap();
    to.publish_directory(2, Day(20_680), b"the directory")
        .await
        .unwrap();
    for (group, kind) in [
        (UNIT, GroupKind::Compartment),
        (SEALED, GroupKind::Compartment),
        (PARTNER, GroupKind::Partner),
    ] {
        to.insert_group(group, kind).await.unwrap();
        for sequence in 0..2 {
            to.insert_link(group, sequence, format!("link {sequence} of {group}").as_bytes())
                .await
                .unwrap();
        }
    }
    to.insert_partner(PARTNER, "Amy's", None, Day(20_600))
        .await
        .unwrap();
    for person in Person::ALL {
        to.insert_account(&account(person)).await.unwrap();
        for group in person.groups() {
            to.insert_member(*group, person.id(), person == Person::Ben)
                .await
                .unwrap();
            to.insert_wrap(
                *group,
                1,
                person.id(),
                format!("wrap for {}", person.name()).as_bytes(),
            )
            .await
            .unwrap();
        }
    }
    to.insert_checkpoint(0, b"a checkpoint").await.unwrap();
    to.commit().await.unwrap();
}

/// Made once: each takes a while.
static VERIFIERS: LazyLock<[Vec<u8>; 7]> =
    LazyLock::new(|| Person::ALL.map(|person| verifier(&secret(person.name()), [9; 16]).unwrap()));

fn account(person: Person) -> NewAccount {
    NewAccount {
        id: person.id(),
        name: person.name().into(),
        role: person.role(),
        slots: vec![
            NewSlot {
                way: Way::Password,
                sealed: b"a slot".to_vec(),
                verifier: Some(VERIFIERS[person as usize].clone()),
            },
            NewSlot {
                way: Way::Passkey,
                sealed: b"another slot".to_vec(),
                verifier: None,
            },
        ],
        keyring: b"a keyring".to_vec(),
        day: Day(20_600),
    }
}
