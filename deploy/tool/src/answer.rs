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

/// Whether a name shows as what it is. What moves, hides or turns the characters around it could write a line of its own, such
/// as "OK".
pub(crate) fn is_plain(name: &str) -> bool {
    let sly = |symbol: char| {
        symbol.is_control()
            || matches!(symbol, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    !name.contains(sly)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_write_a_line_of_its_own() {
        assert!(is_plain("Heddlu Dyfed-Powys, ŵ & ŷ (made up)"));
        for sly in ["a\nOK", "a\r", "\u{1b}[2J", "a\u{202e}b", "\u{feff}"] {
            assert!(!is_plain(sly), "{sly:?}");
        }
    }
}
