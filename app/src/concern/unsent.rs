//! Drafts on the server: what a browser may ask of them.

use crate::error::AppError;
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{Day, Token};
use serde::{Deserialize, Serialize};

/// That a draft lies in a drawer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lying {
    /// The place of the drawer's token in the question.
    pub drawer: u8,
    /// How often it was saved.
    pub version: u32,
    /// The day of its last change.
    pub changed_on: Day,
}

/// What a practitioner may ask of drafts.
///
/// They are saved, read and deleted by `PUT /api/drawer?was={hash}` (without it nothing may lie there), `GET /api/drawer` and
/// `DELETE /api/drawer?hash={hash}`, with the drawer's token in
/// `candour-token`.
#[async_trait]
pub trait Drawers: Send + Sync {
    /// Which of at most ten tokens have something in their drawer. Nothing of the question is kept.
    async fn look(&self, tokens: Vec<Token>) -> Result<Vec<Lying>, AppError>;
}

/// See [`Drawers::look`].
#[server(endpoint = "unsent", input = Json)]
pub async fn load_unsent(
    /// At most ten.
    tokens: Vec<Token>,
) -> Result<Vec<Lying>, AppError> {
    crate::contract::<dyn Drawers>()?.look(tokens).await
}
