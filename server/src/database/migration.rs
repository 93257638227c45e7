//! The tables, and bringing them up to date.

use super::{Database, reading};
use crate::error::Result;
use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

macro_rules! migrations {
    ($folder:literal) => {
        migrations!($folder: "0001_account" "0002_session" "0003_directory" "0004_log" "0005_audit" "0006_invitation"
            "0007_partner" "0008_unit" "0009_places" "0010_unsent" "0011_parcel" "0012_casework" "0013_notice")
    };
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../migrations/", $folder, "/", $name, ".sql")))),*]
    };
}

const SQLITE: &[(&str, &str)] = migrations!("sqlite");
const POSTGRES: &[(&str, &str)] = migrations!("postgres");

impl Database {
    /// Runs every migration that this database has not seen. One that the server does not know is an error: the database
    /// is then newer than the server.
    pub async fn migrate(&self) -> Result<()> {
        match self {
            Self::Sqlite { write, .. } => migrator(SQLITE).run(write).await?,
            Self::Postgres(pool) => migrator(POSTGRES).run(pool).await?,
        }
        Ok(())
    }

    /// Whether every migration has run and no other.
    pub async fn is_migrated(&self) -> Result<bool> {
        const SQL: &str = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";
        let versions: Vec<i64> = reading!(self, |pool| sqlx::query_scalar(SQL).fetch_all(pool).await)?;
        Ok(versions == SQLITE.iter().map(|(name, _)| version(name)).collect::<Vec<_>>())
    }
}

fn migrator(list: &[(&'static str, &'static str)]) -> Migrator {
    let migrations = list.iter().map(|(name, sql)| {
        Migration::new(
            version(name),
            (*name).into(),
            MigrationType::Simple,
            SqlStr::from_static(sql),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect())
}

/// The number that the name begins with.
fn version(name: &str) -> i64 {
    name.split('_')
        .next()
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn files(folder: &str) -> Vec<String> {
        let folder = format!("{}/../migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
        let names = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap());
        names.collect::<BTreeSet<_>>().into_iter().collect()
    }

    #[test]
    fn both_folders_hold_the_same_names_and_all_of_them_run() {
        let listed: Vec<_> = SQLITE.iter().map(|(name, _)| format!("{name}.sql")).collect();
        assert_eq!(files("sqlite"), listed);
        assert_eq!(files("postgres"), listed);
    }

    /// The lines that define columns, without their types: what both dialects must have in common.
    fn columns(sql: &str) -> Vec<(&str, Option<&str>)> {
        let mut before = "";
        let mut found = Vec::new();
        for line in sql.lines() {
            let words: Vec<_> = line.split_whitespace().collect();
            if line.starts_with("    ") && words[0].chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                found.push((words[0], before.strip_prefix("-- ")));
            }
            before = line.trim();
        }
        found
    }

    #[test]
    fn every_column_is_commented_and_in_both_dialects() {
        for ((name, sqlite), (_, postgres)) in SQLITE.iter().zip(POSTGRES) {
            let names = |sql| columns(sql).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
            assert_eq!(names(sqlite), names(postgres), "{name}");
            for sql in [sqlite, postgres] {
                for (column, comment) in columns(sql) {
                    assert!(comment.is_some(), "{name}: {column} has no comment");
                }
            }
        }
    }
}
