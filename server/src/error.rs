//! What can go wrong inside, and the one door to what a person is told.

use app::error::AppError;

/// A result inside the server.
pub type Result<T, E = Error> = core::result::Result<T, E>;

/// What went wrong, with its cause.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not a fault: the answer is no, and this is what to say.
    #[error(transparent)]
    Refused(#[from] AppError),
    /// The database did not do what it was asked.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// The database's tables could not be brought up to date.
    #[error("the database could not be migrated")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The database would lose what it acknowledges, or is not what it should be.
    #[error("the database cannot be used: {0}")]
    Unfit(String),
    /// A session could not be read or written.
    #[error("the session failed")]
    Session(#[from] tower_sessions::session::Error),
    /// A task that was handed work went away.
    #[error("a task stopped before its work was done")]
    Stopped,
    /// The secret could not be hashed.
    #[error("the hash failed")]
    Hash(#[from] argon2::Error),
    /// A file could not be read or written.
    #[error("{0}")]
    File(String, #[source] std::io::Error),
    /// What whoever runs the portal asked for cannot be done, and why.
    #[error("{0}")]
    Cannot(String),
    /// The configuration does not say what it must.
    #[error(transparent)]
    Config(#[from] crate::config::BadConfig),
}

impl Error {
    /// Whether the cause may pass by itself: a lock, a lost connection, no connection free.
    pub fn is_passing(&self) -> bool {
        let Self::Database(error) = self else { return false };
        match error {
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) => true,
            sqlx::Error::Database(error) => {
                // PostgreSQL: serialization, deadlock, lock not available, connection, shutting down. SQLite: busy.
                const PASSING: [&str; 9] = [
                    "40001", "40P01", "55P03", "57P01", "57P03", "08006", "08003", "5", "517",
                ];
                error.code().is_some_and(|code| PASSING.contains(&code.as_ref()))
            }
            _ => false,
        }
    }
}

impl Error {
    /// Whether the disk is full.
    pub fn is_full(&self) -> bool {
        // SQLite and PostgreSQL.
        const FULL: [&str; 2] = ["13", "53100"];
        let Self::Database(sqlx::Error::Database(error)) = self else {
            return false;
        };
        error.code().is_some_and(|code| FULL.contains(&code.as_ref()))
    }
}

/// The one door: what is not a refusal is logged here, and nothing of it is told.
impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(answer) => answer,
            error if error.is_passing() => {
                tracing::warn!(error = causes(&error), "busy");
                Self::Busy { seconds: 5 }
            }
            error if error.is_full() => {
                tracing::error!(error = causes(&error), "no room");
                Self::NoRoom
            }
            error => {
                tracing::error!(error = causes(&error), "failed");
                Self::Internal
            }
        }
    }
}

/// An error and its causes, in one line.
pub fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
