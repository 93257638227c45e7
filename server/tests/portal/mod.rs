//! A portal to tell stories with: the real router on a real database, with a clock that stands until it is moved and
//! randomness from a seed.

mod browser;
mod client;
mod mailbox;
mod people;
mod sealed;
mod snapshot;

pub(crate) use browser::{Answer, Browser};
pub(crate) use client::{Client, administrators, directory};
pub(crate) use mailbox::{Mailbox, Manner};
pub(crate) use people::{EXIT, PARTNER, Person, SEALED, UNIT, secret};
pub(crate) use sealed::{concern, entry, token};

use app::site::{Assets, Site};
use axum::Router;
use protocol::{
    id::{Hash, VerifyingKey},
    signed::SigningKey,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use server::{
    Deployment, Portal,
    account::Needs,
    clock::{Clock, Random},
    config,
    database::Database,
    demo::Demo,
    log::Notary,
    notice::Mail,
    operator::Operator,
    portal::Keys,
    web::{
        self,
        page::{Missing, Pages},
    },
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tempfile::TempDir;

/// Where browsers reach it.
pub(crate) const ORIGIN: &str = "https://candour.test";
/// Noon on a day in 2026.
const NOON: u64 = (20_600 * 24 + 12) * 60 * 60;

/// Tells one story on both databases.
#[macro_export]
macro_rules! story {
    ($name:ident, |$portal:ident| $body:block) => {
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "not every story needs all of them")]
            use super::*;

            async fn story($portal: $crate::portal::TestPortal) $body

            #[tokio::test]
            async fn sqlite() {
                story($crate::portal::TestPortal::on_sqlite().await).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(portal) = $crate::portal::TestPortal::on_postgres(concat!(module_path!())).await {
                    story(portal).await;
                }
            }
        }
    };
}

/// A clock that stands until it is moved.
pub(crate) struct TestClock(AtomicU64);

impl Clock for TestClock {
    fn now(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

/// A portal of made-up people.
pub(crate) struct TestPortal {
    pub(crate) portal: Portal,
    router: Router,
    clock: Arc<TestClock>,
    _folder: TempDir,
}

impl TestPortal {
    /// One on a fresh SQLite file.
    pub(crate) async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portal.db");
        Self::on(Database::open(path.to_str().unwrap()).await.unwrap(), folder).await
    }

    /// One in a fresh schema of the PostgreSQL that `TEST_DATABASE_URL` names, if it is set.
    pub(crate) async fn on_postgres(story: &str) -> Option<Self> {
        let url = fresh_schema(
            &std::env::var("TEST_DATABASE_URL").ok()?,
            &story.replace("::", "_"),
        )
        .await;
        Some(Self::on(Database::open(&url).await.unwrap(), tempfile::tempdir().unwrap()).await)
    }

    async fn on(database: Database, folder: TempDir) -> Self {
        database.claim(instance(), false).await.unwrap();
        people::settle(&database).await;
        let clock = Arc::new(TestClock(AtomicU64::new(NOON)));
        let pages = ["/", "/sign-in", "/concerns/{id}", "/cy"].map(|path| (path.into(), page(path)));
        let missing = Missing {
            english: page("nothing here"),
            welsh: page("dim byd yma"),
        };
        let deployment = Deployment {
            origin: ORIGIN.parse().unwrap(),
            exit: EXIT.into(),
            trusted_proxy: None,
            roots: vec![receipt_public()],
            threshold: 1,
            needs: Needs::Nobody,
            pages: Pages::new(pages, missing).unwrap(),
            mail: None,
        };
        let notary = Notary {
            instance: instance(),
            key: receipt_key(),
        };
        let random = Random::from_generator(ChaCha20Rng::from_seed([3; 32]));
        let clock_of_portal: Arc<dyn Clock> = clock.clone();
        let portal = Portal::new(
            deployment,
            database,
            notary,
            Keys::of(&[4; 32]),
            clock_of_portal,
            random,
        )
        .unwrap();
        Self {
            router: web::router(portal.clone()),
            portal,
            clock,
            _folder: folder,
        }
    }

    /// The same portal with every page that the app has, in place of a few that stand for them.
    pub(crate) fn with_every_page(mut self) -> Self {
        let site = Site {
            instance: "candour.test".into(),
            roots: vec![receipt_public()],
            threshold: 1,
            demo: false,
            assets: Assets::default(),
            exit: EXIT.into(),
        };
        let pages = app::routes()
            .into_iter()
            .map(|path| (path.to_owned(), app::render(&site, path)));
        let missing = Missing {
            english: app::render(&site, app::NOT_FOUND),
            welsh: app::render(&site, app::NOT_FOUND_WELSH),
        };
        let deployment = Deployment {
            pages: Pages::new(pages, missing).unwrap(),
            ..(*self.portal.deployment).clone()
        };
        self.portal.deployment = Arc::new(deployment);
        self.router = web::router(self.portal.clone());
        self
    }

    /// The same portal, which asks for second steps as a real one does.
    pub(crate) fn with_second_steps(mut self) -> Self {
        self.portal.deployment = Arc::new(Deployment {
            needs: Needs::After(30),
            ..(*self.portal.deployment).clone()
        });
        self.router = web::router(self.portal.clone());
        self
    }

    /// The same portal, which hands its mail to this mail server.
    pub(crate) fn with_mail(mut self, mail: &config::mail::Mail) -> Self {
        self.portal.deployment = Arc::new(Deployment {
            mail: Some(Arc::new(Mail::by_smtp(mail).unwrap())),
            ..(*self.portal.deployment).clone()
        });
        self.router = web::router(self.portal.clone());
        self
    }

    /// A browser that has never been here.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// A browser in which somebody has just signed in.
    pub(crate) async fn signed_in(&self, person: Person) -> Browser {
        let mut browser = self.browser();
        assert_eq!(browser.sign_in(person.name()).await.status, 200);
        browser
    }

    /// Lets time pass.
    pub(crate) fn wait(&self, minutes: u64) {
        self.clock.0.fetch_add(minutes * 60, Ordering::SeqCst);
    }

    /// Whoever runs it.
    pub(crate) fn operator(&self) -> Operator {
        Operator {
            database: self.portal.database.clone(),
            clock: Arc::clone(&self.portal.clock),
            origin: ORIGIN.parse().unwrap(),
            instance: instance(),
            roots: vec![receipt_public()],
            threshold: 1,
        }
    }

    /// Takes everybody and everything out of the database, as it is on the first day.
    pub(crate) async fn empty(&self) {
        for sql in [
            "DELETE FROM partner",
            "DELETE FROM member",
            "DELETE FROM wrap",
            "DELETE FROM link",
            "DELETE FROM chain",
            "DELETE FROM checkpoint",
            "DELETE FROM directory",
            "DELETE FROM account",
        ] {
            self.tamper(sql).await;
        }
    }

    /// How many rows of a table there are.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        match &self.portal.database {
            Database::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_one(read).await.unwrap(),
            Database::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
        }
    }

    /// Does what only whoever runs the database can.
    pub(crate) async fn tamper(&self, sql: &'static str) {
        match &self.portal.database {
            Database::Sqlite { write, .. } => drop(sqlx::query(sql).execute(write).await.unwrap()),
            Database::Postgres(pool) => drop(sqlx::query(sql).execute(pool).await.unwrap()),
        }
    }
}

/// A portal with the demonstration in its database.
pub(crate) fn router_of(database: &Database, demo: &Demo, clock: Arc<dyn Clock>) -> Router {
    let missing = Missing {
        english: page("nothing here"),
        welsh: page("dim byd yma"),
    };
    let deployment = Deployment {
        origin: ORIGIN.parse().unwrap(),
        exit: EXIT.into(),
        trusted_proxy: None,
        roots: demo.roots.clone(),
        threshold: demo.threshold,
        needs: demo.needs,
        pages: Pages::new([], missing).unwrap(),
        mail: None,
    };
    let notary = Notary {
        instance: protocol::directory::instance(&demo.instance, &demo.roots, demo.threshold),
        key: SigningKey::from_seed(*demo.receipt_seed),
    };
    let random = Random::from_generator(ChaCha20Rng::from_seed([3; 32]));
    let portal = Portal::new(
        deployment,
        database.clone(),
        notary,
        Keys::of(&[4; 32]),
        clock,
        random,
    );
    web::router(portal.unwrap())
}

/// The address of an empty schema in the PostgreSQL at `url`.
pub(crate) async fn fresh_schema(url: &str, schema: &str) -> String {
    let Database::Postgres(pool) = Database::connect(url).await.unwrap() else {
        panic!("not PostgreSQL: {url}")
    };
    for sql in [
        format!("DROP SCHEMA IF EXISTS {schema} CASCADE"),
        format!("CREATE SCHEMA {schema}"),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .execute(&pool)
            .await
            .unwrap();
    }
    pool.close().await;
    let join = if url.contains('?') { '&' } else { '?' };
    format!("{url}{join}options=-c%20search_path%3D{schema}")
}

/// What stands for the instance.
pub(crate) fn instance() -> Hash {
    protocol::directory::instance("candour.test", &[receipt_public()], 1)
}

/// What checks receipts.
pub(crate) fn receipt_public() -> VerifyingKey {
    receipt_key().verifying()
}

/// What signs receipts, and directories: the one root.
pub(crate) fn receipt_key() -> SigningKey {
    SigningKey::from_seed([5; 32])
}

fn page(path: &str) -> String {
    format!(
        "<!doctype html><title>{path}</title>{}",
        "<p>the same for everyone</p>".repeat(50)
    )
}
