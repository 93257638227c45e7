//! What administrators do to bring an organisation on board: the vault signs, the server stores.

use super::founding::{FirstLink, sign_founding};
use crate::{account::desk::Desk, browser::clock, bytes::Bytes, trouble::Trouble, vault};
use protocol::id::AppendId;

/// Signs the first link, once the words are compared. With the second signature the organisation is on board.
pub(super) async fn sign(desk: Desk, id: AppendId, founding: FirstLink) -> Result<(), Trouble> {
    let signed = vault::sign_genesis(founding.link, founding.joining, clock::minute()).await?;
    let link = Bytes(signed.link.0);
    desk.fresh(|| sign_founding(id, link.clone())).await?;
    desk.trust_anew().await?;
    desk.remember().await
}
