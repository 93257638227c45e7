//! Casework: what a unit has to open and answer.

mod assess;
mod case;
pub(crate) mod cases;
mod declare;
mod doing;
mod frame;
mod listed;
mod moves;
mod origin;
mod people;
mod queue;
mod refer;
mod safety;
mod timeline;
pub(crate) mod words;
mod write;

pub(crate) use case::CasePage;
pub(crate) use queue::QueuePage;

use crate::error::AppError;
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{AccountId, Day, GroupId, Hash, LogId};
use serde::{Deserialize, Serialize};

/// A thread in the caller's compartments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The thread.
    pub log: LogId,
    /// Its compartment.
    pub compartment: GroupId,
    /// The day its first entry was stored.
    pub received: Day,
    /// How many entries it has.
    pub entries: u32,
    /// How many its journal has; 0 where there is none yet.
    pub journal: u32,
    /// Whether the caller has said that they have a connection with somebody named in it: it is not handed to them.
    pub connected: bool,
}

/// The queue, and how far the commitment chain of each compartment has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Every thread, newest first.
    pub threads: Vec<Waiting>,
    /// For each of the caller's compartments the number of commitments and their head.
    pub heads: Vec<Head>,
    /// Who has said that they have a connection with somebody named in a thread of a compartment that the caller leads.
    pub connections: Vec<(LogId, AccountId)>,
}

/// The head of a compartment's commitment chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The compartment.
    pub compartment: GroupId,
    /// How many entries it has accepted.
    pub position: u64,
    /// The chain's head.
    pub head: Hash,
}

/// What an assessor may ask.
///
/// Threads are read by `GET /api/log/{log}`, written by `POST /api/append`, and a compartment's commitments are read by
/// `GET /api/commitments/{compartment}?after={position}`.
#[async_trait]
pub trait Casework: Send + Sync {
    /// Everything in the compartments that the caller is a member of.
    async fn queue(&self) -> Result<Queue, AppError>;

    /// The caller has a connection with somebody named in this thread: neither it nor its journal is handed to them any more, and the
    /// leads see that somebody said so.
    async fn connect(&self, log: LogId) -> Result<(), AppError>;
}

/// See [`Casework::queue`].
#[server(endpoint = "queue", input = Json)]
pub async fn load_queue() -> Result<Queue, AppError> {
    crate::contract::<dyn Casework>()?.queue().await
}

/// See [`Casework::connect`].
#[server(endpoint = "connect", input = Json)]
pub async fn connect(
    /// The thread.
    log: LogId,
) -> Result<(), AppError> {
    crate::contract::<dyn Casework>()?.connect(log).await
}
