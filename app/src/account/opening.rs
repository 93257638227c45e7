//! Opening the vault: from a password to keys in the worker, with everything verified on the way.

#![expect(
    clippy::unnecessary_wraps,
    reason = "a part is there already, and in a browser may not come"
)]

use super::{
    Role, Session, Way,
    desk::{Desk, Open, Stage},
    passkey::{passkey_sign_in, passkey_sign_in_challenge},
    remembered,
};
use crate::{
    account,
    browser::{clock, passkey},
    bytes::Bytes,
    casework::cases,
    concern::threads,
    directory,
    error::AppError,
    trouble::Trouble,
    vault,
};
use leptos::task::spawn_local;
use protocol::{refused::Refused, vault::Password};
use std::pin::Pin;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// What somebody types to sign in.
pub(crate) enum Key {
    /// A password.
    Password(Password),
    /// A recovery code.
    Code(Password),
}

/// Begins a session. Its vault waits, and is opened once the session lacks nothing.
pub(super) async fn sign_in(desk: Desk, name: String, key: Key) -> Result<Session, Trouble> {
    let (secret, way) = match key {
        Key::Password(password) => (derive(desk, name.clone(), password).await?, Way::Password),
        Key::Code(words) => {
            start(desk).await?;
            (vault::use_code(words).await?, Way::RecoveryCode)
        }
    };
    desk.at(Stage::Asking);
    Ok(account::sign_in(name, secret, way).await?)
}

/// Begins a session by a passkey alone. Where it computes, the vault waits with that.
pub(super) async fn sign_in_by_passkey(desk: Desk) -> Result<Session, Trouble> {
    start(desk).await?;
    let challenge = passkey_sign_in_challenge().await?;
    let answered = passkey::answer(&challenge, Some(&desk.site().instance)).await?;
    if let Some(computed) = answered.computed {
        vault::use_passkey(computed).await?;
    }
    desk.at(Stage::Asking);
    Ok(passkey_sign_in(answered.json).await?)
}

/// Opens the vault of a session that there is already by what a passkey computes. The server is asked for nothing that signs in.
pub(super) async fn unlock_by_passkey(desk: Desk, session: Session) -> Result<Open, Trouble> {
    start(desk).await?;
    let computed = passkey::compute(&desk.site().instance, None).await?;
    vault::use_passkey(computed).await?;
    match open(desk, &session).await {
        Err(Trouble::Refused(Refused::WrongPassword)) => Err(Trouble::NoPasskey),
        opened => opened,
    }
}

/// Opens the vault of a session that there is already. The half of the password that signs in is not sent again.
pub(super) async fn unlock(desk: Desk, session: Session, password: Password) -> Result<Open, Trouble> {
    derive(desk, session.name.clone(), password).await?;
    open(desk, &session).await
}

async fn derive(desk: Desk, name: String, password: Password) -> Result<Bytes, Trouble> {
    desk.at(Stage::Deriving);
    // Meanwhile. Where it does not come, whoever needs it fetches it again, and says so.
    spawn_local(async { drop(fetch_steps().await) });
    start(desk).await?;
    vault::derive(name, password).await
}

/// Starts an empty vault, in place of any other.
pub(super) async fn start(desk: Desk) -> Result<(), Trouble> {
    let site = desk.site();
    vault::start(&site.assets.worker, move |percent| desk.come_to(percent))?;
    desk.has_seen_nothing();
    vault::begin(&site).await
}

/// Opens the vault with what it was told just now.
pub(super) async fn open(desk: Desk, session: &Session) -> Result<Open, Trouble> {
    let opening = steps(desk, session.clone()).await;
    opening.map_err(|_| AppError::Offline)?.await
}

type Opening = Pin<Box<dyn Future<Output = Result<Open, Trouble>>>>;

/// Nobody needs this before the password is typed: it is in the part that has the account's pages.
#[wasm_split(account, fallible, preload(fetch_steps))]
fn steps(desk: Desk, session: Session) -> Result<Opening, SplitLoaderError> {
    Ok(Box::pin(async move { verify(desk, session).await }))
}

async fn verify(desk: Desk, session: Session) -> Result<Open, Trouble> {
    let staff = session.role != Role::Practitioner;
    let now = clock::minute();
    desk.at(Stage::Asking);
    let keys = desk.note(account::load_keys().await)?;
    let seen = if staff {
        remembered::read(session.account)
    } else {
        None
    };
    let last_used = vault::unlock(session.account, keys, seen).await?;
    let trust = desk.note(directory::load_trust().await)?;
    desk.at(Stage::Verifying);
    let trusted = vault::trust(trust, now).await?;
    // What is learnt now goes into the keyring, which the next vault holds the server to.
    match session.role {
        Role::Practitioner => threads::learn(desk).await?,
        Role::Assessor => cases::follow_all(desk).await?,
        Role::Administrator => (),
    }
    desk.at(Stage::Storing);
    let next = vault::seal_keyring(now).await?;
    store(desk, &session, next).await?;
    Ok(Open {
        session,
        trusted,
        last_used,
    })
}

/// Stores the keyring's next version; a staff device remembers which that is.
pub(super) async fn store(desk: Desk, session: &Session, next: vault::Keyring) -> Result<(), Trouble> {
    desk.note(account::store_keyring(next.version, Bytes(next.sealed.0)).await)?;
    if session.role != Role::Practitioner {
        remembered::write(session.account, next.seen);
    }
    Ok(())
}
