//! Recovery: what is sealed to recovery keys, and when custodians tried theirs.

use super::{Database, Transaction, execute, fixed, number, reading, within};
use crate::error::Result;
use app::group::recovery::Drill;
use protocol::id::{AccountId, Day, GroupId};

impl Database {
    /// The epochs' identities that are sealed to a group's recovery keys.
    pub async fn recovery_wraps(&self, group: GroupId) -> Result<Vec<Vec<u8>>> {
        const SQL: &str = "SELECT bytes FROM recovery_wrap WHERE group_id = $1 ORDER BY epoch, recovery";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&group.0[..])
            .fetch_all(pool)
            .await)?)
    }

    /// The compartments that an account is in, each with the day of its last drill.
    pub async fn drills_of(&self, account: AccountId) -> Result<Vec<Drill>> {
        const SQL: &str = "SELECT member.group_id, \
             (SELECT max(drill.done_on) FROM drill WHERE drill.group_id = member.group_id) FROM member \
             JOIN chain ON chain.group_id = member.group_id \
             WHERE member.account = $1 AND chain.kind = 'compartment' ORDER BY member.group_id";
        let rows: Vec<(Vec<u8>, Option<i64>)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&account.0[..])
            .fetch_all(pool)
            .await)?;
        let drill = |(group, last): (Vec<u8>, Option<i64>)| {
            Ok(Drill {
                group: fixed(&group, GroupId::from_slice)?,
                last: last.map(|day| number(day).map(Day)).transpose()?,
            })
        };
        rows.into_iter().map(drill).collect()
    }
}

impl Transaction {
    /// Remembers a drill; says whether none was remembered for that day.
    pub async fn insert_drill(&mut self, group: GroupId, account: AccountId, day: Day) -> Result<bool> {
        const SQL: &str = "INSERT INTO drill (group_id, done_on, account) VALUES ($1, $2, $3) \
             ON CONFLICT (group_id, done_on) DO NOTHING";
        let rows = execute!(
            self,
            sqlx::query(SQL)
                .bind(&group.0[..])
                .bind(i64::from(day.0))
                .bind(&account.0[..])
        )?;
        Ok(rows == 1)
    }

    /// Whether an account is open and an assessor's: such may hold a compartment.
    pub async fn is_assessor(&mut self, account: AccountId) -> Result<bool> {
        const SQL: &str = "SELECT EXISTS (SELECT 1 FROM account \
             WHERE id = $1 AND role = 'assessor' AND closed_on IS NULL)";
        Ok(within!(self, |connection| sqlx::query_scalar(SQL)
            .bind(&account.0[..])
            .fetch_one(connection)
            .await)?)
    }
}
