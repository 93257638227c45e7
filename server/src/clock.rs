//! Time and randomness, which everything else is handed.

use protocol::id::{Day, Minute};
use rand_core::{CryptoRng, OsRng, RngCore};
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// What time it is.
pub trait Clock: Send + Sync + 'static {
    /// Since 1 January 1970, UTC.
    fn now(&self) -> Duration;

    /// Whole seconds since 1970.
    fn seconds(&self) -> i64 {
        i64::try_from(self.now().as_secs()).unwrap_or(i64::MAX)
    }

    /// This minute.
    fn minute(&self) -> Minute {
        Minute::from_seconds(self.seconds())
    }

    /// Today, in UTC.
    fn today(&self) -> Day {
        self.minute().day()
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        #[expect(clippy::disallowed_methods, reason = "this is the edge that owns the clock")]
        let now = std::time::SystemTime::now();
        now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default()
    }
}

/// Where random bytes come from.
pub struct Random(Mutex<Box<dyn Generator>>);

/// A generator fit for keys.
pub trait Generator: RngCore + CryptoRng + Send {}
impl<T: RngCore + CryptoRng + Send> Generator for T {}

impl Random {
    /// Bytes from `generator`.
    pub fn from_generator(generator: impl Generator + 'static) -> Self {
        Self(Mutex::new(Box::new(generator)))
    }

    /// Bytes from the operating system.
    pub fn from_system() -> Self {
        Self::from_generator(OsRng)
    }

    /// `N` of them.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(&mut bytes);
        bytes
    }
}

impl core::fmt::Debug for Random {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.write_str("Random(..)")
    }
}
