//! Checking the chains in an export: what every browser does, for all groups at once, and said in words.

use crate::{
    answer::{self, Answer},
    deployment::Deployment,
    directory::{check, is_plain},
    file,
};
use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use minicbor::bytes::ByteVec;
use protocol::{
    checkpoint::Checkpoint,
    codec,
    directory::Directory,
    export::Export,
    group::{Group, Link},
    id::{Day, GroupId, Hash},
    refused::Refused,
    signed::{self, Unsigned},
    words,
};
use std::path::{Path, PathBuf};

/// What is done with groups.
#[derive(Subcommand)]
pub(crate) enum Act {
    /// Say of each group in an export whether its chain holds, or where it is broken first
    Verify(Verify),
}

/// What to check, and against what.
#[derive(Args)]
pub(crate) struct Verify {
    /// The export
    export: PathBuf,
    /// roots.toml, or the portal's configuration
    #[arg(long, value_name = "FILE")]
    roots: PathBuf,
}

/// Does it.
pub(crate) fn run(act: Act, today: Day) -> Result<Answer> {
    match act {
        Act::Verify(verify) => verify.run(today),
    }
}

impl Verify {
    fn run(&self, today: Day) -> Result<Answer> {
        let deployment = Deployment::read(&self.roots)?;
        let export = read(&self.export)?;
        Ok(match check(&export.directory, &deployment, None, today) {
            Err(why) => Answer::bad(format!("Not OK: {why}.")),
            Ok(directory) if !is_plain(&directory) => {
                Answer::bad("Not OK: the directory has a name in it that would not show as what it is.")
            }
            Ok(directory) => {
                let audit = Audit {
                    export: &export,
                    directory: &directory,
                    today,
                };
                audit.answer()
            }
        })
    }
}

/// Reads an export.
pub(crate) fn read(path: &Path) -> Result<Export> {
    codec::decode(&file::read(path)?).ok().with_context(|| {
        format!(
            "{} is not an export, or was changed; take another copy of it",
            path.display()
        )
    })
}

struct Audit<'a> {
    export: &'a Export,
    directory: &'a Directory,
    today: Day,
}

impl Audit<'_> {
    fn answer(&self) -> Answer {
        let checked: Vec<_> = self
            .export
            .chains
            .iter()
            .map(|(id, links)| self.chain(*id, links))
            .collect();
        let groups: Vec<_> = checked.iter().flatten().collect();
        let mut bad = checked.len() - groups.len();
        let mut lines: Vec<_> = self
            .export
            .chains
            .iter()
            .zip(&checked)
            .map(|((id, _), one)| self.said(*id, one))
            .collect();
        for fault in self.missing().chain(self.doubled()) {
            bad += 1;
            lines.push(fault);
        }
        let checkpoint = self.checkpoint(&groups);
        bad += usize::from(checkpoint.is_err());
        lines.push(checkpoint.unwrap_or_else(|why| why));
        let sum = if bad == 0 {
            "OK: everything holds.".into()
        } else {
            format!("Not OK: {bad} broken.")
        };
        Answer::checked(format!("{}\n{sum}", lines.join("\n")), bad == 0)
    }

    fn chain(&self, id: GroupId, links: &[ByteVec]) -> Result<Group, Broken> {
        let founders = self.directory.founders(id);
        let instance = self.directory.instance;
        let verify = |links: &[ByteVec]| {
            let links: Vec<&[u8]> = links.iter().map(|link| link.as_slice()).collect();
            Group::verify(id, &links, instance, founders, self.today)
        };
        verify(links).map_err(|refused| {
            // Each beginning of a chain that holds is a chain that holds: the first that does not ends in the broken link.
            let whole = (1..=links.len())
                .take_while(|length| verify(&links[..*length]).is_ok())
                .count();
            let link = links.get(whole).map(|link| link.as_slice());
            Broken {
                place: whole,
                why: explain(link, id, whole, refused),
            }
        })
    }

    fn said(&self, id: GroupId, checked: &Result<Group, Broken>) -> String {
        let name = self.name(id, checked.as_ref().ok());
        match checked {
            Ok(group) => format!(
                "{name} (group {id}): OK, {}, {}, epoch {}; head: {}",
                counted(group.sequence() as usize + 1, "link"),
                counted(group.now().members.len(), "member"),
                group.now().epoch.number,
                six(group.now().head)
            ),
            Err(Broken { place, why }) => format!("{name} (group {id}): broken at link {place}: {why}"),
        }
    }

    fn name(&self, id: GroupId, group: Option<&Group>) -> String {
        match (self.directory.compartment(id), group) {
            (Some((unit, one)), _) => format!("{}, {}", unit.name, one.purpose),
            (None, Some(group)) if answer::is_plain(&group.name) => format!("{}, partner", group.name),
            (None, Some(_)) => "A partner whose name would not show as what it is".into(),
            (None, None) => "A partner, or a group that nobody answers for".into(),
        }
    }

    fn missing(&self) -> impl Iterator<Item = String> {
        let all = self.directory.units.iter().flat_map(|unit| &unit.compartments);
        let given = |id: GroupId| self.export.chains.iter().any(|(one, _)| *one == id);
        all.filter(move |one| !given(one.group)).map(|one| {
            let name = self.name(one.group, None);
            format!(
                "{name} (group {}): broken: its chain is not in the export",
                one.group
            )
        })
    }

    /// Two chains of one group could both hold: then it was forked.
    fn doubled(&self) -> impl Iterator<Item = String> {
        let chains = &self.export.chains;
        let before = |n: usize| chains[..n].iter().any(|(id, _)| *id == chains[n].0);
        (0..chains.len()).filter(move |n| before(*n)).map(|n| {
            let (id, _) = chains[n];
            format!(
                "{} (group {id}): broken: it is in the export twice",
                self.name(id, None)
            )
        })
    }

    fn checkpoint(&self, groups: &[&Group]) -> Result<String, String> {
        let Some(bytes) = &self.export.checkpoint else {
            return Ok("Checkpoint: none, so that an old copy of a chain could pass for the present.".into());
        };
        let (approval, instance) = (self.directory.approval(), self.directory.instance);
        let checkpoint = Checkpoint::verify(bytes, approval, instance, None, self.today)
            .map_err(|refused| format!("Checkpoint: broken: {refused}"))?;
        for group in groups {
            checkpoint.check_chain(group).map_err(|refused| {
                format!(
                    "Checkpoint: broken for {} (group {}): {refused}",
                    self.name(group.id, Some(group)),
                    group.id
                )
            })?;
        }
        let age = if checkpoint.is_fresh(self.today) {
            ""
        } else {
            ", over 30 days old"
        };
        Ok(format!("Checkpoint {}: OK{age}", checkpoint.sequence))
    }
}

/// Where a chain is broken first, counted from 0, and why.
struct Broken {
    place: usize,
    why: String,
}

fn explain(link: Option<&[u8]>, group: GroupId, place: usize, refused: Refused) -> String {
    let Some(bytes) = link else {
        return "there is no link".into();
    };
    let why = match signed::verify::<Link>(bytes) {
        Err(Unsigned::Malformed) => "it is not in the form of a signed link",
        Err(Unsigned::BadSignature) => "a signature does not match: it was changed after it was signed",
        Ok(one) if one.payload.group != group => "it is another group's",
        Ok(one) if one.payload.sequence as usize != place => {
            "it belongs at another place: links are missing, doubled or out of order"
        }
        Ok(_) if refused != Refused::AlteredChain => return refused.to_string(),
        Ok(_) if place == 0 => {
            "it is not the first link that the directory lists, or not signed by two administrators"
        }
        Ok(_) => {
            "it does not follow the link before, is not signed by those who may, or does what it may not"
        }
    };
    why.into()
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}

fn six(hash: Hash) -> String {
    words::fingerprint(hash).join(" ")
}
