//! Drafts: they come back to their author on any device, and a server that swaps or ages them is refused.

use crate::town::{Desk, Town};
use protocol::{
    id::UnsentId,
    refused::Refused,
    unsent::{DRAWERS, PAGE},
    vault::{Answer, Ask, Blob, UnsentText, UnsentView},
};
use std::collections::BTreeSet;

/// Seals a draft.
pub(crate) fn seal(drawer: u8, version: u32, id: Option<UnsentId>, text: &str) -> Ask {
    let unsent = UnsentText {
        id,
        label: "the Tuesday one".into(),
        text: text.into(),
        files: vec![],
    };
    Ask::SealUnsent {
        drawer,
        version,
        unsent,
    }
}

pub(crate) fn sealed(desk: &mut Desk, ask: Ask) -> (UnsentId, Blob) {
    match desk.ask(ask) {
        Answer::SealedUnsent { id, bytes } => (id, bytes),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn open(desk: &mut Desk, drawer: u8, sealed: &Blob) -> Result<UnsentView, Refused> {
    let sealed = sealed.clone();
    match desk.ask(Ask::OpenUnsent { drawer, sealed }) {
        Answer::OpenUnsent(view) => Ok(*view),
        Answer::Refused(refused) => Err(refused),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_draft_comes_back_on_another_device_and_only_to_its_author() {
    let town = Town::new();
    let (id, bytes) = sealed(&mut town.desk(&town.amy), seal(3, 1, None, "half a story"));
    let view = open(&mut town.unlocked(&town.amy), 3, &bytes).ok().unwrap();
    assert_eq!((view.id, view.version), (id, 1));
    assert_eq!(
        (view.label.as_str(), view.text.as_str()),
        ("the Tuesday one", "half a story")
    );
    let stranger = open(&mut town.unlocked(&town.ben), 3, &bytes).err();
    assert_eq!(stranger, Some(Refused::AlteredEnvelope));
}

#[test]
fn a_draft_swapped_between_drawers_or_put_in_the_place_of_the_pages_own_is_refused() {
    let town = Town::new();
    let mut amy = town.desk(&town.amy);
    let (_, three) = sealed(&mut amy, seal(3, 1, None, "three"));
    let (_, page) = sealed(&mut amy, seal(PAGE, 0, None, "page"));
    for (drawer, bytes) in [(4, &three), (PAGE, &three), (3, &page)] {
        let refused = open(&mut amy, drawer, bytes).err();
        assert_eq!(refused, Some(Refused::AlteredEnvelope), "{drawer}");
    }
    let beyond = amy.ask(seal(PAGE + 1, 1, None, "no such drawer"));
    assert_eq!(beyond, Answer::Refused(Refused::Malformed));
}

#[test]
fn an_older_version_is_refused_within_a_session_and_another_draft_is_not() {
    let town = Town::new();
    let mut amy = town.desk(&town.amy);
    let (id, first) = sealed(&mut amy, seal(3, 1, None, "first"));
    let (_, second) = sealed(&mut amy, seal(3, 2, Some(id), "second"));
    assert_eq!(open(&mut amy, 3, &first).err(), Some(Refused::OlderDraft));
    assert_eq!(
        amy.ask(seal(3, 1, Some(id), "first")),
        Answer::Refused(Refused::OlderDraft)
    );
    assert_eq!(open(&mut amy, 3, &second).ok().unwrap().text, "second");
    let (other, _) = sealed(&mut amy, seal(3, 1, None, "another, where that one was"));
    assert_ne!(other, id);
    let mut later = town.unlocked(&town.amy);
    assert_eq!(open(&mut later, 3, &second).ok().unwrap().version, 2);
    assert_eq!(open(&mut later, 3, &first).err(), Some(Refused::OlderDraft));
}

#[test]
fn ten_drawers_have_ten_tokens_that_open_no_thread() {
    let town = Town::new();
    let mut amy = town.desk(&town.amy);
    let tokens = |answer| match answer {
        Answer::Tokens(tokens) => tokens,
        other => panic!("{other:?}"),
    };
    let drawers = tokens(amy.ask(Ask::UnsentTokens));
    let all: BTreeSet<_> = drawers.iter().map(|token| token.0).collect();
    assert_eq!(all.len(), usize::from(DRAWERS));
    let threads = tokens(amy.ask(Ask::Tokens));
    assert!(threads.iter().all(|token| !all.contains(&token.0)));
    assert_eq!(tokens(town.unlocked(&town.amy).ask(Ask::UnsentTokens)), drawers);
}
