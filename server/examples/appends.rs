//! How many appends a second are made durable, and how long each waits: one line of JSON for each database.
//!
//! SQLite is measured in the folder given (the disk matters), PostgreSQL where `TEST_DATABASE_URL` names one that is empty.

use protocol::{
    append::{Append, LogKind, NewEntry},
    codec,
    id::{AccountId, AppendId, Day, GroupId, Hash, Token},
    signed::SigningKey,
};
use server::{
    clock::{Clock, Random, SystemClock},
    database::{Database, account::NewAccount, directory::GroupKind},
    error::Result,
    log::{Author, Checked, Notary, Writer},
};
use std::{sync::Arc, time::Duration};

/// How many clients append at once.
const CLIENTS: [usize; 3] = [1, 8, 64];
/// How long each is measured.
const SPAN: Duration = Duration::from_secs(5);
/// Bytes of an entry: the smallest there is.
const ENTRY: usize = 4096;

#[tokio::main]
async fn main() -> Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let path = format!(
        "{folder}/appends-{}.db",
        hex::encode(Random::from_system().bytes::<8>())
    );
    measure("sqlite", &path).await?;
    for end in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(format!("{path}{end}")));
    }
    if let Ok(url) = std::env::var("TEST_DATABASE_URL") {
        measure("postgres", &url).await?;
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the figures are what it is for")]
async fn measure(name: &str, address: &str) -> Result<()> {
    let database = Database::open(address).await?;
    let compartment = prepare(&database).await?;
    let notary = Notary {
        instance: Hash::ZERO,
        key: SigningKey::from_seed([1; 32]),
    };
    let writer = Writer::start(database.clone(), notary, Arc::new(SystemClock));
    let mut figures = Vec::new();
    for clients in CLIENTS {
        figures.push(run(&writer, compartment, clients).await?);
    }
    println!(
        "{}",
        serde_json::json!({ "database": name, "entry_bytes": ENTRY, "figures": figures })
    );
    drop(writer);
    database.close().await
}

/// A compartment with one member.
async fn prepare(database: &Database) -> Result<GroupId> {
    let random = Random::from_system();
    let (id, compartment) = (AccountId(random.bytes()), GroupId(random.bytes()));
    let mut to = database.begin().await?;
    to.insert_account(&NewAccount {
        id,
        name: id.to_string(),
        role: app::account::Role::Assessor,
        slots: Vec::new(),
        keyring: Vec::new(),
        day: Day(0),
    })
    .await?;
    to.insert_group(compartment, GroupKind::Compartment).await?;
    to.insert_wrap(compartment, 1, id, &[]).await?;
    to.commit().await?;
    Ok(compartment)
}

async fn run(writer: &Writer, compartment: GroupId, clients: usize) -> Result<serde_json::Value> {
    let began = SystemClock.now();
    let tasks: Vec<_> = (0..clients)
        .map(|_| tokio::spawn(client(writer.clone(), compartment, began + SPAN)))
        .collect();
    let mut waits = Vec::new();
    for task in tasks {
        waits.extend(task.await.map_err(|_| server::error::Error::Stopped)??);
    }
    let seconds = SystemClock.now().saturating_sub(began).as_secs_f64();
    waits.sort_unstable();
    let at = |share: usize| {
        waits
            .get(waits.len() * share / 100)
            .map_or(0.0, |wait| wait.as_secs_f64() * 1000.0)
    };
    #[expect(clippy::cast_precision_loss, reason = "thousands, not quadrillions")]
    let per_second = waits.len() as f64 / seconds;
    Ok(serde_json::json!({
        "clients": clients, "per_second": per_second.round(), "p50_ms": at(50), "p99_ms": at(99),
    }))
}

/// Appends one after the other until the end; gives how long each waited.
async fn client(writer: Writer, compartment: GroupId, end: Duration) -> Result<Vec<Duration>> {
    let random = Random::from_system();
    let mut waits = Vec::new();
    while SystemClock.now() < end {
        let token = Token(random.bytes());
        let entry = NewEntry {
            log: token.log(),
            kind: LogKind::Thread,
            sequence: 0,
            ciphertext: random.bytes::<ENTRY>().to_vec(),
        };
        let id = AppendId(random.bytes());
        let append = Append {
            id,
            compartment,
            epoch: 1,
            entries: vec![entry],
            tokens: vec![token],
        };
        let work = Checked::read(&codec::encode(&append), Author::Sender)?;
        let began = SystemClock.now();
        writer.append(work).await?;
        waits.push(SystemClock.now().saturating_sub(began));
    }
    Ok(waits)
}
