//! The npm packages of a folder, exactly those of its lock file.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::Result;

use crate::{step, tools};

/// Installs the packages of `folder` unless that was done since its lock file last changed.
pub(crate) fn install(folder: &Path) -> Result<()> {
    tools::need_node()?;
    if installed_since(folder) {
        return Ok(());
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    step::step(&format!("Install the npm packages of {name}"), || {
        step::run(Command::new("npm").current_dir(folder).args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]))
    })
}

/// A program that one of the packages of `folder` brings.
pub(crate) fn program(folder: &Path, name: &str) -> PathBuf {
    folder.join("node_modules/.bin").join(name)
}

fn installed_since(folder: &Path) -> bool {
    // npm writes this file last, so a broken installation does not have it.
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    installed.is_some_and(|then| modified(&folder.join("package-lock.json")).is_some_and(|lock| lock <= then))
}

fn modified(file: &Path) -> Option<SystemTime> {
    file.metadata().ok()?.modified().ok()
}
