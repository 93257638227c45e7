//! The binary `candour-tool`: what is done away from the portal, on machines that it cannot reach.

mod answer;
mod calendar;
mod deployment;
mod directory;
mod file;
mod group;
mod key;
mod recovery;
mod roots;
mod sign;
mod terminal;

use answer::Answer;
use anyhow::Result;
use clap::{Parser, Subcommand};
use protocol::id::Day;
use rand_core::OsRng;
use std::process::ExitCode;

const EXAMPLES: &str = "\
Begin a deployment, on a machine that has never been online:
  candour-tool roots new --instance candour.example --out roots

Make a directory, in three places:
  candour-tool directory draft --roots roots.toml --facts england-and-wales.toml --receipt-key KEY --out next.draft
  candour-tool directory show next.draft                                what exactly is going to be signed
  candour-tool directory sign next.draft --root root-1.age --out one    where the first root key is
  candour-tool directory sign next.draft --root root-3.age --out two    where the third is
  candour-tool directory combine one two --out next.directory
  candour-tool directory verify next.directory --roots roots.toml --after last.directory

The README beside this tool goes through each ceremony step by step.

Exit codes: 0 done, or what was checked holds; 1 what was checked does not hold; 2 it could not be done.";

/// Root keys, the directory and recovery for Candour, and checks of what a portal says. It never goes online.
#[derive(Parser)]
#[command(name = "candour-tool", version, after_help = EXAMPLES)]
struct Command {
    #[command(subcommand)]
    act: Act,
    /// Take this for today's date (YYYY-MM-DD), where the machine's clock is wrong
    #[arg(long, global = true, value_name = "DATE", value_parser = calendar::parse)]
    today: Option<Day>,
}

#[derive(Subcommand)]
enum Act {
    /// The keys that sign the directory
    #[command(subcommand)]
    Roots(roots::Act),
    /// Which forces and units there are, and whose keys speak for the rest
    #[command(subcommand)]
    Directory(directory::Act),
    /// The chains of units and partner organisations
    #[command(subcommand)]
    Group(group::Act),
    /// A unit's key for the day when its members have lost theirs
    #[command(subcommand)]
    Recovery(recovery::Act),
}

fn main() -> ExitCode {
    let command = Command::parse();
    match run(command) {
        Ok(answer) => answer.print(),
        Err(error) => {
            eprintln!("candour-tool: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<Answer> {
    let today = command.today.unwrap_or_else(calendar::today);
    let mut rng = OsRng;
    match command.act {
        Act::Roots(act) => roots::run(act, today, &mut rng),
        Act::Directory(act) => directory::run(act, today),
        Act::Group(act) => group::run(act, today),
        Act::Recovery(act) => recovery::run(act, today, &mut rng),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Command::command().debug_assert();
    }
}
