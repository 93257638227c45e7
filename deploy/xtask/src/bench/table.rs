//! Rows, and figures as people read them.

use anyhow::{Context, Result};
use serde_json::Value;

/// What was measured, the figure, and what it should be.
pub(super) fn row(what: &str, value: &str, target: &str) {
    println!("{what:34} {value:>16}   {target}");
}

/// From bytes.
pub(super) fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

/// A second, from bytes a millisecond.
pub(super) fn mebibytes(speed: f64) -> String {
    format!("{:.1} MiB/s", speed * 1000.0 / 1_048_576.0)
}

/// A figure out of what was printed.
pub(super) fn number(result: &Value, pointer: &str) -> Result<f64> {
    result
        .pointer(pointer)
        .and_then(Value::as_f64)
        .with_context(|| format!("{pointer} was not measured"))
}
