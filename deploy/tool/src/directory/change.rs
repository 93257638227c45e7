//! Changes to a directory as they are written in a command, such as `unit=…,purpose=…,link=FILE`.

use crate::file;
use anyhow::{Context as _, Result, anyhow, bail};
use protocol::{
    directory::{Compartment, Directory, Purpose, Unit},
    group::{Act, Founders, Group, Link},
    id::Day,
    signed,
};
use std::{collections::BTreeMap, path::PathBuf, str::FromStr};

/// `ID=NAME`: a unit that is new, or has another name.
#[derive(Clone, Debug)]
pub(super) struct Named {
    id: String,
    name: String,
}

/// `unit=ID,purpose=intake|sealed`: one compartment's place.
#[derive(Clone, Debug)]
pub(super) struct Place {
    unit: String,
    purpose: Purpose,
}

/// `unit=ID,purpose=intake|sealed,link=FILE`: a compartment to list, by the signed first link of its chain.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    place: Place,
    link: PathBuf,
}

impl FromStr for Named {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (id, name) = text
            .split_once('=')
            .context("write it as ID=NAME, such as gwent-psd=\"Gwent PSD\"")?;
        let plain = |symbol: char| symbol.is_ascii_lowercase() || symbol.is_ascii_digit() || symbol == '-';
        if id.is_empty() || name.trim().is_empty() || !id.chars().all(plain) {
            bail!("a unit's ID is lower-case letters, digits and dashes, and its name is not empty");
        }
        Ok(Self {
            id: id.into(),
            name: name.trim().into(),
        })
    }
}

impl FromStr for Place {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::take(&mut parts(text, &["unit", "purpose"])?)
    }
}

impl FromStr for Opening {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let mut parts = parts(text, &["unit", "purpose", "link"])?;
        Ok(Self {
            link: take(&mut parts, "link")?.into(),
            place: Place::take(&mut parts)?,
        })
    }
}

impl Place {
    fn take(parts: &mut BTreeMap<&str, &str>) -> Result<Self> {
        let word = take(parts, "purpose")?;
        let purpose = word
            .parse()
            .map_err(|_| anyhow!("purpose is `intake` or `sealed`, not `{word}`"))?;
        Ok(Self {
            unit: take(parts, "unit")?,
            purpose,
        })
    }

    /// Takes the compartment off the directory.
    pub(super) fn close(&self, directory: &mut Directory) -> Result<()> {
        let unit = find(directory, &self.unit)?;
        let before = unit.compartments.len();
        unit.compartments.retain(|one| one.purpose != self.purpose);
        if unit.compartments.len() == before {
            bail!("{} has no {} compartment to close", self.unit, self.purpose);
        }
        Ok(())
    }
}

impl Named {
    /// Adds the unit, or gives it this name.
    pub(super) fn apply(&self, directory: &mut Directory) {
        match directory.units.iter_mut().find(|unit| unit.id == self.id) {
            Some(unit) => unit.name.clone_from(&self.name),
            None => directory.units.push(Unit {
                id: self.id.clone(),
                name: self.name.clone(),
                compartments: vec![],
            }),
        }
    }
}

impl Opening {
    /// Lists the compartment.
    pub(super) fn apply(&self, directory: &mut Directory, today: Day) -> Result<()> {
        let Place { unit, purpose: what } = &self.place;
        let compartment = self.compartment(directory, today)?;
        if directory.compartment(compartment.group).is_some() {
            bail!("the group of {} is in the directory already", self.link.display());
        }
        let unit = find(directory, unit)?;
        if unit.compartment(*what).is_some() {
            bail!(
                "{} has its {} compartment already; if it begins anew, take the old one off with --close",
                unit.id,
                what
            );
        }
        unit.compartments.push(compartment);
        unit.compartments.sort_by_key(|one| one.purpose as u8);
        Ok(())
    }

    fn compartment(&self, directory: &Directory, today: Day) -> Result<Compartment> {
        let name = self.link.display();
        let bytes = file::read(&self.link)?;
        let link = signed::verify::<Link>(&bytes)
            .map_err(|unsigned| anyhow!("{name} is not the signed first link of a chain: {unsigned}"))?
            .payload;
        let founders = Founders::Directory(link.hash());
        let group =
            Group::verify(link.group, &[bytes], directory.instance, founders, today).map_err(|refused| {
                anyhow!("{name} does not begin a compartment of this deployment: {refused}")
            })?;
        if !matches!(link.act, Act::Genesis { .. }) || group.kind != self.place.purpose.kind() {
            bail!("{name} begins a compartment for another purpose");
        }
        Ok(Compartment {
            group: group.id,
            purpose: self.place.purpose,
            genesis: group.now().head,
        })
    }
}

fn find<'a>(directory: &'a mut Directory, id: &str) -> Result<&'a mut Unit> {
    let unit = directory.units.iter_mut().find(|unit| unit.id == id);
    unit.with_context(|| format!("there is no unit `{id}`; add it with --unit {id}=NAME"))
}

fn parts<'a>(text: &'a str, keys: &[&str]) -> Result<BTreeMap<&'a str, &'a str>> {
    let shape = || format!("write it as {}=…", keys.join("=…,"));
    let parts: BTreeMap<_, _> = text
        .split(',')
        .map(|part| part.split_once('=').with_context(shape))
        .collect::<Result<_>>()?;
    if parts.len() != keys.len() || !keys.iter().all(|key| parts.contains_key(key)) {
        bail!(shape());
    }
    Ok(parts)
}

fn take(parts: &mut BTreeMap<&str, &str>, key: &'static str) -> Result<String> {
    let value = parts.remove(key).filter(|value| !value.is_empty());
    value
        .map(str::to_owned)
        .with_context(|| format!("`{key}` is missing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_or_said_to_be_wrong() {
        let opening: Opening = "unit=gwent-psd,purpose=sealed,link=a/b.link".parse().unwrap();
        assert_eq!(opening.place.purpose, Purpose::Sealed);
        assert_eq!(opening.link, PathBuf::from("a/b.link"));
        let wrong = |text: &str| text.parse::<Opening>().unwrap_err().to_string();
        assert!(wrong("unit=a,purpose=open,link=x").contains("`intake` or `sealed`"));
        assert!(wrong("unit=a,purpose=intake").contains("write it as unit=…,purpose=…,link=…"));
        assert!(wrong("unit=a,purpose=intake,link=").contains("`link` is missing"));
        assert!("gwent-psd=Gwent PSD".parse::<Named>().is_ok());
        for bad in ["gwent", "Gwent PSD=x", "gwent=", "=x"] {
            assert!(bad.parse::<Named>().is_err(), "{bad}");
        }
    }
}
