//! Organisations that are on board, as administrators see them: how many accounts, and nothing of what they told.

use super::keeping::Confirmation;
use crate::error::AppError;
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{Day, GroupId};
use serde::{Deserialize, Serialize};

/// An organisation that is on board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// Its group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// How many people have an account there.
    pub accounts: u32,
    /// The day it came on board.
    pub founded: Day,
    /// The day on which a lead last confirmed its people.
    pub confirmed: Day,
    /// The day it was suspended, where it is.
    pub suspended: Option<Day>,
}

impl Partner {
    /// Whether its lead has not confirmed its people in time.
    pub(crate) fn is_late(&self, today: Day) -> bool {
        self.suspended.is_none() && Confirmation::of(self.confirmed, today) == Confirmation::Late
    }
}

/// What an administrator may ask about organisations that are on board.
#[async_trait]
pub trait Partners: Send + Sync {
    /// All of them, by name.
    async fn partners(&self) -> Result<Vec<Partner>, AppError>;
    /// Suspends one: all its people are signed out, and cannot sign in. What they told stays with the units.
    async fn suspend(&self, group: GroupId) -> Result<(), AppError>;
    /// Lifts a suspension.
    async fn lift(&self, group: GroupId) -> Result<(), AppError>;
}

/// See [`Partners::partners`].
#[server(endpoint = "partners", input = Json)]
pub async fn load_partners() -> Result<Vec<Partner>, AppError> {
    crate::contract::<dyn Partners>()?.partners().await
}

/// See [`Partners::suspend`].
#[server(endpoint = "suspend_partner", input = Json)]
pub async fn suspend_partner(
    /// The organisation's group.
    group: GroupId,
) -> Result<(), AppError> {
    crate::contract::<dyn Partners>()?.suspend(group).await
}

/// See [`Partners::lift`].
#[server(endpoint = "lift_partner", input = Json)]
pub async fn lift_partner(
    /// The organisation's group.
    group: GroupId,
) -> Result<(), AppError> {
    crate::contract::<dyn Partners>()?.lift(group).await
}
