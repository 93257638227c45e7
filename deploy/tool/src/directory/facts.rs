//! The public facts that a directory starts from: `deploy/directory/*.toml`.

use crate::file;
use anyhow::{Result, anyhow};
use protocol::directory;
use serde::Deserialize;
use std::path::Path;

/// Forces and units, with the date they were true on.
#[derive(Deserialize)]
pub(super) struct Facts {
    pub(super) vintage: String,
    #[serde(default)]
    force: Vec<Force>,
    #[serde(default)]
    unit: Vec<Unit>,
}

#[derive(Deserialize)]
struct Force {
    id: String,
    name: String,
    unit: String,
    oversight: String,
}

#[derive(Deserialize)]
struct Unit {
    id: String,
    name: String,
}

impl Facts {
    /// Reads them.
    pub(super) fn read(path: &Path) -> Result<Self> {
        toml::from_str(&file::read_text(path)?)
            .map_err(|error| anyhow!("{} does not read as facts: {}", path.display(), error.message()))
    }

    /// The forces.
    pub(super) fn forces(&self) -> Vec<directory::Force> {
        let force = |one: &Force| directory::Force {
            id: one.id.clone(),
            name: one.name.clone(),
            unit: one.unit.clone(),
            oversight: one.oversight.clone(),
        };
        self.force.iter().map(force).collect()
    }

    /// The units, with the compartments that those of `before` have.
    pub(super) fn units(&self, before: &[directory::Unit]) -> Vec<directory::Unit> {
        let compartments = |id: &str| {
            let same = before.iter().find(|unit| unit.id == id);
            same.map(|unit| unit.compartments.clone()).unwrap_or_default()
        };
        let unit = |one: &Unit| directory::Unit {
            id: one.id.clone(),
            name: one.name.clone(),
            compartments: compartments(&one.id),
        };
        self.unit.iter().map(unit).collect()
    }
}
