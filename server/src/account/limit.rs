//! How often signing in may be tried: by address, by account, and by browser.
//!
//! A browser that has signed in before carries a device cookie and has a count of its own, so strangers who guess at a
//! name lock out each other and not the person. All of it is in memory; nothing is kept of who tried.

use super::device::Device;
use crate::{clock::Clock, error::Result};
use app::error::AppError;
use governor::{Quota, RateLimiter, clock, state::keyed::DashMapStateStore};
use protocol::id::AccountId;
use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

/// Tries that are free, by address: an organisation may share one.
const BY_ADDRESS: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// Tries that are free, by account from unknown browsers, and by browser.
const BY_NAME: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// How long until one more try, by address.
const ADDRESS_PERIOD: Duration = Duration::from_secs(2);
/// How long until one more try, by account or browser: ten in a quarter of an hour.
const NAME_PERIOD: Duration = Duration::from_secs(90);
/// Codes that are checked at once. A million codes and these limits make guessing one take years.
const CODES: NonZeroU32 = NonZeroU32::new(5).unwrap();
/// How long until one more, by account or by browser of that account.
const CODE_PERIOD: Duration = Duration::from_mins(5);
/// Of attachments an account may store so many pieces of 16 KiB at once: 400 MiB. That is a concern's worth, with copies of pictures, and
/// much of it sealed twice.
const PIECES: NonZeroU32 = NonZeroU32::new(25_600).unwrap();
/// The size of such a piece.
const PIECE: usize = 16 << 10;
/// How long until one more: as many again in a day.
const PIECE_PERIOD: Duration = Duration::from_millis(3_375);
/// Drafts that an account may begin at once.
const DRAFTS: NonZeroU32 = NonZeroU32::new(40).unwrap();
/// How long until one more: as many again in a day.
const DRAFT_PERIOD: Duration = Duration::from_mins(36);
/// Parcels that an account may give at once: somebody who leaves hands over much on one day.
const PARCELS: NonZeroU32 = NonZeroU32::new(40).unwrap();
/// How long until one more: as many again in a day.
const PARCEL_PERIOD: Duration = Duration::from_mins(36);
/// The most keys that are counted; beyond that the counts that have run out are dropped.
const MOST_KEYS: usize = 100_000;

type Limiter<K> = RateLimiter<K, DashMapStateStore<K>, Ticks, governor::middleware::NoOpMiddleware<Duration>>;

/// Counts of tries.
pub struct Attempts {
    by_address: Limiter<IpAddr>,
    by_name: Limiter<String>,
    by_device: Limiter<Device>,
    by_code: Limiter<(AccountId, Option<Device>)>,
    clock: Ticks,
}

impl Attempts {
    /// No try yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let clock = Ticks(clock);
        Self {
            by_address: limiter(BY_ADDRESS, ADDRESS_PERIOD, &clock),
            by_name: limiter(BY_NAME, NAME_PERIOD, &clock),
            by_device: limiter(BY_NAME, NAME_PERIOD, &clock),
            by_code: limiter(CODES, CODE_PERIOD, &clock),
            clock,
        }
    }

    /// Counts a try at `name`, or says how long to wait.
    pub fn take(&self, address: IpAddr, name: &str, device: Option<Device>) -> Result<()> {
        // A browser that is known is counted by itself alone: whoever shares its address, or seems to, cannot use up its tries.
        match device {
            Some(device) => self.clock.wait(&self.by_device, &device),
            None => self
                .clock
                .wait(&self.by_address, &network(address))
                .and_then(|()| self.clock.wait(&self.by_name, &name.to_owned())),
        }
    }

    /// Counts a try that names nobody, or says how long to wait.
    pub fn take_address(&self, address: IpAddr) -> Result<()> {
        self.clock.wait(&self.by_address, &network(address))
    }

    /// Counts a code of `account`, or says how long to wait. A browser that the account has signed in with is counted by itself.
    pub fn take_code(&self, account: AccountId, device: Option<Device>) -> Result<()> {
        self.clock.wait(&self.by_code, &(account, device))
    }

    /// Drops the counts that have run out.
    pub fn forget(&self) {
        self.by_code.retain_recent();
        self.by_address.retain_recent();
        self.by_name.retain_recent();
        self.by_device.retain_recent();
    }
}

/// How much each account may store of attachments, drafts and parcels, in memory alone: who stored what is not kept.
pub struct Allowances {
    by_account: Limiter<AccountId>,
    drafts: Limiter<AccountId>,
    parcels: Limiter<AccountId>,
    clock: Ticks,
}

/// One account's.
#[derive(Clone)]
pub struct Allowance {
    of: Arc<Allowances>,
    account: AccountId,
}

impl Allowances {
    /// Nothing stored yet.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        let clock = Ticks(clock);
        Self {
            by_account: limiter(PIECES, PIECE_PERIOD, &clock),
            drafts: limiter(DRAFTS, DRAFT_PERIOD, &clock),
            parcels: limiter(PARCELS, PARCEL_PERIOD, &clock),
            clock,
        }
    }

    /// The one of `account`.
    pub fn of(self: &Arc<Self>, account: AccountId) -> Allowance {
        Allowance {
            of: Arc::clone(self),
            account,
        }
    }

    /// Drops the counts that have run out.
    pub fn forget(&self) {
        self.by_account.retain_recent();
        self.drafts.retain_recent();
        self.parcels.retain_recent();
    }
}

impl Allowance {
    /// Counts a draft that is begun, or says how long to wait.
    pub fn take_draft(&self) -> Result<()> {
        self.of.clock.wait(&self.of.drafts, &self.account)
    }

    /// Counts a parcel that is given, or says how long to wait.
    pub fn take_parcel(&self) -> Result<()> {
        self.of.clock.wait(&self.of.parcels, &self.account)
    }

    /// Counts a part of so many bytes, or says how long to wait.
    pub fn take(&self, bytes: usize) -> Result<()> {
        let pieces = u32::try_from(bytes.div_ceil(PIECE)).ok();
        let pieces = pieces.and_then(NonZeroU32::new).unwrap_or(NonZeroU32::MIN);
        self.of.clock.wait_for(&self.of.by_account, &self.account, pieces)
    }
}

fn limiter<K: Clone + Eq + std::hash::Hash>(free: NonZeroU32, period: Duration, clock: &Ticks) -> Limiter<K> {
    let quota = Quota::with_period(period)
        .unwrap_or(Quota::per_minute(free))
        .allow_burst(free);
    RateLimiter::new(quota, DashMapStateStore::default(), clock.clone())
}

/// One IPv4 address, or the network that one IPv6 customer has.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address @ IpAddr::V4(_) => address,
    }
}

/// The portal's clock, for the limiters.
#[derive(Clone)]
struct Ticks(Arc<dyn Clock>);

impl Ticks {
    fn wait<K: Clone + Eq + std::hash::Hash>(&self, limiter: &Limiter<K>, key: &K) -> Result<()> {
        self.wait_for(limiter, key, NonZeroU32::MIN)
    }

    fn wait_for<K: Clone + Eq + std::hash::Hash>(
        &self,
        limiter: &Limiter<K>,
        key: &K,
        count: NonZeroU32,
    ) -> Result<()> {
        if limiter.len() > MOST_KEYS {
            limiter.retain_recent();
        }
        // More than there ever is cannot be waited for.
        let taken = limiter.check_key_n(key, count).map_err(|_| AppError::TooLarge)?;
        taken.map_err(|no| {
            let wait = no.wait_time_from(clock::Clock::now(self)).as_secs() + 1;
            AppError::TooOften {
                seconds: u32::try_from(wait).unwrap_or(u32::MAX),
            }
            .into()
        })
    }
}

impl clock::Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_customer_is_one_network() {
        let network = |text: &str| network(text.parse().unwrap());
        assert_eq!(network("2001:db8:1:2:3::4"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::4"), network("2001:db8:1:3::4"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_ne!(network("192.0.2.2"), network("192.0.2.1"));
    }
}
