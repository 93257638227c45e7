//! The signed directory and the signed chains: everything a client needs to know whose key is whose.

mod beginning;
pub mod checkpoint;
mod moved;
mod overview;
mod page;
mod warnings;
mod weekly;

pub(crate) use overview::OverviewPage;
pub(crate) use page::DirectoryPage;
pub(crate) use warnings::Warnings;
pub(crate) use weekly::CheckpointPage;

use crate::{bytes::Bytes, error::AppError};
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::GroupId;
use serde::{Deserialize, Serialize};

/// Signed bytes to verify in the vault. The same for everybody but for the wraps, and for the chain of a practitioner's own
/// organisation, so that the server does not learn which unit is looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    /// The newest directory.
    pub directory: Bytes,
    /// The chain of every compartment in it, and of the caller's own partner organisation; for administrators, of every one.
    pub chains: Vec<Chain>,
    /// The epoch identities of the caller's groups, each sealed to the caller.
    pub wraps: Vec<Bytes>,
    /// The newest checkpoint, where there is one.
    pub checkpoint: Option<Bytes>,
}

/// A group's signed links, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// The group.
    pub group: GroupId,
    /// Its links.
    pub links: Vec<Bytes>,
}

/// What any signed-in person may ask of the directory.
#[async_trait]
pub trait Directory: Send + Sync {
    /// All signed bytes that the caller needs; nothing while there is no directory.
    async fn trust(&self) -> Result<Option<Trust>, AppError>;
}

/// See [`Directory::trust`].
#[server(endpoint = "trust", input = Json)]
pub async fn load_trust() -> Result<Option<Trust>, AppError> {
    crate::contract::<dyn Directory>()?.trust().await
}
