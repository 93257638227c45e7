//! Which force covers which place: the table that is served, and what an operator imports in its place.

mod change;
pub mod ons;
mod table;

pub use change::Change;

use crate::{
    database::Database,
    error::{Error, Result},
    web::packed::Packed,
};
use app::places::{BadLine, Places};
use protocol::id::Hash;
use std::sync::Arc;
use tokio::sync::Mutex;

/// Districts only: full postcodes and their sectors are a file that an operator fetches.
const SHIPPED: &str = include_str!("places/districts.txt");
const TEXT: &str = "text/plain; charset=utf-8";

/// What stands for a table. Browsers are told by it whether they have this one.
pub fn hash(text: &str) -> Hash {
    Hash::domain("places", &[text.as_bytes()])
}

/// Reads a table; the shipped one where none was imported.
pub fn read(imported: Option<&str>) -> Result<Places> {
    let unfit = |BadLine(line)| Error::Unfit(format!("line {line} of its table of places cannot be read"));
    Places::read(imported.unwrap_or(SHIPPED)).map_err(unfit)
}

/// The table as it is served, packed once for each import.
#[derive(Debug, Default)]
pub struct Served(Mutex<Option<(Hash, Arc<Packed>)>>);

impl Served {
    /// The newest, and its hash.
    pub async fn newest(&self, database: &Database) -> Result<(Hash, Arc<Packed>)> {
        let wanted = database.places_hash().await?.unwrap_or_else(|| hash(SHIPPED));
        let mut served = self.0.lock().await;
        if let Some((hash, packed)) = served.as_ref().filter(|(hash, _)| *hash == wanted) {
            return Ok((*hash, Arc::clone(packed)));
        }
        let (hash, text) = match database.places().await? {
            Some(imported) => imported,
            None => (hash(SHIPPED), SHIPPED.to_owned()),
        };
        let packed = Arc::new(Packed::new(TEXT, text.into_bytes())?);
        *served = Some((hash, Arc::clone(&packed)));
        Ok((hash, packed))
    }
}
