//! The demonstration: a portal of made-up people, whose passwords are printed. Its directory, chains and wraps are made and
//! signed as real ones are; only its keys are no secret.

mod cast;
mod facts;
mod groups;
mod people;
mod story;

use crate::{
    account::Needs,
    clock::Clock,
    database::Database,
    error::{Error, Result},
    log::{Notary, Writer},
};
use cast::ACTORS;
use protocol::{
    directory,
    id::{Hash, VerifyingKey},
    signed::SigningKey,
    vault::Deployment,
};
use serde::Serialize;
use std::sync::Arc;
use story::Stage;
use zeroize::Zeroizing;

/// The name of every demonstration.
const NAME: &str = "demo.candour.invalid";
/// Where leaving leads to.
const EXIT: &str = "https://www.bbc.co.uk/weather";

/// What serving a demonstration needs to know.
pub struct Demo {
    /// The instance's name.
    pub instance: String,
    /// The root public keys.
    pub roots: Vec<VerifyingKey>,
    /// How many roots must sign.
    pub threshold: u8,
    /// The seed of the key that signs receipts.
    pub receipt_seed: Zeroizing<[u8; 32]>,
    /// The neutral site that leaving leads to.
    pub exit: String,
    /// Who needs a second step to sign in. A real portal always asks staff for one.
    pub needs: Needs,
    /// Who can sign in.
    pub sign_ins: Vec<SignIn>,
}

/// Somebody made up.
#[derive(Clone, Debug, Serialize)]
pub struct SignIn {
    /// The sign-in name.
    pub name: String,
    /// The password.
    pub password: String,
    /// What the account is for.
    pub role: String,
    /// The unit or organisation.
    pub place: String,
}

/// Makes the demonstration in an empty database, or opens the one that is there. A real portal's database is refused, and so is
/// a demonstration that is too old: its directory has expired.
pub async fn make(database: &Database, clock: &Arc<dyn Clock>) -> Result<Demo> {
    let deployment = story::deployment(NAME);
    let instance = directory::instance(NAME, &deployment.roots, deployment.threshold);
    database.claim(instance, true).await?;
    match database.newest_directory().await? {
        None => found(database, clock, &deployment, instance).await?,
        Some((expires, _)) if expires < clock.today() => {
            return Err(Error::Unfit(
                "this demonstration is over 90 days old: delete its database and start again".into(),
            ));
        }
        Some(_) => {}
    }
    Ok(Demo {
        instance: NAME.into(),
        roots: deployment.roots,
        threshold: deployment.threshold,
        receipt_seed: receipt_seed(),
        exit: EXIT.into(),
        needs: Needs::Nobody,
        sign_ins: sign_ins(),
    })
}

async fn found(
    database: &Database,
    clock: &Arc<dyn Clock>,
    deployment: &Deployment,
    instance: Hash,
) -> Result<()> {
    let notary = Notary {
        instance,
        key: SigningKey::from_seed(*receipt_seed()),
    };
    let people = people::make(instance, clock.today()).await?;
    people::store(database, &people).await?;
    let first = groups::make(database, instance, &people, notary.key.verifying(), clock.today()).await?;
    let writer = Writer::start(database.clone(), notary.clone(), Arc::clone(clock));
    let now = clock.minute();
    Stage {
        database,
        writer: &writer,
        notary: &notary,
        deployment,
        now,
    }
    .play(&people)
    .await?;
    groups::check(database, &people, first).await
}

fn receipt_seed() -> Zeroizing<[u8; 32]> {
    Zeroizing::new(Hash::domain("demonstration", &[b"receipts"]).0)
}

fn sign_ins() -> Vec<SignIn> {
    let sign_in = |actor: &cast::Actor| SignIn {
        name: actor.name.into(),
        password: actor.password(),
        role: format!("{:?}", actor.role).to_lowercase(),
        place: actor.place.into(),
    };
    ACTORS.iter().map(sign_in).collect()
}
