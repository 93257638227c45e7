//! The sheet of paper that goes with a root key.

use crate::{calendar, key};
use core::fmt;
use protocol::id::{Day, VerifyingKey};

/// What is printed for one key.
pub(super) struct Sheet<'a> {
    /// Its place among the roots, from 1.
    pub(super) place: usize,
    /// The deployment's name.
    pub(super) instance: &'a str,
    /// Its public half.
    pub(super) key: VerifyingKey,
    /// Its file's name.
    pub(super) file: &'a str,
    /// The day it was made.
    pub(super) today: Day,
    /// Whether a passphrase opens it.
    pub(super) protected: bool,
}

impl fmt::Display for Sheet<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (place, file) = (self.place, self.file);
        writeln!(out, "CANDOUR ROOT KEY {place}                {}\n", self.instance)?;
        writeln!(out, "Made on             {}", calendar::words(self.today))?;
        writeln!(out, "Its file            {file}")?;
        writeln!(out, "Its words           {}", key::fingerprint(self.key))?;
        writeln!(out, "Its public half     {}\n", self.key)?;
        if self.protected {
            writeln!(out, "Its passphrase, written here by hand and nowhere else:\n")?;
            writeln!(out, "    1 ____________   2 ____________   3 ____________\n")?;
            writeln!(out, "    4 ____________   5 ____________   6 ____________\n")?;
        } else {
            writeln!(out, "IT HAS NO PASSPHRASE: only for tests and demonstrations.\n")?;
        }
        writeln!(out, "Kept by             ______________________________")?;
        write!(out, "Kept at             ______________________________\n{USE}")?;
        writeln!(
            out,
            "    candour-tool directory sign DRAFT --root {file} --out signed-{place}\n{LOST}"
        )
    }
}

const USE: &str = "
WHAT IT IS FOR
Any two of the three root keys sign the directory: the list of forces, units and administrators that everybody's
browser believes. One key alone can do nothing. Whoever has two can send every concern to somebody else.

KEEPING IT
Keep this sheet apart from the key's file, in a safe that neither the portal's operators nor a police force can open.
Keep the three keys in three places, with three people who do not answer to one another.

USING IT (at least every 90 days)
On a machine that is never online:
    candour-tool directory show DRAFT
Read out the six words of the draft with the holder of the other key, and check what has changed since last time:
    candour-tool directory diff LAST DRAFT
Sign only what both of you have read:
";

const LOST: &str = "
IF THE FILE OR THIS SHEET IS LOST OR STOLEN
Tell the holders of the other two keys today, by voice. They replace it:
    candour-tool roots succeed --lost N ...
and publish a directory with the succession in it. From then on nothing that this key signs is believed by anybody
who has seen that directory. If two keys are stolen, tell every unit and every partner not to use the portal.";
