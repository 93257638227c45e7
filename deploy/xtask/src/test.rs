//! Every check there is, in the order in which the cheap ones come first.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::fuzz::{self, Until};
use crate::postgres::Postgres;
use crate::site::{self, Quality};
use crate::step::{Elapsed, Stopwatch};
use crate::tools::{self, Tool};
use crate::workspace::Workspace;
use crate::{bindgen, npm, release, step};

/// A check that can be run by itself.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Formatting
    Fmt,
    /// Lints, natively and for browsers
    Clippy,
    /// Documentation builds without a warning
    Doc,
    /// Licences, sources and advisories of dependencies
    Deny,
    /// The site builds
    Site,
    /// Unit tests, properties and stories, on both databases
    Unit,
    /// Some seconds of bytes that nobody would write, for each parser
    Fuzz,
    /// Candour in a real browser
    E2e,
}

enum Outcome {
    Passed,
    Failed,
    Skipped,
}

struct Line {
    part: Part,
    outcome: Outcome,
    took: Elapsed,
}

/// Runs the parts named, or all of them, every one to its end; fails if one does.
pub(crate) fn test(workspace: &Workspace, parts: &[Part]) -> Result<()> {
    // The server's sources name this folder, so it has to be there before they compile.
    std::fs::create_dir_all(workspace.site())?;
    let parts = if parts.is_empty() {
        Part::value_variants()
    } else {
        parts
    };
    let lines = parts
        .iter()
        .map(|part| line(workspace, *part))
        .collect::<Vec<_>>();
    report(&lines)
}

fn line(workspace: &Workspace, part: Part) -> Line {
    let watch = Stopwatch::start();
    println!("\n== {}", name(part));
    let outcome = match check(workspace, part) {
        Ok(outcome) => outcome,
        Err(error) => {
            println!("{error:#}");
            Outcome::Failed
        }
    };
    Line {
        part,
        outcome,
        took: watch.read(),
    }
}

fn check(workspace: &Workspace, part: Part) -> Result<Outcome> {
    match part {
        Part::Fmt => fmt(workspace)?,
        Part::Clippy => clippy(workspace)?,
        Part::Doc => doc(workspace)?,
        Part::Deny => return deny(workspace),
        Part::Site => site::build(workspace, Quality::Development)?,
        Part::Unit => unit(workspace)?,
        Part::Fuzz => return fuzz(workspace),
        Part::E2e => e2e(workspace)?,
    }
    Ok(Outcome::Passed)
}

fn fmt(workspace: &Workspace) -> Result<()> {
    step::run(workspace.cargo().args(["fmt", "--all", "--check"]))?;
    // A workspace of its own.
    let mut cargo = workspace.cargo();
    cargo.arg("fmt").arg("--manifest-path");
    step::run(
        cargo
            .arg(fuzz::folder(workspace).join("Cargo.toml"))
            .arg("--check"),
    )
}

fn clippy(workspace: &Workspace) -> Result<()> {
    tools::need_wasm_target(workspace.root())?;
    step::step("Lint natively", || {
        lint(workspace, &["--workspace", "--all-targets"])
    })?;
    step::step("Lint for browsers", || lint(workspace, &bindgen::FOR_BROWSERS))
}

fn lint(workspace: &Workspace, what: &[&str]) -> Result<()> {
    step::run(
        workspace
            .cargo()
            .arg("clippy")
            .args(what)
            .args(["--", "--deny=warnings"]),
    )
}

fn doc(workspace: &Workspace) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args(["doc", "--workspace", "--no-deps", "--document-private-items"]);
    step::run(cargo.env("RUSTDOCFLAGS", "--deny=warnings"))
}

/// All but advisories, which are fetched from elsewhere.
fn deny(workspace: &Workspace) -> Result<Outcome> {
    if tools::on_path("cargo-deny").is_none() {
        println!("skipped: cargo-deny is not installed. Install it with: cargo install --locked cargo-deny");
        return Ok(Outcome::Skipped);
    }
    step::run(
        workspace
            .cargo()
            .args(["deny", "check", "bans", "licenses", "sources"]),
    )?;
    Ok(Outcome::Passed)
}

fn unit(workspace: &Workspace) -> Result<()> {
    tools::need(&[Tool::Age])?;
    // Other implementations' test vectors.
    npm::install(&workspace.e2e())?;
    let postgres = Postgres::start()?;
    let mut cargo = workspace.cargo();
    cargo
        .args(["test", "--workspace"])
        .env("TEST_DATABASE_URL", postgres.url());
    step::run(&mut cargo)
}

/// What is looked for at length with `cargo xtask fuzz`, for so long that a target that does not build or breaks at once is noticed.
fn fuzz(workspace: &Workspace) -> Result<Outcome> {
    if !fuzz::is_installed() {
        println!("skipped: {}", fuzz::HOW);
        return Ok(Outcome::Skipped);
    }
    fuzz::fuzz(workspace, None, Until::Seconds(2))?;
    Ok(Outcome::Passed)
}

fn e2e(workspace: &Workspace) -> Result<()> {
    tools::need(&[Tool::Chromium])?;
    npm::install(&workspace.e2e())?;
    if !workspace.site().join("manifest.json").exists() {
        site::build(workspace, Quality::Development)?;
    }
    release::server(workspace, Quality::Development)?;
    let mut playwright = Command::new(npm::program(&workspace.e2e(), "playwright"));
    playwright
        .current_dir(workspace.e2e())
        .arg("test")
        .env("CANDOUR", workspace.candour("debug"));
    if let Some(chromium) = Tool::Chromium.find() {
        playwright.env("CHROMIUM", chromium);
    }
    step::step("Use Candour in a browser", || step::run(&mut playwright))
}

/// A table of what ran, then the line that counts it.
fn report(lines: &[Line]) -> Result<()> {
    println!();
    for Line { part, outcome, took } in lines {
        println!("{:8} {:8} {took:>12}", name(*part), word(outcome));
    }
    let count = |wanted: &str| lines.iter().filter(|line| word(&line.outcome) == wanted).count();
    let (passed, failed, skipped) = (count("passed"), count("failed"), count("skipped"));
    let total = lines.iter().map(|line| line.took.0).sum::<Duration>();
    println!("{:8} {:8} {:>12}", "total", "", Elapsed(total));
    match skipped {
        0 => println!("\n{passed} passed, {failed} failed"),
        _ => println!("\n{passed} passed, {failed} failed, {skipped} skipped"),
    }
    if failed > 0 {
        bail!("{failed} of the checks failed");
    }
    Ok(())
}

fn name(part: Part) -> String {
    part.to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default()
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::Skipped => "skipped",
    }
}
