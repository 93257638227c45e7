//! Whether the portal lives, and whether it can do its work. Neither answer says more than that.

use crate::{
    Portal,
    error::{Error, Result, causes},
};
use axum::{Router, extract::State, http::StatusCode, routing::get};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tokio::sync::Mutex;

/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long an answer is good: nobody wears out the disk by asking.
const FRESH: Duration = Duration::from_secs(2);

/// Whether the portal takes work, and what it last found when it looked.
#[derive(Debug, Default)]
pub struct Readiness {
    stopping: AtomicBool,
    last: Mutex<Option<(Duration, bool)>>,
}

impl Readiness {
    /// From now on the portal is not ready: it is about to stop.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
    }
}

/// `/livez` and `/readyz`.
pub(super) fn routes() -> Router<Portal> {
    Router::new()
        .route("/livez", get(async || "alive"))
        .route("/readyz", get(ready))
}

async fn ready(State(portal): State<Portal>) -> (StatusCode, &'static str) {
    if is_ready(&portal).await {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready")
    }
}

async fn is_ready(portal: &Portal) -> bool {
    if portal.readiness.stopping.load(Ordering::Acquire) {
        return false;
    }
    let mut last = portal.readiness.last.lock().await;
    let now = portal.clock.now();
    if let Some((at, answer)) = *last
        && now.saturating_sub(at) < FRESH
        && now >= at
    {
        return answer;
    }
    let looked = tokio::time::timeout(PATIENCE, look(portal))
        .await
        .unwrap_or(Err(Error::Stopped));
    if let Err(error) = &looked {
        tracing::error!(error = causes(error), "not ready");
    }
    *last = Some((now, looked.is_ok()));
    looked.is_ok()
}

/// A write and what it wrote, the tables, and a directory that clients still accept; before the first there are administrators to come.
async fn look(portal: &Portal) -> Result<()> {
    let unfit = |why: &str| Err(Error::Unfit(why.into()));
    let database = &portal.database;
    if !database.is_writable().await? {
        return unfit("it does not give back what was written");
    }
    if !database.is_migrated().await? {
        return unfit("its tables are not those of this server");
    }
    match database.newest_directory().await? {
        Some((expires_on, _)) if expires_on < portal.clock.today() => unfit("its directory has expired"),
        Some(_) | None => Ok(()),
    }
}
