//! Copies of pictures without what a camera or a program adds beside them, and what that was.

use super::hidden::{self, Hidden};
use img_parts::{Bytes, png::Png, webp::WebP};
use std::{borrow::Cow, collections::BTreeSet};

/// The types of pictures of which a clean copy can be made.
const TYPES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];
/// The most bytes of one: it is in memory as a whole.
const LARGEST: u64 = 40 << 20;

/// What is in a PNG that shows the picture (W3C PNG, third edition): everything else goes.
const PNG: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
    b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];
/// The same of a WebP (RFC 9649).
const WEBP: [&[u8; 4]; 7] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// What a JPEG says of itself before the sizes of its small picture: name, version and density.
const JFIF_HEAD: usize = 5 + 2 + 5;
/// What a WebP says that it holds: EXIF and XMP.
const WEBP_FLAGS: u8 = 0x08 | 0x04;

/// Whether a clean copy of such a file can be made.
pub(super) fn can_be(media: &str, length: u64) -> bool {
    TYPES.contains(&media) && length <= LARGEST
}

/// The copy, and what is not in it; nothing where it is not such a picture.
pub(super) fn copy(media: &str, bytes: Vec<u8>) -> Option<(Vec<u8>, BTreeSet<Hidden>)> {
    match media {
        "image/jpeg" => jpeg(&bytes),
        "image/png" => png(bytes),
        "image/webp" => webp(bytes),
        _ => None,
    }
}

/// Segment by segment, and the picture itself up to its end. What comes after the end goes, and what shows nothing, wherever it stands.
fn jpeg(bytes: &[u8]) -> Option<(Vec<u8>, BTreeSet<Hidden>)> {
    let rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    let (mut out, mut at, mut found) = (vec![0xff, 0xd8], 0, BTreeSet::new());
    loop {
        let is_marker = |two: &[u8]| two[0] == 0xff && !is_data(two[1]);
        let marker = at + rest[at..].windows(2).position(is_marker)?;
        out.extend_from_slice(&rest[at..marker]);
        let kind = rest[marker + 1];
        if kind == 0xd9 {
            out.extend_from_slice(&[0xff, 0xd9]);
            found.extend((marker + 2 < rest.len()).then_some(Hidden::Other));
            return Some((out, found));
        }
        let length = rest.get(marker + 2..marker + 4)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let contents = rest.get(marker + 4..marker + 2 + length)?;
        if let Some(shown) = shown(kind, contents) {
            put(&mut out, kind, &shown)?;
            found.extend((shown.len() < contents.len()).then_some(Hidden::Other));
        } else {
            found.extend(hidden::in_segment(kind, contents));
            if let Some(turn) = hidden::turn(contents) {
                put(&mut out, 0xe1, &hidden::only_turn(turn))?;
            }
        }
        at = marker + 2 + length;
    }
}

fn put(out: &mut Vec<u8>, marker: u8, contents: &[u8]) -> Option<()> {
    let length = u16::try_from(contents.len() + 2).ok()?;
    out.extend_from_slice(&[0xff, marker]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(contents);
    Some(())
}

/// What of a segment stays: all of what the picture is made of (ITU-T T.81, table B.1), of what applications add only what says how
/// sizes and colours are meant, and of anything else nothing.
fn shown(marker: u8, contents: &[u8]) -> Option<Cow<'_, [u8]>> {
    match marker {
        0xc0..=0xcf | 0xda..=0xdf => Some(contents.into()),
        0xe0 => jfif(contents),
        0xe2 if contents.starts_with(b"ICC_PROFILE\0") => Some(contents.into()),
        0xee if contents.starts_with(b"Adobe") => Some(contents.into()),
        _ => None,
    }
}

/// Without the small picture that may follow: it may show what was cut from the large one (ITU-T T.871, 10.1).
fn jfif(contents: &[u8]) -> Option<Cow<'_, [u8]>> {
    let head = contents
        .get(..JFIF_HEAD)
        .filter(|head| head.starts_with(b"JFIF\0"))?;
    Some([head, &[0, 0]].concat().into())
}

/// A byte after 0xff that belongs to the picture: a stuffed one, a restart, a fill.
fn is_data(byte: u8) -> bool {
    matches!(byte, 0x00 | 0xd0..=0xd7 | 0xff)
}

fn png(bytes: Vec<u8>) -> Option<(Vec<u8>, BTreeSet<Hidden>)> {
    let length = bytes.len();
    let mut picture = Png::from_bytes(Bytes::from(bytes)).ok()?;
    let mut found = BTreeSet::new();
    if picture.len() < length {
        // Something comes after its end.
        found.insert(Hidden::Other);
    }
    picture.chunks_mut().retain(|chunk| {
        let shown = PNG.contains(&&chunk.kind());
        if !shown {
            found.extend(hidden::in_chunk(chunk.kind(), chunk.contents()));
        }
        shown
    });
    Some((picture.encoder().bytes().to_vec(), found))
}

fn webp(bytes: Vec<u8>) -> Option<(Vec<u8>, BTreeSet<Hidden>)> {
    let mut picture = WebP::from_bytes(Bytes::from(bytes)).ok()?;
    let mut found = BTreeSet::new();
    picture.chunks_mut().retain(|chunk| {
        let shown = WEBP.contains(&&chunk.id());
        if !shown {
            let contents = chunk.content().data().cloned().unwrap_or_default();
            found.extend(hidden::in_chunk(chunk.id(), &contents));
        }
        shown
    });
    let mut out = picture.encoder().bytes().to_vec();
    // The first chunk of those that say what they hold: its flags stand after the file's head and its own.
    if out.get(12..16) == Some(b"VP8X") {
        *out.get_mut(20)? &= !WEBP_FLAGS;
    }
    Some((out, found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// EXIF of one place, one time, one camera and a turn, little-endian.
    fn exif() -> Vec<u8> {
        let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
            [
                &tag.to_le_bytes()[..],
                &kind.to_le_bytes(),
                &count.to_le_bytes(),
                &value,
            ]
            .concat()
        };
        let gps = [&1_u16.to_le_bytes()[..], &entry(1, 2, 2, *b"N\0\0\0"), &[0; 4]].concat();
        let first = [
            &4_u16.to_le_bytes()[..],
            &entry(0x010f, 2, 4, *b"Cam\0"),
            &entry(0x0112, 3, 1, [6, 0, 0, 0]),
            &entry(0x0132, 2, 4, *b"now\0"),
            &entry(0x8825, 4, 1, 62_u32.to_le_bytes()),
            &[0; 4],
        ]
        .concat();
        [b"II\x2a\0\x08\0\0\0".to_vec(), first, gps].concat()
    }

    fn segment(marker: u8, contents: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, marker, contents).unwrap();
        out
    }

    /// A JPEG in form, with everything hidden that there is.
    fn jpeg_with_all() -> Vec<u8> {
        [
            vec![0xff, 0xd8],
            segment(0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x02\x01secret"),
            segment(0xe0, b"JFXX\0\x10secret thumbnail"),
            segment(0xf0, b"secret of no meaning"),
            segment(0x02, b"secret reserved"),
            segment(0xe1, &[b"Exif\0\0", &exif()[..]].concat()),
            segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x>secret</x>"),
            segment(0xed, b"Photoshop 3.0\0secret"),
            segment(0xfe, b"secret comment"),
            segment(0xdb, &[1; 65]),
            segment(0xda, &[1; 10]),
            vec![1, 2, 0xff, 0, 3, 0xff, 0xd0, 4],
            segment(0xfe, b"secret between"),
            segment(0xda, &[2; 10]),
            vec![5, 6, 0xff, 0xd9],
            b"secret after".to_vec(),
        ]
        .concat()
    }

    fn holds(bytes: &[u8], text: &[u8]) -> bool {
        bytes.windows(text.len()).any(|part| part == text)
    }

    #[test]
    fn a_jpeg_keeps_its_picture_and_its_turn_and_nothing_hidden() {
        let (clean, found) = copy("image/jpeg", jpeg_with_all()).unwrap();
        for gone in [&b"secret"[..], b"Cam", b"now", b"xap"] {
            assert!(!holds(&clean, gone), "{gone:?}");
        }
        for kept in [
            &[1, 2, 0xff, 0, 3, 0xff, 0xd0, 4][..],
            &[5, 6, 0xff, 0xd9],
            b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0",
        ] {
            assert!(holds(&clean, kept), "{kept:?}");
        }
        let all = [
            Hidden::Place,
            Hidden::Time,
            Hidden::Device,
            Hidden::Comment,
            Hidden::Other,
        ];
        assert_eq!(found, BTreeSet::from(all));
        let again = copy("image/jpeg", clean.clone()).unwrap();
        assert_eq!(again.0, clean, "its turn stays");
        assert!(holds(&clean, &hidden::only_turn(6)));
    }

    fn chunk(kind: [u8; 4], contents: &[u8]) -> img_parts::png::PngChunk {
        img_parts::png::PngChunk::new(kind, Bytes::copy_from_slice(contents))
    }

    #[test]
    fn a_png_keeps_its_picture_and_nothing_hidden() {
        let header = [0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0];
        let chunks = [
            chunk(*b"IHDR", &header),
            chunk(*b"tEXt", b"Author\0secret"),
            chunk(*b"eXIf", &exif()),
            chunk(*b"tIME", &[1; 7]),
            chunk(*b"IDAT", b"the picture"),
            chunk(*b"IEND", b""),
        ];
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        for chunk in chunks {
            bytes.extend_from_slice(&chunk.encoder().bytes());
        }
        bytes.extend_from_slice(b"secret after");
        let (clean, found) = copy("image/png", bytes).unwrap();
        assert!(holds(&clean, b"the picture") && clean.ends_with(b"IEND\xae\x42\x60\x82"));
        assert!(!holds(&clean, b"secret") && !holds(&clean, b"Cam"));
        assert!(found.is_superset(&[Hidden::Place, Hidden::Time, Hidden::Comment].into()));
    }

    #[test]
    fn a_webp_keeps_its_picture_and_nothing_hidden() {
        let chunk = |id: &[u8; 4], contents: &[u8]| {
            let mut out = id.to_vec();
            out.extend_from_slice(&u32::try_from(contents.len()).unwrap().to_le_bytes());
            out.extend_from_slice(contents);
            out.resize(out.len() + contents.len() % 2, 0);
            out
        };
        let body = [
            b"WEBP".to_vec(),
            chunk(b"VP8X", &[0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            chunk(b"VP8 ", b"the picture!"),
            chunk(b"EXIF", &exif()),
            chunk(b"XMP ", b"secret"),
        ]
        .concat();
        let (clean, found) = copy("image/webp", chunk(b"RIFF", &body)).unwrap();
        assert!(holds(&clean, b"the picture!"));
        assert!(!holds(&clean, b"secret") && !holds(&clean, b"EXIF") && clean[20] == 0);
        assert!(found.is_superset(&[Hidden::Place, Hidden::Device].into()));
    }

    #[test]
    fn what_is_no_such_picture_has_no_clean_copy() {
        let whole = jpeg_with_all();
        for media in ["image/jpeg", "image/png", "image/webp", "image/gif", "text/plain"] {
            assert_eq!(copy(media, b"no picture".to_vec()), None, "{media}");
        }
        for length in 0..whole.len() - 20 {
            // Cut anywhere it is refused or cleaned, and never a panic.
            drop(copy("image/jpeg", whole[..length].to_vec()));
        }
        assert!(!can_be("image/gif", 5) && !can_be("image/png", LARGEST + 1));
        assert!(can_be("image/png", LARGEST));
    }
}
