//! A portal on a database of its own, and asking it, for what is measured.

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header::CONTENT_TYPE},
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
    clock::{Random, SystemClock},
    database::{
        Database,
        account::{NewAccount, NewSlot},
    },
    error::{Error, Result},
    log::Notary,
    portal::Keys,
    web::page::{Missing, Pages},
};
use std::{net::SocketAddr, sync::Arc};
use tower::ServiceExt as _;

const ORIGIN: &str = "https://candour.invalid";
/// Everybody's.
pub(crate) const PASSWORD: [u8; SECRET] = [7; SECRET];

/// A portal on SQLite.
pub(crate) struct House {
    /// The portal.
    pub(crate) portal: Portal,
    path: String,
}

impl House {
    /// On a new database in the folder that the program was given.
    pub(crate) async fn build() -> Result<Self> {
        let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
        let name = hex::encode(Random::from_system().bytes::<8>());
        let path = format!("{folder}/measured-{name}.db");
        let database = Database::open(&path).await?;
        database.claim(Hash::ZERO, false).await?;
        Ok(Self {
            portal: portal(database)?,
            path,
        })
    }

    /// Takes the database away.
    pub(crate) async fn pull_down(self) -> Result<()> {
        self.portal.database.close().await?;
        for end in ["", "-wal", "-shm"] {
            drop(std::fs::remove_file(format!("{}{end}", self.path)));
        }
        Ok(())
    }
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
        mail: None,
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

/// Makes an account.
pub(crate) async fn join(portal: &Portal, name: &str) -> Result<()> {
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

/// Asks a server function; gives the status.
pub(crate) async fn ask(
    router: &Router,
    function: &str,
    arguments: serde_json::Value,
    address: SocketAddr,
) -> Result<StatusCode> {
    let request = Request::post(format!("/api/{function}"))
        .header(CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .extension(ConnectInfo(address))
        .body(Body::from(arguments.to_string()))
        .map_err(|_| Error::Stopped)?;
    let Ok(answer) = router.clone().oneshot(request).await;
    Ok(answer.status())
}
