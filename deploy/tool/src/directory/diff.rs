//! What changes from one directory to another, in words: what the holders of root keys read before they sign.

use super::{known::Known, six};
use crate::{calendar, key};
use protocol::{
    directory::{Directory, Force, Unit},
    id::VerifyingKey,
};

/// Every difference, one a line.
pub(super) fn diff(before: &Directory, after: &Directory, known: &Known) -> String {
    let mut lines = vec![];
    head(before, after, &mut lines);
    keys(before, after, &mut lines);
    standing(before, after, known, &mut lines);
    units(before, after, &mut lines);
    forces(before, after, &mut lines);
    if lines.is_empty() {
        return "Nothing differs.".into();
    }
    format!(
        "Version {} to version {}:\n  {}",
        before.version,
        after.version,
        lines.join("\n  ")
    )
}

fn head(before: &Directory, after: &Directory, lines: &mut Vec<String>) {
    if before.instance != after.instance {
        lines.push("It is for another deployment.".into());
    }
    if after.version == before.version + 1 && after.previous != before.hash() {
        lines.push("It does not follow the earlier one: browsers that saw that will refuse it.".into());
    }
    if after.version < before.version {
        lines.push("It is older: browsers that saw the other will refuse it.".into());
    }
    if before.expires != after.expires {
        let (from, to) = (calendar::words(before.expires), calendar::words(after.expires));
        lines.push(format!("Valid until {to}, not {from}."));
    }
    if before.vintage != after.vintage {
        lines.push(format!("Facts as of {}, not {}.", after.vintage, before.vintage));
    }
    let (was, is) = (before.successions.len(), after.successions.len());
    if !after.successions.starts_with(&before.successions) {
        lines.push(
            "The successions of root keys differ: browsers that saw the earlier ones will refuse it.".into(),
        );
    } else if is > was {
        lines.push(format!(
            "The root keys change: {} since the earlier one; `directory show` lists those of today.",
            is - was
        ));
    }
}

fn keys(before: &Directory, after: &Directory, lines: &mut Vec<String>) {
    let missing = |from: &[VerifyingKey], to: &[VerifyingKey]| -> Vec<String> {
        let gone = from.iter().filter(|key| !to.contains(key));
        gone.map(|key| key::fingerprint(*key)).collect()
    };
    let (was, is) = (&before.administrators, &after.administrators);
    lines.extend(
        missing(is, was)
            .iter()
            .map(|key| format!("New administrator's key: {key}")),
    );
    lines.extend(
        missing(was, is)
            .iter()
            .map(|key| format!("No longer an administrator's key: {key}")),
    );
    if before.receipt_key != after.receipt_key {
        let key = key::fingerprint(after.receipt_key);
        lines.push(format!("Another key signs receipts: {key}"));
    }
}

fn standing(before: &Directory, after: &Directory, known: &Known, lines: &mut Vec<String>) {
    let only = |from: &Directory, other: &Directory| {
        let all = from.standing.iter().filter(|hash| !other.standing.contains(hash));
        all.map(|hash| known.says(*hash)).collect::<Vec<_>>()
    };
    let says = |said: &'static str| {
        move |words: String| format!("{said} by administrators who are listed no longer: {words}")
    };
    lines.extend(
        only(after, before)
            .into_iter()
            .map(says("Stands from now on, signed")),
    );
    lines.extend(
        only(before, after)
            .into_iter()
            .map(says("Stands no longer, signed")),
    );
}

fn units(before: &Directory, after: &Directory, lines: &mut Vec<String>) {
    for unit in &before.units {
        if after.unit(&unit.id).is_none() {
            lines.push(format!("No longer a unit: {} ({})", unit.name, unit.id));
        }
    }
    for unit in &after.units {
        match before.unit(&unit.id) {
            None => lines.push(format!("New unit: {} ({})", unit.name, unit.id)),
            Some(was) if was.name != unit.name => {
                lines.push(format!("{} is now called {}", was.name, unit.name));
            }
            Some(_) => {}
        }
    }
    let none = |unit: &Unit| Unit {
        compartments: vec![],
        ..unit.clone()
    };
    for was in &before.units {
        let is = after.unit(&was.id).cloned().unwrap_or_else(|| none(was));
        compartments(was, &is, lines);
    }
    for is in after.units.iter().filter(|unit| before.unit(&unit.id).is_none()) {
        compartments(&none(is), is, lines);
    }
}

fn compartments(was: &Unit, is: &Unit, lines: &mut Vec<String>) {
    for gone in was
        .compartments
        .iter()
        .filter(|one| !is.compartments.contains(one))
    {
        lines.push(format!(
            "{}: its {} compartment is taken off",
            is.name, gone.purpose
        ));
    }
    for new in is
        .compartments
        .iter()
        .filter(|one| !was.compartments.contains(one))
    {
        lines.push(format!(
            "{}: new {} compartment, group {}, first link: {}",
            is.name,
            new.purpose,
            new.group,
            six(new.genesis)
        ));
    }
}

fn forces(before: &Directory, after: &Directory, lines: &mut Vec<String>) {
    let find = |directory: &'_ Directory, id: &str| -> Option<Force> {
        directory.forces.iter().find(|force| force.id == id).cloned()
    };
    for was in &before.forces {
        match find(after, &was.id) {
            None => lines.push(format!("No longer a force: {}", was.name)),
            Some(is) if is != *was => lines.push(format!(
                "{}: now {}, to {}, about the chief officer to {} (was {}, {}, {})",
                was.id, is.name, is.unit, is.oversight, was.name, was.unit, was.oversight
            )),
            Some(_) => {}
        }
    }
    for is in after
        .forces
        .iter()
        .filter(|force| find(before, &force.id).is_none())
    {
        lines.push(format!(
            "New force: {}, to {}, about the chief officer to {}",
            is.name, is.unit, is.oversight
        ));
    }
}
