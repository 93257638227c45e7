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
        let mut cargo = workspace.cargo();
        cargo.args(["build", "--package", "server", "--bin", "candour"]);
        if quality == Quality::Release {
            cargo.arg("--release");
        }
        step::run(&mut cargo)
    })
}

fn profile(quality: Quality) -> &'static str {
    if quality == Quality::Release {
        "release"
    } else {
        "debug"
    }
}
