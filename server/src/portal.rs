//! The portal: everything that requests share.

use crate::{
    account::{Allowances, Attempts, Ceremonies, Codes, Devices, Hasher, Needs},
    clock::{Clock, Random},
    config::Origin,
    database::Database,
    error::Result,
    log::{Notary, Writer},
    notice::{Addresses, Mail},
    places::Served,
    web::{Readiness, page::Pages, session::Store},
};
use hkdf::Hkdf;
use protocol::id::VerifyingKey;
use sha2::Sha256;
use std::{net::IpAddr, num::NonZeroUsize, sync::Arc, time::Duration};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// The most of large bodies that is in memory at once, in KiB: 15 appends of the largest size.
const ROOM_KIB: usize = 128 * 1024;

/// How often what has ended is dropped.
const SWEEP: Duration = Duration::from_mins(1);

/// What one deployment is.
#[derive(Clone, Debug)]
pub struct Deployment {
    /// Where browsers reach it.
    pub origin: Origin,
    /// The neutral site that leaving leads to.
    pub exit: String,
    /// The proxy that may say where a request comes from.
    pub trusted_proxy: Option<IpAddr>,
    /// The founding root public keys.
    pub roots: Vec<VerifyingKey>,
    /// How many roots must sign.
    pub threshold: u8,
    /// Who needs a second step to sign in.
    pub needs: Needs,
    /// Its pages.
    pub pages: Pages,
    /// How mail leaves; nothing where none is sent.
    pub mail: Option<Arc<Mail>>,
}

/// Everything that requests share. Clones are the same portal.
#[derive(Clone)]
pub struct Portal {
    /// The deployment.
    pub deployment: Arc<Deployment>,
    /// Where everything is kept.
    pub database: Database,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where random bytes come from.
    pub random: Arc<Random>,
    /// What signs receipts.
    pub notary: Notary,
    /// What appends.
    pub writer: Writer,
    /// What checks secrets.
    pub hasher: Hasher,
    /// How often signing in was tried.
    pub attempts: Arc<Attempts>,
    /// How much each account has stored of attachments today.
    pub allowances: Arc<Allowances>,
    /// Room for large bodies that are being read, in KiB.
    pub room: Arc<Semaphore>,
    /// Browsers that have signed in before.
    pub devices: Arc<Devices>,
    /// What makes and checks codes.
    pub codes: Arc<Codes>,
    /// What seals mail addresses.
    pub addresses: Arc<Addresses>,
    /// What challenges passkeys.
    pub ceremonies: Arc<Ceremonies>,
    /// Which force covers which place.
    pub places: Arc<Served>,
    /// Whether it takes work.
    pub readiness: Arc<Readiness>,
}

impl Portal {
    /// Puts a portal together and starts the task that appends.
    pub fn new(
        deployment: Deployment,
        database: Database,
        notary: Notary,
        keys: Keys,
        clock: Arc<dyn Clock>,
        random: Random,
    ) -> Result<Self> {
        let processors = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Ok(Self {
            writer: Writer::start(database.clone(), notary.clone(), Arc::clone(&clock)),
            hasher: Hasher::new(processors, &random)?,
            attempts: Arc::new(Attempts::new(Arc::clone(&clock))),
            allowances: Arc::new(Allowances::new(Arc::clone(&clock))),
            room: Arc::new(Semaphore::new(ROOM_KIB)),
            devices: Arc::new(Devices::new(keys.devices, deployment.origin.cookies())),
            codes: Arc::new(Codes::new(keys.codes, deployment.origin.host().into())),
            addresses: Arc::new(Addresses::new(keys.addresses)),
            ceremonies: Arc::new(Ceremonies::new(&deployment.origin)),
            places: Arc::default(),
            readiness: Arc::default(),
            deployment: Arc::new(deployment),
            random: Arc::new(random),
            database,
            notary,
            clock,
        })
    }

    /// Where its sessions are kept.
    pub fn store(&self) -> Store {
        Store {
            database: self.database.clone(),
            clock: Arc::clone(&self.clock),
            random: Arc::clone(&self.random),
        }
    }

    /// Drops sessions, counts, drafts and parcels that have ended, for as long as it is polled.
    pub async fn sweep(self) {
        let mut ticks = tokio::time::interval(SWEEP);
        loop {
            ticks.tick().await;
            self.attempts.forget();
            self.allowances.forget();
            let swept = [
                self.forget_sessions().await,
                self.expire_unsent().await,
                self.expire_parcels().await,
            ];
            for swept in swept {
                if let Err(error) = swept {
                    tracing::error!(error = crate::error::causes(&error), "sweep");
                }
            }
        }
    }

    /// Forgets the sessions that have ended.
    pub async fn forget_sessions(&self) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        transaction.forget_sessions(self.clock.seconds()).await?;
        transaction.commit().await
    }
}

/// The server's own keys: of the receipt key's seed, and no help in finding it. Replicas that share the one agree on the others.
pub struct Keys {
    /// Makes device cookies.
    devices: Zeroizing<[u8; 32]>,
    /// Seals what apps make codes from.
    codes: Zeroizing<[u8; 32]>,
    /// Seals mail addresses.
    addresses: Zeroizing<[u8; 32]>,
}

impl Keys {
    /// Of this seed.
    pub fn of(seed: &[u8; 32]) -> Self {
        Self {
            devices: derive(seed, b"candour/v1/device key"),
            codes: derive(seed, b"candour/v1/code key"),
            addresses: derive(seed, b"candour/v1/address key"),
        }
    }
}

fn derive(seed: &[u8; 32], purpose: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    // One block of output is always within the limit, so this cannot fail.
    let made = Hkdf::<Sha256>::new(None, seed).expand(purpose, &mut key[..]);
    debug_assert!(made.is_ok());
    key
}
