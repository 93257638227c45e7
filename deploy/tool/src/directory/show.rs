//! A directory in words.

use super::{Opened, known::Known, named, six, standing};
use crate::{calendar, key};
use protocol::{
    directory::{Directory, Unit},
    id::{Hash, VerifyingKey},
    signed,
    succession::Succession,
};

/// Everything that is in it.
pub(super) fn show(opened: &Opened, known: &Known) -> String {
    let Opened { directory, signers } = opened;
    [
        head(directory),
        signatures(signers),
        successions(directory),
        keys("Administrators", &directory.administrators),
        keys("Key that signs receipts", &[directory.receipt_key]),
        standing::said(directory, known),
        on_board(&directory.units),
        forces(directory),
    ]
    .join("\n")
}

fn head(directory: &Directory) -> String {
    format!(
        "Directory, version {}\n{}  from   {} until {}\n  after  {}\n  facts  {}\n  for    deployment {}\n",
        directory.version,
        named(directory),
        calendar::words(directory.issued),
        calendar::words(directory.expires),
        before(directory.previous),
        directory.vintage,
        directory.instance,
    )
}

fn before(previous: Hash) -> String {
    if previous == Hash::ZERO {
        "nothing: it is the first".into()
    } else {
        previous.to_string()
    }
}

fn signatures(signers: &[VerifyingKey]) -> String {
    if signers.is_empty() {
        return "A draft: nobody has signed it.\n".into();
    }
    keys(
        "Signed by (whether these are roots is for `directory verify` to say)",
        signers,
    )
}

fn successions(directory: &Directory) -> String {
    if directory.successions.is_empty() {
        return "Roots: the founding ones.\n".into();
    }
    let read = |bytes| signed::verify::<Succession>(bytes).ok();
    let lines = directory.successions.iter().map(|bytes| match read(bytes) {
        Some(one) => keys(
            &format!(
                "Roots since succession {}, {}",
                one.payload.number,
                calendar::words(one.payload.day)
            ),
            &one.payload.roots,
        ),
        None => "A succession of roots that does not read: it was changed.\n".into(),
    });
    lines.collect()
}

fn keys(title: &str, keys: &[VerifyingKey]) -> String {
    let lines = keys
        .iter()
        .map(|one| format!("  {one}  {}\n", key::fingerprint(*one)));
    format!("{title}: {}\n{}", keys.len(), lines.collect::<String>())
}

fn on_board(units: &[Unit]) -> String {
    let on_board: Vec<_> = units
        .iter()
        .filter(|unit| !unit.compartments.is_empty())
        .collect();
    let lines = on_board.iter().map(|unit| {
        let compartments = unit.compartments.iter().map(|one| {
            format!(
                "      {}  group {}, first link: {}\n",
                one.purpose,
                one.group,
                six(one.genesis)
            )
        });
        format!(
            "  {}  {}\n{}",
            unit.id,
            unit.name,
            compartments.collect::<String>()
        )
    });
    let lines: String = lines.collect();
    format!("Units on board: {} of {}\n{lines}", on_board.len(), units.len())
}

fn forces(directory: &Directory) -> String {
    let name = |id: &str| {
        directory
            .unit(id)
            .map_or_else(|| id.to_owned(), |unit| unit.name.clone())
    };
    let lines = directory.forces.iter().map(|force| {
        format!(
            "  {}  {}\n      to {}; about the chief officer to {}\n",
            force.id,
            force.name,
            name(&force.unit),
            name(&force.oversight)
        )
    });
    format!(
        "Forces: {}\n{}",
        directory.forces.len(),
        lines.collect::<String>()
    )
}
