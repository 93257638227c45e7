//! Stands in for the crate by which `age` translates its own messages.
//!
//! Nobody sees those messages: whatever `age` says becomes a [refusal](../protocol/refused) in our own words, in our own
//! catalogue. The real crate would bring a parser and the text of seven languages into the vault, a tenth of what a browser loads
//! for it, and code that no key should have beside it.

/// A message of `age`: its name alone.
#[macro_export]
macro_rules! fl {
    ($loader:expr, $name:literal $($arguments:tt)*) => {
        ::std::string::String::from($name)
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_message_is_its_name() {
        assert_eq!(crate::fl!(0, "err-unknown-format"), "err-unknown-format");
        assert_eq!(crate::fl!(0, "err-failed", err = 1), "err-failed");
    }
}
