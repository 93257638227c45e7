//! Audit lines: written once, read in order, never changed. Each chain is a table.

use super::{Database, Transaction, execute, fixed, number, reading, within};
use crate::error::Result;
use protocol::id::{AccountId, Hash, Minute};
use sqlx::AssertSqlSafe;

/// One of the audit chains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Chain {
    /// What staff do, to the minute.
    Staff,
    /// What practitioners do with their accounts, to the day.
    Practitioner,
    /// What is sent, to the day, naming nobody.
    Sent,
}

impl Chain {
    /// Its name: the end of its table's, and part of each line's hash.
    pub fn name(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Practitioner => "practitioner",
            Self::Sent => "sent",
        }
    }
}

/// A line of one of the audit chains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its place in the chain, counted from 1.
    pub sequence: u64,
    /// When, as finely as the chain allows.
    pub at: Minute,
    /// Who, where the chain names anybody.
    pub actor: Option<AccountId>,
    /// What was done.
    pub act: String,
    /// To what.
    pub object: Vec<u8>,
    /// Hash of the line before.
    pub previous: Hash,
    /// Hash of this line.
    pub hash: Hash,
}

/// Sequence, at, actor, act, object, previous, hash.
type Row = (i64, i64, Option<Vec<u8>>, String, Vec<u8>, Vec<u8>, Vec<u8>);

impl Database {
    /// A chain, in order.
    pub async fn audit(&self, chain: Chain) -> Result<Vec<Line>> {
        let sql = format!(
            "SELECT sequence, at, actor, act, object, previous, hash FROM audit_{} ORDER BY sequence",
            chain.name()
        );
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(AssertSqlSafe(sql))
            .fetch_all(pool)
            .await)?;
        rows.into_iter().map(read_line).collect()
    }
}

impl Transaction {
    /// Waits until no other server writes to a chain, and says where it stands.
    pub async fn audit_tip(&mut self, chain: Chain) -> Result<(u64, Hash)> {
        const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtextextended('audit ' || $1, 0))";
        let sql = format!(
            "SELECT sequence, hash FROM audit_{} ORDER BY sequence DESC LIMIT 1",
            chain.name()
        );
        if let Self::Postgres(transaction) = self {
            sqlx::query(LOCK)
                .bind(chain.name())
                .execute(&mut **transaction)
                .await?;
        }
        let row: Option<(i64, Vec<u8>)> = within!(self, |connection| {
            sqlx::query_as(AssertSqlSafe(sql))
                .fetch_optional(connection)
                .await
        })?;
        let Some((sequence, hash)) = row else {
            return Ok((0, Hash::ZERO));
        };
        Ok((number(sequence)?, fixed(&hash, Hash::from_slice)?))
    }

    /// Writes the next line of a chain.
    pub async fn insert_audit(&mut self, chain: Chain, line: &Line) -> Result<()> {
        let sql = format!(
            "INSERT INTO audit_{} (sequence, at, actor, act, object, previous, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            chain.name()
        );
        execute!(
            self,
            sqlx::query(AssertSqlSafe(sql))
                .bind(i64::try_from(line.sequence).unwrap_or(i64::MAX))
                .bind(i64::from(line.at.0))
                .bind(line.actor.as_ref().map(|id| &id.0[..]))
                .bind(&line.act)
                .bind(&line.object)
                .bind(&line.previous.0[..])
                .bind(&line.hash.0[..])
        )?;
        Ok(())
    }
}

fn read_line((sequence, at, actor, act, object, previous, hash): Row) -> Result<Line> {
    Ok(Line {
        sequence: number(sequence)?,
        at: Minute(number(at)?),
        actor: actor.map(|id| fixed(&id, AccountId::from_slice)).transpose()?,
        act,
        object,
        previous: fixed(&previous, Hash::from_slice)?,
        hash: fixed(&hash, Hash::from_slice)?,
    })
}
