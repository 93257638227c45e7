//! Handing out signed bytes. Clients verify them; nothing here is believed.

mod checkpoint;

use crate::{Portal, database::Database, error::Result, web::session::Held};
use app::{
    bytes::Bytes,
    directory::{Chain, Directory, Trust},
    error::AppError,
};
use async_trait::async_trait;
use protocol::id::{AccountId, GroupId};

/// Somebody who is signed in, before the directory.
pub struct Reader {
    /// The portal.
    pub portal: Portal,
    /// Who.
    pub held: Held,
}

#[async_trait]
impl Directory for Reader {
    async fn trust(&self) -> Result<Option<Trust>, AppError> {
        Ok(trust_for(&self.portal.database, self.held.account).await?)
    }
}

/// All signed bytes that an account needs; nothing while there is no directory.
pub async fn trust_for(database: &Database, account: AccountId) -> Result<Option<Trust>> {
    let Some((_, directory)) = database.newest_directory().await? else {
        return Ok(None);
    };
    let wraps = database.wraps_of(account).await?.into_iter().map(Bytes).collect();
    let chains = chains(database.links_for(account).await?);
    let checkpoint = database.newest_checkpoint().await?.map(Bytes);
    Ok(Some(Trust {
        directory: Bytes(directory),
        chains,
        wraps,
        checkpoint,
    }))
}

/// Links that come by group, as chains.
fn chains(links: Vec<(GroupId, Vec<u8>)>) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    for (group, link) in links {
        match chains.last_mut() {
            Some(chain) if chain.group == group => chain.links.push(Bytes(link)),
            _ => chains.push(Chain {
                group,
                links: vec![Bytes(link)],
            }),
        }
    }
    chains
}
