//! What we seal, other implementations of age open, and the reverse; and the C2SP test vectors that apply.

use bech32::FromBase32 as _;
use protocol::{envelope, recipient::Identity};
use std::{
    io::{Read as _, Write as _},
    process::{Command, Stdio},
};

fn identity() -> Identity {
    Identity::from_secret([42; 32])
}

/// Debian's `age`, where it is installed; continuous integration installs it.
fn age() -> Option<Command> {
    let found = Command::new("age").arg("--version").output().is_ok();
    assert!(
        found || std::env::var_os("CI").is_none(),
        "install age: apt-get install age"
    );
    found.then(|| Command::new("age"))
}

fn run(mut command: Command, input: &[u8]) -> Vec<u8> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writing = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(output.status.success());
    output.stdout
}

const SIZES: [usize; 6] = [0, 1, 65_535, 65_536, 65_537, 1 << 20];

#[test]
fn age_opens_what_we_seal() {
    for size in SIZES {
        let Some(mut command) = age() else { return };
        let file = envelope::seal(&vec![7; size], &[identity().recipient()]).unwrap();
        let key = std::env::temp_dir().join(format!("candour-age-{}-{size}", std::process::id()));
        std::fs::write(&key, identity().to_age().as_bytes()).unwrap();
        command.arg("-d").arg("-i").arg(&key);
        assert_eq!(run(command, &file), vec![7; size]);
        std::fs::remove_file(key).unwrap();
    }
}

#[test]
fn we_open_what_age_seals() {
    for size in SIZES {
        let Some(mut command) = age() else { return };
        command.arg("-r").arg(identity().recipient().as_str());
        let file = run(command, &vec![9; size]);
        assert_eq!(
            *envelope::open(&file, &[&identity()], 1).unwrap().0,
            vec![9; size]
        );
    }
}

/// Vectors that age opens and we refuse on purpose: we take exactly the recipients that we expect, and at most one random
/// stanza.
const STRICTER: [&str; 5] = [
    "stanza_empty_body",
    "stanza_empty_last_line",
    "stanza_valid_characters",
    "x25519_grease",
    "x25519_multiple_recipients",
];

#[test]
fn the_vectors_for_x25519_agree() {
    let vectors = vectors();
    assert!(
        vectors.len() > 40 || std::env::var_os("CI").is_none(),
        "run `npm ci` in e2e first"
    );
    let opens = |vector: &Vector| envelope::open(&vector.file, &[&vector.identity], 1).is_ok();
    let expected = |vector: &Vector| vector.opens && !STRICTER.contains(&vector.name.as_str());
    let wrong: Vec<_> = vectors
        .iter()
        .filter(|one| opens(one) != expected(one))
        .map(|one| &one.name)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

struct Vector {
    name: String,
    opens: bool,
    identity: Identity,
    file: Vec<u8>,
}

/// The C2SP vectors with an X25519 identity, from the browser tests' packages where they are installed.
fn vectors() -> Vec<Vector> {
    const PRINT: &str = "import * as all from 'cctv-age'; for (const [name, file] of Object.entries(all)) \
                         console.log(name, Buffer.from(file).toString('hex'))";
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../e2e");
    let mut node = Command::new("node");
    node.args(["--input-type=module", "-e", PRINT])
        .current_dir(folder)
        .stderr(Stdio::null());
    let printed = node.output().map(|output| output.stdout).unwrap_or_default();
    String::from_utf8(printed)
        .unwrap()
        .lines()
        .filter_map(vector)
        .collect()
}

fn vector(line: &str) -> Option<Vector> {
    let (name, file) = line.split_once(' ')?;
    let bytes = hex::decode(file).unwrap();
    let end = bytes.windows(2).position(|two| two == b"\n\n").unwrap();
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let field = |key: &str| {
        head.lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
    };
    let identity = secret(field("identity")?)?;
    let opens = field("expect") == Some("success") && field("armored").is_none();
    let mut file = bytes[end + 2..].to_vec();
    if field("compressed").is_some() {
        let mut plain = Vec::new();
        flate2::read::ZlibDecoder::new(&file[..])
            .read_to_end(&mut plain)
            .unwrap();
        file = plain;
    }
    Some(Vector {
        name: name.into(),
        opens,
        identity,
        file,
    })
}

fn secret(text: &str) -> Option<Identity> {
    let (prefix, data, _) = bech32::decode(text).ok()?;
    let bytes = Vec::<u8>::from_base32(&data).ok()?;
    (prefix == "age-secret-key-").then(|| Identity::from_secret(bytes.try_into().unwrap()))
}
