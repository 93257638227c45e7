//! The forces, units and oversight bodies that a directory starts from.

use crate::error::{Error, Result};
use serde::Deserialize;

const FILE: &str = include_str!("../../../deploy/directory/england-and-wales.toml");

/// Public facts, with their date.
#[derive(Deserialize)]
pub(super) struct Facts {
    pub(super) vintage: String,
    pub(super) force: Vec<Force>,
    pub(super) unit: Vec<Unit>,
}

/// A force, and who receives concerns about its people and about its chief officer.
#[derive(Deserialize)]
pub(super) struct Force {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) oversight: String,
}

/// A unit or an oversight body.
#[derive(Deserialize)]
pub(super) struct Unit {
    pub(super) id: String,
    pub(super) name: String,
}

impl Facts {
    /// The facts that this release ships with.
    pub(super) fn read() -> Result<Self> {
        toml::from_str(FILE)
            .map_err(|error| Error::Unfit(format!("the directory's facts do not read: {}", error.message())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_force_has_a_unit_and_an_oversight_body() {
        let facts = Facts::read().unwrap();
        assert_eq!(
            facts.force.len(),
            46,
            "43 of England and Wales, and three others in scope"
        );
        for force in &facts.force {
            assert!(
                facts.unit.iter().any(|unit| unit.id == force.unit),
                "{}",
                force.id
            );
            assert!(
                facts.unit.iter().any(|unit| unit.id == force.oversight),
                "{}",
                force.id
            );
        }
    }
}
