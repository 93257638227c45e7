//! A PostgreSQL cluster of our own for the length of a test run, on a free loopback port, in a temporary folder.
//!
//! It commits to disk as a real one does: the server refuses to run otherwise.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::step;
use crate::tools::{self, Tool};

/// How a cluster's folder begins; the process id of the `cargo xtask` that made it follows.
const FOLDER: &str = "candour-postgres-";

/// A running cluster; stopped and removed when dropped.
pub(crate) struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    owner: Option<Owner>,
}

/// Whom PostgreSQL runs as when we are root, which it refuses to be.
#[derive(Clone, Copy)]
struct Owner {
    user: u32,
    group: u32,
}

impl Postgres {
    /// Makes and starts a cluster.
    pub(crate) fn start() -> Result<Self> {
        tools::need(&[Tool::PostgreSql])?;
        step::step("Start a PostgreSQL cluster", || {
            sweep()?;
            let cluster = Self::plan(std::process::id())?;
            cluster.make()?;
            cluster.control(&["start", "--wait", "--silent", "--log", &cluster.path("log")])?;
            Ok(cluster)
        })
    }

    /// Where to connect, as sqlx reads it.
    pub(crate) fn url(&self) -> String {
        format!("postgres://candour@127.0.0.1:{}/postgres", self.port)
    }

    /// The cluster of the `cargo xtask` with this process id.
    fn plan(process: u32) -> Result<Self> {
        let initdb = Tool::PostgreSql.find().context("PostgreSQL is not installed")?;
        let initdb = initdb.canonicalize()?;
        let programs = initdb.parent().context("initdb is in no folder")?.to_owned();
        let folder = std::env::temp_dir().join(format!("{FOLDER}{process}"));
        let owner = if tools::is_root() {
            Some(Owner::find()?)
        } else {
            None
        };
        Ok(Self {
            programs,
            folder,
            port: free_port()?,
            owner,
        })
    }

    fn make(&self) -> Result<()> {
        fs::create_dir(&self.folder)?;
        fs::set_permissions(&self.folder, fs::Permissions::from_mode(0o700))?;
        if let Some(owner) = self.owner {
            chown(&self.folder, Some(owner.user), Some(owner.group))?;
        }
        let mut initdb = self.command("initdb");
        initdb.args([
            "--pgdata",
            &self.path("data"),
            "--username=candour",
            "--auth=trust",
        ]);
        initdb.args(["--encoding=UTF8", "--locale=C", "--no-sync"]);
        step::run(initdb.stdout(Stdio::null()))?;
        fs::write(self.folder.join("data/postgresql.auto.conf"), self.settings())?;
        Ok(())
    }

    fn settings(&self) -> String {
        let (port, sockets) = (self.port, self.folder.display());
        format!(
            "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{sockets}'\nmax_connections = 200\n"
        )
    }

    fn control(&self, arguments: &[&str]) -> Result<()> {
        let mut control = self.command("pg_ctl");
        control.args(["--pgdata", &self.path("data")]).args(arguments);
        step::run(control.stdout(Stdio::null()))
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.current_dir(&self.folder);
        if let Some(owner) = self.owner {
            command.uid(owner.user).gid(owner.group);
        }
        command
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Nothing is worth keeping, and there is nobody to tell of a failure.
        let _ = self.control(&["stop", "--mode=immediate", "--silent"]);
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Owner {
    fn find() -> Result<Self> {
        let users = fs::read_to_string("/etc/passwd")?;
        Self::named("postgres", &users)
            .or_else(|| Self::named("nobody", &users))
            .context("no user to run PostgreSQL as")
    }

    fn named(name: &str, users: &str) -> Option<Self> {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some(Self {
            user: fields.next()?.parse().ok()?,
            group: fields.next()?.parse().ok()?,
        })
    }
}

/// Stops and removes the clusters of runs that were ended before they could do so themselves.
fn sweep() -> Result<()> {
    // Where there is no telling which runs still go on, theirs are left alone.
    if !PathBuf::from("/proc/self").exists() {
        return Ok(());
    }
    for entry in fs::read_dir(std::env::temp_dir())? {
        let name = entry?.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(FOLDER))
            .and_then(|id| id.parse().ok());
        if let Some(process) = process.filter(|id: &u32| !PathBuf::from(format!("/proc/{id}")).exists()) {
            drop(Postgres::plan(process)?);
        }
    }
    Ok(())
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::Owner;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let users = "postgres2:x:7:8:::\npostgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash\n";
        let owner = Owner::named("postgres", users).unwrap();
        assert_eq!((owner.user, owner.group), (101, 104));
    }
}
