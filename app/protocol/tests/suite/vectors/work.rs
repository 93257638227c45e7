//! What a unit does and says, of every kind.

use super::{attachment, entry};
use crate::town::key;
use protocol::{
    casework::{
        Act, Assessment, Category, Criterion, Handling, Known, Link, Message, Move, Outcome, Referral,
        Reliability, Safeguarding, Sameness, Severity, Stage, Statement, Status, WhetherToRefer, Work,
    },
    entry::Body,
    id::{LogId, Minute},
    signed::sign,
};

pub(super) fn all() -> Vec<(&'static str, Vec<u8>)> {
    let one = key(1);
    vec![
        ("entry message", sign(&entry(message()), &[&one])),
        (
            "entry notice",
            sign(&entry(Body::Notice(Status::Assessed)), &[&one]),
        ),
        ("entry work", sign(&entry(Body::Work(declared())), &[&one])),
        ("work moved", moved()),
        ("work assessed", assessed()),
        ("work referral", referral()),
        ("work linked", linked()),
        ("journal id", LogId([5; 16]).journal().0.to_vec()),
    ]
}

pub(super) fn message() -> Body {
    let message = Message {
        text: "Do you still have the voicemail?".into(),
        asks: true,
    };
    Body::Message(message.to_bytes(), vec![attachment()])
}

fn declared() -> Vec<u8> {
    work(Act::Declared)
}

fn work(act: Act) -> Vec<u8> {
    let name = "cat".into();
    Work { name, act }.to_bytes()
}

fn moved() -> Vec<u8> {
    work(Act::Moved(Move {
        to: Stage::Closed,
        why: "Nothing can be said.".into(),
        reference: "C/12".into(),
        outcome: Some(Outcome::NotDisclosable),
        told: true,
    }))
}

pub(super) fn assessed() -> Vec<u8> {
    work(Act::Assessed(Box::new(Assessment {
        main: Some(Category::SexualMisconduct),
        others: vec![Category::Systems, Category::Other],
        statements: vec![Statement {
            text: "A constable sends messages at night.".into(),
            source: Some(Reliability::NotReliable),
            known: Some(Known::SuspectedFalse),
            handling: Some(Handling::Conditions),
            conditions: "Within the unit.".into(),
            reason: "He was abroad.".into(),
        }],
        severity: Some(Severity::Criminal),
        safeguarding: Some(Safeguarding::Others),
        actions: "The refuge.".into(),
        why: "Two say so.".into(),
    })))
}

fn referral() -> Vec<u8> {
    work(Act::Referral(Referral {
        decision: WhetherToRefer::Yes,
        criterion: Some(Criterion::Incident),
        why: "It is clear.".into(),
        clear: Some(Minute(7)),
        review: Some(Minute(8)),
        made: Some(Minute(9)),
        reference: "R/1".into(),
    }))
}

fn linked() -> Vec<u8> {
    work(Act::Linked(Link {
        to: LogId([6; 16]),
        how: Sameness::Duplicate,
        why: "The same evening.".into(),
    }))
}
