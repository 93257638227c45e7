//! The bytes of a first visit.

use anyhow::{Context, Result};
use serde_json::Value;

use super::table::{kilobytes, row};
use crate::workspace::Workspace;

/// What a browser loads for the start page, which runs no code but this script.
const START_PAGE: [&str; 3] = ["start.js", "style.css", "icon.svg"];

/// What it loads besides for a page that answers.
const PAGE: [&str; 2] = ["app.js", "app.wasm"];

/// What it loads besides, to open the keys.
const VAULT: [&str; 3] = ["worker.js", "vault.js", "vault.wasm"];

/// As browsers fetch them, compressed.
pub(super) fn table(workspace: &Workspace) -> Result<()> {
    let start = compressed(workspace, &START_PAGE)?;
    let page = start + compressed(workspace, &PAGE)?;
    let vault = page + compressed(workspace, &VAULT)?;
    row("first load, start page", &kilobytes(start), "at most 250 KB");
    row("first load, a page that answers", &kilobytes(page), "");
    row("first load, with the vault", &kilobytes(vault), "at most 450 KB");
    let sealing = compressed_parts(workspace, "vault_")?;
    row("what the vault adds once it is open", &kilobytes(sealing), "");
    let parts = compressed_parts(workspace, "app_")?;
    row("all that roles and their pages add", &kilobytes(parts), "");
    Ok(())
}

fn compressed(workspace: &Workspace, names: &[&str]) -> Result<u64> {
    let manifest = manifest(workspace)?;
    names
        .iter()
        .map(|name| compressed_one(workspace, &manifest, name))
        .sum()
}

/// The parts of a module that are fetched later. Of the page's, only somebody with every role would have all.
fn compressed_parts(workspace: &Workspace, module: &str) -> Result<u64> {
    let manifest = manifest(workspace)?;
    let names = manifest.as_object().into_iter().flat_map(serde_json::Map::keys);
    names
        .filter(|name| name.starts_with(module))
        .map(|name| compressed_one(workspace, &manifest, name))
        .sum()
}

fn manifest(workspace: &Workspace) -> Result<Value> {
    let manifest = std::fs::read(workspace.site().join("manifest.json"))?;
    Ok(serde_json::from_slice(&manifest)?)
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
