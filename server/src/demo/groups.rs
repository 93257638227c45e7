//! The signed side of the demonstration: chains, wraps, directory and checkpoint, made and signed as they would be for real.

use super::{
    cast::{AIMS, COMPARTMENTS, CUSTODIANS, Holding, PARTNERS},
    facts::Facts,
    people::{Person, named, seeded, unmade},
};
use crate::{
    database::{Database, directory::GroupKind as Shown},
    error::Result,
};
use app::unit::Compartment as Place;
use protocol::{
    approval::Approval,
    checkpoint::Checkpoint,
    directory::{Compartment, Directory, Force, LIFE, Purpose, Unit},
    group::{Founders, Founding, Group, GroupKind, Policy, RecoverySecret},
    id::{AccountId, Day, Hash, VerifyingKey},
    signed::{SigningKey, sign},
};
use rand_core::RngCore as _;
use zeroize::Zeroizing;

/// The roots of every demonstration. Their seeds are here for anyone to read, which is why a demonstration's database is never
/// served as a real one.
pub(super) fn roots() -> [SigningKey; 3] {
    ["root one", "root two", "root three"].map(|name| SigningKey::random(&mut seeded(name)))
}

/// A group with what is stored of it.
struct Made {
    group: Group,
    links: Vec<Vec<u8>>,
    wraps: Vec<(AccountId, Vec<u8>)>,
}

/// Makes and stores all of it; gives the first checkpoint.
pub(super) async fn make(
    database: &Database,
    instance: Hash,
    people: &[Person],
    receipt_key: VerifyingKey,
    day: Day,
) -> Result<Checkpoint> {
    let administrators = administrators(people)?;
    let mut made = Vec::new();
    let mut listed = Vec::new();
    for holding in &COMPARTMENTS {
        let one = compartment(instance, holding, people, day)?;
        listed.push((
            holding,
            Compartment {
                group: one.group.id,
                purpose: holding.purpose,
                genesis: one.group.now().head,
            },
        ));
        made.push(one);
    }
    for (name, members) in PARTNERS {
        made.push(partner(instance, name, members, people, administrators, day)?);
    }
    let directory = directory(
        instance,
        &listed,
        administrators.map(SigningKey::verifying).to_vec(),
        receipt_key,
        day,
    )?;
    let checkpoint = checkpoint(instance, &made, day);
    store(database, &made, &directory, &sign(&checkpoint, &administrators)).await?;
    Ok(checkpoint)
}

/// Stores the next checkpoint, which also says how far the commitment chains have come.
pub(super) async fn check(database: &Database, people: &[Person], last: Checkpoint) -> Result<()> {
    let mut commitments = Vec::new();
    for (group, ..) in &last.chains {
        let head = database.head_of(*group).await?;
        if head.position > 0 {
            commitments.push((*group, head.position, head.head));
        }
    }
    let next = Checkpoint {
        sequence: last.sequence + 1,
        previous: last.hash(),
        commitments,
        ..last
    };
    let signed = sign(&next, &administrators(people)?);
    let mut transaction = database.begin().await?;
    transaction.insert_checkpoint(next.sequence, &signed).await?;
    transaction.commit().await
}

fn administrators(people: &[Person]) -> Result<[&SigningKey; 2]> {
    Ok([
        &named(people, "nadia")?.keyring.signer,
        &named(people, "omar")?.keyring.signer,
    ])
}

fn compartment(instance: Hash, holding: &Holding, people: &[Person], day: Day) -> Result<Made> {
    let purpose = format!("{}/{:?}", holding.unit, holding.purpose);
    let kind = holding.purpose.kind();
    let signers = if kind == GroupKind::Sealed { 2 } else { 1 };
    let recovery = recovery(&purpose).public();
    let policy = Policy {
        signers,
        recovery: Some(recovery),
        custodians: CUSTODIANS.map(String::from).to_vec(),
        aims: (kind == GroupKind::Intake).then_some(AIMS),
    };
    let members = holding
        .members
        .iter()
        .map(|name| named(people, name))
        .collect::<Result<Vec<_>>>()?;
    let founding = Founding {
        kind,
        name: holding.unit.into(),
        members: members.iter().map(|person| person.member(true)).collect(),
        policy,
    };
    let signers: Vec<_> = members.iter().map(|person| &person.keyring.signer).collect();
    found(instance, founding, &signers, None, signers[0], &purpose, day)
}

fn recovery(purpose: &str) -> RecoverySecret {
    let mut secret = Zeroizing::new([0; 32]);
    seeded(&format!("{purpose}/recovery")).fill_bytes(&mut *secret);
    RecoverySecret::from_bytes(&secret)
}

fn partner(
    instance: Hash,
    name: &str,
    members: &[&str],
    people: &[Person],
    administrators: [&SigningKey; 2],
    day: Day,
) -> Result<Made> {
    let members = members
        .iter()
        .map(|name| named(people, name))
        .collect::<Result<Vec<_>>>()?;
    let founding = Founding {
        kind: GroupKind::Partner,
        name: name.into(),
        members: members
            .iter()
            .enumerate()
            .map(|(place, person)| person.member(place == 0))
            .collect(),
        policy: Policy {
            signers: 1,
            recovery: None,
            custodians: vec![],
            aims: None,
        },
    };
    let approval = Approval {
        administrators: &administrators.map(SigningKey::verifying),
        standing: &[],
    };
    found(
        instance,
        founding,
        &administrators,
        Some(approval),
        &members[0].keyring.signer,
        name,
        day,
    )
}

/// Signs the first link, checks it as every client will, and wraps the epoch's secret to each member.
fn found(
    instance: Hash,
    founding: Founding,
    signers: &[&SigningKey],
    approval: Option<Approval<'_>>,
    wrapping: &SigningKey,
    purpose: &str,
    day: Day,
) -> Result<Made> {
    let (link, secret) = founding.draft(instance, day, &mut seeded(purpose));
    let links = vec![sign(&link, signers)];
    let founders = approval.map_or(Founders::Directory(link.hash()), Founders::Approved);
    let group = Group::verify(link.group, &links, instance, founders, day).map_err(unmade)?;
    let wrap = |member: &protocol::group::Member| {
        group
            .wrap(instance, member, 1, &secret, wrapping)
            .map(|wrap| (member.account, wrap))
            .map_err(unmade)
    };
    let wraps = group.now().members.iter().map(wrap).collect::<Result<Vec<_>>>()?;
    Ok(Made { group, links, wraps })
}

fn directory(
    instance: Hash,
    listed: &[(&Holding, Compartment)],
    administrators: Vec<VerifyingKey>,
    receipt_key: VerifyingKey,
    day: Day,
) -> Result<Directory> {
    let facts = Facts::read()?;
    let compartments = |unit: &str| {
        listed
            .iter()
            .filter(|(holding, _)| holding.unit == unit)
            .map(|(_, compartment)| *compartment)
            .collect()
    };
    let units = facts.unit.into_iter().map(|unit| Unit {
        compartments: compartments(&unit.id),
        id: unit.id,
        name: unit.name,
    });
    let forces = facts.force.into_iter().map(|force| Force {
        id: force.id,
        name: force.name,
        unit: force.unit,
        oversight: force.oversight,
    });
    Ok(Directory {
        instance,
        version: 1,
        previous: Hash::ZERO,
        issued: day,
        expires: Day(day.0 + LIFE),
        vintage: facts.vintage,
        forces: forces.collect(),
        units: units.collect(),
        administrators,
        receipt_key,
        successions: vec![],
        standing: vec![],
    })
}

fn checkpoint(instance: Hash, made: &[Made], day: Day) -> Checkpoint {
    let chains = made
        .iter()
        .map(|one| (one.group.id, one.group.sequence(), one.group.now().head))
        .collect();
    Checkpoint {
        instance,
        sequence: 0,
        previous: Hash::ZERO,
        day,
        chains,
        commitments: vec![],
    }
}

async fn store(database: &Database, made: &[Made], directory: &Directory, checkpoint: &[u8]) -> Result<()> {
    let mut transaction = database.begin().await?;
    for Made { group, links, wraps } in made {
        let shown = if group.kind == GroupKind::Partner {
            Shown::Partner
        } else {
            Shown::Compartment
        };
        transaction.insert_group(group.id, shown).await?;
        if let (Shown::Partner, Some(day)) = (shown, group.day_of(0)) {
            transaction
                .insert_partner(group.id, &group.name, None, day)
                .await?;
        }
        if let Some((unit, one)) = directory.compartment(group.id) {
            let which = Place {
                unit: unit.id.clone(),
                sealed: one.purpose == Purpose::Sealed,
            };
            transaction
                .insert_compartment(group.id, &which, directory.issued)
                .await?;
            transaction.finish_compartment(group.id, directory.issued).await?;
        }
        for (link, sequence) in links.iter().zip(0..) {
            transaction.insert_link(group.id, sequence, link).await?;
        }
        for (account, wrap) in wraps {
            let lead = group.now().member(*account).is_some_and(|member| member.lead);
            transaction.insert_member(group.id, *account, lead).await?;
            transaction.insert_wrap(group.id, 1, *account, wrap).await?;
        }
    }
    let [one, two, _] = roots();
    let signed = sign(directory, &[&one, &two]);
    transaction
        .publish_directory(directory.version, directory.expires, &signed)
        .await?;
    transaction.insert_checkpoint(0, checkpoint).await?;
    transaction.commit().await
}
