//! Organisations that are on board.

use super::super::{Database, Transaction, execute, fixed, number, reading};
use crate::error::Result;
use app::partner::{keeping::Kept, on_board::Partner};
use protocol::id::{AccountId, AppendId, Day, GroupId};

/// Group, name, founded, confirmed, suspended, accounts.
type Row = (Vec<u8>, String, i64, i64, Option<i64>, i64);

impl Database {
    /// All of them, by name.
    pub async fn partners(&self) -> Result<Vec<Partner>> {
        const SQL: &str = "SELECT partner.group_id, partner.name, partner.founded_on, partner.confirmed_on, partner.suspended_on, \
             (SELECT count(*) FROM member WHERE member.group_id = partner.group_id) \
             FROM partner ORDER BY partner.name, partner.group_id";
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(SQL).fetch_all(pool).await)?;
        rows.into_iter().map(read).collect()
    }

    /// Those that an account leads, with the members whom a lead has suspended.
    pub async fn partners_led_by(&self, account: AccountId) -> Result<Vec<Kept>> {
        const LED: &str = "SELECT partner.group_id, partner.confirmed_on FROM partner \
             JOIN member ON member.group_id = partner.group_id \
             WHERE member.account = $1 AND member.lead ORDER BY partner.group_id";
        const SUSPENDED: &str = "SELECT member.account FROM member JOIN account ON account.id = member.account \
             WHERE member.group_id = $1 AND account.suspended_on IS NOT NULL ORDER BY member.account";
        let rows: Vec<(Vec<u8>, i64)> = reading!(self, |pool| sqlx::query_as(LED)
            .bind(&account.0[..])
            .fetch_all(pool)
            .await)?;
        let mut all = Vec::new();
        for (group, confirmed) in rows {
            let suspended: Vec<Vec<u8>> = reading!(self, |pool| sqlx::query_scalar(SUSPENDED)
                .bind(&group)
                .fetch_all(pool)
                .await)?;
            let suspended = suspended.iter().map(|id| fixed(id, AccountId::from_slice));
            all.push(Kept {
                group: fixed(&group, GroupId::from_slice)?,
                confirmed: Day(number(confirmed)?),
                suspended: suspended.collect::<Result<_>>()?,
            });
        }
        Ok(all)
    }

    /// Whether an organisation is suspended; a compartment never is.
    pub async fn is_suspended(&self, group: GroupId) -> Result<bool> {
        const SQL: &str =
            "SELECT EXISTS (SELECT 1 FROM partner WHERE group_id = $1 AND suspended_on IS NOT NULL)";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&group.0[..])
            .fetch_one(pool)
            .await)?)
    }

    /// The applications whose organisations are on board.
    pub async fn applications_on_board(&self) -> Result<Vec<AppendId>> {
        const SQL: &str = "SELECT application FROM partner WHERE application IS NOT NULL";
        let rows: Vec<Vec<u8>> = reading!(self, |pool| sqlx::query_scalar(SQL).fetch_all(pool).await)?;
        rows.iter().map(|id| fixed(id, AppendId::from_slice)).collect()
    }
}

impl Transaction {
    /// Puts an organisation on board, where none came of its application yet; says whether it was.
    pub async fn insert_partner(
        &mut self,
        group: GroupId,
        name: &str,
        application: Option<AppendId>,
        day: Day,
    ) -> Result<bool> {
        const SQL: &str = "INSERT INTO partner (group_id, name, application, founded_on, confirmed_on) \
             VALUES ($1, $2, $3, $4, $4) ON CONFLICT DO NOTHING";
        let application = application.map(|id| id.0.to_vec());
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&group.0[..])
                .bind(name)
                .bind(application)
                .bind(i64::from(day.0))
        )?;
        Ok(rows == 1)
    }

    /// Suspends an organisation and ends the sessions of all its people; says whether it was on board and not suspended.
    pub async fn suspend_partner(&mut self, group: GroupId, day: Day) -> Result<bool> {
        const SUSPEND: &str =
            "UPDATE partner SET suspended_on = $2 WHERE group_id = $1 AND suspended_on IS NULL";
        const END: &str =
            "DELETE FROM session WHERE account IN (SELECT account FROM member WHERE group_id = $1)";
        let rows = execute!(
            self,
            sqlx::query(SUSPEND).bind(&group.0[..]).bind(i64::from(day.0))
        )?;
        execute!(self, sqlx::query(END).bind(&group.0[..]))?;
        Ok(rows == 1)
    }

    /// Lifts the suspension of an organisation; says whether it was suspended.
    pub async fn lift_partner(&mut self, group: GroupId) -> Result<bool> {
        const SQL: &str =
            "UPDATE partner SET suspended_on = NULL WHERE group_id = $1 AND suspended_on IS NOT NULL";
        let rows = execute!(self, sqlx::query(SQL).bind(&group.0[..]))?;
        Ok(rows == 1)
    }

    /// Remembers that a lead has confirmed who is there; says whether it is an organisation.
    pub async fn confirm_partner(&mut self, group: GroupId, day: Day) -> Result<bool> {
        const SQL: &str = "UPDATE partner SET confirmed_on = $2 WHERE group_id = $1";
        let rows = execute!(self, sqlx::query(SQL).bind(&group.0[..]).bind(i64::from(day.0)))?;
        Ok(rows == 1)
    }
}

fn read((group, name, founded, confirmed, suspended, accounts): Row) -> Result<Partner> {
    Ok(Partner {
        group: fixed(&group, GroupId::from_slice)?,
        name,
        accounts: number(accounts)?,
        founded: Day(number(founded)?),
        confirmed: Day(number(confirmed)?),
        suspended: suspended.map(|day| number(day).map(Day)).transpose()?,
    })
}
