//! The notices of everything that is handed out with Candour, as one text.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::step;
use crate::tools::WASM_TARGET;
use crate::workspace::Workspace;

/// The packages whose code reaches a server or a browser.
const HANDED_OUT: [&str; 3] = ["server", "app", "vault"];

/// How the files that matter begin, in any case.
const LICENCE_FILES: [&str; 6] = [
    "license",
    "licence",
    "copying",
    "notice",
    "unlicense",
    "copyright",
];

/// Writes the notices: those kept by hand in `deploy/licences`, then every Rust package and its licences.
pub(crate) fn text(workspace: &Workspace) -> Result<String> {
    step::step("Collect the licences", || {
        let packages = packages(workspace)?;
        let mut text = String::from("Candour includes the work of others. Their notices follow.\n");
        by_hand(workspace, &mut text)?;
        list(&packages, &mut text)?;
        texts(&packages, &mut text)?;
        Ok(text)
    })
}

struct Package {
    name: String,
    version: String,
    /// As an SPDX expression.
    licence: String,
    folder: PathBuf,
}

impl Package {
    fn parse(package: &Value) -> Option<Self> {
        let manifest = Path::new(package["manifest_path"].as_str()?);
        Some(Self {
            name: package["name"].as_str()?.to_owned(),
            version: package["version"].as_str()?.to_owned(),
            licence: package["license"]
                .as_str()
                .unwrap_or("see its licence file")
                .to_owned(),
            folder: manifest.parent()?.to_owned(),
        })
    }
}

fn by_hand(workspace: &Workspace, text: &mut String) -> Result<()> {
    let mut files = fs::read_dir(workspace.root().join("deploy/licences"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    files.sort();
    for file in files
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "txt"))
    {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        heading(text, &name)?;
        text.push_str(fs::read_to_string(file)?.trim());
        text.push('\n');
    }
    Ok(())
}

fn list(packages: &[Package], text: &mut String) -> Result<()> {
    heading(text, &format!("{} Rust packages", packages.len()))?;
    for Package {
        name,
        version,
        licence,
        ..
    } in packages
    {
        writeln!(text, "{name} {version}: {licence}")?;
    }
    Ok(())
}

/// Each licence text once, under the names of those that share it.
fn texts(packages: &[Package], text: &mut String) -> Result<()> {
    let mut shared: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages {
        for licence in licence_files(&package.folder)? {
            let name = format!("{} {}", package.name, package.version);
            shared.entry(licence).or_default().insert(name);
        }
    }
    let mut shared = shared
        .into_iter()
        .map(|(licence, names)| (names, licence))
        .collect::<Vec<_>>();
    shared.sort();
    for (names, licence) in shared {
        heading(text, &names.into_iter().collect::<Vec<_>>().join(", "))?;
        writeln!(text, "{licence}")?;
    }
    Ok(())
}

fn heading(text: &mut String, title: &str) -> Result<()> {
    Ok(write!(text, "\n{}\n{title}\n\n", "-".repeat(78))?)
}

/// The licence texts beside a package's manifest, trimmed so that equal ones are the same.
fn licence_files(folder: &Path) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        if file.is_file() && is_licence(&file) {
            let text = fs::read(&file)?;
            texts.push(
                String::from_utf8_lossy(&text)
                    .replace("\r\n", "\n")
                    .trim()
                    .to_owned(),
            );
        }
    }
    Ok(texts)
}

fn is_licence(file: &Path) -> bool {
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let is_source = file.extension().is_some_and(|extension| extension == "rs");
    LICENCE_FILES.iter().any(|start| name.starts_with(start)) && !is_source
}

/// Every package that those handed out need when they run, other than our own, by name.
fn packages(workspace: &Workspace) -> Result<Vec<Package>> {
    let metadata = metadata(workspace)?;
    let needed = needed(&metadata)?;
    let mut packages = list_of(&metadata, "packages")?
        .iter()
        .filter(|package| {
            !package["source"].is_null() && package["id"].as_str().is_some_and(|id| needed.contains(id))
        })
        .filter_map(Package::parse)
        .collect::<Vec<_>>();
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(packages)
}

fn metadata(workspace: &Workspace) -> Result<Value> {
    let host = step::output(
        std::process::Command::new("rustc")
            .current_dir(workspace.root())
            .arg("-vV"),
    )?;
    let host = String::from_utf8(host)?;
    let host = host
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .context("rustc did not say its host")?;
    let mut cargo = workspace.cargo();
    cargo.args(["metadata", "--format-version=1", "--all-features"]);
    cargo.args(["--filter-platform", host, "--filter-platform", WASM_TARGET]);
    Ok(serde_json::from_slice(&step::output(&mut cargo)?)?)
}

fn needed(metadata: &Value) -> Result<BTreeSet<&str>> {
    let nodes = list_of(&metadata["resolve"], "nodes")?;
    let nodes = nodes
        .iter()
        .filter_map(|node| Some((node["id"].as_str()?, node)))
        .collect::<BTreeMap<_, _>>();
    let mut waiting = roots(metadata)?;
    let mut needed = BTreeSet::new();
    while let Some(id) = waiting.pop_front() {
        if needed.insert(id) {
            waiting.extend(
                nodes
                    .get(id)
                    .into_iter()
                    .flat_map(|node| run_time_dependencies(node)),
            );
        }
    }
    Ok(needed)
}

fn roots(metadata: &Value) -> Result<VecDeque<&str>> {
    let ours = list_of(metadata, "packages")?
        .iter()
        .filter(|package| package["source"].is_null());
    Ok(ours
        .filter(|package| {
            package["name"]
                .as_str()
                .is_some_and(|name| HANDED_OUT.contains(&name))
        })
        .filter_map(|package| package["id"].as_str())
        .collect())
}

/// Not those of tests and build scripts: cargo gives these no kind.
fn run_time_dependencies(node: &Value) -> Vec<&str> {
    let runs = |dependency: &&Value| {
        dependency["dep_kinds"]
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
    };
    let dependencies = node["deps"].as_array().into_iter().flatten();
    dependencies
        .filter(runs)
        .filter_map(|dependency| dependency["pkg"].as_str())
        .collect()
}

fn list_of<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>> {
    value[key]
        .as_array()
        .with_context(|| format!("cargo metadata has no {key}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn test_dependencies_are_not_handed_out() {
        let node = json!({ "deps": [
            { "pkg": "age", "dep_kinds": [{ "kind": null }] },
            { "pkg": "proptest", "dep_kinds": [{ "kind": "dev" }] },
        ] });
        assert_eq!(run_time_dependencies(&node), ["age"]);
    }

    #[test]
    fn licence_files_are_found_by_their_usual_names() {
        assert!(is_licence(Path::new("LICENSE-MIT")));
        assert!(is_licence(Path::new("COPYING")));
        assert!(!is_licence(Path::new("license.rs")));
        assert!(!is_licence(Path::new("README.md")));
    }
}
