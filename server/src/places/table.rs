//! A table of comma-separated values, read a row at a time, so that memory does not grow with it.

use std::{
    cell::Cell,
    fmt,
    io::{self, Read},
    rc::Rc,
};

/// The most bytes of a row. A quotation mark that is never closed makes a row of all that follows.
const LONGEST_ROW: usize = 256 * 1024;

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The row, counted from 1, which is the header; nothing where it is about the whole file.
    pub row: Option<u64>,
    /// The column by its name in the file.
    pub column: Option<String>,
    /// What is wrong.
    pub why: String,
}

impl Wrong {
    /// Something about the whole file.
    pub fn whole(why: impl Into<String>) -> Self {
        Self {
            row: None,
            column: None,
            why: why.into(),
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(row) = self.row {
            write!(out, "row {row}, ")?;
        }
        if let Some(column) = &self.column {
            write!(out, "column {column}, ")?;
        }
        out.write_str(&self.why)
    }
}

/// A table whose header is read.
pub(super) struct Table<R> {
    reader: csv::Reader<Rationed<R>>,
    ration: Rc<Cell<usize>>,
    header: Vec<String>,
    row: csv::ByteRecord,
}

impl<R: Read> Table<R> {
    pub(super) fn open(file: R) -> Result<Self, Wrong> {
        let ration = Rc::new(Cell::new(LONGEST_ROW));
        let file = Rationed {
            file,
            left: Rc::clone(&ration),
        };
        let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(file);
        let header = reader.headers().map_err(|error| unread(&error))?;
        let header = header.iter().map(|name| name.trim().to_owned()).collect();
        Ok(Self {
            reader,
            ration,
            header,
            row: csv::ByteRecord::new(),
        })
    }

    /// The one column whose name is one of those that `is` knows, in small letters; nothing where there is none.
    pub(super) fn column(&self, is: impl Fn(&str) -> bool) -> Result<Option<usize>, Wrong> {
        let mut all = (0..)
            .zip(&self.header)
            .filter(|(_, name)| is(&name.to_ascii_lowercase()));
        let found = all.next();
        match (found, all.next()) {
            (Some((_, one)), Some((_, two))) => Err(Wrong::whole(format!(
                "both {one} and {two} could be meant: leave out one of these columns"
            ))),
            (found, _) => Ok(found.map(|(at, _)| at)),
        }
    }

    /// Goes on to the next row; false at the end.
    pub(super) fn next(&mut self) -> Result<bool, Wrong> {
        self.ration.set(LONGEST_ROW);
        self.reader
            .read_byte_record(&mut self.row)
            .map_err(|error| unread(&error))
    }

    /// A value of this row.
    pub(super) fn value(&self, column: usize) -> Result<&str, Wrong> {
        let bytes = self.row.get(column).unwrap_or_default();
        let text = str::from_utf8(bytes).map_err(|_| self.wrong(column, "is not UTF-8"))?;
        Ok(text.trim())
    }

    /// A value of this row that is a name to show.
    pub(super) fn name(&self, column: usize) -> Result<&str, Wrong> {
        let name = self.value(column)?;
        let odd = |letter: char| letter.is_control() || letter == '|';
        if name.is_empty() || name.len() > 200 || name.chars().any(odd) {
            return Err(self.wrong(column, "is no name"));
        }
        Ok(name)
    }

    /// That a value of this row is wrong.
    pub(super) fn wrong(&self, column: usize, why: impl fmt::Display) -> Wrong {
        let value = self.row.get(column).unwrap_or_default();
        let shown: String = String::from_utf8_lossy(value).chars().take(40).collect();
        Wrong {
            row: self.row.position().map(counted),
            column: self.header.get(column).cloned(),
            why: format!("{shown:?} {why}"),
        }
    }
}

/// From 1, where the header is the first. Lines would count wrong where rows end in two characters.
fn counted(position: &csv::Position) -> u64 {
    position.record() + 1
}

fn unread(error: &csv::Error) -> Wrong {
    let why = match error.kind() {
        csv::ErrorKind::Io(cause) => cause.to_string(),
        csv::ErrorKind::Utf8 { .. } => "the header is not UTF-8".into(),
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("it has {len} values where the header has {expected_len}")
        }
        _ => "it cannot be read as comma-separated values".into(),
    };
    Wrong {
        row: error.position().map(counted),
        column: None,
        why,
    }
}

/// A file that is read only so far within one row.
struct Rationed<R> {
    file: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(self.left.get());
        if most == 0 && !into.is_empty() {
            return Err(io::Error::other(
                "a row is far too long: is a quotation mark never closed?",
            ));
        }
        let read = self.file.read(&mut into[..most])?;
        self.left.set(self.left.get() - read);
        Ok(read)
    }
}
