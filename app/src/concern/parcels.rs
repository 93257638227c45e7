//! Parcels on the server: what a browser may ask of them, and the pages by which practitioners give to their colleagues and take.

pub(super) mod from;
pub(crate) mod give;
mod giving;
pub(super) mod list;
pub(crate) mod refuse;
mod taking;

use crate::error::AppError;
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::{Day, Token};
use serde::{Deserialize, Serialize};

/// That a parcel lies under a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The place of the token in the question.
    pub place: u8,
    /// The day on which it was given.
    pub given_on: Day,
}

/// What a practitioner may ask of parcels.
///
/// They are given, read and deleted by `PUT /api/parcel`, `GET /api/parcel` and `DELETE /api/parcel?hash={hash}`, with the token in
/// `candour-token`.
#[async_trait]
pub trait Parcels: Send + Sync {
    /// Under which of at most twelve tokens a parcel lies. Nothing of the question is kept.
    async fn waiting(&self, tokens: Vec<Token>) -> Result<Vec<Waiting>, AppError>;
}

/// See [`Parcels::waiting`].
#[server(endpoint = "parcels", input = Json)]
pub async fn load_parcels(
    /// At most twelve.
    tokens: Vec<Token>,
) -> Result<Vec<Waiting>, AppError> {
    crate::contract::<dyn Parcels>()?.waiting(tokens).await
}
