//! Leave cover: whether at least two members who are there can open what comes to a compartment. It is the server's word, and a
//! reminder alone: who can open is in the chain.

use crate::error::AppError;
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{AccountId, Day, GroupId};
use serde::{Deserialize, Serialize};

/// The fewest present members with whom a compartment is covered.
pub const ENOUGH: u32 = 2;

/// Who is there to open what comes to a compartment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The compartment.
    pub group: GroupId,
    /// How many members have its newest key, may sign in, and are not away.
    pub present: u32,
    /// Who is away, and up to which day.
    pub away: Vec<(AccountId, Day)>,
}

/// What a member of a compartment may ask.
#[async_trait]
pub trait Covers: Send + Sync {
    /// The compartments that the caller is in.
    async fn cover(&self) -> Result<Vec<Cover>, AppError>;
    /// Says that the caller is away up to a day, at most a year from now; or is back.
    async fn set_away(&self, until: Option<Day>) -> Result<(), AppError>;
}

/// See [`Covers::cover`].
#[server(endpoint = "cover", input = Json)]
pub async fn load_cover() -> Result<Vec<Cover>, AppError> {
    crate::contract::<dyn Covers>()?.cover().await
}

/// See [`Covers::set_away`].
#[server(endpoint = "set_away", input = Json)]
pub async fn set_away(
    /// The last day.
    until: Option<Day>,
) -> Result<(), AppError> {
    crate::contract::<dyn Covers>()?.set_away(until).await
}
