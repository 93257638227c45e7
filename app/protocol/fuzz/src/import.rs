//! The files of places that an operator imports, and the table that browsers fetch. The first byte says which.

use crate::{
    places::{Force, Places, Postcode},
    read::ons,
};
use std::sync::LazyLock;

const SHIPPED: &str = include_str!("../../../../server/src/places/districts.txt");

static KNOWN: LazyLock<Places> = LazyLock::new(|| read(SHIPPED).expect("the table that is shipped"));

/// A lookup of every district that is known, for rows to follow: one with fewer is refused at its end.
static LOOKUP: LazyLock<String> = LazyLock::new(|| {
    let rows = KNOWN.districts.iter().map(|one| {
        let area = KNOWN.forces[one.force].code.as_deref().unwrap_or_default();
        format!(
            "{},\"{}\",{area},{}\n",
            one.code,
            one.name,
            one.welsh.as_deref().unwrap_or_default()
        )
    });
    std::iter::once("LAD25CD,LAD25NM,PFA25CD,LAD25NMW\n".to_owned())
        .chain(rows)
        .collect()
});

/// # Panics
/// Where what is accepted is another after it is written as the table's text and read.
pub fn check(bytes: &[u8]) {
    let Some((which, file)) = bytes.split_first() else {
        return;
    };
    match which {
        b'd' => check_districts(file),
        b'r' => check_districts(&[LOOKUP.as_bytes(), file].concat()),
        b's' => drop(ons::sectors(file, &KNOWN.forces, &KNOWN.districts).map_err(|wrong| wrong.to_string())),
        b'f' => check_forces(file),
        _ => check_text(&String::from_utf8_lossy(file)),
    }
}

fn check_districts(file: &[u8]) {
    match ons::districts(file, &KNOWN.forces) {
        Ok(districts) => check_stored(Places {
            districts,
            ..empty(KNOWN.forces.clone())
        }),
        Err(wrong) => assert!(!wrong.to_string().is_empty()),
    }
}

fn check_forces(file: &[u8]) {
    match ons::forces(file, &KNOWN.forces) {
        Ok(forces) => check_stored(empty(forces)),
        Err(wrong) => assert!(!wrong.to_string().is_empty()),
    }
}

/// The table as text, and what somebody types to find a place.
fn check_text(text: &str) {
    if let Some(places) = read(text) {
        for one in Postcode::readings(text) {
            drop(places.shares(&one));
        }
    }
    for one in Postcode::readings(text).into_iter().chain(Postcode::whole(text)) {
        assert!(one.sector().is_none_or(|sector| sector.len() <= 6), "{one:?}");
        drop(KNOWN.shares(&one));
    }
}

fn check_stored(places: Places) {
    assert_eq!(read(&places.to_text()), Some(places));
}

fn empty(forces: Vec<Force>) -> Places {
    Places {
        vintage: "2026".into(),
        forces,
        ..Places::default()
    }
}

fn read(text: &str) -> Option<Places> {
    Places::read(text).ok()
}
