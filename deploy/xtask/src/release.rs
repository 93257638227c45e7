//! The one binary: the server with the site inside.

use anyhow::Result;

use crate::site::{self, Quality};
use crate::step;
use crate::workspace::Workspace;

/// Builds the site, then the server, and says where the binary is and how big.
pub(crate) fn build(workspace: &Workspace, quality: Quality) -> Result<()> {
    site::build(workspace, quality)?;
    server(workspace, quality)?;
    let binary = workspace.candour(profile(quality));
    let mebibytes = std::fs::metadata(&binary)?.len() >> 20;
    println!("{}: {mebibytes} MiB", binary.display());
    Ok(())
}

/// Builds the binary `candour`.
pub(crate) fn server(workspace: &Workspace, quality: Quality) -> Result<()> {
    step::step("Compile the server", || {
        step::run(workspace.cargo().arg("build").args(server_for(quality)))
    })
}

fn server_for(quality: Quality) -> &'static [&'static str] {
    match quality {
        // An example needs what tests need. With it, and in the whole workspace, cargo chooses every dependency's features
        // as it does for `cargo test --workspace`; otherwise it would compile half of them a second time.
        Quality::Development => &[
            "--workspace",
            "--bin=candour",
            "--bin=candour-tool",
            "--example=appends",
        ],
        Quality::Release => &["--package=server", "--bin=candour", "--release"],
    }
}

fn profile(quality: Quality) -> &'static str {
    if quality == Quality::Release {
        "release"
    } else {
        "debug"
    }
}
