//! Organisations that are on board.

use super::super::{Database, Transaction, fixed, number, reading, within};
use crate::error::Result;
use app::partner::on_board::Partner;
use protocol::id::{AppendId, Day, GroupId};

/// Group, name, founded, accounts.
type Row = (Vec<u8>, String, i64, i64);

impl Database {
    /// All of them, by name.
    pub async fn partners(&self) -> Result<Vec<Partner>> {
        const SQL: &str = "SELECT partner.group_id, partner.name, partner.founded_on, \
             (SELECT count(*) FROM member WHERE member.group_id = partner.group_id) \
             FROM partner ORDER BY partner.name, partner.group_id";
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(SQL).fetch_all(pool).await)?;
        rows.into_iter().map(read).collect()
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
        const SQL: &str = "INSERT INTO partner (group_id, name, application, founded_on) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING";
        let application = application.map(|id| id.0.to_vec());
        let rows = within!(self, |connection| {
            sqlx::query(SQL)
                .bind(&group.0[..])
                .bind(name)
                .bind(application)
                .bind(i64::from(day.0))
                .execute(connection)
                .await
                .map(|done| done.rows_affected())
        })?;
        Ok(rows == 1)
    }
}

fn read((group, name, founded, accounts): Row) -> Result<Partner> {
    Ok(Partner {
        group: fixed(&group, GroupId::from_slice)?,
        name,
        accounts: number(accounts)?,
        founded: Day(number(founded)?),
    })
}
