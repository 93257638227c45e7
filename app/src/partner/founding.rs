//! Founding a partner organisation: its lead drafts the first link of its chain on joining, and two administrators sign it.

use crate::{bytes::Bytes, error::AppError};
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::id::AppendId;
use serde::{Deserialize, Serialize};

/// The first link of an organisation, which waits for signatures. The secrets that go with it stay with the server until it is
/// published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstLink {
    /// The first link, as far as it is signed.
    pub link: Bytes,
    /// The lead's signed answer to the invitation.
    pub joining: Bytes,
}

/// What an administrator may ask about an organisation that is approved. One that is not, or whose lead has not answered, is as if
/// it were not there.
#[async_trait]
pub trait Foundings: Send + Sync {
    /// What waits to be signed for this application.
    async fn founding(&self, application: AppendId) -> Result<FirstLink, AppError>;
    /// Hands in the link with one signature more: that of an administrator who has not signed yet. With the second, the
    /// organisation is on board.
    async fn sign(&self, application: AppendId, link: Bytes) -> Result<(), AppError>;
    /// Takes back the lead's invitation, whoever made it; turns away whoever answered it. Their account is closed.
    async fn turn_away(&self, application: AppendId) -> Result<(), AppError>;
}

/// See [`Foundings::founding`].
#[server(endpoint = "founding", input = Json)]
pub async fn load_founding(
    /// The application.
    application: AppendId,
) -> Result<FirstLink, AppError> {
    crate::contract::<dyn Foundings>()?.founding(application).await
}

/// See [`Foundings::sign`].
#[server(endpoint = "sign_founding", input = Json)]
pub async fn sign_founding(
    /// The application.
    application: AppendId,
    /// The link, with the caller's signature.
    link: Bytes,
) -> Result<(), AppError> {
    crate::contract::<dyn Foundings>()?.sign(application, link).await
}

/// See [`Foundings::turn_away`].
#[server(endpoint = "turn_away_lead", input = Json)]
pub async fn turn_away_lead(
    /// The application.
    application: AppendId,
) -> Result<(), AppError> {
    crate::contract::<dyn Foundings>()?.turn_away(application).await
}
