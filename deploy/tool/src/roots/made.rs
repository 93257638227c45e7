//! Making root keys.

use super::sheet::Sheet;
use crate::{
    answer::Answer,
    deployment::Deployment,
    file::{self, Readers},
    key,
};
use anyhow::{Result, bail};
use clap::Args;
use protocol::{
    id::{Day, VerifyingKey},
    succession::LEAST_ROOTS,
    words,
};
use rand_core::{CryptoRng, RngCore};
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// How many roots sign. It never changes: it is part of every deployment's hash.
const THRESHOLD: u8 = 2;

/// The first roots of a deployment.
#[derive(Args)]
pub(crate) struct New {
    /// The deployment's name, as `instance` in the configuration; it never changes
    #[arg(long, value_name = "NAME")]
    instance: String,
    /// A new folder for keys and sheets
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Leave the keys unprotected; only for tests and demonstrations
    #[arg(long)]
    unprotected: bool,
}

impl New {
    /// Makes them.
    pub(super) fn run(&self, today: Day, rng: &mut (impl RngCore + CryptoRng)) -> Result<Answer> {
        check_name(&self.instance)?;
        file::make_folder(&self.out)?;
        // Room for all of it: a text that grows leaves copies of its passphrases behind.
        let mut said = Zeroizing::new(String::with_capacity(4096));
        writeln!(said, "Three root keys are in {}.", self.out.display())?;
        let mut roots = Vec::new();
        for place in 1..=LEAST_ROOTS {
            let maker = Maker {
                folder: &self.out,
                instance: &self.instance,
                unprotected: self.unprotected,
                today,
            };
            let (root, line) = maker.make(place, rng)?;
            roots.push(root);
            said.push_str(&line);
        }
        let deployment = Deployment {
            instance: self.instance.clone(),
            roots,
            threshold: THRESHOLD,
        };
        let path = self.out.join("roots.toml");
        file::create(&path, configuration(&deployment).as_bytes(), Readers::Anyone)?;
        said.push_str(if self.unprotected { OPEN } else { NEXT });
        Ok(Answer::good(said.as_str()))
    }
}

const NEXT: &str = "
These words are shown once and are in no file. Write each set by hand on its sheet, then:
  1. print sheet-1.txt, sheet-2.txt and sheet-3.txt;
  2. copy each key's file to two memory sticks of its own, and keep each key in another place, with another person;
  3. paste roots.toml into the portal's configuration;
  4. wipe this machine.
";

const OPEN: &str = "
The keys are unprotected: whoever reads the files can sign. Only for tests and demonstrations.
";

/// Makes one key after another.
pub(super) struct Maker<'a> {
    pub(super) folder: &'a Path,
    pub(super) instance: &'a str,
    pub(super) unprotected: bool,
    pub(super) today: Day,
}

impl Maker<'_> {
    /// Makes the key at `place` with its sheet; gives its public half, and the line that shows its passphrase.
    pub(super) fn make(
        &self,
        place: usize,
        rng: &mut (impl RngCore + CryptoRng),
    ) -> Result<(VerifyingKey, Zeroizing<String>)> {
        let passphrase = (!self.unprotected).then(|| words::passphrase(rng));
        let name = format!("root-{place}.{}", if self.unprotected { "key" } else { "age" });
        let passphrase = passphrase.as_ref().map(|words| words.as_str());
        let key = key::make(&self.folder.join(&name), passphrase, rng)?;
        let sheet = Sheet {
            place,
            instance: self.instance,
            key,
            file: &name,
            today: self.today,
            protected: !self.unprotected,
        };
        let path = self.folder.join(format!("sheet-{place}.txt"));
        file::create(&path, sheet.to_string().as_bytes(), Readers::Anyone)?;
        let mut line = Zeroizing::new(String::with_capacity(512));
        writeln!(line, "\nKey {place}, {name}: its public half is {key}")?;
        writeln!(line, "  words of the public half   {}", key::fingerprint(key))?;
        if let Some(passphrase) = passphrase {
            writeln!(line, "  passphrase                 {passphrase}")?;
        }
        Ok((key, line))
    }
}

fn check_name(name: &str) -> Result<()> {
    let plain = |symbol: char| symbol.is_ascii_alphanumeric() || "-._".contains(symbol);
    if name.is_empty() || !name.chars().all(plain) {
        bail!(
            "the deployment's name must be letters, digits, dots, dashes and underscores, such as candour.example"
        );
    }
    Ok(())
}

fn configuration(deployment: &Deployment) -> String {
    let lines = deployment.roots.iter().zip(1..);
    let line = |(root, place): (&VerifyingKey, u8)| {
        format!("    \"{root}\", # {place}: {}\n", key::fingerprint(*root))
    };
    let roots = lines.map(line).collect::<Vec<_>>().concat();
    format!(
        "# For the portal's configuration. These three lines never change, not even when a root is succeeded.\n\
         instance = \"{}\"\nroots = [\n{roots}]\nthreshold = {}\n",
        deployment.instance, deployment.threshold
    )
}
