//! What is tried, and what comes of it.

use crate::{
    browser::{clock, fetch, means, meta, turn},
    error::AppError,
    text::{self, Text},
    vault::Trial,
};
use protocol::concern::Language;

/// Minutes by which a clock may be wrong.
const TOLERANCE: u32 = 1;

/// One thing that a browser must be able to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Test {
    /// The browser treats the page as secure.
    Secure,
    /// The modules run.
    Modules,
    /// The vault starts in its worker.
    Worker,
    /// The vault has the memory to derive keys from a password.
    Memory,
    /// The clock is right.
    Clock,
    /// A session is kept.
    Cookies,
    /// A staff device can remember its keyring's version.
    Storage,
}

/// All of them, in the order in which they are shown.
pub(super) const TESTS: [Test; 7] = [
    Test::Secure,
    Test::Modules,
    Test::Worker,
    Test::Memory,
    Test::Clock,
    Test::Cookies,
    Test::Storage,
];

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It can.
    Works,
    /// It can, and took so many seconds.
    Took(u32),
    /// It cannot.
    Fails,
    /// The clock is so many minutes away.
    Off(u32),
}

impl Outcome {
    /// Whether nothing is to be done.
    pub(super) fn is_well(self) -> bool {
        matches!(self, Self::Works | Self::Took(_))
    }

    fn of(works: bool) -> Self {
        if works { Self::Works } else { Self::Fails }
    }
}

impl Test {
    /// What it is called.
    pub(super) fn name(self, lang: Language) -> Text {
        match self {
            Self::Secure => text::self_test_secure(lang),
            Self::Modules => text::self_test_modules(lang),
            Self::Worker => text::self_test_worker(lang),
            Self::Memory => text::self_test_memory(lang),
            Self::Clock => text::self_test_clock(lang),
            Self::Cookies => text::self_test_cookies(lang),
            Self::Storage => text::self_test_storage(lang),
        }
    }

    /// What there is to say of its outcome: what to do, where it did not work.
    pub(super) fn explain(self, outcome: Outcome, lang: Language) -> Option<Text> {
        match outcome {
            Outcome::Works => None,
            Outcome::Took(seconds) => Some(text::self_test_memory_took(lang, seconds)),
            Outcome::Off(minutes) => Some(text::self_test_clock_off(lang, minutes)),
            Outcome::Fails => Some(match self {
                Self::Secure => text::self_test_secure_fix(lang),
                Self::Modules => text::self_test_dead(lang),
                Self::Worker => text::self_test_worker_fix(lang),
                Self::Memory => text::self_test_memory_fix(lang),
                Self::Clock => text::self_test_clock_unknown(lang),
                Self::Cookies => text::self_test_cookies_fix(lang),
                Self::Storage => text::self_test_storage_fix(lang),
            }),
        }
    }
}

/// Tries everything. That this runs at all is the test of the modules.
pub(super) async fn run() -> Vec<(Test, Outcome)> {
    let (worker, memory) = vault().await;
    vec![
        (Test::Secure, Outcome::of(means::is_secure())),
        (Test::Modules, Outcome::Works),
        (Test::Worker, worker),
        (Test::Memory, memory),
        (Test::Clock, time(turn::in_time(fetch::server_seconds()).await)),
        (Test::Cookies, Outcome::of(means::has_cookies())),
        (Test::Storage, Outcome::of(means::has_storage())),
    ]
}

/// Starts a vault that holds nothing, and has it turn a made-up password into keys as signing in does, with all the memory that this takes.
async fn vault() -> (Outcome, Outcome) {
    let site = meta::site();
    // A filter may also hold something back without a word.
    let started = async { Trial::start(&site).await.map_err(|_| AppError::Offline) };
    let Ok(trial) = turn::in_time(started).await else {
        return (Outcome::Fails, Outcome::Fails);
    };
    let began = clock::seconds();
    let derived = async { trial.derive().await.map_err(|_| AppError::Offline) };
    let derived = turn::in_time(derived).await;
    let took = (clock::seconds() - began).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "seconds that somebody waited"
    )]
    let memory = derived.map_or(Outcome::Fails, |()| Outcome::Took((took as u32).max(1)));
    (Outcome::Works, memory)
}

/// How far the browser's clock is from the server's.
fn time(server: Result<f64, AppError>) -> Outcome {
    let Ok(server) = server else {
        return Outcome::Fails;
    };
    away(clock::seconds() - server)
}

fn away(seconds: f64) -> Outcome {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a difference beyond the largest number is shown as that"
    )]
    match (seconds.abs() / 60.0).round() as u32 {
        0..=TOLERANCE => Outcome::Works,
        minutes => Outcome::Off(minutes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_wrong_by_whole_minutes_either_way() {
        for (seconds, expected) in [
            (0.0, Outcome::Works),
            (-80.0, Outcome::Works),
            (95.0, Outcome::Off(2)),
            (-3600.0, Outcome::Off(60)),
        ] {
            assert_eq!(away(seconds), expected, "{seconds}");
        }
    }
}
