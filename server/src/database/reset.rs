//! Resets: what two administrators do for somebody who has lost what opens their keys, or their second step.

use super::{
    Database, Transaction,
    account::{read_role, role_word},
    execute, fixed, number, reading, unreadable,
};
use crate::error::Result;
use app::{
    account::{
        Role,
        reset::{Lost, Reset},
    },
    group::Gone,
};
use protocol::id::{AccountId, Day, GroupId};

/// Account, name, role, lost, administrator, their name, note, asked.
type Row = (Vec<u8>, String, String, String, Vec<u8>, String, String, i64);

impl Database {
    /// What waits to be confirmed. What somebody asked who can no longer sign in does not.
    pub async fn resets(&self) -> Result<Vec<Reset>> {
        const SQL: &str = "SELECT reset.account, account.name, account.role, reset.lost, reset.administrator, asked.name, \
             reset.note, reset.asked_on FROM reset \
             JOIN account ON account.id = reset.account AND account.closed_on IS NULL \
             JOIN account AS asked ON asked.id = reset.administrator AND asked.closed_on IS NULL \
                 AND asked.suspended_on IS NULL \
             ORDER BY reset.asked_on, account.name";
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(SQL).fetch_all(pool).await)?;
        rows.into_iter().map(read).collect()
    }

    /// The open account of that sign-in name, and what it is for.
    pub async fn open_account(&self, name: &str) -> Result<Option<(AccountId, Role)>> {
        const SQL: &str = "SELECT id, role FROM account WHERE name = $1 AND closed_on IS NULL";
        let row: Option<(Vec<u8>, String)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(name)
            .fetch_optional(pool)
            .await)?;
        row.map(|(id, role)| Ok((fixed(&id, AccountId::from_slice)?, read_role(&role)?)))
            .transpose()
    }

    /// The members of groups that an account leads whose own accounts are reset: the lists still name the keys that they lost.
    pub async fn gone_from(&self, lead: AccountId) -> Result<Vec<Gone>> {
        const SQL: &str = "SELECT member.group_id, member.account, account.reset_on FROM member \
             JOIN account ON account.id = member.account \
             JOIN member AS own ON own.group_id = member.group_id AND own.account = $1 AND own.lead \
             WHERE account.reset_on IS NOT NULL ORDER BY member.group_id, member.account";
        let rows: Vec<(Vec<u8>, Vec<u8>, i64)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&lead.0[..])
            .fetch_all(pool)
            .await)?;
        let gone = |(group, account, day): (Vec<u8>, Vec<u8>, i64)| {
            Ok(Gone {
                group: fixed(&group, GroupId::from_slice)?,
                account: fixed(&account, AccountId::from_slice)?,
                since: Day(number(day)?),
            })
        };
        rows.into_iter().map(gone).collect()
    }
}

impl Transaction {
    /// Keeps what an administrator asks, in place of what somebody asked who can no longer sign in; says whether nothing else was
    /// asked for this account.
    pub async fn insert_reset(&mut self, reset: &Reset) -> Result<bool> {
        const CLEAR: &str = "DELETE FROM reset WHERE account = $1 AND administrator IN \
             (SELECT id FROM account WHERE closed_on IS NOT NULL OR suspended_on IS NOT NULL)";
        const SQL: &str = "INSERT INTO reset (account, lost, administrator, note, asked_on) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account) DO NOTHING";
        execute!(self, sqlx::query(CLEAR).bind(&reset.account.0[..]))?;
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&reset.account.0[..])
                .bind(lost_word(reset.lost))
                .bind(&reset.by.0[..])
                .bind(&reset.note)
                .bind(i64::from(reset.day.0))
        )?;
        Ok(rows == 1)
    }

    /// Removes what waits for an account, where it is this; says whether it was.
    pub async fn take_reset(&mut self, account: AccountId, lost: Lost, by: AccountId) -> Result<bool> {
        const SQL: &str = "DELETE FROM reset WHERE account = $1 AND lost = $2 AND administrator = $3";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&account.0[..])
                .bind(lost_word(lost))
                .bind(&by.0[..])
        )?;
        Ok(rows == 1)
    }

    /// Closes an account for good, with everything that opened it and everything that was sealed to it, and frees its name.
    pub async fn reset_keys(&mut self, id: AccountId, role: Role, day: Day) -> Result<()> {
        const RESET: &str = "UPDATE account SET reset_on = $2, keyring = $3 \
             WHERE id = $1 AND role = $4 AND closed_on IS NULL";
        const FORGET: [&str; 2] = [
            "DELETE FROM slot WHERE account = $1",
            "DELETE FROM wrap WHERE account = $1",
        ];
        const REVOKE: &str = "UPDATE invitation SET closed_on = $2 WHERE inviter = $1 AND closed_on IS NULL";
        execute!(
            self,
            sqlx::query(RESET)
                .bind(&id.0[..])
                .bind(i64::from(day.0))
                .bind(&b""[..])
                .bind(role_word(role))
        )?;
        for sql in FORGET {
            execute!(self, sqlx::query(sql).bind(&id.0[..]))?;
        }
        execute!(self, sqlx::query(REVOKE).bind(&id.0[..]).bind(i64::from(day.0)))?;
        self.delete_drafts_of(id).await?;
        self.reset_second_step(id).await?;
        self.close_account(id, day).await
    }

    /// Forgets every second step of an account, and ends its sessions.
    pub async fn reset_second_step(&mut self, id: AccountId) -> Result<()> {
        const PASSKEYS: &str = "DELETE FROM passkey WHERE account = $1";
        self.delete_totp(id).await?;
        self.replace_backup_codes(id, &[]).await?;
        execute!(self, sqlx::query(PASSKEYS).bind(&id.0[..]))?;
        self.end_sessions(id).await
    }
}

fn lost_word(lost: Lost) -> &'static str {
    match lost {
        Lost::Keys => "keys",
        Lost::SecondStep => "second_step",
    }
}

fn read((account, name, role, lost, by, by_name, note, day): Row) -> Result<Reset> {
    Ok(Reset {
        account: fixed(&account, AccountId::from_slice)?,
        name,
        role: read_role(&role)?,
        lost: match lost.as_str() {
            "keys" => Lost::Keys,
            "second_step" => Lost::SecondStep,
            _ => return Err(unreadable("a reset of something else")),
        },
        by: fixed(&by, AccountId::from_slice)?,
        by_name,
        note,
        day: Day(number(day)?),
    })
}
