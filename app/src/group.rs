//! Groups at work: who comes in, who goes, and which keys are used next.

mod aims;
pub mod cover;
mod drill;
mod invite;
mod keep;
mod new_key;
mod newcomers;
mod not_yet;
mod people;
mod person;
mod presence;
mod recover;
pub mod recovery;
mod steps;
mod todo;

pub(crate) use aims::AimsPage;
pub(crate) use drill::DrillPage;
pub(crate) use not_yet::OnceOnBoard;
pub(crate) use people::PeoplePage;
pub(crate) use recover::RecoverUnitPage;
pub(crate) use todo::Todo;

use crate::{bytes::Bytes, error::AppError};
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{AccountId, AppendId, Day, GroupId, Hash};
use serde::{Deserialize, Serialize};

/// The next link of a group's chain, and the keys that go with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The group.
    pub group: GroupId,
    /// The signed link.
    pub link: Bytes,
    /// Epochs' identities, each sealed to one member or to recovery.
    pub wraps: Vec<NewWrap>,
    /// The invitations that it answers, by the hashes of their lookups.
    pub invitations: Vec<Hash>,
}

/// An epoch's identity, sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewWrap {
    /// To whom: a member, or [`AccountId::RECOVERY`].
    pub account: AccountId,
    /// The epoch.
    pub epoch: u32,
    /// The age file.
    pub sealed: Bytes,
}

impl From<protocol::vault::Draft> for Change {
    fn from(draft: protocol::vault::Draft) -> Self {
        let wraps = draft.wraps.into_iter().map(|(account, epoch, sealed)| NewWrap {
            account,
            epoch,
            sealed: Bytes(sealed.0),
        });
        Self {
            group: draft.group,
            link: Bytes(draft.link.0),
            wraps: wraps.collect(),
            invitations: draft.invitations,
        }
    }
}

/// A change that waits for another signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its id.
    pub id: AppendId,
    /// Who drafted it.
    pub by: AccountId,
    /// The change, as far as it is signed.
    pub change: Change,
    /// The answer to the invitation that it answers.
    pub joining: Option<Bytes>,
}

/// A member whose account is reset: the group's list still names the keys that they lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// The group.
    pub group: GroupId,
    /// The member.
    pub account: AccountId,
    /// The day of the reset.
    pub since: Day,
}

/// What a lead may ask.
#[async_trait]
pub trait Groups: Send + Sync {
    /// Publishes a link that all have signed who must. Only just after confirming.
    async fn publish(&self, change: Change) -> Result<(), AppError>;
    /// Leaves a link for another lead to sign. Only just after confirming.
    async fn propose(&self, change: Change) -> Result<(), AppError>;
    /// What waits for a signature in the groups that the caller leads.
    async fn drafts(&self) -> Result<Vec<Draft>, AppError>;
    /// Takes a draft back, or turns it down.
    async fn discard(&self, id: AppendId) -> Result<(), AppError>;
    /// Who has lost their keys in the groups that the caller leads.
    async fn gone(&self) -> Result<Vec<Gone>, AppError>;
}

/// See [`Groups::publish`].
#[server(endpoint = "publish", input = Json)]
pub async fn publish(
    /// The link and what goes with it.
    change: Change,
) -> Result<(), AppError> {
    crate::contract::<dyn Groups>()?.publish(change).await
}

/// See [`Groups::propose`].
#[server(endpoint = "propose", input = Json)]
pub async fn propose(
    /// The link as far as it is signed, and what goes with it.
    change: Change,
) -> Result<(), AppError> {
    crate::contract::<dyn Groups>()?.propose(change).await
}

/// See [`Groups::drafts`].
#[server(endpoint = "drafts", input = Json)]
pub async fn load_drafts() -> Result<Vec<Draft>, AppError> {
    crate::contract::<dyn Groups>()?.drafts().await
}

/// See [`Groups::discard`].
#[server(endpoint = "discard", input = Json)]
pub async fn discard(
    /// The draft.
    id: AppendId,
) -> Result<(), AppError> {
    crate::contract::<dyn Groups>()?.discard(id).await
}

/// See [`Groups::gone`].
#[server(endpoint = "gone", input = Json)]
pub async fn load_gone() -> Result<Vec<Gone>, AppError> {
    crate::contract::<dyn Groups>()?.gone().await
}
