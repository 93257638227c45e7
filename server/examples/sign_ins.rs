//! How many sign-ins a second the portal answers, each with its look-up, its hash and its session: one line of JSON.
//!
//! It is measured on SQLite in the folder given; the hash is by far the most of it, and no database changes that.

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, header::CONTENT_TYPE},
};
use protocol::{
    id::{AccountId, Day, Hash},
    signed::SigningKey,
};
use server::{
    Deployment, Portal,
    account::{
        Needs,
        verifier::{SECRET, verifier},
    },
    clock::{Clock, Random, SystemClock},
    database::{
        Database,
        account::{NewAccount, NewSlot},
    },
    error::{Error, Result},
    log::Notary,
    portal::Keys,
    web::{
        self,
        page::{Missing, Pages},
    },
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tower::ServiceExt as _;

/// How many people sign in at once, each again and again from addresses of their own.
const CLIENTS: u8 = 8;
/// How long is measured.
const SPAN: Duration = Duration::from_secs(5);
const ORIGIN: &str = "https://candour.invalid";
const PASSWORD: [u8; SECRET] = [7; SECRET];

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the figure is what it is for")]
async fn main() -> Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let path = format!(
        "{folder}/sign-ins-{}.db",
        hex::encode(Random::from_system().bytes::<8>())
    );
    let database = Database::open(&path).await?;
    database.claim(Hash::ZERO, false).await?;
    let portal = portal(database.clone())?;
    let began = SystemClock.now();
    let mut tasks = Vec::new();
    for client in 0..CLIENTS {
        tasks.push(tokio::spawn(sign_in_until(portal.clone(), client, began + SPAN)));
    }
    let mut count = 0_u32;
    for task in tasks {
        count += task.await.map_err(|_| Error::Stopped)??;
    }
    let seconds = SystemClock.now().saturating_sub(began).as_secs_f64();
    println!(
        "{}",
        serde_json::json!({ "clients": CLIENTS, "per_second": f64::from(count) / seconds })
    );
    database.close().await?;
    for end in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(format!("{path}{end}")));
    }
    Ok(())
}

fn portal(database: Database) -> Result<Portal> {
    let nothing = || String::from("<!doctype html>");
    let deployment = Deployment {
        origin: ORIGIN.parse().map_err(|()| Error::Stopped)?,
        exit: ORIGIN.into(),
        trusted_proxy: None,
        roots: Vec::new(),
        threshold: 1,
        needs: Needs::Nobody,
        pages: Pages::new(
            [],
            Missing {
                english: nothing(),
                welsh: nothing(),
            },
        )?,
    };
    let notary = Notary {
        instance: Hash::ZERO,
        key: SigningKey::from_seed([1; 32]),
    };
    let keys = Keys::of(&[2; 32]);
    Portal::new(
        deployment,
        database,
        notary,
        keys,
        Arc::new(SystemClock),
        Random::from_system(),
    )
}

/// Signs in as somebody new each time, so that no limit is met; gives how often.
async fn sign_in_until(portal: Portal, client: u8, end: Duration) -> Result<u32> {
    let router = web::router(portal.clone());
    let mut count = 0_u32;
    while SystemClock.now() < end {
        let name = format!("client-{client}-{}", count / 10);
        if count.is_multiple_of(10) {
            join(&portal, &name).await?;
        }
        let [_, _, high, low] = (count / 10).to_be_bytes();
        sign_in(
            &router,
            &name,
            SocketAddr::from((Ipv4Addr::new(10, client, high, low), 1)),
        )
        .await?;
        count += 1;
    }
    Ok(count)
}

async fn join(portal: &Portal, name: &str) -> Result<()> {
    let account = NewAccount {
        id: AccountId(portal.random.bytes()),
        name: name.into(),
        role: app::account::Role::Practitioner,
        slots: vec![NewSlot {
            way: app::account::Way::Password,
            sealed: vec![1],
            verifier: Some(verifier(&PASSWORD, portal.random.bytes())?),
        }],
        keyring: Vec::new(),
        day: Day(0),
    };
    let mut to = portal.database.begin().await?;
    to.insert_account(&account).await?;
    to.commit().await
}

async fn sign_in(router: &Router, name: &str, address: SocketAddr) -> Result<()> {
    let body = serde_json::json!({ "name": name, "secret": app::bytes::Bytes(PASSWORD.to_vec()) });
    let request = Request::post("/api/sign_in")
        .header(CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .extension(ConnectInfo(address))
        .body(Body::from(body.to_string()))
        .map_err(|_| Error::Stopped)?;
    let Ok(answer) = router.clone().oneshot(request).await;
    if answer.status().is_success() {
        Ok(())
    } else {
        Err(Error::Unfit(format!(
            "a sign-in was answered with {}",
            answer.status()
        )))
    }
}
