//! Which force a concern may be for, where only a place is known. Looked for in the browser: a place is in no request.

use crate::places::{Name, Places, Postcode, Search};
use protocol::vault::ForceView;
use std::sync::Arc;

/// The table, ready to be looked in. Pages share it: with its postcodes it is large.
#[derive(Clone)]
pub(crate) struct Finder {
    places: Arc<Places>,
    names: Arc<Search<usize>>,
}

/// What was found for a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// Forces that it may be, likeliest first.
    Forces(Vec<Likely>),
    /// It looks like a postcode, and this portal knows none.
    NoPostcodes,
    /// Nothing.
    Nothing,
}

/// A force that it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Likely {
    /// Its identifier.
    pub(crate) force: String,
    /// The place by which it was found.
    pub(crate) place: String,
    /// Of how many in a thousand of the postcodes there it is the force; nothing where that is not known.
    pub(crate) share: Option<u32>,
}

impl Finder {
    /// For the places of this table, and the names of these forces.
    pub(crate) fn new(places: Places, forces: &[ForceView]) -> Self {
        let aliases = (0..).zip(&places.forces).flat_map(|(at, force)| {
            let aliases = force.aliases.iter();
            aliases.map(move |shown| name(shown, at))
        });
        let official = forces.iter().filter_map(|force| {
            let at = places.forces.iter().position(|one| one.id == force.id)?;
            Some(name(&force.name, at))
        });
        let districts = places.districts.iter().flat_map(|district| {
            let both = [Some(&district.name), district.welsh.as_ref()];
            both.into_iter()
                .flatten()
                .map(|shown| name(shown, district.force))
        });
        let names = Search::new(aliases.chain(official).chain(districts));
        Self {
            places: Arc::new(places),
            names: Arc::new(names),
        }
    }

    /// The forces that may cover what somebody typed: a district, an area, a force's other name, a postcode or the beginning of one.
    pub(crate) fn find(&self, typed: &str) -> Found {
        let postcodes = Postcode::readings(typed);
        if let Some(found) = postcodes.iter().find_map(|one| self.by_postcode(one)) {
            return Found::Forces(found);
        }
        let found = self.by_name(typed);
        match (found.is_empty(), postcodes.is_empty()) {
            (false, _) => Found::Forces(found),
            (true, false) if self.places.sectors.is_empty() => Found::NoPostcodes,
            _ => Found::Nothing,
        }
    }

    /// What the table was taken from.
    pub(crate) fn has_postcodes(&self) -> bool {
        !self.places.sectors.is_empty()
    }

    fn by_postcode(&self, postcode: &Postcode) -> Option<Vec<Likely>> {
        let shares = self.places.shares(postcode)?;
        let place = postcode.sector().unwrap_or_else(|| postcode.outcode.clone());
        let likely = |(force, share): (usize, u32)| self.likely(force, &place, Some(share));
        Some(shares.into_iter().filter_map(likely).collect())
    }

    fn by_name(&self, typed: &str) -> Vec<Likely> {
        let mut found: Vec<Likely> = Vec::new();
        for hit in self.names.find(typed) {
            let likely = self.likely(*hit.of, hit.shown, None);
            found.extend(likely.filter(|one| found.iter().all(|other| other.force != one.force)));
        }
        found
    }

    fn likely(&self, force: usize, place: &str, share: Option<u32>) -> Option<Likely> {
        Some(Likely {
            force: self.places.forces.get(force)?.id.clone(),
            place: place.into(),
            share,
        })
    }
}

fn name(shown: &str, of: usize) -> Name<usize> {
    Name {
        shown: shown.into(),
        of,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "candour places 1\nvintage A day\nforce metropolitan E23000001\nalias London\nalias Met\n\
        E09000007 Camden\nforce city-of-london E23000034\nE09000001 City of London\nforce south-wales W15000003\n\
        W06000015 Cardiff|Caerdydd\nforce northumbria E23000007\nE08000021 Newcastle upon Tyne\nforce staffordshire E23000015\n\
        E07000195 Newcastle-under-Lyme\nforce btp\nalias BTP\nsectors\n";
    const SECTORS: &str = "EC1A 1 1 63 0 37\nCF10 3 2 412\n";

    fn finder(sectors: &str) -> Finder {
        let named = |id: &str, name: &str| ForceView {
            id: id.into(),
            name: name.into(),
            intake: None,
            sealed: None,
            oversight: None,
        };
        let forces = [
            named("metropolitan", "Metropolitan Police Service"),
            named("south-wales", "South Wales Police"),
            named("btp", "British Transport Police"),
            named("elsewhere", "Elsewhere Police"),
        ];
        Finder::new(Places::read(&format!("{TABLE}{sectors}")).unwrap(), &forces)
    }

    fn forces(found: Found) -> Vec<(String, Option<u32>)> {
        match found {
            Found::Forces(all) => all.into_iter().map(|one| (one.force, one.share)).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_place_leads_to_the_forces_that_may_cover_it() {
        for (typed, expected) in [
            ("Camden", vec![("metropolitan", None)]),
            ("london", vec![("metropolitan", None), ("city-of-london", None)]),
            ("the Met", vec![("metropolitan", None)]),
            ("caerdydd", vec![("south-wales", None)]),
            ("cardif", vec![("south-wales", None)]),
            ("South Wales", vec![("south-wales", None)]),
            ("newcastle", vec![("northumbria", None), ("staffordshire", None)]),
            ("British Transport", vec![("btp", None)]),
            (
                "EC1A 1BB",
                vec![("city-of-london", Some(630)), ("metropolitan", Some(370))],
            ),
            (
                "ec1a",
                vec![("city-of-london", Some(630)), ("metropolitan", Some(370))],
            ),
            ("CF10 3AT", vec![("south-wales", Some(1000))]),
            ("Atlantis", vec![]),
            ("ZZ1", vec![]),
            ("", vec![]),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(id, share)| (id.to_owned(), share))
                .collect();
            assert_eq!(forces(finder(SECTORS).find(typed)), expected, "{typed}");
        }
    }

    #[test]
    fn a_postcode_where_none_are_known_is_said_to_be_one() {
        assert_eq!(finder("").find("CF10 3AT"), Found::NoPostcodes);
        assert_eq!(finder("").find("Atlantis"), Found::Nothing);
        assert_eq!(finder(SECTORS).find("ZZ1"), Found::Nothing);
    }
}
