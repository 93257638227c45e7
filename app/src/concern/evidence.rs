//! Evidence: the files that a concern comes with.

mod clean;
mod copies;
pub(crate) mod files;
mod hidden;
pub(crate) mod read;
mod row;
pub(crate) mod section;
mod upload;

use crate::text::{self, Text};
use protocol::concern::Language;

/// A length in bytes, as people say it.
pub(super) fn size(lang: Language, bytes: u64) -> Text {
    let tenths = |unit: u64| {
        let tenths = (bytes * 10 + unit / 2) / unit;
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        ..1024 => text::size_bytes(lang, bytes.to_string()),
        1024..1_048_576 => text::size_kilobytes(lang, tenths(1 << 10)),
        _ => text::size_megabytes(lang, tenths(1 << 20)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_the_unit_that_fits() {
        let said = |bytes| size(Language::English, bytes).plain();
        assert_eq!(
            [1, 1023, 1024, 1_048_576, 200 << 20].map(said),
            ["1 bytes", "1023 bytes", "1.0 KB", "1.0 MB", "200.0 MB"]
        );
    }
}
