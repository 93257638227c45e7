//! Files: read whole, and never written over.

use anyhow::{Context as _, Result, bail};
use std::{
    fs::{DirBuilder, OpenOptions},
    io::{ErrorKind, Write as _},
    path::Path,
};

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Whoever has the folder.
    Anyone,
    /// The one who made it.
    Owner,
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// The text of a file.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Writes a file that is not there yet.
pub(crate) fn create(path: &Path, bytes: &[u8], readers: Readers) -> Result<()> {
    let name = path.display();
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    restrict(&mut options, readers);
    let mut file = match options.open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{name} is there already, and nothing is written over; choose another name")
        }
        other => other.with_context(|| format!("{name} cannot be made"))?,
    };
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .with_context(|| format!("{name} cannot be written"))
}

/// Makes a folder that nobody else can read, or takes an empty one.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    let name = path.display();
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    own(&mut builder);
    builder
        .create(path)
        .with_context(|| format!("the folder {name} cannot be made"))?;
    let mut inside = path
        .read_dir()
        .with_context(|| format!("the folder {name} cannot be read"))?;
    if inside.next().is_some() {
        bail!("the folder {name} has something in it, and nothing is written over; choose a new folder");
    }
    Ok(())
}

#[cfg(unix)]
fn restrict(options: &mut OpenOptions, readers: Readers) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(if readers == Readers::Owner { 0o600 } else { 0o644 });
}

#[cfg(unix)]
fn own(builder: &mut DirBuilder) {
    use std::os::unix::fs::DirBuilderExt as _;
    builder.mode(0o700);
}

#[cfg(not(unix))]
fn restrict(_: &mut OpenOptions, _: Readers) {}

#[cfg(not(unix))]
fn own(_: &mut DirBuilder) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        create(&path, b"one", Readers::Anyone).unwrap();
        let again = create(&path, b"two", Readers::Anyone).unwrap_err().to_string();
        assert!(again.contains("nothing is written over"), "{again}");
        assert_eq!(read(&path).unwrap(), b"one");
        assert!(make_folder(folder.path()).is_err());
        make_folder(&folder.path().join("new")).unwrap();
    }
}
