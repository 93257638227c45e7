//! Secrets come from the terminal, unseen, or line by line from what is piped in; never from the command line.

use anyhow::{Context as _, Result, bail};
use std::io::{BufRead as _, IsTerminal as _, Read as _, stdin};
use zeroize::Zeroizing;

/// The most bytes of a secret that are read.
const MOST: u64 = 4096;

/// One line, asked for by `prompt`.
pub(crate) fn ask(prompt: &str) -> Result<Zeroizing<String>> {
    let line = if stdin().is_terminal() {
        rpassword::prompt_password(prompt).map(Zeroizing::new)
    } else {
        // The lock keeps what it has read ahead for the next question.
        let mut line = Zeroizing::new(String::with_capacity(256));
        stdin().lock().take(MOST).read_line(&mut line).map(|_| line)
    };
    let line = line.context("what you typed cannot be read")?;
    let line = Zeroizing::new(line.split_whitespace().collect::<Vec<_>>().join(" "));
    if line.is_empty() {
        bail!("nothing was typed; try again");
    }
    Ok(line)
}
