//! Logs of sealed entries, and the commitment chains they make.

use super::{Database, Transaction, execute, fixed, number, reading, unreadable, within};
use crate::error::Result;
use app::{
    casework::{Head, Waiting},
    concern::Found,
};
use protocol::{
    append::{Append, Commitment, LogKind, NewEntry, Receipt},
    id::{AccountId, AppendId, Day, GroupId, Hash, LogId},
};
use std::collections::HashMap;

/// A log's kind, compartment, and how many entries it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredLog {
    /// Its kind.
    pub kind: LogKind,
    /// Its compartment.
    pub compartment: GroupId,
    /// How many entries it has: the next one's sequence.
    pub entries: u32,
}

/// What decides whether an append may be written.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// SHA-256 of the append of that id, where there is one already.
    pub digest: Option<Hash>,
    /// The compartment's current epoch, the highest that anybody holds; none where it is not a compartment.
    pub epoch: Option<u32>,
    /// Whether the account is a member of the compartment.
    pub is_member: bool,
}

/// Where a commitment chain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tip {
    /// The place of the last entry; 0 before the first.
    pub position: u64,
    /// The head after it.
    pub head: Hash,
}

/// An entry's place, hash, bytes where they are not erased, and the append that wrote it.
#[derive(Clone, Debug)]
pub struct StoredRow {
    /// Its place in the log.
    pub sequence: u32,
    /// SHA-256 of the ciphertext.
    pub hash: Hash,
    /// The bytes.
    pub ciphertext: Option<Vec<u8>>,
    /// What wrote it.
    pub append: AppendId,
}

/// An append as its row has it.
type AppendRow = (Vec<u8>, Vec<u8>, Vec<u8>, i64);
/// Append, position, log, sequence, hash, head.
type CommitmentRow = (Vec<u8>, i64, Vec<u8>, i64, Vec<u8>, Vec<u8>);

impl Database {
    /// A log.
    pub async fn log(&self, id: LogId) -> Result<Option<StoredLog>> {
        let row = reading!(self, |pool| sqlx::query_as(LOG)
            .bind(&id.0[..])
            .fetch_optional(pool)
            .await)?;
        row.map(read_log).transpose()
    }

    /// The entries of a log, in order.
    pub async fn entries(&self, log: LogId) -> Result<Vec<StoredRow>> {
        const SQL: &str =
            "SELECT sequence, hash, ciphertext, append_id FROM entry WHERE log = $1 ORDER BY sequence";
        type Row = (i64, Vec<u8>, Option<Vec<u8>>, Vec<u8>);
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&log.0[..])
            .fetch_all(pool)
            .await)?;
        let read = |(sequence, hash, ciphertext, append): Row| {
            Ok(StoredRow {
                sequence: number(sequence)?,
                hash: fixed(&hash, Hash::from_slice)?,
                ciphertext,
                append: fixed(&append, AppendId::from_slice)?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// What the receipts of all appends to a log say.
    pub async fn receipts_of(&self, log: LogId, instance: Hash) -> Result<HashMap<AppendId, Receipt>> {
        const APPENDS: &str = "SELECT id, digest, compartment, received_on FROM append \
             WHERE id IN (SELECT append_id FROM entry WHERE log = $1)";
        const ENTRIES: &str = "SELECT append_id, position, log, sequence, hash, head FROM entry \
             WHERE append_id IN (SELECT append_id FROM entry WHERE log = $1) ORDER BY position";
        let appends: Vec<AppendRow> = reading!(self, |pool| sqlx::query_as(APPENDS)
            .bind(&log.0[..])
            .fetch_all(pool)
            .await)?;
        let entries: Vec<CommitmentRow> = reading!(self, |pool| sqlx::query_as(ENTRIES)
            .bind(&log.0[..])
            .fetch_all(pool)
            .await)?;
        let mut receipts = appends
            .into_iter()
            .map(|row| read_append(row, instance).map(|receipt| (receipt.append, receipt)))
            .collect::<Result<HashMap<_, _>>>()?;
        for row in entries {
            let append = fixed(&row.0, AppendId::from_slice)?;
            let receipt = receipts
                .get_mut(&append)
                .ok_or_else(|| unreadable("an entry without its append"))?;
            add_commitment(receipt, &row)?;
        }
        Ok(receipts)
    }

    /// Which of `logs` are there, and how many entries each has.
    pub async fn find_threads(&self, logs: &[LogId]) -> Result<Vec<Found>> {
        const SQL: &str = "SELECT log.id, (SELECT count(*) FROM entry WHERE entry.log = log.id) FROM log \
             WHERE log.kind = 'thread' AND log.id IN (";
        let rows: Vec<(Vec<u8>, i64)> = reading!(self, |pool| {
            let mut query = sqlx::QueryBuilder::new(SQL);
            let mut list = query.separated(", ");
            for log in logs {
                list.push_bind(log.0.to_vec());
            }
            query.push(")");
            query.build_query_as().fetch_all(pool).await
        })?;
        let read = |(id, entries): (Vec<u8>, i64)| {
            Ok(Found {
                log: fixed(&id, LogId::from_slice)?,
                entries: number(entries)?,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// The threads of a compartment, newest first. Who asks, and has a connection with which, is still to be said.
    pub async fn threads_in(&self, compartment: GroupId) -> Result<Vec<Waiting>> {
        const SQL: &str = "SELECT log.id, log.created_on, (SELECT count(*) FROM entry WHERE entry.log = log.id), \
                (SELECT position FROM entry WHERE entry.log = log.id AND sequence = 0) AS began \
             FROM log WHERE log.compartment = $1 AND log.kind = 'thread' ORDER BY began DESC";
        type Row = (Vec<u8>, i64, i64, i64);
        let rows: Vec<Row> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&compartment.0[..])
            .fetch_all(pool)
            .await)?;
        let journals = self.journals_in(compartment).await?;
        let read = |(log, received, entries, _): Row| {
            let log = fixed(&log, LogId::from_slice)?;
            Ok(Waiting {
                log,
                compartment,
                received: Day(number(received)?),
                entries: number(entries)?,
                journal: journals.get(&log.journal()).copied().unwrap_or_default(),
                connected: false,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// How many entries each journal of a compartment has.
    async fn journals_in(&self, compartment: GroupId) -> Result<HashMap<LogId, u32>> {
        const SQL: &str = "SELECT log.id, (SELECT count(*) FROM entry WHERE entry.log = log.id) FROM log \
             WHERE log.compartment = $1 AND log.kind = 'journal'";
        let rows: Vec<(Vec<u8>, i64)> = reading!(self, |pool| sqlx::query_as(SQL)
            .bind(&compartment.0[..])
            .fetch_all(pool)
            .await)?;
        let read = |(log, entries): (Vec<u8>, i64)| Ok((fixed(&log, LogId::from_slice)?, number(entries)?));
        rows.into_iter().map(read).collect()
    }

    /// Where the commitment chain of a compartment stands.
    pub async fn head_of(&self, compartment: GroupId) -> Result<Head> {
        let row = reading!(self, |pool| sqlx::query_as(TIP)
            .bind(&compartment.0[..])
            .fetch_optional(pool)
            .await)?;
        let Tip { position, head } = read_tip(row)?;
        Ok(Head {
            compartment,
            position,
            head,
        })
    }

    /// At most `most` commitments of a compartment after position `after`.
    pub async fn commitments(&self, compartment: GroupId, after: u64, most: u32) -> Result<Vec<Commitment>> {
        const SQL: &str = "SELECT append_id, position, log, sequence, hash, head FROM entry \
             WHERE compartment = $1 AND position > $2 ORDER BY position LIMIT $3";
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let rows: Vec<CommitmentRow> = reading!(self, |pool| {
            sqlx::query_as(SQL)
                .bind(&compartment.0[..])
                .bind(after)
                .bind(i64::from(most))
                .fetch_all(pool)
                .await
        })?;
        rows.iter().map(read_commitment).collect()
    }
}

impl Transaction {
    /// Waits until no other server appends. SQLite has one writer anyway.
    pub async fn lock_logs(&mut self) -> Result<()> {
        /// Any number that nothing else in the database locks.
        const LOCK: i64 = 0x63_61_6e_64_6f_75_72;
        if let Self::Postgres(transaction) = self {
            sqlx::query("SELECT pg_advisory_xact_lock($1)")
                .bind(LOCK)
                .execute(&mut **transaction)
                .await?;
        }
        Ok(())
    }

    /// What decides whether an append may be written.
    pub async fn known_of(&mut self, append: &Append, account: Option<AccountId>) -> Result<Known> {
        const SQL: &str = "SELECT (SELECT digest FROM append WHERE id = $1), \
             (SELECT max(wrap.epoch) FROM wrap JOIN chain ON chain.group_id = wrap.group_id \
                WHERE wrap.group_id = $2 AND chain.kind = 'compartment'), \
             EXISTS (SELECT 1 FROM member WHERE group_id = $2 AND account = $3)";
        let (digest, epoch, is_member): (Option<Vec<u8>>, Option<i64>, bool) = within!(self, |connection| {
            sqlx::query_as(SQL)
                .bind(&append.id.0[..])
                .bind(&append.compartment.0[..])
                .bind(account.as_ref().map(|id| &id.0[..]))
                .fetch_one(connection)
                .await
        })?;
        let digest = digest
            .map(|digest| fixed(&digest, Hash::from_slice))
            .transpose()?;
        Ok(Known {
            digest,
            epoch: epoch.map(number).transpose()?,
            is_member,
        })
    }

    /// What the receipt of an append says, where it has been written.
    pub async fn receipt(&mut self, id: AppendId, instance: Hash) -> Result<Option<Receipt>> {
        const APPEND: &str = "SELECT id, digest, compartment, received_on FROM append WHERE id = $1";
        const ENTRIES: &str = "SELECT append_id, position, log, sequence, hash, head FROM entry \
             WHERE append_id = $1 ORDER BY position";
        let row: Option<AppendRow> = within!(self, |connection| {
            sqlx::query_as(APPEND)
                .bind(&id.0[..])
                .fetch_optional(connection)
                .await
        })?;
        let Some(row) = row else { return Ok(None) };
        let mut receipt = read_append(row, instance)?;
        let entries: Vec<CommitmentRow> = within!(self, |connection| {
            sqlx::query_as(ENTRIES)
                .bind(&id.0[..])
                .fetch_all(connection)
                .await
        })?;
        entries
            .iter()
            .try_for_each(|row| add_commitment(&mut receipt, row))?;
        Ok(Some(receipt))
    }

    /// A log.
    pub async fn log(&mut self, id: LogId) -> Result<Option<StoredLog>> {
        let row = within!(self, |connection| sqlx::query_as(LOG)
            .bind(&id.0[..])
            .fetch_optional(connection)
            .await)?;
        row.map(read_log).transpose()
    }

    /// Where the commitment chain of a compartment stands.
    pub async fn tip(&mut self, compartment: GroupId) -> Result<Tip> {
        let row = within!(self, |connection| {
            sqlx::query_as(TIP)
                .bind(&compartment.0[..])
                .fetch_optional(connection)
                .await
        })?;
        read_tip(row)
    }

    /// Writes an append's own row.
    pub async fn insert_append(&mut self, append: &Append, digest: Hash, day: Day) -> Result<()> {
        const SQL: &str = "INSERT INTO append (id, digest, compartment, received_on) VALUES ($1, $2, $3, $4)";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&append.id.0[..])
                .bind(&digest.0[..])
                .bind(&append.compartment.0[..])
                .bind(i64::from(day.0))
        )?;
        Ok(())
    }

    /// Begins a log.
    pub async fn insert_log(&mut self, entry: &NewEntry, compartment: GroupId, day: Day) -> Result<()> {
        const SQL: &str = "INSERT INTO log (id, kind, compartment, created_on) VALUES ($1, $2, $3, $4)";
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&entry.log.0[..])
                .bind(kind_word(entry.kind))
                .bind(&compartment.0[..])
                .bind(i64::from(day.0))
        )?;
        Ok(())
    }

    /// Writes an entry, which stands at `line` of the commitment chain and moves its head to `head`.
    pub async fn insert_entry(
        &mut self,
        append: &Append,
        entry: &NewEntry,
        line: Commitment,
        head: Hash,
    ) -> Result<()> {
        const SQL: &str = "INSERT INTO entry \
             (log, sequence, compartment, position, hash, head, length, ciphertext, append_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let position = i64::try_from(line.position).unwrap_or(i64::MAX);
        let length = i64::try_from(entry.ciphertext.len()).unwrap_or(i64::MAX);
        execute!(
            self,
            sqlx::query(SQL)
                .bind(&entry.log.0[..])
                .bind(i64::from(entry.sequence))
                .bind(&append.compartment.0[..])
                .bind(position)
                .bind(&line.hash.0[..])
                .bind(&head.0[..])
                .bind(length)
                .bind(&entry.ciphertext)
                .bind(&append.id.0[..])
        )?;
        Ok(())
    }
}

const LOG: &str =
    "SELECT kind, compartment, (SELECT count(*) FROM entry WHERE entry.log = log.id) FROM log WHERE id = $1";
const TIP: &str = "SELECT position, head FROM entry WHERE compartment = $1 ORDER BY position DESC LIMIT 1";

fn read_log((kind, compartment, entries): (String, Vec<u8>, i64)) -> Result<StoredLog> {
    let kind = match kind.as_str() {
        "thread" => LogKind::Thread,
        "journal" => LogKind::Journal,
        _ => return Err(unreadable("a kind of log of another name")),
    };
    Ok(StoredLog {
        kind,
        compartment: fixed(&compartment, GroupId::from_slice)?,
        entries: number(entries)?,
    })
}

fn kind_word(kind: LogKind) -> &'static str {
    match kind {
        LogKind::Thread => "thread",
        LogKind::Journal => "journal",
    }
}

fn read_tip(row: Option<(i64, Vec<u8>)>) -> Result<Tip> {
    let Some((position, head)) = row else {
        return Ok(Tip {
            position: 0,
            head: Hash::ZERO,
        });
    };
    Ok(Tip {
        position: number(position)?,
        head: fixed(&head, Hash::from_slice)?,
    })
}

fn read_append((id, digest, compartment, day): AppendRow, instance: Hash) -> Result<Receipt> {
    Ok(Receipt {
        instance,
        append: fixed(&id, AppendId::from_slice)?,
        digest: fixed(&digest, Hash::from_slice)?,
        compartment: fixed(&compartment, GroupId::from_slice)?,
        entries: Vec::new(),
        head: Hash::ZERO,
        day: Day(number(day)?),
    })
}

fn read_commitment((_, position, log, sequence, hash, _): &CommitmentRow) -> Result<Commitment> {
    Ok(Commitment {
        position: number(*position)?,
        log: fixed(log, LogId::from_slice)?,
        sequence: number(*sequence)?,
        hash: fixed(hash, Hash::from_slice)?,
    })
}

/// Adds a row to its receipt; rows come in the order of their positions.
fn add_commitment(receipt: &mut Receipt, row: &CommitmentRow) -> Result<()> {
    receipt.entries.push(read_commitment(row)?);
    receipt.head = fixed(&row.5, Hash::from_slice)?;
    Ok(())
}
