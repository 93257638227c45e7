//! Concerns, as the practitioner has them.

mod addition;
pub(crate) mod answers;
pub(crate) mod cards;
mod check;
pub(crate) mod choice;
pub(crate) mod draft;
pub(crate) mod evidence;
mod fields;
mod finder;
mod form;
pub(crate) mod history;
mod list;
mod more;
mod page;
pub mod parcels;
mod question;
mod readers;
pub(crate) mod receipt;
pub(crate) mod rows;
pub(crate) mod section;
mod sections;
mod sending;
mod sent;
mod standing;
pub(crate) mod status;
mod tasks;
pub(crate) mod threads;
mod typed;
pub mod unsent;

pub(crate) use draft::delete::DeleteDraftPage;
pub(crate) use form::{CheckPage, NewConcernPage, SectionPage};
pub(crate) use list::ConcernsPage;
pub(crate) use more::{AddPage, WithdrawPage};
pub(crate) use page::ConcernPage;
pub(crate) use parcels::{
    give::{GiveConcernPage, GiveDraftPage},
    refuse::RefuseParcelPage,
};

use crate::error::AppError;
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{LogId, Token};
use serde::{Deserialize, Serialize};

/// A thread that one of the asked tokens opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The thread.
    pub log: LogId,
    /// How many entries it has.
    pub entries: u32,
}

/// What a practitioner may ask.
///
/// Threads are written by `POST /api/append` and read by `GET /api/log/{log}` with the token in `candour-token`.
#[async_trait]
pub trait Concerns: Send + Sync {
    /// Which of at most 40 tokens open a thread. Nothing of the question is kept.
    async fn find(&self, tokens: Vec<Token>) -> Result<Vec<Found>, AppError>;
}

/// See [`Concerns::find`].
#[server(endpoint = "find", input = Json)]
pub async fn find_threads(
    /// At most 40.
    tokens: Vec<Token>,
) -> Result<Vec<Found>, AppError> {
    crate::contract::<dyn Concerns>()?.find(tokens).await
}
