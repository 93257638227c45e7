//! Sessions: tower-sessions for the cookie, our database for the rest.
//!
//! A session ends when nothing was asked for a while, and at the latest some hours after it began. What is stored of its
//! times is rounded down, so that a copy of the database tells less of who was at work when.

use crate::{
    account::ceremony,
    audit::{self, Actor},
    clock::{Clock, Random},
    database::{Database, session::StoredSession},
    error::{Error, Result, causes},
    web::cookie,
};
use app::{
    account::{
        Elsewhere, Role, Session as Shown,
        factor::{Lacks, Steps},
    },
    error::AppError,
};
use async_trait::async_trait;
use axum::http::{HeaderName, HeaderValue};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use protocol::id::{AccountId, Hash};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};
use tower_sessions::{
    Session, SessionManagerLayer, SessionStore,
    cookie::SameSite,
    session::{Id, Record},
    session_store,
};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const KEY: &str = "held";
/// For how many seconds what somebody has shown counts as just now. Times are kept rounded down, so a step of them comes on top.
const CONFIRMED: i64 = 5 * MINUTE;
/// After how many seconds a session that lacks something ends.
const LACKING: i64 = 15 * MINUTE;

/// What a session holds: who is signed in, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The account.
    pub account: AccountId,
    /// What it is for.
    pub role: Role,
    /// Second since 1970 of the last request, rounded down.
    seen: i64,
    /// Second since 1970 at which the session ends whatever happens.
    ends: i64,
    /// Second since 1970, rounded down, at which the person last showed that it is them.
    confirmed: i64,
    /// What it lacks before anything else can be asked in it.
    pub lacks: Option<Lacks>,
}

impl Held {
    /// A session that begins at `now`, in seconds since 1970.
    pub fn begin(account: AccountId, role: Role, now: i64) -> Self {
        let seen = round(role, now);
        Self {
            account,
            role,
            seen,
            ends: seen + longest(role),
            confirmed: seen,
            lacks: None,
        }
    }

    /// The same session, as one that has just begun and lacks something.
    #[must_use]
    pub fn lacking(self, lacks: Option<Lacks>) -> Self {
        let ends = if lacks.is_some() {
            self.seen + LACKING + step(self.role)
        } else {
            self.ends
        };
        Self { ends, lacks, ..self }
    }

    /// The same session, whose person has shown again at `now` that it is them.
    #[must_use]
    pub fn confirmed(self, now: i64) -> Self {
        Self {
            confirmed: round(self.role, now),
            ..self
        }
    }

    /// Whether that was just now, at `now`.
    fn is_confirmed(self, now: i64) -> bool {
        now - self.confirmed < CONFIRMED + step(self.role)
    }

    /// Refuses what is only for somebody who has shown just now that it is them.
    pub fn assert_confirmed(self, now: i64) -> Result<()> {
        if self.is_confirmed(now) {
            Ok(())
        } else {
            Err(AppError::Unconfirmed.into())
        }
    }

    /// The same session, asked for something at `now`.
    fn touched(self, now: i64) -> Self {
        Self {
            seen: round(self.role, now).max(self.seen),
            ..self
        }
    }

    /// Second since 1970 at which it ends if nothing is asked.
    fn expires_at(self) -> i64 {
        self.ends.min(self.seen + idle(self.role))
    }

    /// Puts it into the session.
    pub async fn put(self, session: &Session) -> Result<()> {
        Ok(session.insert(KEY, self).await?)
    }

    /// As the browser is shown it at `now`.
    pub fn shown(self, name: String, now: i64) -> Shown {
        let left = |until: i64| u32::try_from((until - now).max(0)).unwrap_or(u32::MAX);
        let (idle_seconds, remaining_seconds) = (left(self.expires_at()), left(self.ends));
        Shown {
            account: self.account,
            name,
            role: self.role,
            idle_seconds,
            remaining_seconds,
            lacks: self.lacks,
            steps: Steps::default(),
            due_days: None,
            reset: None,
        }
    }

    /// As the account is shown it among its sessions, at `now`.
    pub fn elsewhere(self, id: Hash, here: bool, now: i64) -> Elsewhere {
        let since = |then: i64| u32::try_from((now - then).max(0)).unwrap_or(u32::MAX);
        Elsewhere {
            id,
            age_seconds: since(self.ends - longest(self.role)),
            quiet_seconds: since(self.seen),
            here,
        }
    }
}

/// What a stored session holds.
pub fn read(data: &str) -> Option<Held> {
    held_in(&serde_json::from_str(data).ok()?)
}

/// Under what the session of a request is kept.
pub fn kept_under(session: &Session) -> Result<Hash> {
    Ok(hash(session.id().ok_or(AppError::SignedOut)?))
}

/// Whoever is signed in, whose session this keeps alive.
pub async fn held(session: &Session, clock: &dyn Clock) -> Result<Option<Held>> {
    let Some(held) = session.get::<Held>(KEY).await? else {
        return Ok(None);
    };
    let held = held.touched(clock.seconds());
    held.put(session).await?;
    Ok(Some(held))
}

/// Seconds without a request after which a session ends.
fn idle(role: Role) -> i64 {
    if role == Role::Practitioner {
        30 * MINUTE
    } else {
        15 * MINUTE
    }
}

/// Seconds after which a session ends whatever happens.
fn longest(role: Role) -> i64 {
    if role == Role::Practitioner {
        12 * HOUR
    } else {
        8 * HOUR
    }
}

/// Rounds a time to what is stored of it.
fn round(role: Role, seconds: i64) -> i64 {
    seconds - seconds.rem_euclid(step(role))
}

/// In steps of how many seconds times are stored.
fn step(role: Role) -> i64 {
    if role == Role::Practitioner {
        5 * MINUTE
    } else {
        MINUTE
    }
}

/// Has the browser forget the pages it was shown. The device cookie stays; leaving by `/exit` takes it too.
pub fn forget_what_was_shown() {
    if let Some(answer) = use_context::<ResponseOptions>() {
        answer.insert_header(
            HeaderName::from_static("clear-site-data"),
            HeaderValue::from_static("\"cache\""),
        );
    }
}

/// The layer that finds a request's session and saves what changed.
pub fn layer(store: Store, place: cookie::Place) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(store)
        .with_name(place.name("session"))
        .with_secure(place.secure)
        .with_http_only(true)
        .with_same_site(SameSite::Strict)
        .with_path("/")
}

/// Sessions in the database, under the hash of their id. Beginning and ending one is an act, and is audited with it.
#[derive(Clone)]
pub struct Store {
    /// Where they are kept.
    pub database: Database,
    /// What decides whether one has ended.
    pub clock: Arc<dyn Clock>,
    /// What new ids are made of.
    pub random: Arc<Random>,
}

impl core::fmt::Debug for Store {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Store(..)")
    }
}

#[async_trait]
impl SessionStore for Store {
    /// Always under a new id, whatever id the record had before.
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        record.id = Id(i128::from_le_bytes(self.random.bytes()));
        self.insert(record).await.map_err(failed)
    }

    /// Changes a session that is still there: a request that was under way while another signed out brings nothing back.
    async fn save(&self, record: &Record) -> session_store::Result<()> {
        self.update(record).await.map_err(failed)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        self.find(*id).await.map_err(failed)
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        self.end(*id).await.map_err(failed)
    }
}

impl Store {
    async fn insert(&self, record: &Record) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        transaction.insert_session(&row(record)).await?;
        let held = held_in(&record.data);
        let act = match held.and_then(|held| held.lacks) {
            Some(Lacks::SecondStep) => "first step",
            _ => "sign in",
        };
        self.record(&mut transaction, held, act).await?;
        transaction.commit().await
    }

    async fn update(&self, record: &Record) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        transaction.update_session(&row(record)).await?;
        transaction.commit().await
    }

    async fn find(&self, id: Id) -> Result<Option<Record>> {
        let data = self.database.session(hash(id), self.clock.seconds()).await?;
        let data = data.and_then(|data| serde_json::from_str(&data).ok());
        Ok(data.map(|data| Record {
            id,
            data,
            expiry_date: time::OffsetDateTime::UNIX_EPOCH,
        }))
    }

    async fn end(&self, id: Id) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        let data = transaction.delete_session(hash(id)).await?;
        let data = data
            .and_then(|data| serde_json::from_str(&data).ok())
            .unwrap_or_default();
        let held = held_in(&data).filter(|held| held.lacks != Some(Lacks::SecondStep));
        self.record(&mut transaction, held, "sign out").await?;
        transaction.commit().await
    }

    async fn record(
        &self,
        to: &mut crate::database::Transaction,
        held: Option<Held>,
        act: &str,
    ) -> Result<()> {
        let Some(held) = held else { return Ok(()) };
        audit::record(
            to,
            Actor::of(held.role, held.account),
            act,
            &[],
            self.clock.minute(),
        )
        .await
    }
}

type Data = HashMap<String, serde_json::Value>;

fn held_in(data: &Data) -> Option<Held> {
    data.get(KEY).and_then(|value| Held::deserialize(value).ok())
}

fn row(record: &Record) -> StoredSession {
    let held = held_in(&record.data);
    StoredSession {
        hash: hash(record.id),
        account: held.map(|held| held.account),
        data: serde_json::to_string(&record.data).unwrap_or_default(),
        expires_at: held
            .map(Held::expires_at)
            .or_else(|| ceremony::ends(&record.data))
            .unwrap_or_default(),
    }
}

/// What a session is kept under. Changing this ends every session.
fn hash(id: Id) -> Hash {
    Hash::domain("session", &[&id.0.to_le_bytes()])
}

/// The store may only say a text; it is logged here, once, and the text tells nothing.
fn failed(error: Error) -> session_store::Error {
    tracing::error!(error = causes(&error), "session");
    session_store::Error::Backend("the database failed".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_idle_and_never_later_than_its_day_ends() {
        let noon = 20_000 * 24 * HOUR + 12 * HOUR;
        for (role, idle, longest) in [
            (Role::Practitioner, 30, 12),
            (Role::Assessor, 15, 8),
            (Role::Administrator, 15, 8),
        ] {
            let held = Held::begin(AccountId([1; 16]), role, noon);
            assert_eq!(held.expires_at(), noon + idle * MINUTE);
            assert_eq!(
                held.touched(noon + 10 * MINUTE).expires_at(),
                noon + (10 + idle) * MINUTE
            );
            assert_eq!(
                held.touched(noon + longest * HOUR - 1).expires_at(),
                noon + longest * HOUR
            );
            assert_eq!(
                held.touched(noon - HOUR),
                held,
                "a clock that goes back shortens nothing"
            );
        }
    }

    #[test]
    fn what_is_stored_of_a_time_is_rounded_down() {
        let noon = 20_000 * 24 * HOUR + 12 * HOUR;
        assert_eq!(
            Held::begin(AccountId([1; 16]), Role::Practitioner, noon + 299).seen,
            noon
        );
        assert_eq!(
            Held::begin(AccountId([1; 16]), Role::Assessor, noon + 119).seen,
            noon + 60
        );
    }
}
