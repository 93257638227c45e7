//! Publishing a directory: what browsers would refuse is refused here first, with the reason.

use super::Operator;
use crate::{
    audit::{self, Actor},
    database::Transaction,
    error::{Error, Result},
};
use protocol::{
    directory::Directory,
    id::{Hash, VerifyingKey},
    invitation::Joining,
    signed, words,
};

/// A directory that is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its version.
    pub version: u32,
    /// Its hash.
    pub hash: Hash,
    /// Six words of the hash.
    pub words: Vec<String>,
    /// In how many days it expires.
    pub days: u32,
    /// Whether it was published before.
    pub before: bool,
}

impl Operator {
    /// Publishes signed bytes, as `candour-tool directory combine` makes them. `receipt_key` is what this portal signs receipts with:
    /// browsers believe no other than the one that the directory lists.
    pub async fn publish(&self, bytes: &[u8], receipt_key: VerifyingKey) -> Result<Published> {
        let newest = self.newest().await?;
        let directory = self.check(bytes, newest.as_ref())?;
        let before = newest.is_some_and(|newest| newest == directory);
        if directory.receipt_key != receipt_key {
            return Err(Error::Cannot(format!(
                "it lists another key for receipts than this portal's, which is {receipt_key}: nobody would believe its receipts"
            )));
        }
        if !before {
            self.store(bytes, &directory).await?;
        }
        Ok(Published {
            version: directory.version,
            hash: directory.hash(),
            words: words::fingerprint(directory.hash()),
            days: directory.expires.0.saturating_sub(self.clock.today().0),
            before,
        })
    }

    /// The directory that was published last. Whoever writes the database could have put another there, which no browser believes.
    pub(super) async fn newest(&self) -> Result<Option<Directory>> {
        let Some((_, bytes)) = self.database.newest_directory().await? else {
            return Ok(None);
        };
        let read = signed::verify::<Directory>(&bytes);
        let read = read.map_err(|_| Error::Unfit("the directory in it cannot be read".into()))?;
        Ok(Some(read.payload))
    }

    fn check(&self, bytes: &[u8], newest: Option<&Directory>) -> Result<Directory> {
        let (roots, today) = ((self.roots.as_slice(), self.threshold), self.clock.today());
        let seen = newest.map(Directory::pin);
        Directory::verify(bytes, roots, self.instance, seen, today).map_err(|refused| {
            let here = newest.map(|newest| format!("; version {} is published", newest.version));
            Error::Cannot(format!("{refused}{}", here.unwrap_or_default()))
        })
    }

    async fn store(&self, bytes: &[u8], directory: &Directory) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        transaction
            .publish_directory(directory.version, directory.expires, bytes)
            .await?;
        self.settle_administrators(&mut transaction, directory).await?;
        self.settle_units(&mut transaction, directory).await?;
        self.check_given(&mut transaction, directory).await?;
        let (hash, now) = (directory.hash(), self.clock.minute());
        audit::record(
            &mut transaction,
            Actor::Operator,
            "publish directory",
            &hash.0,
            now,
        )
        .await?;
        transaction.commit().await
    }

    /// Whoever is listed now was vouched for by the roots.
    async fn settle_administrators(&self, to: &mut Transaction, directory: &Directory) -> Result<()> {
        for (lookup, joining) in to.administrators_to_list().await? {
            let joining = Joining::read(&joining).ok();
            let listed = |joining: Joining| directory.administrators.contains(&joining.proven.signer);
            if joining.is_some_and(listed) {
                to.close_answered(lookup, self.clock.today()).await?;
            }
        }
        Ok(())
    }
}
