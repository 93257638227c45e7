//! What a person, or a script, is told.

use std::process::ExitCode;
use zeroize::Zeroizing;

/// What is printed, and whether what was checked holds.
pub(crate) struct Answer {
    text: Zeroizing<String>,
    holds: bool,
}

impl Answer {
    /// It was done, or it holds.
    pub(crate) fn good(text: impl Into<String>) -> Self {
        Self {
            text: Zeroizing::new(text.into()),
            holds: true,
        }
    }

    /// It was checked, and does not hold.
    pub(crate) fn bad(text: impl Into<String>) -> Self {
        Self {
            holds: false,
            ..Self::good(text)
        }
    }

    /// Good or bad, as `holds` says.
    pub(crate) fn checked(text: impl Into<String>, holds: bool) -> Self {
        if holds { Self::good(text) } else { Self::bad(text) }
    }

    /// Prints it and gives the exit code.
    #[expect(clippy::print_stdout, reason = "the answer to the person who asked")]
    pub(crate) fn print(&self) -> ExitCode {
        println!("{}", self.text.trim_end());
        if self.holds {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
