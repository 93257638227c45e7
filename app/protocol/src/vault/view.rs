//! What pages are told of what was verified.

use super::{
    CompartmentName, CompartmentView, ForceView, LineView, MessageView, Origin, Proof, Thread as View,
    Trusted, UnitView, files::view as file, open::Open,
};
use crate::{
    append::Receipt,
    directory::{Force, Purpose, Unit},
    id::{Day, GroupId, LogId},
    journal::Line,
    origin::Author,
    refused::Refused,
    thread::{Said, Thread},
    trust::Trust,
    words,
};

impl Open {
    pub(super) fn trusted(&self, trust: &Trust, today: Day) -> Trusted {
        let directory = &trust.directory;
        Trusted {
            version: directory.version,
            hash: trust.directory_hash,
            words: words::fingerprint(trust.directory_hash),
            issued: directory.issued,
            expires: directory.expires,
            forces: directory
                .forces
                .iter()
                .map(|one| force(trust, one, today))
                .collect(),
            units: directory.units.iter().map(unit).collect(),
            mine: mine(trust),
            partner: trust
                .partner
                .and_then(|id| trust.group(id))
                .map(|group| group.name.clone()),
            warnings: trust.warnings.clone(),
            groups: self.groups(trust, today),
            is_administrator: self.is_administrator(trust),
            checkpoint_due: self.checkpoint_due(trust, today),
            checkpoint: trust.checkpoint.as_ref().map(|one| one.day),
            compartments: compartments(trust),
        }
    }
}

fn force(trust: &Trust, force: &Force, today: Day) -> ForceView {
    ForceView {
        id: force.id.clone(),
        name: force.name.clone(),
        intake: usable(trust, &force.unit, Purpose::Intake, today),
        sealed: usable(trust, &force.unit, Purpose::Sealed, today),
        oversight: usable(trust, &force.oversight, Purpose::Intake, today),
    }
}

fn unit(unit: &Unit) -> UnitView {
    UnitView {
        id: unit.id.clone(),
        name: unit.name.clone(),
        intake: unit.compartment(Purpose::Intake).is_some(),
        sealed: unit.compartment(Purpose::Sealed).is_some(),
    }
}

fn usable(trust: &Trust, unit: &str, purpose: Purpose, today: Day) -> Option<CompartmentView> {
    let unit = trust.directory.unit(unit)?;
    let (compartment, _) = trust.usable(unit, purpose, today).ok()?;
    compartment_view(trust, compartment.group)
}

fn compartment_view(trust: &Trust, id: GroupId) -> Option<CompartmentView> {
    let (unit, compartment) = trust.directory.compartment(id)?;
    let state = trust.group(id)?.now();
    Some(CompartmentView {
        id,
        unit: unit.name.clone(),
        sealed: compartment.purpose == Purpose::Sealed,
        members: count(state.members.len()),
        leads: count(state.members.iter().filter(|member| member.lead).count()),
        holders: state.members.iter().map(|member| member.account).collect(),
        words: words::fingerprint(state.head),
        custodians: state.policy.custodians.clone(),
        aims: state.policy.aims,
    })
}

fn count(members: usize) -> u32 {
    u32::try_from(members).unwrap_or(u32::MAX)
}

/// The compartments whose secrets the caller holds.
fn mine(trust: &Trust) -> Vec<CompartmentView> {
    let all = trust.directory.units.iter().flat_map(|unit| &unit.compartments);
    let held = all.filter(|one| trust.secrets(one.group).next().is_some());
    held.filter_map(|one| compartment_view(trust, one.group))
        .collect()
}

/// Every compartment, by unit.
fn compartments(trust: &Trust) -> Vec<CompartmentName> {
    let all = trust.directory.units.iter().flat_map(|unit| &unit.compartments);
    all.filter_map(|one| name(trust, one.group).ok()).collect()
}

pub(super) fn proof(trust: &Trust, log: LogId, sequence: u32, receipt: &Receipt) -> Result<Proof, Refused> {
    let entry = receipt
        .entries
        .iter()
        .find(|one| (one.log, one.sequence) == (log, sequence));
    let entry = entry.ok_or(Refused::BadReceipt)?;
    Ok(Proof {
        reference: words::reference(log),
        day: receipt.day,
        hash: entry.hash,
        position: entry.position,
        unit: name(trust, receipt.compartment)?.unit,
        aims: trust
            .group(receipt.compartment)
            .and_then(|group| group.now().policy.aims),
    })
}

fn name(trust: &Trust, id: GroupId) -> Result<CompartmentName, Refused> {
    let (unit, compartment) = trust.directory.compartment(id).ok_or(Refused::Readdressed)?;
    Ok(CompartmentName {
        id,
        unit: unit.name.clone(),
        unit_id: unit.id.clone(),
        sealed: compartment.purpose == Purpose::Sealed,
    })
}

pub(super) fn thread(trust: &Trust, compartment: GroupId, thread: &Thread) -> Result<View, Refused> {
    let receipt = thread.receipts.first().ok_or(Refused::BadReceipt)?;
    Ok(View {
        log: thread.log,
        compartment: name(trust, compartment)?,
        concern: thread.concern.clone(),
        written: thread.written,
        origin: origin(thread.author.as_ref()),
        proof: proof(trust, thread.log, 0, receipt)?,
        opened: thread.opened,
        closed: thread.closed,
        more: thread.more.clone(),
        messages: thread.messages.iter().map(message).collect(),
        notices: thread.notices.clone(),
        entries: u32::try_from(thread.hashes.len()).unwrap_or(u32::MAX),
        files: thread.attachments.iter().map(file).collect(),
    })
}

fn message(said: &Said) -> MessageView {
    MessageView {
        written: said.written,
        by: said.by,
        message: said.message.clone(),
        files: said.files.iter().map(file).collect(),
    }
}

pub(super) fn line(line: &Line) -> LineView {
    LineView {
        who: line.who,
        when: line.when,
        work: line.work.clone(),
    }
}

fn origin(author: Option<&Author>) -> Origin {
    match author {
        Some(Author::Member {
            partner,
            account,
            words,
        }) => Origin::Member {
            partner: partner.clone(),
            account: *account,
            words: words.clone(),
        },
        Some(Author::Organisation { partner }) => Origin::Organisation {
            partner: partner.clone(),
        },
        Some(Author::Holder { words }) => Origin::Test { words: words.clone() },
        None => Origin::Unverified,
    }
}
