//! The database: SQLite or PostgreSQL, each query written once.

pub mod account;
pub mod audit;
pub mod blob;
pub mod checkpoint;
pub mod connection;
pub mod cover;
pub mod directory;
pub mod factor;
pub mod group;
pub mod instance;
pub mod invitation;
pub mod log;
pub mod migration;
pub mod notice;
pub mod parcel;
pub mod partner;
pub mod passkey;
pub mod places;
pub mod recovery;
pub mod reset;
pub mod session;
mod settings;
pub mod unit;
pub mod unsent;

use crate::error::{Error, Result};
use sqlx::{
    ConnectOptions as _, Connection as _, PgPool, Postgres, Sqlite, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{path::Path, str::FromStr as _, time::Duration};

/// An open database. Clones share its connections.
#[derive(Clone, Debug)]
pub enum Database {
    /// One file, for one server.
    Sqlite {
        /// Connections that only read.
        read: SqlitePool,
        /// The one connection that writes.
        write: SqlitePool,
    },
    /// A server of its own, for any number of ours.
    Postgres(PgPool),
}

/// A transaction that may write. Dropped without [`Transaction::commit`], it leaves no trace.
#[derive(Debug)]
pub enum Transaction {
    /// On the one connection that writes.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// On any connection.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// Runs one query, written once, outside any transaction; it must not write.
macro_rules! reading {
    ($database:expr, |$pool:ident| $body:expr) => {
        match $database {
            $crate::database::Database::Sqlite { read: $pool, .. } => $body,
            $crate::database::Database::Postgres($pool) => $body,
        }
    };
}

/// Runs one query, written once, in a transaction.
macro_rules! within {
    ($transaction:expr, |$connection:ident| $body:expr) => {
        match $transaction {
            $crate::database::Transaction::Sqlite(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
            $crate::database::Transaction::Postgres(transaction) => {
                let $connection = &mut **transaction;
                $body
            }
        }
    };
}

/// Runs one statement, written once, in a transaction; gives how many rows it wrote or deleted.
macro_rules! execute {
    ($transaction:expr, $statement:expr) => {
        $crate::database::within!($transaction, |connection| $statement
            .execute(connection)
            .await
            .map(|done| done.rows_affected()))
    };
}
pub(crate) use {execute, reading, within};

/// How long a request waits for a connection before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);

impl Database {
    /// Opens what `address` names (a `postgres://` URL, or else the path of an SQLite file, made where there is none),
    /// brings its tables up to date, and refuses a database whose settings would lose what it acknowledges.
    pub async fn open(address: &str) -> Result<Self> {
        let database = Self::connect(address).await?;
        database.migrate().await?;
        database.assert_settings().await?;
        Ok(database)
    }

    /// Opens what `address` names and touches nothing.
    pub async fn connect(address: &str) -> Result<Self> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Self::connect_postgres(address).await
        } else {
            Self::connect_sqlite(Path::new(address)).await
        }
    }

    async fn connect_sqlite(path: &Path) -> Result<Self> {
        let options = sqlite_options(path);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            // SQLite ends a transaction by itself when the disk is full. The connection goes on counting it, and would begin no other.
            .before_acquire(|connection, _| Box::pin(async { Ok(!connection.is_in_transaction()) }))
            .connect_with(options.clone())
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(8)
            .acquire_timeout(PATIENCE)
            .connect_lazy_with(options.pragma("query_only", "ON"));
        Ok(Self::Sqlite { read, write })
    }

    async fn connect_postgres(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("candour")
            .options([
                ("statement_timeout", "10s"),
                ("lock_timeout", "5s"),
                ("client_min_messages", "warning"),
            ])
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(PATIENCE)
            .connect_with(options)
            .await?;
        Ok(Self::Postgres(pool))
    }

    /// Starts a transaction that may write. On SQLite it waits until no other is under way.
    pub async fn begin(&self) -> Result<Transaction> {
        Ok(match self {
            Self::Sqlite { write, .. } => Transaction::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        })
    }

    /// Writes everything to its final place and closes every connection.
    pub async fn close(&self) -> Result<()> {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                    .execute(write)
                    .await?;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
        Ok(())
    }
}

impl Transaction {
    /// Makes what was written durable; when this returns, it has reached the disk.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await?,
            Self::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

fn sqlite_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("secure_delete", "ON")
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .disable_statement_logging()
}

/// The identifier in a column, which has one length.
fn fixed<T>(bytes: &[u8], read: fn(&[u8]) -> Option<T>) -> Result<T> {
    read(bytes).ok_or_else(|| unreadable("an identifier of another length"))
}

/// The number in a column, where it fits.
fn number<T: TryFrom<i64>>(value: i64) -> Result<T> {
    T::try_from(value).map_err(|_| unreadable("a number out of range"))
}

fn unreadable(what: &'static str) -> Error {
    Error::Database(sqlx::Error::Decode(what.into()))
}
