//! Sizes and speeds, as one table, each beside what it should be.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::site::{self, Quality};
use crate::tools::{self, Tool};
use crate::workspace::Workspace;
use crate::{npm, step};

/// What a browser loads before the start page answers.
const START_PAGE: [&str; 5] = ["start.js", "style.css", "app.js", "app.wasm", "icon.svg"];

/// What it loads besides, to seal and open.
const VAULT: [&str; 3] = ["worker.js", "vault.js", "vault.wasm"];

/// Bytes of an attachment in the measurement, and of all its entries together.
const ATTACHMENT: f64 = 25.0 * 1_048_576.0;
const ENTRIES: f64 = 200.0 * 4096.0;

/// Builds for release and measures.
pub(crate) fn bench(workspace: &Workspace) -> Result<()> {
    site::build(workspace, Quality::Release)?;
    let sealing = step::step("Seal and open in a browser", || in_browser(workspace))?;
    println!();
    first_loads(workspace)?;
    sealing_table(&sealing)
}

fn first_loads(workspace: &Workspace) -> Result<()> {
    let page = compressed(workspace, &START_PAGE)?;
    let vault = compressed(workspace, &VAULT)?;
    row("first load, start page", &kilobytes(page), "at most 250 KB");
    row(
        "first load, with the vault",
        &kilobytes(page + vault),
        "at most 450 KB",
    );
    Ok(())
}

fn sealing_table(result: &Value) -> Result<()> {
    let unlock = milliseconds(result, "/unlock")?;
    row(
        "deriving a key",
        &format!("{unlock:.0} ms"),
        "unlocking at most 1000 ms",
    );
    for (what, bytes) in [("attachment", ATTACHMENT), ("entries", ENTRIES)] {
        for act in ["seal", "open"] {
            let speed = |who: &str| {
                Ok::<_, anyhow::Error>(bytes / milliseconds(result, &format!("/{what}/{who}/{act}"))?)
            };
            let (ours, npm) = (speed("ours")?, speed("npm")?);
            let name = format!("{act}, {what}");
            row(
                &name,
                &mebibytes(ours),
                &format!("{:.1} times npm's (at least 2.5)", ours / npm),
            );
            if let Ok(native) = speed("native") {
                row(
                    "",
                    "",
                    &format!("{:.2} of native age (at least 0.5)", ours / native),
                );
            }
        }
    }
    Ok(())
}

/// Runs the browser's measurements and reads the line they print.
fn in_browser(workspace: &Workspace) -> Result<Value> {
    tools::need(&[Tool::Chromium, Tool::Age])?;
    let folder = workspace.e2e();
    npm::install(&folder)?;
    let mut playwright = Command::new(npm::program(&folder, "playwright"));
    playwright
        .current_dir(&folder)
        .args(["test", "--config=bench/playwright.config.ts"]);
    if let Some(chromium) = Tool::Chromium.find() {
        playwright.env("CHROMIUM", chromium);
    }
    let printed = String::from_utf8(step::output(&mut playwright)?)?;
    let line = printed
        .lines()
        .find_map(|line| line.trim().strip_prefix("candour-bench "));
    Ok(serde_json::from_str(
        line.context("the browser measured nothing")?,
    )?)
}

fn row(what: &str, value: &str, target: &str) {
    println!("{what:28} {value:>14}   {target}");
}

/// From bytes.
fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

/// A second, from bytes a millisecond.
fn mebibytes(speed: f64) -> String {
    format!("{:.1} MiB/s", speed * 1000.0 / 1_048_576.0)
}

fn milliseconds(result: &Value, pointer: &str) -> Result<f64> {
    result
        .pointer(pointer)
        .and_then(Value::as_f64)
        .with_context(|| format!("{pointer} was not measured"))
}

/// The bytes of some assets as browsers fetch them.
fn compressed(workspace: &Workspace, names: &[&str]) -> Result<u64> {
    let manifest = std::fs::read(workspace.site().join("manifest.json"))?;
    let manifest: Value = serde_json::from_slice(&manifest)?;
    names
        .iter()
        .map(|name| compressed_one(workspace, &manifest, name))
        .sum()
}

fn compressed_one(workspace: &Workspace, manifest: &Value, name: &str) -> Result<u64> {
    let path = manifest[name]["path"]
        .as_str()
        .with_context(|| format!("the site has no {name}"))?;
    let file = workspace
        .site()
        .join(format!("{}.br", path.trim_start_matches('/')));
    Ok(std::fs::metadata(file)?.len())
}
