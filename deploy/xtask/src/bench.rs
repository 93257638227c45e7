//! Sizes and speeds, as one table.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::site::{self, Quality};
use crate::workspace::Workspace;

/// What a browser loads before the start page answers.
const START_PAGE: [&str; 5] = ["start.js", "style.css", "app.js", "app.wasm", "icon.svg"];

/// What it loads besides, to seal and open.
const VAULT: [&str; 3] = ["worker.js", "vault.js", "vault.wasm"];

/// Builds for release and measures.
pub(crate) fn bench(workspace: &Workspace) -> Result<()> {
    site::build(workspace, Quality::Release)?;
    let page = first_load(workspace, &START_PAGE)?;
    let vault = first_load(workspace, &VAULT)?;
    println!("\nFirst load, brotli, without the page itself");
    row("start page", page, 250);
    row("with the vault", page + vault, 450);
    Ok(())
}

fn row(what: &str, bytes: u64, target: u64) {
    println!(
        "{what:16} {:>6.1} KB   target at most {target} KB",
        kilobytes(bytes)
    );
}

#[expect(
    clippy::cast_precision_loss,
    reason = "assets are far below the 2^53 bytes that a float counts exactly"
)]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}

/// The compressed bytes of some assets.
fn first_load(workspace: &Workspace, names: &[&str]) -> Result<u64> {
    let manifest = std::fs::read(workspace.site().join("manifest.json"))?;
    let manifest: Value = serde_json::from_slice(&manifest)?;
    names
        .iter()
        .map(|name| compressed(workspace, &manifest, name))
        .sum()
}

fn compressed(workspace: &Workspace, manifest: &Value, name: &str) -> Result<u64> {
    let path = manifest[name]["path"]
        .as_str()
        .with_context(|| format!("the site has no {name}"))?;
    let file = workspace
        .site()
        .join(format!("{}.br", path.trim_start_matches('/')));
    Ok(std::fs::metadata(file)?.len())
}
