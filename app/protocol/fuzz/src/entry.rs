//! What is inside an envelope: an entry, and what was told in it.

use super::keys::key;
use protocol::{
    attachment::Attachment,
    casework::{Case, Message, Work},
    codec,
    concern::Concern,
    entry::{Body, Entry},
    id::{AccountId, Minute},
    origin::Certificate,
    signed::{self, Signed},
    told::{More, Told},
};

/// # Panics
/// Where something is accepted that is not the one encoding of what it is.
pub fn check(bytes: &[u8]) {
    if let Ok((Signed { payload, signers }, rest)) = signed::verify_prefix::<Entry>(bytes) {
        assert!((1..=8).contains(&signers.len()));
        let head = 1 + 2 + 4 + codec::encode(&payload).len();
        assert_eq!(head + 1 + signers.len() * 96 + rest.len(), bytes.len());
    }
    read_told(bytes);
    read_more(bytes);
    read_work(bytes);
    if let Ok(entry) = codec::decode::<Entry>(bytes) {
        assert_eq!(codec::encode(&entry), bytes);
        check_entry(entry);
    }
}

fn check_entry(entry: Entry) {
    if let Some(beginning) = &entry.beginning {
        drop(signed::verify::<Certificate>(&beginning.certificate));
    }
    match &entry.body {
        Body::Concern(concern, files) => {
            check_concern(concern);
            check_files(files);
        }
        Body::Message(message, files) => {
            read_work(message);
            check_files(files);
        }
        Body::Work(work) => read_work(work),
        Body::Test(concern) => check_concern(concern),
        Body::More(more) => read_more(more),
        Body::Opened | Body::Closed | Body::Notice(_) => {}
    }
    let signed = signed::sign(&entry, &[&key(1)]);
    let expected = Signed {
        payload: entry,
        signers: vec![key(1).verifying()],
    };
    assert_eq!(signed::verify(&signed), Ok(expected));
}

fn check_files(files: &[Attachment]) {
    let sound = protocol::attachment::are_sound(files);
    assert!(!sound || files.iter().all(|file| file.part_length(0).is_some()));
}

fn check_concern(concern: &Concern) {
    if concern.is_sound() {
        read_told(&concern.told);
    }
}

/// What members write, and what either side says: no act, however odd, stops a case from being folded.
fn read_work(bytes: &[u8]) {
    if let Ok(message) = Message::from_bytes(bytes) {
        assert_eq!(message.to_bytes(), bytes);
    }
    if let Ok(work) = Work::from_bytes(bytes) {
        assert_eq!(work.to_bytes(), bytes);
        let mut case = Case::new(true);
        case.add(AccountId([1; 16]), Minute(1), work);
        assert_eq!(case.acts.len(), 1);
    }
}

fn read_told(bytes: &[u8]) {
    if let Ok(told) = Told::from_bytes(bytes) {
        assert_eq!(told.to_bytes(), bytes);
    }
}

fn read_more(bytes: &[u8]) {
    if let Ok(more) = More::from_bytes(bytes) {
        assert_eq!(more.to_bytes(), bytes);
    }
}
