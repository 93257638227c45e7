//! Files: sealed part by part, gone on with after a break, and read whole or not at all.

use crate::{
    town::{Desk, NOW, Store, Town, concern, refused, thread},
    unsent::{open, sealed},
};
use protocol::{
    attachment::{LARGEST, PART},
    id::{AttachmentId, Hash, LogId},
    refused::Refused,
    vault::{Answer, Ask, Blob, FileView, UnsentText},
};
use std::collections::BTreeMap;

/// Two whole parts, and a short one.
const LENGTH: usize = 2 * PART + 7;

fn bytes(seed: u8) -> Vec<u8> {
    let parts = (0_u8..=250).cycle().flat_map(|n| [seed.wrapping_add(n); 1000]);
    parts.take(LENGTH).collect()
}

fn begin(desk: &mut Desk, length: usize) -> FileView {
    let answer = desk.ask(Ask::BeginFile {
        name: "photo.jpg".into(),
        media: "image/jpeg".into(),
        length: length as u64,
        copy_of: None,
    });
    file(answer)
}

fn file(answer: Answer) -> FileView {
    match answer {
        Answer::File(view) => view,
        other => panic!("{other:?}"),
    }
}

fn seal(desk: &mut Desk, file: AttachmentId, index: u32, bytes: &[u8]) -> Answer {
    let mut ask = Ask::SealPart {
        file,
        index,
        bytes: Blob::default(),
    };
    ask.load(bytes.to_vec());
    desk.ask(ask)
}

/// Everything that an honest server stores of parts.
type Parts = BTreeMap<Hash, Vec<u8>>;

/// Seals and stores so many parts; gives how many were stored before.
fn upload(desk: &mut Desk, id: AttachmentId, bytes: &[u8], count: usize, to: &mut Parts) -> usize {
    let mut skipped = 0;
    for (part, index) in bytes.chunks(PART).zip(0..).take(count) {
        let Answer::Part { hash, sealed } = seal(desk, id, index, part) else {
            panic!("not sealed")
        };
        match sealed {
            Some(Blob(sealed)) => {
                assert_eq!(Hash::of(&sealed), hash);
                to.insert(hash, sealed);
                file(desk.ask(Ask::PartStored(id)));
            }
            None => skipped += 1,
        }
    }
    skipped
}

fn send(desk: &mut Desk, files: &[AttachmentId]) -> Answer {
    desk.ask(Ask::SealConcern {
        concern: concern(),
        files: files.to_vec(),
        named: true,
        now: NOW,
    })
}

/// A concern with a file that Amy sent, and Cat's vault with the thread open.
fn sent() -> (Desk, LogId, Vec<FileView>, Parts) {
    let town = Town::new();
    let mut store = Store::new(&town);
    let mut amy = town.desk(&town.amy);
    let mut parts = Parts::new();
    let ids = [1, 2].map(|seed| {
        let id = begin(&mut amy, LENGTH).id;
        upload(&mut amy, id, &bytes(seed), 3, &mut parts);
        id
    });
    let Answer::Sealed { log, bytes, .. } = send(&mut amy, &ids) else {
        panic!("not sealed")
    };
    store.append(&bytes.0);
    let mut cat = town.desk(&town.cat);
    let files = thread(cat.open_case(log, &store.fetch(log))).files;
    (cat, log, files, parts)
}

fn open_part(desk: &mut Desk, log: LogId, file: AttachmentId, index: u32, sealed: &[u8]) -> Answer {
    let mut ask = Ask::OpenPart {
        log,
        file,
        index,
        sealed: Blob::default(),
    };
    ask.load(sealed.to_vec());
    desk.ask(ask)
}

#[test]
fn a_file_is_read_as_it_was() {
    let (mut cat, log, files, parts) = sent();
    for (file, seed) in files.iter().zip([1, 2]) {
        let mut read = Vec::new();
        for (hash, index) in file.parts.iter().zip(0..) {
            let mut answer = open_part(&mut cat, log, file.id, index, &parts[hash]);
            read.extend(answer.unload().unwrap());
            assert_eq!(
                answer,
                Answer::OpenPart(Blob::default()),
                "it is beside, and not in it"
            );
        }
        assert!(read == bytes(seed), "bit by bit");
        assert_eq!((file.hash, file.length), (Some(Hash::of(&read)), LENGTH as u64));
        assert_eq!(
            (file.name.as_str(), file.media.as_str()),
            ("photo.jpg", "image/jpeg")
        );
    }
}

#[test]
fn a_part_swapped_altered_or_of_another_file_is_refused() {
    let (mut cat, log, files, parts) = sent();
    let (one, two) = (&files[0], &files[1]);
    let part = |file: &FileView, index: usize| parts[&file.parts[index]].clone();
    for wrong in [part(one, 1), part(two, 0), vec![], part(one, 0)[..PART].to_vec()] {
        let answer = open_part(&mut cat, log, one.id, 0, &wrong);
        assert_eq!(refused(answer), Refused::AlteredEnvelope);
    }
    let mut altered = part(one, 0);
    altered[PART / 2] ^= 1;
    let answer = open_part(&mut cat, log, one.id, 0, &altered);
    assert_eq!(refused(answer), Refused::AlteredEnvelope);
    // Parts come in their order, and of a thread that is open.
    let late = open_part(&mut cat, log, one.id, 1, &part(one, 1));
    assert_eq!(refused(late), Refused::BrokenSequence);
    let elsewhere = open_part(&mut cat, LogId([9; 16]), one.id, 0, &part(one, 0));
    assert_eq!(refused(elsewhere), Refused::WrongPlace);
    let unknown = open_part(&mut cat, log, AttachmentId([9; 16]), 0, &part(one, 0));
    assert_eq!(refused(unknown), Refused::WrongPlace);
    assert!(matches!(
        open_part(&mut cat, log, one.id, 0, &part(one, 0)),
        Answer::OpenPart(_)
    ));
}

#[test]
fn after_a_break_the_same_file_goes_on_where_it_stood_and_another_does_not() {
    let town = Town::new();
    let mut amy = town.desk(&town.amy);
    let mut parts = Parts::new();
    let id = begin(&mut amy, LENGTH).id;
    upload(&mut amy, id, &bytes(1), 1, &mut parts);
    // A second part was sealed, and nobody knows whether it was stored.
    assert!(matches!(
        seal(&mut amy, id, 1, &bytes(1)[PART..2 * PART]),
        Answer::Part { sealed: Some(_), .. }
    ));
    let unsent = UnsentText {
        id: None,
        label: String::new(),
        text: String::new(),
        files: vec![id],
    };
    let ask = Ask::SealUnsent {
        drawer: 0,
        version: 1,
        unsent,
    };
    let (_, draft) = sealed(&mut amy, ask);

    let mut amy = town.desk(&town.amy);
    let view = open(&mut amy, 0, &draft).ok().unwrap().files.remove(0);
    assert_eq!((view.parts.len(), view.count, view.hash), (1, 3, None));
    assert_eq!(refused(send(&mut amy, &[id])), Refused::UnfinishedFile);
    let other = bytes(2);
    assert_eq!(refused(seal(&mut amy, id, 0, &other[..PART])), Refused::OtherFile);
    assert_eq!(
        refused(seal(&mut amy, id, 0, &other[..PART - 1])),
        Refused::OtherFile
    );
    assert_eq!(
        upload(&mut amy, id, &bytes(1), 3, &mut parts),
        1,
        "one is skipped"
    );
    assert_eq!(parts.len(), 3);
    assert!(matches!(send(&mut amy, &[id]), Answer::Sealed { .. }));
}

#[test]
fn what_no_form_lets_through_is_not_begun() {
    let town = Town::new();
    let mut amy = town.desk(&town.amy);
    let mut begin = |name: &str, length| {
        amy.ask(Ask::BeginFile {
            name: name.into(),
            media: String::new(),
            length,
            copy_of: None,
        })
    };
    for (name, length) in [("", 1), ("a", 0), ("a", LARGEST + 1), ("a\u{202e}b", 1)] {
        assert_eq!(refused(begin(name, length)), Refused::Malformed);
    }
    let id = file(begin("a", LARGEST)).id;
    assert_eq!(
        refused(seal(&mut amy, id, 1, &vec![0; PART])),
        Refused::BrokenSequence
    );
    assert_eq!(refused(amy.ask(Ask::PartStored(id))), Refused::BrokenSequence);
    let note = "x".repeat(301);
    assert_eq!(
        refused(amy.ask(Ask::NoteFile { file: id, note })),
        Refused::Malformed
    );
    let strange = AttachmentId([9; 16]);
    assert_eq!(refused(send(&mut amy, &[strange])), Refused::WrongPlace);
}

#[test]
fn a_file_in_the_list_twice_is_not_sent() {
    let town = Town::new();
    let mut amy = town.desk(&town.amy);
    let id = begin(&mut amy, 3).id;
    upload(&mut amy, id, b"abc", 1, &mut Parts::new());
    assert_eq!(refused(send(&mut amy, &[id, id])), Refused::Malformed);
    assert!(matches!(send(&mut amy, &[id]), Answer::Sealed { .. }));
}

fn draft_of(id: AttachmentId) -> UnsentText {
    UnsentText {
        id: None,
        label: String::new(),
        text: String::new(),
        files: vec![id],
    }
}

#[test]
fn looking_into_a_drawer_neither_breaks_an_upload_nor_takes_back_a_note() {
    let town = Town::new();
    let mut amy = town.desk(&town.amy);
    let id = begin(&mut amy, LENGTH).id;
    let ask = Ask::SealUnsent {
        drawer: 0,
        version: 1,
        unsent: draft_of(id),
    };
    let (_, draft) = sealed(&mut amy, ask);
    assert!(matches!(
        seal(&mut amy, id, 0, &bytes(1)[..PART]),
        Answer::Part { .. }
    ));
    let note = "Her own picture".to_owned();
    file(amy.ask(Ask::NoteFile {
        file: id,
        note: note.clone(),
    }));
    assert!(open(&mut amy, 0, &draft).is_ok());
    let view = file(amy.ask(Ask::PartStored(id)));
    assert_eq!((view.parts.len(), view.note), (1, note));
}

#[test]
fn two_files_are_read_at_once() {
    let (mut cat, log, files, parts) = sent();
    for index in 0..3 {
        for file in &files {
            let sealed = &parts[&file.parts[index as usize]];
            let answer = open_part(&mut cat, log, file.id, index, sealed);
            assert!(matches!(answer, Answer::OpenPart(_)), "{answer:?}");
        }
    }
}
