//! What must be installed, and the one line that says how.
//!
//! Rust's WebAssembly target is added by rustup. On Debian, as root, missing packages are installed; elsewhere the
//! job stops and says what to type.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::step;

/// The target that browsers run.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Programs that are not Rust's and not npm's.
#[derive(Clone, Copy)]
pub(crate) enum Tool {
    /// Drives the browser tests.
    Chromium,
    /// The second database of every storage test.
    PostgreSql,
    /// Opens what we seal, and seals what we open.
    Age,
}

impl Tool {
    /// Where the tool is, if it is installed.
    pub(crate) fn find(self) -> Option<PathBuf> {
        match self {
            Self::Chromium => std::env::var_os("CHROMIUM")
                .map(PathBuf::from)
                .or_else(|| on_path("chromium"))
                .or_else(|| on_path("chromium-browser"))
                .or_else(|| on_path("google-chrome")),
            Self::PostgreSql => debian_postgres().or_else(|| on_path("initdb")),
            Self::Age => on_path("age"),
        }
    }

    fn package(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::PostgreSql => "postgresql",
            Self::Age => "age",
        }
    }
}

/// Installs what is missing of `tools`, or says how.
pub(crate) fn need(tools: &[Tool]) -> Result<()> {
    let missing = packages(tools);
    if missing.is_empty() {
        return Ok(());
    }
    let install = format!(
        "apt-get install --yes --no-install-recommends {}",
        missing.join(" ")
    );
    if !(is_debian() && is_root()) {
        bail!("missing: {}. On Debian: sudo {install}", missing.join(", "));
    }
    step::step(&format!("Install {}", missing.join(", ")), || {
        step::run(apt().arg("update").arg("--quiet"))?;
        step::run(
            apt()
                .args(["install", "--yes", "--quiet", "--no-install-recommends"])
                .args(&missing),
        )
    })
}

/// Stops unless Node is there and new enough for the style sheet's compiler.
pub(crate) fn need_node() -> Result<()> {
    const HOW: &str =
        "Node 20.19 or newer is needed, with npm: install it from nodejs.org or your distribution";
    let version = Command::new("node")
        .arg("--version")
        .output()
        .context(HOW)?
        .stdout;
    let version = String::from_utf8_lossy(&version);
    let Some((major, minor)) = major_minor(&version) else {
        bail!("{HOW}; `node --version` said {version:?}")
    };
    if (major, minor) < (20, 19) || on_path("npm").is_none() {
        bail!("{HOW}; this one is {}", version.trim());
    }
    Ok(())
}

/// Adds Rust's WebAssembly target where rustup has not yet done so by itself.
pub(crate) fn need_wasm_target(root: &Path) -> Result<()> {
    let sysroot = step::output(
        Command::new("rustc")
            .current_dir(root)
            .args(["--print", "sysroot"]),
    )?;
    let library = Path::new(String::from_utf8(sysroot)?.trim())
        .join("lib/rustlib")
        .join(WASM_TARGET);
    if library.exists() {
        return Ok(());
    }
    step::step("Add Rust's WebAssembly target", || {
        step::run(
            Command::new("rustup")
                .current_dir(root)
                .args(["target", "add", WASM_TARGET]),
        )
        .with_context(|| format!("install it with: rustup target add {WASM_TARGET}"))
    })
}

/// The first file called `program` in `PATH`.
pub(crate) fn on_path(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Whether this process may install packages and change to other users.
pub(crate) fn is_root() -> bool {
    Path::new("/proc/self")
        .metadata()
        .is_ok_and(|process| process.uid() == 0)
}

fn packages(tools: &[Tool]) -> Vec<&'static str> {
    tools
        .iter()
        .filter(|tool| tool.find().is_none())
        .map(|tool| tool.package())
        .collect()
}

fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists()
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Debian keeps each version's programs in a folder of its own, off the path. The newest wins.
fn debian_postgres() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let version = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.flatten().map(|entry| entry.path()).max_by_key(version)?;
    Some(newest.join("bin/initdb")).filter(|initdb| initdb.is_file())
}

fn major_minor(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

#[cfg(test)]
mod tests {
    use super::major_minor;

    #[test]
    fn node_says_its_version() {
        assert_eq!(major_minor("v20.19.2\n"), Some((20, 19)));
        assert_eq!(major_minor("unknown"), None);
    }
}
