//! The people of the demonstration and their keys.

use super::cast::{ACTORS, Actor};
use crate::{
    account::verifier::verifier,
    database::{Database, account::NewAccount},
    error::{Error, Result},
};
use protocol::{
    group::Member,
    id::{AccountId, Day, Hash},
    keyring::Keyring,
    password::{self, Cost},
    refused::Refused,
    slot::{KeyringKey, Opener, Slot},
};
use rand_chacha::{ChaCha20Rng, rand_core::RngCore as _, rand_core::SeedableRng as _};
use std::num::NonZeroUsize;

/// Somebody with keys, before they are sealed away.
pub(super) struct Person {
    pub(super) actor: Actor,
    pub(super) keyring: Keyring,
    pub(super) account: NewAccount,
    /// A slot that a passkey opens in no time. It is not stored: it is for what happened before the demonstration began.
    pub(super) quick: Vec<u8>,
}

impl Person {
    /// As a member who leads, or not.
    pub(super) fn member(&self, lead: bool) -> Member {
        Member {
            account: self.keyring.account,
            signer: self.keyring.signer.verifying(),
            recipient: self.keyring.identity.recipient(),
            lead,
        }
    }
}

/// Makes everybody's keys, on all processors: each password takes a third of a second to derive from.
pub(super) async fn make(instance: Hash, day: Day) -> Result<Vec<Person>> {
    let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut people = Vec::with_capacity(ACTORS.len());
    // Each derivation takes 128 MiB: no more at once than can be worked on.
    for some in ACTORS.chunks(processors) {
        let making: Vec<_> = some
            .iter()
            .map(|actor| tokio::task::spawn_blocking(move || person(instance, *actor, day)))
            .collect();
        for one in making {
            people.push(one.await.map_err(|_| Error::Stopped)??);
        }
    }
    Ok(people)
}

/// Stores everybody.
pub(super) async fn store(database: &Database, people: &[Person]) -> Result<()> {
    let mut transaction = database.begin().await?;
    for person in people {
        transaction.insert_account(&person.account).await?;
    }
    transaction.commit().await
}

/// The one of that name.
pub(super) fn named<'a>(people: &'a [Person], name: &str) -> Result<&'a Person> {
    people
        .iter()
        .find(|person| person.actor.name == name)
        .ok_or_else(|| Error::Unfit(format!("nobody is called {name}")))
}

fn person(instance: Hash, actor: Actor, day: Day) -> Result<Person> {
    let mut rng = seeded(actor.name);
    let id = AccountId::random(&mut rng);
    let mut keyring = Keyring::new(instance, id, &mut rng);
    #[expect(
        clippy::disallowed_methods,
        reason = "the people of the demonstration have no browser"
    )]
    let halves = password::derive(instance, actor.name, actor.password().as_bytes(), Cost::USUAL);
    let halves = halves.map_err(unmade)?;
    let key = KeyringKey::random(&mut rng);
    let opener = Opener::of_password(&halves);
    keyring.openers.push(opener.clone());
    let quick = Opener::of_passkey(&computed(actor.name)).map_err(unmade)?;
    let quick = Slot::seal(instance, id, &quick, &key, &mut rng);
    let mut salt = [0; 16];
    rng.fill_bytes(&mut salt);
    let account = NewAccount {
        id,
        name: actor.name.into(),
        role: actor.role,
        verifier: verifier(&halves.sign_in, salt)?,
        slots: vec![Slot::seal(instance, id, &opener, &key, &mut rng)],
        keyring: keyring.seal(1, &key, &mut rng),
        day,
    };
    Ok(Person {
        actor,
        keyring,
        account,
        quick,
    })
}

/// What somebody's passkey would compute.
pub(super) fn computed(name: &str) -> Vec<u8> {
    Hash::domain("demonstration", &[b"passkey", name.as_bytes()])
        .0
        .to_vec()
}

/// Randomness that is the same at every start, so that a demonstration can be opened again. Nobody real ever has such keys.
pub(super) fn seeded(purpose: &str) -> ChaCha20Rng {
    ChaCha20Rng::from_seed(Hash::domain("demonstration", &[purpose.as_bytes()]).0)
}

pub(super) fn unmade(refused: Refused) -> Error {
    Error::Unfit(format!("the demonstration could not be made: {refused}"))
}
