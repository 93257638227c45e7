//! How long a session lasts, as far as this page knows.

use super::Session;
use crate::browser::clock;
use leptos::prelude::*;

/// The most seconds before the end at which a person is warned.
const WARNING: f64 = 300.0;
/// The fewest seconds between two questions that only keep the session alive.
const PAUSE: f64 = 60.0;

/// When a session ends, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ends {
    /// Seconds without a request that end it.
    idle: f64,
    /// When it was last used.
    used: f64,
    /// When it ends whatever happens.
    last: f64,
}

impl Ends {
    fn left(self, now: f64) -> f64 {
        (self.used + self.idle).min(self.last) - now
    }

    fn warning(self) -> f64 {
        WARNING.min(self.idle / 3.0)
    }

    fn can_stay(self) -> bool {
        self.used + self.idle < self.last
    }
}

/// The clock of the session.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    ends: RwSignal<Option<Ends>>,
    active: StoredValue<bool>,
}

impl Limits {
    pub(super) fn new() -> Self {
        Self {
            ends: RwSignal::default(),
            active: StoredValue::default(),
        }
    }

    /// The server was asked at `used`, and has answered with `session`.
    pub(super) fn begin(self, session: &Session, used: f64) {
        let last = used + f64::from(session.remaining_seconds);
        self.ends.set(Some(Ends {
            idle: f64::from(session.idle_seconds),
            used,
            last,
        }));
    }

    /// The server has just answered.
    pub(super) fn touch(self) {
        let now = clock::seconds();
        self.ends
            .update(|ends| ends.iter_mut().for_each(|ends| ends.used = now));
    }

    pub(super) fn end(self) {
        self.ends.set(None);
    }

    /// The person has typed or pressed something.
    pub(crate) fn note_activity(self) {
        self.active.set_value(true);
    }

    /// Whether the server should hear that somebody is still here; then it is told once.
    pub(crate) fn should_tell(self) -> bool {
        let due = |ends: Ends| clock::seconds() - ends.used > PAUSE.min(ends.idle / 4.0);
        let tell = self.active.get_value() && self.ends.get_untracked().is_some_and(due);
        if tell {
            self.active.set_value(false);
        }
        tell
    }

    /// Seconds left, where there is a session.
    pub(crate) fn left(self) -> Option<f64> {
        self.ends.get_untracked().map(|ends| ends.left(clock::seconds()))
    }

    /// Whether it is time to warn.
    pub(crate) fn is_ending(self) -> bool {
        self.ends
            .get_untracked()
            .is_some_and(|ends| ends.left(clock::seconds()) <= ends.warning())
    }

    /// Whether using the session would make it last longer.
    pub(crate) fn can_stay(self) -> bool {
        self.ends.get_untracked().is_some_and(Ends::can_stay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_end_counts() {
        let ends = Ends {
            idle: 900.0,
            used: 100.0,
            last: 5_000.0,
        };
        assert!((ends.left(400.0) - 600.0).abs() < 1e-9);
        assert!(ends.can_stay());
        let late = Ends {
            used: 4_500.0,
            ..ends
        };
        assert!((late.left(4_600.0) - 400.0).abs() < 1e-9);
        assert!(!late.can_stay());
        assert!((Ends { idle: 60.0, ..ends }.warning() - 20.0).abs() < 1e-9);
    }
}
