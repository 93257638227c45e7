//! `cargo xtask`: builds, runs, tests and measures Candour.
//!
//! Each job is one file, says what it is doing and how long it took, and installs what it needs where it can; where
//! it cannot, it stops with the one line that would.
#![expect(
    clippy::print_stdout,
    reason = "a tool for a person at a terminal: what it prints is its answer"
)]

mod bench;
mod bindgen;
mod compress;
mod fuzz;
mod licences;
mod npm;
mod postgres;
mod release;
mod run;
mod site;
mod split;
mod step;
mod styles;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::site::Quality;
use crate::workspace::Workspace;

/// Builds, runs, tests and measures Candour.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Build the portal and open its demonstration
    Run {
        /// Handed to `candour demo`, for example `-- --listen 127.0.0.1:9000`
        #[arg(last = true)]
        demo: Vec<String>,
    },
    /// Run every check, or only those named
    Test {
        /// Which; all of them when none is named
        #[arg(value_enum)]
        parts: Vec<test::Part>,
    },
    /// Build what browsers load, into target/site
    Site {
        /// Small and fast instead of quickly made
        #[arg(long)]
        release: bool,
    },
    /// Build the one binary with the site inside
    Build {
        /// Optimised, for people to use
        #[arg(long)]
        release: bool,
    },
    /// Measure sizes and speeds
    Bench,
    /// Hand every parser bytes that nobody would write, until one breaks
    Fuzz {
        /// Which; all of them when none is named
        parser: Option<String>,
        /// How often
        #[arg(default_value_t = 1_000_000)]
        runs: u64,
    },
}

fn main() -> ExitCode {
    match work(Arguments::parse().job) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn work(job: Job) -> Result<()> {
    let workspace = Workspace::find()?;
    match job {
        Job::Run { demo } => run::run(&workspace, &demo),
        Job::Test { parts } => test::test(&workspace, &parts),
        Job::Site { release } => site::build(&workspace, Quality::of(release)),
        Job::Build { release } => release::build(&workspace, Quality::of(release)),
        Job::Bench => bench::bench(&workspace),
        Job::Fuzz { parser, runs } => fuzz::fuzz(&workspace, parser.as_deref(), fuzz::Until::Runs(runs)),
    }
}
