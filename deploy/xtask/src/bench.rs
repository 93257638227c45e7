//! Sizes and speeds, as one table, each beside what it should be.
//!
//! Everything is built for release first; then browsers, the server and its databases are measured one after the other, each with
//! the machine to itself.

mod browser;
mod load;
mod server;
mod table;

use anyhow::Result;

use crate::site::Quality;
use crate::workspace::Workspace;
use crate::{release, step};

/// Builds for release and measures.
pub(crate) fn bench(workspace: &Workspace) -> Result<()> {
    release::build(workspace, Quality::Release)?;
    let sealing = step::step("Seal and open in a browser", || {
        browser::measure(workspace, "sealing")
    })?;
    let lighthouse = step::step("Let Lighthouse look at pages", || {
        browser::measure(workspace, "lighthouse")
    })?;
    let journey = step::step("Write a concern with 200 MB", || {
        browser::measure(workspace, "journey")
    })?;
    let running = step::step("Start and load the server", || {
        browser::measure(workspace, "server")
    })?;
    let durable = server::measure(workspace)?;
    println!();
    load::table(workspace)?;
    browser::sealing_table(&sealing)?;
    browser::lighthouse_table(&lighthouse);
    browser::journey_table(&journey)?;
    server::running_table(&running)?;
    server::durable_table(&durable)
}
