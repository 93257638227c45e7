//! The canary: unlikely words are planted in everything secret, and then looked for wherever the server keeps anything, in every
//! form in which they could stand. The search must first find what is public, in each form; else it proves nothing.

mod told;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use protocol::{
    id::{AccountId, Day},
    vault::Deployment,
};
use server::{
    audit::{self, Actor},
    clock::{Clock, SystemClock},
    database::{Database, audit::Chain},
    demo::{self, Demo},
};
use std::{path::Path, sync::Arc};

/// Words out of each concern and contact that the demonstration's people told, and their passwords.
const SECRETS: [&str; 7] = [
    "has sent her messages at night",
    "has kept the messages",
    "has looked up where she lives now",
    "works in the custody suite",
    "collar number ends 47",
    "Ring the office on a weekday morning",
    "amina at the demonstration",
];

/// A sign-in name, which the server knows, and a unit's name out of the signed directory.
const PUBLIC: [&str; 2] = ["amina", "Gwent Police Professional Standards Department"];

/// Every form in which a text may stand in other bytes.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let hex = hex::encode(text);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let broad: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut forms = vec![text.into(), hex.to_uppercase().into(), hex.into(), wide, broad];
    for offset in 0..3 {
        let shifted = [&vec![0; offset], text.as_bytes()].concat();
        let encoded = STANDARD.encode(shifted);
        // What the neighbours decide is left out at both ends.
        let start = (offset * 8_usize).div_ceil(6);
        forms.push(encoded[start..encoded.len() - 4].into());
    }
    forms
}

fn holds(bytes: &[u8], text: &str) -> bool {
    forms(text).iter().any(|form| contains(bytes, form))
}

fn contains(bytes: &[u8], form: &[u8]) -> bool {
    bytes.windows(form.len()).any(|part| part == form)
}

/// What is planted, in each form, where the server may read it: in the objects of audit lines.
const CONTROL: &str = "a-control-that-nobody-would-write-5150";

async fn plant(database: &Database) {
    let mut transaction = database.begin().await.unwrap();
    for form in forms(CONTROL) {
        let actor = Actor::Staff(AccountId([7; 16]));
        audit::record(&mut transaction, actor, "control", &form, clock().minute())
            .await
            .unwrap();
    }
    transaction.commit().await.unwrap();
}

/// Each form of the control must be found in something of `all`.
fn assert_control_is_found(all: &[(String, Vec<u8>)]) {
    for form in forms(CONTROL) {
        let found = all.iter().any(|(_, bytes)| contains(bytes, &form));
        assert!(found, "{:?}", String::from_utf8_lossy(&form));
    }
    for public in PUBLIC {
        assert!(
            all.iter().any(|(_, bytes)| holds(bytes, public)),
            "the control {public:?}"
        );
    }
}

fn search(what: &str, bytes: &[u8]) {
    for secret in SECRETS.into_iter().chain([told::SECRET]) {
        assert!(!holds(bytes, secret), "{what} holds {secret:?}");
    }
}

/// What a page of the demonstration knows of it.
fn deployment(demo: &Demo) -> Deployment {
    Deployment {
        name: demo.instance.clone(),
        roots: demo.roots.clone(),
        threshold: demo.threshold,
    }
}

/// What was sent and answered, and what was logged: the controls first.
fn search_heard(heard: Vec<(String, Vec<u8>)>) {
    for (what, known) in [("POST /api/sign_in body", "amina"), ("log", CONTROL)] {
        let found = heard
            .iter()
            .any(|(name, bytes)| name == what && holds(bytes, known));
        assert!(found, "the control {known:?} in {what}");
    }
    for path in ["PUT /api/blob/", "PUT /api/drawer?was=", "POST /api/append body"] {
        let sent = heard
            .iter()
            .any(|(name, bytes)| name.starts_with(path) && bytes.len() > 1000);
        assert!(sent, "{path}");
    }
    for (name, bytes) in heard {
        search(&name, &bytes);
    }
}

fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

#[test]
fn the_search_finds_what_is_planted_in_each_form() {
    for form in forms("planted") {
        assert!(holds(&[b"before ", &form[..], b" after"].concat(), "planted"));
    }
    for offset in 0..3 {
        let body = STANDARD.encode([&vec![b'x'; offset], &b"planted"[..], b"yz"].concat());
        assert!(holds(body.as_bytes(), "planted"), "base64 at {offset}");
    }
    assert!(!holds(b"nothing here", "planted"));
}

/// Everything in a folder: the database, its log of writes, a backup.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.display().to_string(), std::fs::read(path).unwrap()))
        .collect()
}

#[tokio::test]
async fn no_file_of_sqlite_holds_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("demo.db");
    let database = Database::open(path.to_str().unwrap()).await.unwrap();
    let demo = demo::make(&database, &clock()).await.unwrap();
    search_heard(told::tell(&database, &demo, clock()).await);
    plant(&database).await;
    let Database::Sqlite { write, .. } = &database else {
        panic!("not SQLite")
    };
    let backup = format!("VACUUM INTO '{}'", folder.path().join("backup.db").display());
    sqlx::query(sqlx::AssertSqlSafe(backup))
        .execute(write)
        .await
        .unwrap();

    let files = files(folder.path());
    assert!(
        files.iter().any(|(name, _)| name.ends_with("-wal")),
        "the log of writes is among them"
    );
    assert_control_is_found(&files);
    for (name, bytes) in files {
        search(&name, &bytes);
    }
}

const COLUMNS: &str = "SELECT table_name::text, column_name::text, data_type = 'bytea' \
     FROM information_schema.columns WHERE table_schema = 'canary'";

#[tokio::test]
async fn no_row_of_postgresql_holds_a_secret() {
    let Ok(url) = std::env::var("TEST_DATABASE_URL") else {
        return;
    };
    let url = crate::portal::fresh_schema(&url, "canary").await;
    let database = Database::open(&url).await.unwrap();
    let demo = demo::make(&database, &clock()).await.unwrap();
    search_heard(told::tell(&database, &demo, clock()).await);
    plant(&database).await;
    let Database::Postgres(pool) = &database else {
        panic!("not PostgreSQL")
    };
    let columns: Vec<(String, String, bool)> = sqlx::query_as(COLUMNS).fetch_all(pool).await.unwrap();
    let mut all = Vec::new();
    for (table, column, bytes) in columns {
        let value = if bytes {
            column.clone()
        } else {
            format!("convert_to({column}::text, 'UTF8')")
        };
        let sql = sqlx::AssertSqlSafe(format!("SELECT {value} FROM {table}"));
        let values: Vec<Option<Vec<u8>>> = sqlx::query_scalar(sql).fetch_all(pool).await.unwrap();
        let name = format!("{table}.{column}");
        all.extend(values.into_iter().flatten().map(|value| (name.clone(), value)));
    }
    assert_control_is_found(&all);
    for (column, value) in all {
        search(&column, &value);
    }
}

/// The page that says what the server keeps names every column that there is.
#[tokio::test]
async fn every_column_is_told_of() {
    const TOLD: &str = include_str!("../../docs/what-the-server-keeps.md");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("empty.db");
    let database = Database::open(path.to_str().unwrap()).await.unwrap();
    let Database::Sqlite { read, .. } = &database else {
        panic!("not SQLite")
    };
    let columns: Vec<String> = sqlx::query_scalar(
        "SELECT one.name || '.' || two.name FROM sqlite_schema AS one, pragma_table_info(one.name) AS two \
         WHERE one.type = 'table' AND one.name NOT LIKE 'sqlite%' AND substr(one.name, 1, 5) <> '_sqlx'",
    )
    .fetch_all(read)
    .await
    .unwrap();
    assert!(columns.len() > 40, "{columns:?}");
    for column in columns {
        assert!(TOLD.contains(&format!("`{column}`")), "{column}");
    }
}

/// What stands beside a log is a day, and nothing names an account.
#[tokio::test]
async fn no_row_beside_a_log_says_who_or_when() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(folder.path().join("demo.db").to_str().unwrap())
        .await
        .unwrap();
    demo::make(&database, &clock()).await.unwrap();
    let Database::Sqlite { read, .. } = &database else {
        panic!("not SQLite")
    };
    let accounts: Vec<Vec<u8>> = sqlx::query_scalar("SELECT id FROM account")
        .fetch_all(read)
        .await
        .unwrap();
    assert_eq!(accounts.len(), 17);
    let Day(today) = clock().today();
    for (table, days) in [
        ("log", true),
        ("entry", false),
        ("append", true),
        ("blob", false),
        ("unsent", true),
        ("parcel", true),
    ] {
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
            .bind(table)
            .fetch_all(read)
            .await
            .unwrap();
        assert!(!columns.is_empty(), "{table}");
        for column in &columns {
            for never in ["account", "actor", "name", "session", "address", "at", "time"] {
                assert_ne!(column, never, "{table}");
            }
            let sql = format!("SELECT hex({column}) || '/' || CAST({column} AS TEXT) FROM {table}");
            let values: Vec<Option<String>> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .fetch_all(read)
                .await
                .unwrap_or_default();
            for account in &accounts {
                let id = hex::encode_upper(account);
                assert!(
                    !values.iter().flatten().any(|value| value.contains(&id)),
                    "{table}.{column} names an account"
                );
            }
        }
        if days {
            let column = columns.iter().find(|column| column.ends_with("_on")).unwrap();
            let sql = format!("SELECT {column} FROM {table}");
            let values: Vec<i64> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .fetch_all(read)
                .await
                .unwrap();
            assert!(
                values.iter().all(|value| *value == i64::from(today)),
                "{table}.{column} is a day"
            );
        }
    }
    for chain in [Chain::Staff, Chain::Practitioner, Chain::Sent] {
        let lines = database.audit(chain).await.unwrap();
        assert!(
            lines
                .iter()
                .all(|line| (chain == Chain::Sent) == line.actor.is_none()),
            "{lines:?}"
        );
    }
}
