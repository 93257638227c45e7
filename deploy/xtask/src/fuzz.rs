//! Bytes that nobody would write, for every parser that meets a stranger's.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::workspace::Workspace;
use crate::{step, tools};

/// How to come by the one tool that is not installed here: it needs a C++ compiler too.
pub(crate) const HOW: &str =
    "cargo-fuzz is not installed. Install it with: cargo install --locked cargo-fuzz";

/// How long to go on with each parser.
#[derive(Clone, Copy)]
pub(crate) enum Until {
    Runs(u64),
    Seconds(u64),
}

impl Until {
    fn argument(self) -> String {
        match self {
            Self::Runs(runs) => format!("-runs={runs}"),
            Self::Seconds(seconds) => format!("-max_total_time={seconds}"),
        }
    }
}

/// Whether the tool is there.
pub(crate) fn is_installed() -> bool {
    tools::on_path("cargo-fuzz").is_some()
}

/// Fuzzes one parser, or all of them one after the other, and stops at the first bytes that break one.
pub(crate) fn fuzz(workspace: &Workspace, only: Option<&str>, until: Until) -> Result<()> {
    if !is_installed() {
        bail!(HOW);
    }
    let all = targets(workspace)?;
    let chosen = all.iter().filter(|name| only.is_none_or(|only| only == *name));
    let chosen = chosen.collect::<Vec<_>>();
    if chosen.is_empty() {
        bail!("there is no such parser; there are {}", all.join(", "));
    }
    step::step("Build what is fuzzed", || cargo_fuzz(workspace, "build", &[]))?;
    for name in chosen {
        step::step(&format!("Fuzz {name}"), || run(workspace, name, until))?;
    }
    Ok(())
}

fn run(workspace: &Workspace, name: &str, until: Until) -> Result<()> {
    // What is found goes to the first of the folders; the seeds stay as they are.
    let found = workspace.target().join("fuzz/corpus").join(name);
    std::fs::create_dir_all(&found)?;
    let seeds = folder(workspace).join("seeds").join(name);
    let (found, seeds) = (found.display().to_string(), seeds.display().to_string());
    let limit = until.argument();
    let quiet = ["--", &limit, "-verbosity=0", "-print_final_stats=1"];
    cargo_fuzz(workspace, "run", &[&[name, &found, &seeds], &quiet[..]].concat())
}

/// No sanitizer: there is no `unsafe` to watch, and they need a compiler that is not released.
fn cargo_fuzz(workspace: &Workspace, verb: &str, rest: &[&str]) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo
        .arg("fuzz")
        .arg(verb)
        .args(["--release", "--sanitizer", "none"]);
    cargo.arg("--fuzz-dir").arg(folder(workspace));
    cargo
        .arg("--target-dir")
        .arg(workspace.target().join("fuzz"))
        .args(rest);
    step::run(&mut cargo)
}

fn targets(workspace: &Workspace) -> Result<Vec<String>> {
    let files = std::fs::read_dir(folder(workspace).join("targets"))?;
    let name = |file: PathBuf| Some(file.file_stem()?.to_str()?.to_owned());
    let mut names = files
        .flatten()
        .filter_map(|file| name(file.path()))
        .collect::<Vec<_>>();
    names.sort();
    Ok(names)
}

/// The workspace of what is fuzzed, beside the protocol.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("app/protocol/fuzz")
}
