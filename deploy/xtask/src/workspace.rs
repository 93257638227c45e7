//! Where things are: asked of cargo, never assumed.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::step;

/// The folders of this checkout.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Asks cargo where this package's workspace is and where it builds.
    pub(crate) fn find() -> Result<Self> {
        let mut cargo = step::cargo(&package());
        let answer = step::output(cargo.args(["metadata", "--no-deps", "--format-version=1"]))?;
        let answer: Value = serde_json::from_slice(&answer)?;
        Ok(Self {
            root: folder(&answer, "workspace_root")?,
            target: folder(&answer, "target_directory")?,
        })
    }

    /// The folder with the workspace's `Cargo.toml`.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where cargo puts what it builds.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// What browsers load. Always under the root, so that the server finds it wherever cargo builds.
    pub(crate) fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// The style sheet's sources, and the npm packages that make the site.
    pub(crate) fn style(&self) -> PathBuf {
        self.root.join("app/style")
    }

    /// The browser tests.
    pub(crate) fn e2e(&self) -> PathBuf {
        self.root.join("e2e")
    }

    /// The server's binary of a cargo profile's folder (`debug` or `release`).
    pub(crate) fn candour(&self, profile: &str) -> PathBuf {
        self.target.join(profile).join("candour")
    }

    /// Cargo, started at the root.
    pub(crate) fn cargo(&self) -> std::process::Command {
        step::cargo(&self.root)
    }
}

/// This package's folder, as cargo says when it runs us. What was compiled in is of the checkout that compiled last,
/// which may be another one where several share a target directory.
fn package() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into())
        .into()
}

fn folder(answer: &Value, key: &str) -> Result<PathBuf> {
    answer[key]
        .as_str()
        .map(PathBuf::from)
        .with_context(|| format!("cargo metadata did not say its {key}"))
}
