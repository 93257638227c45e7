//! The lines of a portal's configuration that say what everything is checked against.

use crate::file;
use anyhow::{Context as _, Result, bail};
use protocol::{
    directory,
    id::{Hash, VerifyingKey},
};
use serde::Deserialize;
use std::path::Path;

/// Name, founding roots and threshold. A whole `candour.toml` will do: what else is in it is not read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Deployment {
    /// The deployment's name.
    pub(crate) instance: String,
    /// The founding roots' public keys.
    pub(crate) roots: Vec<VerifyingKey>,
    /// How many roots sign.
    pub(crate) threshold: u8,
}

impl Deployment {
    /// Reads it from a file.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = file::read_text(path)?;
        let name = path.display();
        let deployment: Self = toml::from_str(&text).map_err(|error| {
            anyhow::anyhow!(
                "{name} needs `instance`, `roots` and `threshold`, as `roots new` writes them: {}",
                error.message()
            )
        })?;
        deployment
            .check()
            .with_context(|| format!("{name} cannot be used"))?;
        Ok(deployment)
    }

    fn check(&self) -> Result<()> {
        let distinct = self
            .roots
            .iter()
            .enumerate()
            .all(|(n, key)| !self.roots[..n].contains(key));
        if !distinct {
            bail!("`roots` names a key twice");
        }
        if self.threshold == 0 || usize::from(self.threshold) > self.roots.len() {
            bail!("`threshold` must be at least 1 and at most the number of `roots`");
        }
        Ok(())
    }

    /// What stands for it in everything signed.
    pub(crate) fn hash(&self) -> Hash {
        directory::instance(&self.instance, &self.roots, self.threshold)
    }

    /// The founding roots, and how many of them sign.
    pub(crate) fn founding(&self) -> (&[VerifyingKey], u8) {
        (&self.roots, self.threshold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Deployment> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("roots.toml");
        std::fs::write(&path, text).unwrap();
        Deployment::read(&path)
    }

    #[test]
    fn a_whole_configuration_will_do_and_a_wrong_one_is_named() {
        let (one, two) = ("11".repeat(32), "22".repeat(32));
        let good =
            format!("instance = 'a'\nlisten = '127.0.0.1:1'\nroots = ['{one}', '{two}']\nthreshold = 2\n");
        assert_eq!(read(&good).unwrap().roots.len(), 2);
        for (bad, why) in [
            (
                good.replace("threshold = 2", "threshold = 3"),
                "`threshold` must be",
            ),
            (
                good.replace("threshold = 2", "threshold = 0"),
                "`threshold` must be",
            ),
            (good.replace("threshold = 2", ""), "needs `instance`"),
            (good.replace(&two, &one), "twice"),
            (good.replace(&two, "22"), "needs `instance`"),
        ] {
            let error = format!("{:#}", read(&bad).unwrap_err());
            assert!(error.contains(why), "{error}");
        }
    }
}
