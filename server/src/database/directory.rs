//! The signed directory, and the chains of groups with their members and wraps.

use super::{Database, Transaction, execute, fixed, number, reading, within};
use crate::error::Result;
use protocol::id::{AccountId, Day, GroupId};

/// What a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// A compartment of a unit, whose chain everybody is shown.
    Compartment,
    /// A partner organisation, whose chain its members are shown.
    Partner,
}

impl Database {
    /// The newest directory and the last day on which clients accept it.
    pub async fn newest_directory(&self) -> Result<Option<(Day, Vec<u8>)>> {
        const SQL: &str = "SELECT expires_on, bytes FROM directory ORDER BY version DESC LIMIT 1";
        let row: Option<(i64, Vec<u8>)> =
            reading!(self, |pool| sqlx::query_as(SQL).fetch_optional(pool).await)?;
        row.map(|(day, bytes)| Ok((Day(number(day)?), bytes))).transpose()
    }

    /// The links of every compartment that is not taken off, and of the partner organisations that `account` is in: by group, in order.
    /// Administrators, who sign where every chain stands, are given all.
    pub async fn links_for(&self, account: AccountId) -> Result<Vec<(GroupId, Vec<u8>)>> {
        const SQL: &str = "SELECT link.group_id, link.bytes FROM link \
             JOIN chain ON chain.group_id = link.group_id \
             WHERE (chain.kind = 'compartment' \
                OR EXISTS (SELECT 1 FROM member WHERE member.group_id = link.group_id AND member.account = $1) \
                OR EXISTS (SELECT 1 FROM account WHERE id = $1 AND role = 'administrator')) \
             AND NOT EXISTS (SELECT 1 FROM compartment AS gone WHERE gone.group_id = link.group_id AND gone.closed_on IS NOT NULL) \
             ORDER BY link.group_id, link.sequence";
        let rows: Vec<(Vec<u8>, Vec<u8>)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&account.0[..])
            .fetch_all(pool)
            .await)?;
        rows.into_iter()
            .map(|(group, bytes)| Ok((fixed(&group, GroupId::from_slice)?, bytes)))
            .collect()
    }

    /// The epoch identities that are sealed to `account`.
    pub async fn wraps_of(&self, account: AccountId) -> Result<Vec<Vec<u8>>> {
        const SQL: &str = "SELECT bytes FROM wrap WHERE account = $1 AND NOT EXISTS \
             (SELECT 1 FROM compartment AS gone WHERE gone.group_id = wrap.group_id AND gone.closed_on IS NOT NULL) \
             ORDER BY group_id, epoch";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&account.0[..])
            .fetch_all(pool)
            .await)?)
    }

    /// The compartments that `account` is a member of, and that are not taken off.
    pub async fn compartments_of(&self, account: AccountId) -> Result<Vec<GroupId>> {
        const SQL: &str = "SELECT member.group_id FROM member JOIN chain ON chain.group_id = member.group_id \
             WHERE member.account = $1 AND chain.kind = 'compartment' AND NOT EXISTS \
             (SELECT 1 FROM compartment AS gone WHERE gone.group_id = member.group_id AND gone.closed_on IS NOT NULL) \
             ORDER BY member.group_id";
        let rows: Vec<Vec<u8>> = reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&account.0[..])
            .fetch_all(pool)
            .await)?;
        rows.iter()
            .map(|group| fixed(group, GroupId::from_slice))
            .collect()
    }
}

impl Transaction {
    /// Publishes a directory: its version, the last day on which clients accept it, and the signed bytes.
    pub async fn publish_directory(&mut self, version: u32, expires_on: Day, bytes: &[u8]) -> Result<()> {
        const SQL: &str = "INSERT INTO directory (version, expires_on, bytes) VALUES ($1, $2, $3)";
        let (version, day) = (i64::from(version), i64::from(expires_on.0));
        execute!(self, sqlx::query(SQL).bind(version).bind(day).bind(bytes))?;
        Ok(())
    }

    /// The links of every group that is not taken off: by group, in order.
    pub async fn given_links(&mut self) -> Result<Vec<(GroupId, Vec<u8>)>> {
        const SQL: &str = "SELECT group_id, bytes FROM link WHERE NOT EXISTS \
             (SELECT 1 FROM compartment AS gone WHERE gone.group_id = link.group_id AND gone.closed_on IS NOT NULL) \
             ORDER BY group_id, sequence";
        let rows: Vec<(Vec<u8>, Vec<u8>)> =
            within!(self, |connection| sqlx::query_as(SQL).fetch_all(connection).await)?;
        rows.into_iter()
            .map(|(group, bytes)| Ok((fixed(&group, GroupId::from_slice)?, bytes)))
            .collect()
    }

    /// Makes a group, which has no links yet.
    pub async fn insert_group(&mut self, group: GroupId, kind: GroupKind) -> Result<()> {
        const SQL: &str = "INSERT INTO chain (group_id, kind) VALUES ($1, $2)";
        let kind = match kind {
            GroupKind::Compartment => "compartment",
            GroupKind::Partner => "partner",
        };
        execute!(self, sqlx::query(SQL).bind(&group.0[..]).bind(kind))?;
        Ok(())
    }

    /// Adds the next link to a group's chain.
    pub async fn insert_link(&mut self, group: GroupId, sequence: u32, bytes: &[u8]) -> Result<()> {
        const SQL: &str = "INSERT INTO link (group_id, sequence, bytes) VALUES ($1, $2, $3)";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&group.0[..])
                .bind(i64::from(sequence))
                .bind(bytes)
        )?;
        Ok(())
    }

    /// Lets an account fetch what a group holds, and sign links if it leads.
    pub async fn insert_member(&mut self, group: GroupId, account: AccountId, lead: bool) -> Result<()> {
        const SQL: &str = "INSERT INTO member (group_id, account, lead) VALUES ($1, $2, $3)";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&group.0[..])
                .bind(&account.0[..])
                .bind(lead)
        )?;
        Ok(())
    }

    /// Stops an account from fetching what a group holds.
    pub async fn delete_member(&mut self, group: GroupId, account: AccountId) -> Result<()> {
        const SQL: &str = "DELETE FROM member WHERE group_id = $1 AND account = $2";
        execute!(self, sqlx::query(SQL).bind(&group.0[..]).bind(&account.0[..]))?;
        Ok(())
    }

    /// Stores an epoch's identity, sealed to one member, where that member has none of it yet; says whether it was.
    pub async fn insert_wrap(
        &mut self,
        group: GroupId,
        epoch: u32,
        account: AccountId,
        bytes: &[u8],
    ) -> Result<bool> {
        const SQL: &str = "INSERT INTO wrap (group_id, epoch, account, bytes) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (group_id, epoch, account) DO NOTHING";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&group.0[..])
                .bind(i64::from(epoch))
                .bind(&account.0[..])
                .bind(bytes)
        )?;
        Ok(rows == 1)
    }
}
