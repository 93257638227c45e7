//! Which deployment a database belongs to, and whether its people are made up.

use super::{Database, execute, reading, within};
use crate::error::{Error, Result};
use protocol::id::Hash;

impl Database {
    /// Makes a new database this instance's own; refuses one that belongs to another, a demonstration where a real
    /// portal is wanted, and the reverse.
    pub async fn claim(&self, instance: Hash, demo: bool) -> Result<()> {
        const SQL: &str =
            "INSERT INTO instance (id, hash, demo) VALUES (1, $1, $2) ON CONFLICT (id) DO NOTHING";
        let mut transaction = self.begin().await?;
        execute!(
            &mut transaction,
            sqlx::query(SQL).bind(&instance.0[..]).bind(demo)
        )?;
        transaction.commit().await?;
        self.assert_claim(instance, demo).await
    }

    async fn assert_claim(&self, instance: Hash, demo: bool) -> Result<()> {
        let unfit = |why: &str| Err(Error::Unfit(why.into()));
        match self.instance().await? {
            Some((_, true)) if !demo => {
                unfit("it holds a demonstration, which is never served as a real portal")
            }
            Some((_, false)) if demo => {
                unfit("it holds a real portal, which is never served as a demonstration")
            }
            Some((hash, _)) if hash != instance.0 => unfit("it belongs to an instance of another name"),
            _ => Ok(()),
        }
    }

    async fn instance(&self) -> Result<Option<(Vec<u8>, bool)>> {
        const SQL: &str = "SELECT hash, demo FROM instance";
        Ok(reading!(self, |pool| sqlx::query_as(SQL)
            .fetch_optional(pool)
            .await)?)
    }

    /// Whether the database takes a write and gives it back; nothing changes.
    pub async fn is_writable(&self) -> Result<bool> {
        const SQL: &str = "UPDATE instance SET hash = hash WHERE id = 1 RETURNING id";
        let mut transaction = self.begin().await?;
        let row: Option<i64> = within!(&mut transaction, |connection| sqlx::query_scalar(SQL)
            .fetch_optional(connection)
            .await)?;
        transaction.commit().await?;
        Ok(row.is_some())
    }
}
