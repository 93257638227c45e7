//! What an import changes, for whoever decides on it.

use app::places::{District, Places};
use std::{collections::BTreeMap, fmt};

/// What is different between two tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Districts that are new: code, name, force.
    pub added: Vec<[String; 3]>,
    /// Districts that are no more: code, name, force.
    pub gone: Vec<[String; 3]>,
    /// Districts of another force than before: code, name, the force before, the force now.
    pub moved: Vec<[String; 4]>,
    /// How many districts there are now.
    pub districts: usize,
    /// How many postcode sectors are new.
    pub sectors_added: usize,
    /// How many are no more.
    pub sectors_gone: usize,
    /// How many lie most with another force than before.
    pub sectors_moved: usize,
    /// How many postcode sectors there are now.
    pub sectors: usize,
}

impl Change {
    /// From one table to another.
    pub fn between(before: &Places, now: &Places) -> Self {
        let (old, new) = (districts(before), districts(now));
        let only = |these: &BTreeMap<&str, (&District, &str)>, those: &BTreeMap<&str, (&District, &str)>| {
            let only = these.iter().filter(|(code, _)| !those.contains_key(*code));
            only.map(|(code, (one, force))| [(*code).into(), one.name.clone(), (*force).into()])
                .collect::<Vec<[String; 3]>>()
        };
        let moved = new.iter().filter_map(|(code, (one, force))| {
            let (_, from) = old.get(code).filter(|(_, from)| from != force)?;
            Some([(*code).into(), one.name.clone(), (*from).into(), (*force).into()])
        });
        let (old_sectors, new_sectors) = (sectors(before), sectors(now));
        let count = |these: &BTreeMap<&str, &str>, those: &BTreeMap<&str, &str>| {
            these.keys().filter(|name| !those.contains_key(*name)).count()
        };
        let elsewhere =
            |(name, force): &(&&str, &&str)| old_sectors.get(**name).is_some_and(|from| from != *force);
        Self {
            added: only(&new, &old),
            gone: only(&old, &new),
            moved: moved.collect(),
            districts: new.len(),
            sectors_added: count(&new_sectors, &old_sectors),
            sectors_gone: count(&old_sectors, &new_sectors),
            sectors_moved: new_sectors.iter().filter(elsewhere).count(),
            sectors: new_sectors.len(),
        }
    }
}

fn districts(places: &Places) -> BTreeMap<&str, (&District, &str)> {
    let all = places.districts.iter();
    all.map(|one| (one.code.as_str(), (one, force(places, one.force))))
        .collect()
}

/// Each sector with the force that has most of it.
fn sectors(places: &Places) -> BTreeMap<&str, &str> {
    let all = places.sectors.iter();
    all.filter_map(|one| Some((one.name.as_str(), force(places, one.counts.first()?.0))))
        .collect()
}

fn force(places: &Places, at: usize) -> &str {
    places.forces.get(at).map_or("", |force| force.id.as_str())
}

impl fmt::Display for Change {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            added,
            gone,
            moved,
            districts,
            ..
        } = self;
        writeln!(
            out,
            "Districts: {districts}; {} added, {} gone, {} with another force.",
            added.len(),
            gone.len(),
            moved.len()
        )?;
        for [code, name, force] in added {
            writeln!(out, "  added  {code} {name}: {force}")?;
        }
        for [code, name, force] in gone {
            writeln!(out, "  gone   {code} {name}: {force}")?;
        }
        for [code, name, from, to] in moved {
            writeln!(out, "  moved  {code} {name}: {from} to {to}")?;
        }
        write!(
            out,
            "Postcode sectors: {}; {} added, {} gone, {} with another force.",
            self.sectors, self.sectors_added, self.sectors_gone, self.sectors_moved
        )
    }
}
