//! Groups as they change: their links, who leads, what waits for a signature.

use super::{Database, Transaction, execute, fixed, number, reading, within};
use crate::error::Result;
use protocol::id::{AccountId, AppendId, Day, GroupId, Hash};

/// A change that waits for another signature.
#[derive(Clone, Debug)]
pub struct StoredDraft {
    /// Its id.
    pub id: AppendId,
    /// The group.
    pub group: GroupId,
    /// Who drafted it.
    pub account: AccountId,
    /// What is to be founded, where the group is not there yet.
    pub founding: Option<String>,
    /// The draft.
    pub bytes: Vec<u8>,
}

/// Id, group, account, founding, bytes.
type Row = (Vec<u8>, Vec<u8>, Vec<u8>, Option<String>, Vec<u8>);

impl Database {
    /// Whether an account leads a group.
    pub async fn is_lead(&self, group: GroupId, account: AccountId) -> Result<bool> {
        const SQL: &str =
            "SELECT EXISTS (SELECT 1 FROM member WHERE group_id = $1 AND account = $2 AND lead)";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&group.0[..])
            .bind(&account.0[..])
            .fetch_one(pool)
            .await)?)
    }

    /// Whether a group is a partner organisation; nothing where there is no such group.
    pub async fn is_partner(&self, group: GroupId) -> Result<Option<bool>> {
        const SQL: &str = "SELECT kind = 'partner' FROM chain WHERE group_id = $1";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&group.0[..])
            .fetch_optional(pool)
            .await)?)
    }

    /// The links of a group, in order.
    pub async fn links(&self, group: GroupId) -> Result<Vec<Vec<u8>>> {
        const SQL: &str = "SELECT bytes FROM link WHERE group_id = $1 ORDER BY sequence";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&group.0[..])
            .fetch_all(pool)
            .await)?)
    }

    /// The drafts for groups that an account leads.
    pub async fn drafts_for(&self, account: AccountId) -> Result<Vec<StoredDraft>> {
        const SQL: &str = "SELECT draft.id, draft.group_id, draft.account, draft.founding, draft.bytes FROM draft \
             JOIN member ON member.group_id = draft.group_id AND member.account = $1 AND member.lead \
             ORDER BY draft.id";
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&account.0[..])
            .fetch_all(pool)
            .await)?;
        rows.into_iter().map(read_draft).collect()
    }

    /// The answer to an invitation.
    pub async fn joining(&self, lookup: Hash) -> Result<Option<Vec<u8>>> {
        const SQL: &str = "SELECT joining FROM invitation WHERE lookup = $1 AND joining IS NOT NULL";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&lookup.0[..])
            .fetch_optional(pool)
            .await)?)
    }

    /// What waits to be founded.
    pub async fn foundings(&self) -> Result<Vec<StoredDraft>> {
        const SQL: &str =
            "SELECT id, group_id, account, founding, bytes FROM draft WHERE founding IS NOT NULL";
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(SQL).fetch_all(pool).await)?;
        rows.into_iter().map(read_draft).collect()
    }

    /// What waits to be founded for this application or unit.
    pub async fn founding(&self, subject: &str) -> Result<Option<StoredDraft>> {
        const SQL: &str = "SELECT id, group_id, account, founding, bytes FROM draft WHERE founding = $1";
        let row: Option<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(subject)
            .fetch_optional(pool)
            .await)?;
        row.map(read_draft).transpose()
    }

    /// What waits to be founded as this group.
    pub async fn founding_of(&self, group: GroupId) -> Result<Option<StoredDraft>> {
        const SQL: &str = "SELECT id, group_id, account, founding, bytes FROM draft \
             WHERE group_id = $1 AND founding IS NOT NULL";
        let row: Option<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&group.0[..])
            .fetch_optional(pool)
            .await)?;
        row.map(read_draft).transpose()
    }

    /// A draft.
    pub async fn draft(&self, id: AppendId) -> Result<Option<StoredDraft>> {
        const SQL: &str = "SELECT id, group_id, account, founding, bytes FROM draft WHERE id = $1";
        let row: Option<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&id.0[..])
            .fetch_optional(pool)
            .await)?;
        row.map(read_draft).transpose()
    }
}

impl Transaction {
    /// Stores a draft, where none waits already to found the same; says whether it was.
    pub async fn insert_draft(&mut self, draft: &StoredDraft, day: Day) -> Result<bool> {
        const SQL: &str = "INSERT INTO draft (id, group_id, account, founding, bytes, drafted_on) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&draft.id.0[..])
                .bind(&draft.group.0[..])
                .bind(&draft.account.0[..])
                .bind(draft.founding.as_deref())
                .bind(&draft.bytes)
                .bind(i64::from(day.0))
        )?;
        Ok(rows == 1)
    }

    /// Removes a draft; says whether there was one.
    pub async fn delete_draft(&mut self, id: AppendId) -> Result<bool> {
        const SQL: &str = "DELETE FROM draft WHERE id = $1";
        let rows = execute!(self, sqlx::query(SQL).bind(&id.0[..]))?;
        Ok(rows == 1)
    }

    /// Changes a draft, where it still stands as it stood; says whether it did.
    pub async fn change_draft(&mut self, id: AppendId, before: &[u8], after: &[u8]) -> Result<bool> {
        const SQL: &str = "UPDATE draft SET bytes = $3 WHERE id = $1 AND bytes = $2";
        let rows = execute!(self, sqlx::query(SQL).bind(&id.0[..]).bind(before).bind(after))?;
        Ok(rows == 1)
    }

    /// Removes a draft, where it still stands as it stood; says whether it did.
    pub async fn take_draft(&mut self, id: AppendId, before: &[u8]) -> Result<bool> {
        const SQL: &str = "DELETE FROM draft WHERE id = $1 AND bytes = $2";
        let rows = execute!(self, sqlx::query(SQL).bind(&id.0[..]).bind(before))?;
        Ok(rows == 1)
    }

    /// Removes the drafts that an account made.
    pub async fn delete_drafts_of(&mut self, account: AccountId) -> Result<()> {
        const SQL: &str = "DELETE FROM draft WHERE account = $1";
        execute!(self, sqlx::query(SQL).bind(&account.0[..]))?;
        Ok(())
    }

    /// Removes the drafts of a group, which no longer follow its last link.
    pub async fn delete_drafts(&mut self, group: GroupId) -> Result<()> {
        const SQL: &str = "DELETE FROM draft WHERE group_id = $1";
        execute!(self, sqlx::query(SQL).bind(&group.0[..]))?;
        Ok(())
    }

    /// How many links a group has.
    pub async fn count_links(&mut self, group: GroupId) -> Result<u32> {
        const SQL: &str = "SELECT count(*) FROM link WHERE group_id = $1";
        let count: i64 = within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(&group.0[..])
            .fetch_one(connection)
            .await)?;
        number(count)
    }

    /// Whether an account is in no group at all.
    pub async fn is_in_no_group(&mut self, account: AccountId) -> Result<bool> {
        const SQL: &str = "SELECT NOT EXISTS (SELECT 1 FROM member WHERE account = $1)";
        Ok(within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(&account.0[..])
            .fetch_one(connection)
            .await)?)
    }

    /// The members of a group.
    pub async fn members_of(&mut self, group: GroupId) -> Result<Vec<AccountId>> {
        const SQL: &str = "SELECT account FROM member WHERE group_id = $1";
        let rows: Vec<Vec<u8>> = within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(&group.0[..])
            .fetch_all(connection)
            .await)?;
        rows.iter()
            .map(|account| fixed(account, AccountId::from_slice))
            .collect()
    }

    /// Removes every member of a group, before those that its chain now names are put in their place.
    pub async fn delete_members(&mut self, group: GroupId) -> Result<()> {
        const SQL: &str = "DELETE FROM member WHERE group_id = $1";
        execute!(self, sqlx::query(SQL).bind(&group.0[..]))?;
        Ok(())
    }

    /// Forgets what was sealed to an account in a group that it has left.
    pub async fn delete_wraps(&mut self, group: GroupId, account: AccountId) -> Result<()> {
        const SQL: &str = "DELETE FROM wrap WHERE group_id = $1 AND account = $2";
        execute!(self, sqlx::query(SQL).bind(&group.0[..]).bind(&account.0[..]))?;
        Ok(())
    }

    /// Stores an epoch's identity, sealed to the recovery key with the hash `recovery`, where that key has none of it yet;
    /// says whether it was.
    pub async fn insert_recovery_wrap(
        &mut self,
        group: GroupId,
        epoch: u32,
        recovery: Hash,
        bytes: &[u8],
    ) -> Result<bool> {
        const SQL: &str = "INSERT INTO recovery_wrap (group_id, epoch, recovery, bytes) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (group_id, epoch, recovery) DO NOTHING";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&group.0[..])
                .bind(i64::from(epoch))
                .bind(&recovery.0[..])
                .bind(bytes)
        )?;
        Ok(rows == 1)
    }
}

fn read_draft((id, group, account, founding, bytes): Row) -> Result<StoredDraft> {
    Ok(StoredDraft {
        id: fixed(&id, AppendId::from_slice)?,
        group: fixed(&group, GroupId::from_slice)?,
        account: fixed(&account, AccountId::from_slice)?,
        founding,
        bytes,
    })
}
