//! Making a recovery key. Its secret is split in memory and never written.

use super::{
    kit::{self, CUSTODIANS, Kit},
    six,
};
use crate::{
    answer::Answer,
    calendar,
    file::{self, Readers},
};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use protocol::{
    group::{Recovery, RecoverySecret},
    id::Day,
};
use rand_core::{CryptoRng, RngCore};
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// A new recovery key.
#[derive(Args)]
pub(crate) struct New {
    /// A new folder for the kits
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// The three custodians, outside the unit, as practitioners will see them named
    #[arg(long, num_args = 3, required = true, value_name = "NAME")]
    custodians: Vec<String>,
    /// The unit and compartment it is for, as it is to stand on the kits
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
}

impl New {
    /// Makes it.
    pub(super) fn run(&self, today: Day, rng: &mut (impl RngCore + CryptoRng)) -> Result<Answer> {
        let names = self.names()?;
        file::make_folder(&self.out)?;
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *bytes);
        let secret = RecoverySecret::from_bytes(&bytes);
        let (public, kits) = (secret.public(), kit::split(&bytes, &secret.public()));
        try_all(&kits, &secret)?;
        for (kit, name) in kits.iter().zip(&names) {
            let path = self.out.join(format!("kit-{}.txt", kit.number()));
            file::create(
                &path,
                self.sheet(kit, name, &public, today)?.as_bytes(),
                Readers::Owner,
            )?;
        }
        let path = self.out.join("recovery-public.txt");
        file::create(&path, format!("{public}\n").as_bytes(), Readers::Anyone)?;
        Ok(Answer::good(format!(
            "Three kits are in {folder}: any two of them make the key, one alone says nothing.\n  words  {}\n\n{NEXT}",
            six(&public),
            folder = self.out.display()
        )))
    }

    fn names(&self) -> Result<Vec<&str>> {
        let names: Vec<_> = self.custodians.iter().map(|name| name.trim()).collect();
        let distinct = names
            .iter()
            .enumerate()
            .all(|(n, name)| !names[..n].contains(name));
        if !distinct || names.iter().any(|name| name.is_empty()) {
            bail!(
                "--custodians takes three different names, such as \"A. Judge\" \"B. Clerk\" \"C. Bishop\""
            );
        }
        Ok(names)
    }

    fn sheet(&self, kit: &Kit, name: &str, public: &Recovery, today: Day) -> Result<Zeroizing<String>> {
        let unit = self.unit.as_deref().unwrap_or("______________________________");
        let mut text = Zeroizing::new(String::with_capacity(8192));
        writeln!(text, "CANDOUR RECOVERY KIT {} of {CUSTODIANS}\n", kit.number())?;
        writeln!(text, "For                 {unit}")?;
        writeln!(text, "Custodian           {name}")?;
        let others = self
            .custodians
            .iter()
            .map(|one| one.trim())
            .filter(|one| *one != name);
        writeln!(
            text,
            "The others          {}",
            others.collect::<Vec<_>>().join("; ")
        )?;
        writeln!(text, "Made on             {}", calendar::words(today))?;
        writeln!(text, "The key's words     {}\n{FOR}", six(public))?;
        writeln!(text, "{}", kit.lines().as_str())?;
        text.push_str(USE);
        Ok(text)
    }
}

/// Reads the file of a public half.
pub(super) fn read_public(path: &Path) -> Result<Recovery> {
    let text = file::read_text(path)?;
    text.trim().parse().ok().with_context(|| {
        format!(
            "{} is not the public half of a recovery key; give recovery-public.txt",
            path.display()
        )
    })
}

/// A kit that does not work is found now, not on the day.
fn try_all(kits: &[Kit], secret: &RecoverySecret) -> Result<()> {
    for (one, two) in [(0, 1), (0, 2), (1, 2)] {
        let read = |n: usize| Kit::parse(&kits[n].lines());
        let joined = read(one).and_then(|one| read(two).and_then(|two| kit::join(&one, &two)));
        if joined.as_ref() != Ok(secret) {
            bail!("the kits do not make the key again; do not use this machine");
        }
    }
    Ok(())
}

const NEXT: &str = "\
Next:
  1. print kit-1.txt, kit-2.txt and kit-3.txt, and hand each to its custodian in an envelope; nobody may see two of them;
  2. carry recovery-public.txt to the unit's set-up page, paste its line, and compare the words above with those it shows;
  3. wipe this machine: while the kits' files are on it, they are the key.";

const FOR: &str = "
WHAT IT IS FOR
If all who can open what is sent to this compartment lose their keys, any two custodians together can name new
members, who can then open it. One custodian alone can do nothing, and must not be able to: never copy or
photograph this sheet, never tell its words to anybody, and keep it in a safe.

Two custodians can let somebody read everything that was ever sent to this compartment. That is why you are outside
the unit, and why those who write to it are told your name.
";

const USE: &str = "
USING IT
You will be asked in person, never by mail or telephone. On a machine that is never online, each custodian types
their own words into a file, unseen by the other; then

    candour-tool recovery recover EXPORT KIT KIT --group GROUP --members FILE --roots roots.toml --out FILE

Before you hand over what it makes, ring each new member and read out their six words. Afterwards the new members make
a new recovery key, with new kits, and this sheet is burnt.

EVERY YEAR
Try it with another custodian: `candour-tool recovery check KIT KIT` must show the key's words above.

IF THIS SHEET IS LOST, OR SEEN BY ANYBODY
Tell the unit and the other custodians today. The unit makes a new recovery key, with new kits for all three.
";
