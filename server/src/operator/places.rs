//! Importing which force covers which place. Nothing that browsers believe keys by: public facts, checked all the same, because they
//! decide what is suggested.

use super::Operator;
use crate::{
    error::{Error, Result},
    places::{
        self, Change,
        ons::{self, Wrong},
    },
};
use app::places::{Force, Places, Sector};
use protocol::id::Hash;
use std::{fs::File, io::BufReader, path::Path};

/// The files of an import.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// The lookup from districts to police force areas.
    pub districts: &'a Path,
    /// The postcode directory, or sectors made of it; without it the sectors stay as they are.
    pub postcodes: Option<&'a Path>,
    /// The forces and the codes of their areas; without it they stay as they are.
    pub forces: Option<&'a Path>,
    /// What they are called, and of when; without it the names of the files are.
    pub vintage: Option<&'a str>,
}

/// What was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What changed by it.
    pub change: Change,
    /// Forces in it that the published directory does not list: a place of theirs leads to other ways of telling.
    pub unlisted: Vec<String>,
    /// Whether it was there already, and nothing was written.
    pub before: bool,
}

impl Operator {
    /// Checks the files and puts what is in them in the place of what is there; with `dry` only says what would change.
    pub async fn import_places(&self, files: Files<'_>, dry: bool) -> Result<Imported> {
        let stored = self.database.places().await?;
        let before = places::read(stored.as_ref().map(|(_, text)| text.as_str()))?;
        let now = read(files, &before)?;
        let stored = stored.map(|(hash, _)| hash);
        let text = now.to_text();
        let same = stored == Some(places::hash(&text));
        let unlisted = self.unlisted(&now).await?;
        if !dry && !same {
            self.store_places(stored, &text).await?;
        }
        Ok(Imported {
            change: Change::between(&before, &now),
            unlisted,
            before: same,
        })
    }

    /// Files take a while to read, and nobody else's writing waits for that: so another import may have come in between.
    async fn store_places(&self, before: Option<Hash>, text: &str) -> Result<()> {
        let (hash, today) = (places::hash(text), self.clock.today());
        let mut transaction = self.database.begin().await?;
        if transaction.places_hash().await? != before {
            return Err(Error::Cannot(
                "somebody else has just imported places: look, and try again".into(),
            ));
        }
        transaction.store_places(hash, text, today).await?;
        self.record(&mut transaction, "import places", &hash.0).await?;
        transaction.commit().await
    }

    async fn unlisted(&self, places: &Places) -> Result<Vec<String>> {
        let Some(directory) = self.newest().await? else {
            return Ok(Vec::new());
        };
        let listed = |force: &&Force| directory.forces.iter().any(|one| one.id == force.id);
        let unlisted = places.forces.iter().filter(|force| !listed(force));
        Ok(unlisted.map(|force| force.id.clone()).collect())
    }
}

fn read(files: Files, before: &Places) -> Result<Places> {
    let forces = match files.forces {
        Some(path) => ons::forces(open(path)?, &before.forces).map_err(|wrong| refusal(path, &wrong))?,
        None => before.forces.clone(),
    };
    let path = files.districts;
    let mut districts = ons::districts(open(path)?, &forces).map_err(|wrong| refusal(path, &wrong))?;
    for district in districts.iter_mut().filter(|one| one.welsh.is_none()) {
        // The lookup has Welsh names only in some years.
        let known = before.districts.iter().find(|one| one.code == district.code);
        district.welsh = known.and_then(|one| one.welsh.clone());
    }
    let (postcodes, sectors) = match files.postcodes {
        Some(path) => {
            let sectors =
                ons::sectors(open(path)?, &forces, &districts).map_err(|wrong| refusal(path, &wrong))?;
            (Some(called(files.vintage, path)?), sectors)
        }
        None => (before.postcodes.clone(), kept(before, &forces)?),
    };
    Ok(Places {
        vintage: called(files.vintage, files.districts)?,
        postcodes,
        forces,
        districts,
        sectors,
    })
}

/// The sectors of before, whose forces may have other places in the list now.
fn kept(before: &Places, forces: &[Force]) -> Result<Vec<Sector>> {
    let moved = before
        .forces
        .iter()
        .map(|old| forces.iter().position(|one| one.id == old.id));
    let moved: Vec<_> = moved.collect();
    let gone = || Error::Cannot("a force of the postcodes is there no more: give --postcodes too".into());
    let sector = |sector: &Sector| {
        let counts = sector
            .counts
            .iter()
            .map(|(force, count)| Some((moved.get(*force).copied()??, *count)));
        Some(Sector {
            name: sector.name.clone(),
            counts: counts.collect::<Option<_>>()?,
        })
    };
    before
        .sectors
        .iter()
        .map(|one| sector(one).ok_or_else(gone))
        .collect()
}

fn called(vintage: Option<&str>, path: &Path) -> Result<String> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = vintage.unwrap_or(&stem).trim();
    if name.is_empty() || name.len() > 200 || name.chars().any(char::is_control) {
        return Err(Error::Cannot(
            "--vintage is to be one line of at most 200 bytes".into(),
        ));
    }
    Ok(name.into())
}

fn open(path: &Path) -> Result<BufReader<File>> {
    let file =
        File::open(path).map_err(|error| Error::File(format!("{} cannot be read", path.display()), error))?;
    Ok(BufReader::new(file))
}

fn refusal(path: &Path, wrong: &Wrong) -> Error {
    Error::Cannot(format!("{}: {wrong} (nothing is changed)", path.display()))
}
