//! Drafting the next directory.

use super::{
    Opened,
    change::{Named, Opening, Place},
    facts::Facts,
    is_plain, named, roots_after, standing, verify,
};
use crate::{
    answer::Answer,
    calendar,
    deployment::Deployment,
    file::{self, Readers},
    group,
};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use protocol::{
    codec,
    directory::{Directory, LIFE},
    id::{Day, Hash, VerifyingKey},
};
use std::path::PathBuf;

/// What goes into it.
#[derive(Args)]
pub(crate) struct Draft {
    /// roots.toml, or the portal's configuration
    #[arg(long, value_name = "FILE")]
    roots: PathBuf,
    /// The last signed directory, or an export with it; without one this is the first
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Forces and units to take in the place of those of the last directory
    #[arg(long, value_name = "FILE", required_unless_present = "from")]
    facts: Option<PathBuf>,
    /// A unit that is new, or has another name
    #[arg(long = "unit", value_name = "ID=NAME")]
    units: Vec<Named>,
    /// A compartment to take off
    #[arg(long = "close", value_name = "unit=ID,purpose=intake|sealed")]
    closings: Vec<Place>,
    /// A compartment to list, by the signed first link of its chain
    #[arg(long = "compartment", value_name = "unit=ID,purpose=intake|sealed,link=FILE")]
    openings: Vec<Opening>,
    /// An administrator's signing key to list
    #[arg(long = "administrator", value_name = "KEY")]
    administrators: Vec<VerifyingKey>,
    /// An administrator's signing key to take off; --from is then an export, so that what they signed stays good
    #[arg(long = "without-administrator", value_name = "KEY", requires = "from")]
    without: Vec<VerifyingKey>,
    /// The key that signs receipts, as `candour key` printed it
    #[arg(long, value_name = "KEY", required_unless_present = "from")]
    receipt_key: Option<VerifyingKey>,
    /// A succession of roots, as `roots combine` made it
    #[arg(long = "succession", value_name = "FILE")]
    successions: Vec<PathBuf>,
    /// The last day on which it is valid (YYYY-MM-DD); without it, as long as may be: 90 days
    #[arg(long, value_name = "DATE", value_parser = calendar::parse)]
    expires: Option<Day>,
    /// The file to make
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Draft {
    /// Drafts it.
    pub(super) fn run(&self, today: Day) -> Result<Answer> {
        let deployment = Deployment::read(&self.roots)?;
        let mut directory = self.begin(&deployment, today)?;
        self.take_facts(&mut directory)?;
        self.change(&mut directory, today)?;
        self.keep_standing(&mut directory, today)?;
        self.succeed(&mut directory, &deployment)?;
        check(&directory)?;
        file::create(&self.out, &codec::encode(&directory), Readers::Anyone)?;
        Ok(Answer::good(format!(
            "Drafted version {} of the directory, valid until {}. Read it with `directory show`, then let two root keys sign it.\n{}{}",
            directory.version,
            calendar::words(directory.expires),
            named(&directory),
            remarks(&directory)
        )))
    }

    fn begin(&self, deployment: &Deployment, today: Day) -> Result<Directory> {
        let expires = self.expires.unwrap_or(Day(today.0 + LIFE));
        if expires < today || expires.0 > today.0 + LIFE {
            bail!(
                "--expires must be from today to {LIFE} days from today: browsers refuse a directory that lives longer"
            );
        }
        let blank = Directory {
            instance: deployment.hash(),
            version: 1,
            previous: Hash::ZERO,
            issued: today,
            expires,
            vintage: String::new(),
            forces: vec![],
            units: vec![],
            administrators: vec![],
            receipt_key: VerifyingKey([0; 32]),
            successions: vec![],
            standing: vec![],
        };
        let Some(path) = &self.from else {
            return Ok(blank);
        };
        let last = Opened::read(path)?.directory;
        // As of its own day: it may have expired since.
        verify::check(
            &super::signed_bytes(file::read(path)?),
            deployment,
            None,
            last.issued,
        )
        .map_err(|why| anyhow::anyhow!("{} cannot be built upon: {why}", path.display()))?;
        Ok(Directory {
            version: last.version + 1,
            previous: last.hash(),
            issued: today,
            expires,
            ..last
        })
    }

    fn take_facts(&self, directory: &mut Directory) -> Result<()> {
        let Some(path) = &self.facts else { return Ok(()) };
        let facts = Facts::read(path)?;
        let units = facts.units(&directory.units);
        let dropped = directory
            .units
            .iter()
            .find(|unit| !unit.compartments.is_empty() && units.iter().all(|one| one.id != unit.id));
        if let Some(unit) = dropped {
            bail!(
                "{} is not in {} but is on board; take its compartments off with --close first",
                unit.id,
                path.display()
            );
        }
        directory.vintage.clone_from(&facts.vintage);
        directory.forces = facts.forces();
        directory.units = units;
        Ok(())
    }

    fn change(&self, directory: &mut Directory, today: Day) -> Result<()> {
        self.units.iter().for_each(|unit| unit.apply(directory));
        self.closings
            .iter()
            .try_for_each(|place| place.close(directory))?;
        self.openings
            .iter()
            .try_for_each(|opening| opening.apply(directory, today))?;
        for key in &self.without {
            let place = directory.administrators.iter().position(|one| one == key);
            let place =
                place.with_context(|| format!("{key} is no administrator's key in the last directory"))?;
            directory.administrators.remove(place);
        }
        for key in &self.administrators {
            if directory.administrators.contains(key) {
                bail!("{key} is an administrator's key already");
            }
            directory.administrators.push(*key);
        }
        if let Some(key) = self.receipt_key {
            directory.receipt_key = key;
        }
        Ok(())
    }

    /// What is signed by whoever is taken off is listed, so that it stays good.
    fn keep_standing(&self, directory: &mut Directory, today: Day) -> Result<()> {
        let Some(path) = self.from.as_ref().filter(|_| !self.without.is_empty()) else {
            return Ok(());
        };
        let export = group::read(path).context(
            "--without-administrator needs an export as --from: without what they signed, browsers would refuse it",
        )?;
        standing::keep(directory, &Opened::read(path)?.directory, &export, today)
    }

    fn succeed(&self, directory: &mut Directory, deployment: &Deployment) -> Result<()> {
        for path in &self.successions {
            directory.successions.push(file::read(path)?.into());
            roots_after(deployment, &directory.successions)
                .with_context(|| format!("{} cannot be used", path.display()))?;
        }
        Ok(())
    }
}

fn check(directory: &Directory) -> Result<()> {
    if !is_plain(directory) {
        bail!("a name has characters in it that would not show as what they are; type it again");
    }
    for force in &directory.forces {
        for unit in [&force.unit, &force.oversight] {
            if directory.unit(unit).is_none() {
                bail!(
                    "{} names the unit `{unit}`, which there is not; add it with --unit {unit}=NAME",
                    force.id
                );
            }
        }
    }
    let ids: Vec<_> = directory.units.iter().map(|unit| &unit.id).collect();
    if let Some(twice) = ids.iter().enumerate().find(|(n, id)| ids[..*n].contains(id)) {
        bail!("there are two units called `{}`", twice.1);
    }
    Ok(())
}

fn remarks(directory: &Directory) -> &'static str {
    if directory.administrators.len() < 2 {
        "It lists fewer than two administrators: until there are two, no partner can be approved and no checkpoint made.\n"
    } else {
        ""
    }
}
