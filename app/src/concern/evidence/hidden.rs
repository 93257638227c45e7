//! What pictures carry that nobody sees, named in words.

use crate::text::{self, Text};
use exif::{Context, Exif, In, Reader, Tag};
use protocol::concern::Language;
use std::collections::BTreeSet;

/// A kind of what is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hidden {
    /// Where it was taken.
    Place,
    /// When.
    Time,
    /// With which camera or telephone.
    Device,
    /// By whom, or by which program it was changed.
    Author,
    /// What somebody wrote about it.
    Comment,
    /// A smaller copy, which may show more.
    Preview,
    /// Anything else.
    Other,
}

/// How EXIF begins inside a JPEG.
const EXIF: &[u8] = b"Exif\0\0";

/// What a segment of a JPEG hides.
pub(super) fn in_segment(marker: u8, contents: &[u8]) -> BTreeSet<Hidden> {
    match (marker, contents.strip_prefix(EXIF)) {
        (0xe1, Some(exif)) => in_exif(exif),
        (0xfe, _) => [Hidden::Comment].into(),
        _ => [Hidden::Other].into(),
    }
}

/// What a chunk of a PNG or a WebP hides.
pub(super) fn in_chunk(kind: [u8; 4], contents: &[u8]) -> BTreeSet<Hidden> {
    match &kind {
        b"eXIf" | b"EXIF" => in_exif(contents.strip_prefix(EXIF).unwrap_or(contents)),
        b"tEXt" | b"zTXt" | b"iTXt" => [Hidden::Comment].into(),
        b"tIME" => [Hidden::Time].into(),
        _ => [Hidden::Other].into(),
    }
}

fn read(exif: &[u8]) -> Option<Exif> {
    Reader::new().read_raw(exif.to_vec()).ok()
}

fn in_exif(bytes: &[u8]) -> BTreeSet<Hidden> {
    let Some(exif) = read(bytes) else {
        return [Hidden::Other].into();
    };
    let all = exif.fields().map(|field| {
        if field.ifd_num == In::THUMBNAIL {
            Hidden::Preview
        } else {
            kind(field.tag)
        }
    });
    let mut found: BTreeSet<_> = all.collect();
    found.insert(Hidden::Other);
    found
}

fn kind(tag: Tag) -> Hidden {
    match tag {
        tag if tag.context() == Context::Gps => Hidden::Place,
        Tag::DateTime
        | Tag::DateTimeOriginal
        | Tag::DateTimeDigitized
        | Tag::OffsetTime
        | Tag::OffsetTimeOriginal
        | Tag::OffsetTimeDigitized => Hidden::Time,
        Tag::Make
        | Tag::Model
        | Tag::BodySerialNumber
        | Tag::LensMake
        | Tag::LensModel
        | Tag::LensSerialNumber => Hidden::Device,
        Tag::Artist | Tag::Copyright | Tag::CameraOwnerName | Tag::Software => Hidden::Author,
        Tag::UserComment | Tag::ImageDescription => Hidden::Comment,
        _ => Hidden::Other,
    }
}

/// How the picture is to be turned to be upright, where it is not.
pub(super) fn turn(contents: &[u8]) -> Option<u8> {
    let exif = read(contents.strip_prefix(EXIF)?)?;
    let turn = exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u8::try_from(turn).ok().filter(|turn| (2..=8).contains(turn))
}

/// EXIF that says this alone: one entry of the first table.
pub(super) fn only_turn(turn: u8) -> Vec<u8> {
    let table = [0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0];
    [EXIF, b"MM\0\x2a\0\0\0\x08", &table].concat()
}

/// Them in words, in one line.
pub(super) fn names(found: &BTreeSet<Hidden>, lang: Language) -> String {
    let all: Vec<_> = found.iter().map(|one| name(*one, lang).plain()).collect();
    all.join(", ")
}

fn name(hidden: Hidden, lang: Language) -> Text {
    match hidden {
        Hidden::Place => text::hidden_place(lang),
        Hidden::Time => text::hidden_time(lang),
        Hidden::Device => text::hidden_device(lang),
        Hidden::Author => text::hidden_author(lang),
        Hidden::Comment => text::hidden_comment(lang),
        Hidden::Preview => text::hidden_preview(lang),
        Hidden::Other => text::hidden_other(lang),
    }
}
