//! Checkpoints: every week two administrators' clients sign where all lists stand, so that nothing old passes for the present.

use crate::{bytes::Bytes, casework::Head, error::AppError};
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::AccountId;
use serde::{Deserialize, Serialize};

/// What an administrator's client needs for the next checkpoint, beside the chains that it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Of each compartment that has accepted anything, how much, and the head of its commitment chain.
    pub heads: Vec<Head>,
    /// The next checkpoint, where an administrator has signed it already.
    pub waiting: Option<Waiting>,
}

/// A checkpoint that waits for a second signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Who drafted it.
    pub by: AccountId,
    /// Their sign-in name.
    pub name: String,
    /// The checkpoint with one signature.
    pub checkpoint: Bytes,
}

/// What an administrator may ask.
#[async_trait]
pub trait Checkpoints: Send + Sync {
    /// Where the commitment chains stand, and what waits.
    async fn standing(&self) -> Result<Standing, AppError>;
    /// Hands in the next checkpoint: with one signature it waits for another administrator, with that one's as well it is
    /// published. Only just after confirming.
    async fn sign_checkpoint(&self, checkpoint: Bytes) -> Result<(), AppError>;
    /// Takes away what waits, whoever drafted it.
    async fn discard_checkpoint(&self) -> Result<(), AppError>;
}

/// See [`Checkpoints::standing`].
#[server(endpoint = "standing", input = Json)]
pub async fn load_standing() -> Result<Standing, AppError> {
    crate::contract::<dyn Checkpoints>()?.standing().await
}

/// See [`Checkpoints::sign_checkpoint`].
#[server(endpoint = "sign_checkpoint", input = Json)]
pub async fn sign_checkpoint(
    /// The checkpoint, with the caller's signature.
    checkpoint: Bytes,
) -> Result<(), AppError> {
    crate::contract::<dyn Checkpoints>()?
        .sign_checkpoint(checkpoint)
        .await
}

/// See [`Checkpoints::discard_checkpoint`].
#[server(endpoint = "discard_checkpoint", input = Json)]
pub async fn discard_checkpoint() -> Result<(), AppError> {
    crate::contract::<dyn Checkpoints>()?.discard_checkpoint().await
}
