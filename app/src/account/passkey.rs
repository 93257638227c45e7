//! Passkeys: a second step that cannot be phished, a way in by itself, and, where the device computes a secret, a way to open the
//! keys. What it computes never comes here.
//!
//! Challenges and answers are the JSON of `WebAuthn` (level 3, 5.1).

use super::Session;
use crate::error::AppError;
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{Day, Hash};
use serde::{Deserialize, Serialize};

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 60;

/// A passkey, among an account's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// The hash of the credential's id.
    pub id: Hash,
    /// What its owner calls it.
    pub name: String,
    /// The day it was added.
    pub added_on: Day,
}

/// What anybody may ask.
#[async_trait]
pub trait PasskeyDoor: Send + Sync {
    /// A challenge for whichever passkey of this portal a device has.
    async fn challenge(&self) -> Result<String, AppError>;
    /// Starts a session that lacks nothing: a passkey is both something that one has, and something that one knows or is.
    async fn sign_in(&self, answer: String) -> Result<Session, AppError>;
}

/// What somebody may ask who shows by a passkey that it is them: after the password, or again.
#[async_trait]
pub trait PasskeyStep: Send + Sync {
    /// A challenge for the account's own passkeys.
    async fn challenge(&self) -> Result<String, AppError>;
    /// Takes the answer. A session whose second step was missing lacks nothing any more.
    async fn answer(&self, answer: String) -> Result<Session, AppError>;
}

/// What somebody may ask who adds a passkey: just after confirming, or because the account needs a second step and has none.
#[async_trait]
pub trait NewPasskey: Send + Sync {
    /// A challenge for it.
    async fn begin(&self) -> Result<String, AppError>;
    /// Adds the one that answered. Every other session ends. One whose second step was to be set up lacks nothing any more.
    async fn add(&self, name: String, answer: String) -> Result<Session, AppError>;
}

/// What a signed-in person may ask of their passkeys.
#[async_trait]
pub trait Passkeys: Send + Sync {
    /// Those that there are.
    async fn list(&self) -> Result<Vec<Stored>, AppError>;
    /// Removes one. Only just after confirming. Every other session ends.
    async fn remove(&self, id: Hash) -> Result<Session, AppError>;
}

/// See [`PasskeyDoor::challenge`].
#[server(endpoint = "passkey_sign_in_challenge", input = Json)]
pub async fn passkey_sign_in_challenge() -> Result<String, AppError> {
    crate::contract::<dyn PasskeyDoor>()?.challenge().await
}

/// See [`PasskeyDoor::sign_in`].
#[server(endpoint = "passkey_sign_in", input = Json)]
pub async fn passkey_sign_in(
    /// What the device answered.
    answer: String,
) -> Result<Session, AppError> {
    crate::contract::<dyn PasskeyDoor>()?.sign_in(answer).await
}

/// See [`PasskeyStep::challenge`].
#[server(endpoint = "passkey_challenge", input = Json)]
pub async fn passkey_challenge() -> Result<String, AppError> {
    crate::contract::<dyn PasskeyStep>()?.challenge().await
}

/// See [`PasskeyStep::answer`].
#[server(endpoint = "passkey_answer", input = Json)]
pub async fn passkey_answer(
    /// What the device answered.
    answer: String,
) -> Result<Session, AppError> {
    crate::contract::<dyn PasskeyStep>()?.answer(answer).await
}

/// See [`Passkeys::list`].
#[server(endpoint = "passkeys", input = Json)]
pub async fn load_passkeys() -> Result<Vec<Stored>, AppError> {
    crate::contract::<dyn Passkeys>()?.list().await
}

/// See [`NewPasskey::begin`].
#[server(endpoint = "begin_passkey", input = Json)]
pub async fn begin_passkey() -> Result<String, AppError> {
    crate::contract::<dyn NewPasskey>()?.begin().await
}

/// See [`NewPasskey::add`].
#[server(endpoint = "add_passkey", input = Json)]
pub async fn add_passkey(
    /// What its owner calls it.
    name: String,
    /// What the device answered.
    answer: String,
) -> Result<Session, AppError> {
    crate::contract::<dyn NewPasskey>()?.add(name, answer).await
}

/// See [`Passkeys::remove`].
#[server(endpoint = "remove_passkey", input = Json)]
pub async fn remove_passkey(
    /// Which.
    id: Hash,
) -> Result<Session, AppError> {
    crate::contract::<dyn Passkeys>()?.remove(id).await
}
