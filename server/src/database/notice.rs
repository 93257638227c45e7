//! Mail: who asked for it, whom it is still to be sent to, and duty addresses.

use super::{Database, Transaction, execute, fixed, number, reading, unreadable, within};
use crate::{error::Result, notice::Lane};
use protocol::id::{AccountId, Day, GroupId, Minute};

/// A mail that waits to be sent.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its own, random.
    pub id: [u8; 16],
    /// The account or the compartment whose address it goes to.
    pub beside: [u8; 16],
    /// The address, sealed.
    pub address: Vec<u8>,
}

/// A duty address and its hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDuty {
    /// Sealed.
    pub address: Vec<u8>,
    /// The hour from which it is watched.
    pub opens: u8,
    /// The hour until which it is.
    pub closes: u8,
    /// Whether at weekends too.
    pub weekends: bool,
}

/// For as long as it is there, no other server carries the same mail.
pub struct Turn(Option<Transaction>);

impl Turn {
    /// Lets others.
    pub async fn end(self) -> Result<()> {
        match self.0 {
            Some(transaction) => transaction.commit().await,
            None => Ok(()),
        }
    }
}

const DUTY: &str = "SELECT address, opens, closes, weekends FROM duty WHERE group_id = $1";

type DutyRow = (Vec<u8>, i64, i64, bool);

impl Database {
    /// Where somebody is sent the daily notice, if they asked for it.
    pub async fn notice_address(&self, account: AccountId) -> Result<Option<Vec<u8>>> {
        const SQL: &str = "SELECT address FROM notice_address WHERE account = $1";
        Ok(reading!(self, |pool| sqlx::query_scalar(SQL)
            .bind(&account.0[..])
            .fetch_optional(pool)
            .await)?)
    }

    /// The duty address of a compartment.
    pub async fn duty(&self, group: GroupId) -> Result<Option<StoredDuty>> {
        let row: Option<DutyRow> = reading!(self, |pool| sqlx::query_as(DUTY)
            .bind(&group.0[..])
            .fetch_optional(pool)
            .await)?;
        row.map(read_duty).transpose()
    }

    /// The day whose notices were begun last.
    pub async fn last_round(&self) -> Result<Option<Day>> {
        const SQL: &str = "SELECT max(day) FROM mail_round";
        let day: Option<i64> = reading!(self, |pool| sqlx::query_scalar(SQL).fetch_one(pool).await)?;
        day.map(|day| Ok(Day(number(day)?))).transpose()
    }

    /// Takes the turn to carry the mail of that name; nothing while another server has it. One file has one server.
    pub async fn mail_turn(&self, name: &str) -> Result<Option<Turn>> {
        // Such a lock is the whole database's, which may hold another portal's tables in another schema.
        const LOCK: &str =
            "SELECT pg_try_advisory_xact_lock(hashtextextended('mail ' || current_schema() || ' ' || $1, 0))";
        let Self::Postgres(pool) = self else {
            return Ok(Some(Turn(None)));
        };
        let mut transaction = pool.begin().await?;
        let taken: bool = sqlx::query_scalar(LOCK)
            .bind(name)
            .fetch_one(&mut *transaction)
            .await?;
        let turn = || Turn(Some(Transaction::Postgres(transaction)));
        Ok(taken.then(turn))
    }

    /// The first mail of a lane that is due `now`, after the one with the id `last`.
    pub async fn next_mail(
        &self,
        lane: Lane,
        now: Minute,
        last: Option<[u8; 16]>,
    ) -> Result<Option<Waiting>> {
        const NOTICES: &str = "SELECT outbox.id, outbox.account, notice_address.address FROM outbox \
             JOIN notice_address ON notice_address.account = outbox.account \
             WHERE outbox.due_at <= $1 AND outbox.id > $2 ORDER BY outbox.id LIMIT 1";
        const PAGES: &str = "SELECT outbox.id, outbox.group_id, duty.address FROM outbox \
             JOIN duty ON duty.group_id = outbox.group_id \
             WHERE outbox.due_at <= $1 AND outbox.id > $2 ORDER BY outbox.id LIMIT 1";
        let sql = match lane {
            Lane::Notices => NOTICES,
            Lane::Pages => PAGES,
        };
        let after = last.map(|last| last.to_vec()).unwrap_or_default();
        let row: Option<(Vec<u8>, Vec<u8>, Vec<u8>)> = reading!(self, |pool| sqlx::query_as(sql)
            .bind(i64::from(now.0))
            .bind(after)
            .fetch_optional(pool)
            .await)?;
        let waiting = |(id, beside, address): (Vec<u8>, Vec<u8>, Vec<u8>)| {
            Ok(Waiting {
                id: sixteen(&id)?,
                beside: sixteen(&beside)?,
                address,
            })
        };
        row.map(waiting).transpose()
    }
}

impl Transaction {
    /// Remembers where somebody is sent the daily notice.
    pub async fn set_notice_address(&mut self, account: AccountId, address: &[u8]) -> Result<()> {
        const SQL: &str = "INSERT INTO notice_address (account, address) VALUES ($1, $2) \
             ON CONFLICT (account) DO UPDATE SET address = excluded.address";
        execute!(self, sqlx::query(SQL).bind(&account.0[..]).bind(address))?;
        Ok(())
    }

    /// Forgets where somebody was sent the daily notice, and what of it waits; says whether anything was there.
    pub async fn delete_notice_address(&mut self, account: AccountId) -> Result<bool> {
        const SQL: &str = "DELETE FROM notice_address WHERE account = $1";
        let rows = execute!(self, sqlx::query(SQL).bind(&account.0[..]))?;
        Ok(rows == 1)
    }

    /// Whoever asked for the daily notice and can sign in.
    pub async fn noticed(&mut self) -> Result<Vec<AccountId>> {
        const SQL: &str = "SELECT account FROM notice_address \
             WHERE NOT EXISTS (SELECT 1 FROM suspended WHERE suspended.account = notice_address.account)";
        let rows: Vec<Vec<u8>> = within!(self, |connection| sqlx::query_scalar(SQL)
            .fetch_all(connection)
            .await)?;
        let read = |id: Vec<u8>| fixed(&id, AccountId::from_slice);
        rows.into_iter().map(read).collect()
    }

    /// Begins the notices of a day in the place of all before; says whether nobody had.
    pub async fn begin_round(&mut self, day: Day) -> Result<bool> {
        const SQL: &str = "INSERT INTO mail_round (day) SELECT $1 \
             WHERE NOT EXISTS (SELECT 1 FROM mail_round WHERE day >= $1) ON CONFLICT (day) DO NOTHING";
        const BEFORE: &str = "DELETE FROM mail_round WHERE day < $1";
        const UNSENT: &str = "DELETE FROM outbox WHERE account IS NOT NULL";
        let day = i64::from(day.0);
        if execute!(self, sqlx::query(SQL).bind(day))? == 0 {
            return Ok(false);
        }
        execute!(self, sqlx::query(BEFORE).bind(day))?;
        execute!(self, sqlx::query(UNSENT))?;
        Ok(true)
    }

    /// Leaves the day's notice to somebody, to be sent from `due` on. Where one waits there is no second.
    pub async fn insert_notice(&mut self, id: [u8; 16], account: AccountId, due: Minute) -> Result<()> {
        const SQL: &str =
            "INSERT INTO outbox (id, account, due_at) VALUES ($1, $2, $3) ON CONFLICT (account) DO NOTHING";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&id[..])
                .bind(&account.0[..])
                .bind(i64::from(due.0))
        )?;
        Ok(())
    }

    /// Leaves a mail to the duty address of a compartment, to be sent at once. Where one waits there is no second.
    pub async fn insert_page(&mut self, id: [u8; 16], group: GroupId) -> Result<()> {
        const SQL: &str =
            "INSERT INTO outbox (id, group_id, due_at) VALUES ($1, $2, 0) ON CONFLICT (group_id) DO NOTHING";
        execute!(self, sqlx::query(SQL).bind(&id[..]).bind(&group.0[..]))?;
        Ok(())
    }

    /// Removes a mail that was sent.
    pub async fn delete_mail(&mut self, id: [u8; 16]) -> Result<()> {
        const SQL: &str = "DELETE FROM outbox WHERE id = $1";
        execute!(self, sqlx::query(SQL).bind(&id[..]))?;
        Ok(())
    }

    /// The duty address of a compartment.
    pub async fn duty(&mut self, group: GroupId) -> Result<Option<StoredDuty>> {
        let row: Option<DutyRow> = within!(self, |connection| sqlx::query_as(DUTY)
            .bind(&group.0[..])
            .fetch_optional(connection)
            .await)?;
        row.map(read_duty).transpose()
    }

    /// Remembers the duty address of a compartment, or forgets it and what waits for it.
    pub async fn set_duty(&mut self, group: GroupId, duty: Option<&StoredDuty>) -> Result<()> {
        const FORGET: &str = "DELETE FROM duty WHERE group_id = $1";
        const SQL: &str = "INSERT INTO duty (group_id, address, opens, closes, weekends) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (group_id) DO UPDATE SET address = excluded.address, opens = excluded.opens, \
             closes = excluded.closes, weekends = excluded.weekends";
        let Some(duty) = duty else {
            execute!(self, sqlx::query(FORGET).bind(&group.0[..]))?;
            return Ok(());
        };
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&group.0[..])
                .bind(&duty.address)
                .bind(i64::from(duty.opens))
                .bind(i64::from(duty.closes))
                .bind(duty.weekends)
        )?;
        Ok(())
    }
}

fn read_duty((address, opens, closes, weekends): DutyRow) -> Result<StoredDuty> {
    Ok(StoredDuty {
        address,
        opens: number(opens)?,
        closes: number(closes)?,
        weekends,
    })
}

fn sixteen(bytes: &[u8]) -> Result<[u8; 16]> {
    let sixteen = bytes.try_into();
    sixteen.map_err(|_| unreadable("an identifier of another length"))
}
