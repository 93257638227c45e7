//! What browsers are given with a directory has to hold by it too: where it does not, nobody opens any keys.

use super::Operator;
use crate::{
    database::Transaction,
    error::{Error, Result},
};
use protocol::{checkpoint::Checkpoint, directory::Directory, group::Group, id::GroupId};
use std::collections::BTreeMap;

impl Operator {
    /// Verifies every chain and the newest checkpoint, as browsers will.
    pub(super) async fn check_given(&self, to: &mut Transaction, directory: &Directory) -> Result<()> {
        let mut chains: BTreeMap<GroupId, Vec<Vec<u8>>> = BTreeMap::new();
        for (group, link) in to.given_links().await? {
            chains.entry(group).or_default().push(link);
        }
        for (group, links) in &chains {
            self.check_chain(*group, links, directory)?;
        }
        self.check_checkpoint(directory).await
    }

    fn check_chain(&self, group: GroupId, links: &[Vec<u8>], directory: &Directory) -> Result<()> {
        let (founders, today) = (directory.founders(group), self.clock.today());
        let verified = Group::verify(group, links, self.instance, founders, today);
        verified.map(drop).map_err(|refused| {
            Error::Cannot(format!(
                "group {group} would not hold by it ({refused}), and nobody given its chain could open any keys; draft it from an \
                 export of today"
            ))
        })
    }

    async fn check_checkpoint(&self, directory: &Directory) -> Result<()> {
        let Some(bytes) = self.database.newest_checkpoint().await? else {
            return Ok(());
        };
        let (approval, today) = (directory.approval(), self.clock.today());
        let verified = Checkpoint::verify(&bytes, approval, self.instance, None, today);
        verified.map(drop).map_err(|refused| {
            Error::Cannot(format!(
                "the newest checkpoint would not hold by it ({refused}), and nobody could open any keys; draft it from an export of today"
            ))
        })
    }
}
