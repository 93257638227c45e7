//! Who of a compartment is there.

use super::{Database, Transaction, execute, fixed, number, reading};
use crate::error::Result;
use app::group::cover::Cover;
use protocol::id::{AccountId, Day, GroupId};

/// Group, account, whether they may sign in and have the newest key, up to which day they are away.
type Row = (Vec<u8>, Vec<u8>, bool, Option<i64>);

impl Database {
    /// The compartments that an account is in, and who of each is there `today`.
    pub async fn cover_of(&self, account: AccountId, today: Day) -> Result<Vec<Cover>> {
        const SQL: &str = "SELECT member.group_id, member.account, account.closed_on IS NULL AND \
             NOT EXISTS (SELECT 1 FROM suspended WHERE suspended.account = member.account) AND \
             EXISTS (SELECT 1 FROM wrap WHERE wrap.group_id = member.group_id AND wrap.account = member.account \
                 AND wrap.epoch = (SELECT max(newest.epoch) FROM wrap AS newest WHERE newest.group_id = member.group_id)), \
             account.away_until FROM member \
             JOIN chain ON chain.group_id = member.group_id AND chain.kind = 'compartment' \
             JOIN account ON account.id = member.account \
             JOIN member AS own ON own.group_id = member.group_id AND own.account = $1 \
             ORDER BY member.group_id, member.account";
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&account.0[..])
            .fetch_all(pool)
            .await)?;
        let mut all: Vec<Cover> = Vec::new();
        for (group, account, able, until) in rows {
            let group = fixed(&group, GroupId::from_slice)?;
            let account = fixed(&account, AccountId::from_slice)?;
            let until = until.map(|day| number(day).map(Day)).transpose()?;
            let until = until.filter(|until| *until >= today);
            if all.last().is_none_or(|last| last.group != group) {
                all.push(Cover {
                    group,
                    present: 0,
                    away: Vec::new(),
                });
            }
            if let Some(cover) = all.last_mut() {
                cover.present += u32::from(able && until.is_none());
                cover.away.extend(until.map(|until| (account, until)));
            }
        }
        Ok(all)
    }
}

impl Transaction {
    /// Remembers up to which day somebody is away, or that they are back.
    pub async fn set_away(&mut self, account: AccountId, until: Option<Day>) -> Result<()> {
        const SQL: &str = "UPDATE account SET away_until = $2 WHERE id = $1";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&account.0[..])
                .bind(until.map(|day| i64::from(day.0)))
        )?;
        Ok(())
    }
}
