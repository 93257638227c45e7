//! Resets: somebody has lost everything that opens their keys, or their second step. One administrator asks, another confirms.

use super::Role;
use crate::error::AppError;
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{AccountId, Day};
use serde::{Deserialize, Serialize};

/// The most characters of a note.
pub const LONGEST_NOTE: usize = 2_000;

/// What somebody has lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lost {
    /// Everything that opens their keys. The account ends; whoever has had it comes again with new keys, which nobody trusts until
    /// a member of their group has signed them.
    Keys,
    /// The second step alone. The keys stay as they are.
    SecondStep,
}

/// What one administrator has asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reset {
    /// Whose account.
    pub account: AccountId,
    /// Its sign-in name.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// What they have lost.
    pub lost: Lost,
    /// Who asks.
    pub by: AccountId,
    /// Their sign-in name.
    pub by_name: String,
    /// How they made sure that it was the person who asked.
    pub note: String,
    /// The day on which they asked.
    pub day: Day,
}

/// What an administrator may ask: neither alone, nor for themselves.
#[async_trait]
pub trait Resets: Send + Sync {
    /// What waits for another administrator.
    async fn resets(&self) -> Result<Vec<Reset>, AppError>;
    /// Asks for the account of this name. Only just after confirming.
    async fn ask_reset(&self, name: String, lost: Lost, note: String) -> Result<(), AppError>;
    /// Confirms what another administrator has asked, as it was shown: it is done then. Only just after confirming.
    async fn confirm_reset(&self, account: AccountId, lost: Lost, by: AccountId) -> Result<(), AppError>;
    /// Takes back what anybody has asked.
    async fn drop_reset(&self, account: AccountId) -> Result<(), AppError>;
}

/// See [`Resets::resets`].
#[server(endpoint = "resets", input = Json)]
pub async fn load_resets() -> Result<Vec<Reset>, AppError> {
    crate::contract::<dyn Resets>()?.resets().await
}

/// See [`Resets::ask_reset`].
#[server(endpoint = "ask_reset", input = Json)]
pub async fn ask_reset(
    /// The sign-in name.
    name: String,
    /// What they have lost.
    lost: Lost,
    /// How the administrator made sure.
    note: String,
) -> Result<(), AppError> {
    crate::contract::<dyn Resets>()?.ask_reset(name, lost, note).await
}

/// See [`Resets::confirm_reset`].
#[server(endpoint = "confirm_reset", input = Json)]
pub async fn confirm_reset(
    /// Whose account.
    account: AccountId,
    /// What they have lost.
    lost: Lost,
    /// Who asked.
    by: AccountId,
) -> Result<(), AppError> {
    crate::contract::<dyn Resets>()?
        .confirm_reset(account, lost, by)
        .await
}

/// See [`Resets::drop_reset`].
#[server(endpoint = "drop_reset", input = Json)]
pub async fn drop_reset(
    /// Whose account.
    account: AccountId,
) -> Result<(), AppError> {
    crate::contract::<dyn Resets>()?.drop_reset(account).await
}
