//! Which force covers which place. The same table for everyone: the browser fetches the whole of it and looks in it, so that a place that
//! somebody types is in no request.

mod postcode;
mod search;
mod text;

pub use postcode::Postcode;
pub use search::{Hit, Name, Search};
pub use text::BadLine;

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// What the districts were taken from, and when.
    pub vintage: String,
    /// What the postcode sectors were taken from, where there are any.
    pub postcodes: Option<String>,
    /// The forces. Districts and sectors name them by their place in this list.
    pub forces: Vec<Force>,
    /// The districts.
    pub districts: Vec<District>,
    /// The postcode sectors, by name.
    pub sectors: Vec<Sector>,
}

/// A force, as far as finding it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Force {
    /// Its identifier, as in the directory.
    pub id: String,
    /// Its code with the Office for National Statistics, where it has one.
    pub code: Option<String>,
    /// What else people call it or its area.
    pub aliases: Vec<String>,
}

/// A district: the area of a council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Its code with the Office for National Statistics.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its name in Welsh, where that is another.
    pub welsh: Option<String>,
    /// Its force.
    pub force: usize,
}

/// A postcode sector, such as `BS1 4`. No full postcode is in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sector {
    /// Its name: the outcode, a space, a digit.
    pub name: String,
    /// How many of its postcodes lie with each force.
    pub counts: Vec<(usize, u32)>,
}

/// How likely each force is, most likely first: its place in the list, and of how many in a thousand postcodes it is the force.
pub type Shares = Vec<(usize, u32)>;

impl Places {
    /// The forces of a sector, or of a whole outcode; nothing where the table has neither.
    pub fn shares(&self, postcode: &Postcode) -> Option<Shares> {
        let known = postcode.sector().and_then(|name| {
            let at = self.sectors.binary_search_by(|one| one.name.as_str().cmp(&name));
            at.ok().map(|at| &self.sectors[at..=at])
        });
        // A sector that is newer than the table is most likely as the rest of its outcode.
        shares(known.unwrap_or_else(|| self.outcode(&postcode.outcode)))
    }

    fn outcode(&self, outcode: &str) -> &[Sector] {
        let own = |sector: &Sector| sector.name.split(' ').next().unwrap_or_default().cmp(outcode);
        // A space comes before every letter and digit, so sectors of one outcode are together, in the order of outcodes.
        let from = self.sectors.partition_point(|one| own(one).is_lt());
        let to = self.sectors.partition_point(|one| own(one).is_le());
        &self.sectors[from..to]
    }
}

fn shares(sectors: &[Sector]) -> Option<Shares> {
    let mut counts: Vec<(usize, u64)> = Vec::new();
    for (force, count) in sectors.iter().flat_map(|sector| &sector.counts) {
        match counts.iter_mut().find(|(known, _)| known == force) {
            Some((_, sum)) => *sum += u64::from(*count),
            None => counts.push((*force, u64::from(*count))),
        }
    }
    counts.sort_by_key(|(force, count)| (core::cmp::Reverse(*count), *force));
    let all: u64 = counts.iter().map(|(_, count)| count).sum();
    let share = |count: u64| u32::try_from((count * 1000).checked_div(all)?).ok();
    let shares: Shares = counts
        .into_iter()
        .filter_map(|(force, count)| Some((force, share(count)?)))
        .collect();
    (!shares.is_empty()).then_some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        let sector = |name: &str, counts: &[(usize, u32)]| Sector {
            name: name.into(),
            counts: counts.to_vec(),
        };
        Places {
            sectors: vec![
                sector("GU1 1", &[(0, 50)]),
                sector("GU12 4", &[(1, 20), (0, 80)]),
                sector("GU12 5", &[(1, 100)]),
            ],
            ..Places::default()
        }
    }

    #[test]
    fn a_postcode_gives_the_forces_of_its_sector_and_an_outcode_of_all_of_them() {
        let shares = |typed: &str| {
            let read = Postcode::readings(typed);
            read.iter().find_map(|one| places().shares(one))
        };
        assert_eq!(shares("GU12 4AB"), Some(vec![(0, 800), (1, 200)]));
        assert_eq!(shares("gu12"), Some(vec![(1, 600), (0, 400)]));
        assert_eq!(shares("GU12 9"), Some(vec![(1, 600), (0, 400)]), "a new sector");
        assert_eq!(shares("GU11"), Some(vec![(0, 1000)]), "no such outcode: GU1 1");
        assert_eq!(shares("GU1"), Some(vec![(0, 1000)]), "not GU12");
        assert_eq!(shares("ZZ9"), None);
    }
}
