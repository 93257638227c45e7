//! A folder with files, and the tool run in it.

use minicbor::bytes::ByteVec;
use protocol::{
    checkpoint::Checkpoint,
    codec,
    directory::Directory,
    export::Export,
    group::{EpochSecret, Founders, Founding, Group, GroupKind, Member, Policy, Recovery},
    id::{AccountId, Day, GroupId, Hash, VerifyingKey},
    keyring::Keyring,
    signed::{self, SigningKey, sign},
};
use rand_core::OsRng;
use std::{
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// The day on which everything happens: 21 November 2026.
pub(crate) const TODAY: Day = Day(20_778);

/// What the tool said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) error: String,
}

/// The folder.
pub(crate) struct Place(TempDir);

impl Place {
    /// An empty one.
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// One with unprotected roots, facts, and the first signed directory: `one.directory`.
    pub(crate) fn with_directory() -> Self {
        let place = Self::with_roots();
        place.done(&draft(
            "one.draft",
            "--facts facts.toml --receipt-key",
            &[&"77".repeat(32)],
        ));
        place.sign("one", &[1, 3]);
        place
    }

    /// One with unprotected roots and facts.
    pub(crate) fn with_roots() -> Self {
        let place = Self::new();
        place.done(&words("roots new --instance town --out roots --unprotected"));
        place.write("facts.toml", FACTS.as_bytes());
        place
    }

    /// Runs the tool.
    pub(crate) fn run(&self, arguments: &[String]) -> Said {
        self.run_typing(arguments, "")
    }

    /// Runs the tool with something typed in.
    pub(crate) fn run_typing(&self, arguments: &[String], typed: &str) -> Said {
        let mut tool = Command::new(env!("CARGO_BIN_EXE_candour-tool"))
            .args(["--today", "2026-11-21"])
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A tool that reads nothing has closed its end.
        drop(tool.stdin.take().unwrap().write_all(typed.as_bytes()));
        let output = tool.wait_with_output().unwrap();
        Said {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            error: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the tool, which must manage; gives what it printed.
    pub(crate) fn done(&self, arguments: &[String]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, 0, "{arguments:?}: {said:?}");
        assert_eq!(said.error, "");
        said.out
    }

    /// Signs `NAME.draft` with these roots and joins them to `NAME.directory`.
    pub(crate) fn sign(&self, name: &str, roots: &[usize]) {
        let parts: Vec<_> = roots.iter().map(|root| format!("{name}.{root}")).collect();
        for (root, part) in roots.iter().zip(&parts) {
            self.done(&words(&format!(
                "directory sign {name}.draft --root roots/root-{root}.key --out {part}"
            )));
        }
        let parts = parts.join(" ");
        self.done(&words(&format!(
            "directory combine {parts} --out {name}.directory"
        )));
    }

    /// What `directory verify` says of a file.
    pub(crate) fn verify(&self, file: &str, more: &str) -> Said {
        self.run(&words(&format!(
            "directory verify {file} --roots roots/roots.toml {more}"
        )))
    }

    /// What `group verify` says of a file.
    pub(crate) fn verify_groups(&self, file: &str) -> Said {
        self.run(&words(&format!("group verify {file} --roots roots/roots.toml")))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    /// A root's key.
    pub(crate) fn root(&self, name: &str) -> SigningKey {
        let mut seed = [0; 32];
        hex::decode_to_slice(self.text(name).trim(), &mut seed).unwrap();
        SigningKey::from_seed(seed)
    }

    /// The directory in a signed file.
    pub(crate) fn directory(&self, name: &str) -> Directory {
        signed::verify(&self.read(name)).unwrap().payload
    }
}

/// Arguments as they are typed; none of them has a space in it.
pub(crate) fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

/// Arguments of which the last may have spaces.
pub(crate) fn draft(out: &str, line: &str, more: &[&str]) -> Vec<String> {
    let mut all = words(&format!(
        "directory draft --roots roots/roots.toml --out {out} {line}"
    ));
    all.extend(more.iter().map(|one| (*one).to_owned()));
    all
}

const FACTS: &str = r#"
vintage = "2026-11-21"

[[force]]
id = "townshire"
name = "Townshire Police"
unit = "psd"
oversight = "pcc"

[[unit]]
id = "psd"
name = "Townshire PSD"

[[unit]]
id = "pcc"
name = "Townshire Commissioner"
"#;

/// A group with the keys of its members.
pub(crate) struct Chain {
    pub(crate) group: Group,
    pub(crate) people: Vec<Keyring>,
    pub(crate) secret: EpochSecret,
    pub(crate) links: Vec<Vec<u8>>,
}

/// A partner of one lead, whom both administrators approved.
pub(crate) fn partner(instance: Hash) -> (GroupId, Vec<u8>) {
    let mut rng = OsRng;
    let lead = Keyring::new(instance, AccountId::random(&mut rng), &mut rng);
    let founding = Founding {
        kind: GroupKind::Partner,
        name: "Refuge".into(),
        members: vec![member(&lead)],
        policy: Policy {
            signers: 1,
            recovery: None,
            custodians: vec![],
            aims: None,
        },
    };
    let (link, _) = founding.draft(instance, TODAY, &mut rng);
    let [one, two] = administrators();
    (link.group, sign(&link, &[&one, &two]))
}

/// An intake compartment of two leads.
pub(crate) fn intake(instance: Hash, recovery: Recovery) -> Chain {
    let mut rng = OsRng;
    let people: Vec<_> = (0..2)
        .map(|_| Keyring::new(instance, AccountId::random(&mut rng), &mut rng))
        .collect();
    let founding = Founding {
        kind: GroupKind::Intake,
        name: "psd".into(),
        members: people.iter().map(member).collect(),
        policy: Policy {
            signers: 1,
            recovery: Some(recovery),
            custodians: vec!["A. Judge".into(), "B. Clerk".into(), "C. Bishop".into()],
            aims: None,
        },
    };
    let (link, secret) = founding.draft(instance, TODAY, &mut rng);
    let links = vec![sign(&link, &[&people[0].signer])];
    let founders = Founders::Directory(link.hash());
    let group = Group::verify(link.group, &links, instance, founders, TODAY).unwrap();
    Chain {
        group,
        people,
        secret,
        links,
    }
}

pub(crate) fn member(keyring: &Keyring) -> Member {
    Member {
        account: keyring.account,
        signer: keyring.signer.verifying(),
        recipient: keyring.identity.recipient(),
        lead: true,
    }
}

/// The administrators, as `--administrator` lists them.
pub(crate) fn administrators() -> [SigningKey; 2] {
    [11, 12].map(|n| SigningKey::from_seed([n; 32]))
}

pub(crate) fn administrator(n: usize) -> VerifyingKey {
    administrators()[n].verifying()
}

/// An export of one chain, with a checkpoint.
pub(crate) fn export(directory: &[u8], instance: Hash, chain: &Chain, wraps: Vec<Vec<u8>>) -> Vec<u8> {
    let [one, two] = administrators();
    let checkpoint = Checkpoint {
        instance,
        sequence: 1,
        previous: Hash::ZERO,
        day: TODAY,
        chains: vec![(chain.group.id, chain.group.sequence(), chain.group.now().head)],
        commitments: vec![],
    };
    codec::encode(&Export {
        directory: directory.to_vec().into(),
        chains: vec![(
            chain.group.id,
            chain.links.iter().cloned().map(ByteVec::from).collect(),
        )],
        checkpoint: Some(sign(&checkpoint, &[&one, &two]).into()),
        wraps: wraps.into_iter().map(ByteVec::from).collect(),
    })
}

/// A place with a directory that lists one intake compartment and two administrators, in `two.directory`.
pub(crate) fn on_board(recovery: Recovery) -> (Place, Chain) {
    let place = Place::with_directory();
    let instance = place.directory("one.directory").instance;
    let chain = intake(instance, recovery);
    place.write("genesis.link", &chain.links[0]);
    place.done(&words(&format!(
        "directory draft --roots roots/roots.toml --from one.directory --out two.draft \
         --compartment unit=psd,purpose=intake,link=genesis.link --administrator {} --administrator {}",
        administrator(0),
        administrator(1)
    )));
    place.sign("two", &[1, 2]);
    (place, chain)
}
