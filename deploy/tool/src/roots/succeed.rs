//! Putting new keys in the place of lost ones.

use super::made::Maker;
use crate::{
    answer::Answer,
    deployment::Deployment,
    directory::{Opened, roots_after},
    file::{self, Readers},
    key,
};
use anyhow::{Result, bail};
use clap::Args;
use protocol::{codec, id::Day, succession::Succession};
use rand_core::{CryptoRng, RngCore};
use std::{fmt::Write as _, path::PathBuf};
use zeroize::Zeroizing;

/// A succession of roots.
#[derive(Args)]
pub(crate) struct Succeed {
    /// roots.toml, or the portal's configuration
    #[arg(long, value_name = "FILE")]
    roots: PathBuf,
    /// The last signed directory, where there is one: it says which successions there were before
    #[arg(long, value_name = "FILE")]
    directory: Option<PathBuf>,
    /// The number on the sheet of a key that is lost or stolen; once for each
    #[arg(long, value_name = "N", required = true)]
    lost: Vec<usize>,
    /// A new folder for the new keys, their sheets and the draft
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Leave the new keys unprotected; only for tests and demonstrations
    #[arg(long)]
    unprotected: bool,
}

impl Succeed {
    /// Makes the keys and drafts.
    pub(super) fn run(&self, today: Day, rng: &mut (impl RngCore + CryptoRng)) -> Result<Answer> {
        let deployment = Deployment::read(&self.roots)?;
        let before = match &self.directory {
            Some(path) => Opened::read(path)?.directory.successions,
            None => vec![],
        };
        let mut roots = roots_after(&deployment, &before)?;
        self.check(roots.len(), deployment.threshold)?;
        file::make_folder(&self.out)?;
        let maker = Maker {
            folder: &self.out,
            instance: &deployment.instance,
            unprotected: self.unprotected,
            today,
        };
        let mut said = Zeroizing::new(String::with_capacity(4096));
        said.push_str("New root keys:\n");
        for place in &self.lost {
            let (root, line) = maker.make(*place, rng)?;
            roots[place - 1] = root;
            said.push_str(&line);
        }
        let succession = Succession {
            instance: deployment.hash(),
            number: u32::try_from(before.len() + 1)?,
            roots,
            day: today,
        };
        let draft = self.out.join("succession.draft");
        file::create(&draft, &codec::encode(&succession), Readers::Anyone)?;
        self.say_next(&mut said, &succession, deployment.threshold)?;
        Ok(Answer::good(said.as_str()))
    }

    fn check(&self, roots: usize, threshold: u8) -> Result<()> {
        let mut lost = self.lost.clone();
        lost.sort_unstable();
        lost.dedup();
        if lost.len() != self.lost.len() || lost.iter().any(|place| !(1..=roots).contains(place)) {
            bail!("--lost takes the numbers on the sheets, from 1 to {roots}, each once");
        }
        if roots - lost.len() < usize::from(threshold) {
            bail!(
                "{threshold} roots must be left to sign; with fewer there is no succession, only a new deployment"
            );
        }
        Ok(())
    }

    fn say_next(&self, said: &mut String, succession: &Succession, threshold: u8) -> Result<()> {
        writeln!(said, "\nThe roots of succession {}:", succession.number)?;
        for (place, root) in (1..).zip(&succession.roots) {
            let new = if self.lost.contains(&place) { "  new" } else { "" };
            writeln!(said, "  {place}  {}{new}", key::fingerprint(*root))?;
        }
        write!(
            said,
            "\nNext: {threshold} of the roots that are left sign {}/succession.draft with `roots sign`; join the signatures with \
             `roots combine`;\ngive the result to `directory draft --succession`. roots.toml and the configuration stay as they are.\n",
            self.out.display()
        )?;
        Ok(())
    }
}
