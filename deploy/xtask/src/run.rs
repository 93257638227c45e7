//! The demonstration, built and opened.

use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::release;
use crate::site::{self, Quality};
use crate::workspace::Workspace;

/// Builds everything and becomes `candour demo`, so that Ctrl-C reaches it and nothing stays behind.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    site::build(workspace, Quality::Development)?;
    release::server(workspace, Quality::Development)?;
    let mut demo = Command::new(workspace.candour("debug"));
    demo.current_dir(workspace.root()).arg("demo").args(arguments);
    Err(demo.exec()).context("could not start the demonstration")
}
