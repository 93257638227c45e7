//! What is measured from a browser: `e2e/bench`.

use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::table::{mebibytes, number, row};
use crate::tools::{self, Tool};
use crate::workspace::Workspace;
use crate::{npm, step};

/// Bytes of an attachment in the measurement, and of all its entries together.
const ATTACHMENT: f64 = 25.0 * 1_048_576.0;
const ENTRIES: f64 = 200.0 * 4096.0;

/// Runs one of the measurements and reads the line that it prints.
pub(super) fn measure(workspace: &Workspace, name: &str) -> Result<Value> {
    tools::need(&[Tool::Chromium, Tool::Age])?;
    let folder = workspace.e2e();
    npm::install(&folder)?;
    npm::install(&folder.join("bench"))?;
    let mut playwright = Command::new(npm::program(&folder, "playwright"));
    playwright
        .current_dir(&folder)
        .args(["test", "--config=bench/playwright.config.ts", name])
        .env("CANDOUR", workspace.candour("release"));
    if let Some(chromium) = Tool::Chromium.find() {
        playwright.env("CHROMIUM", chromium);
    }
    let printed = String::from_utf8(step::output(&mut playwright)?)?;
    let line = printed
        .lines()
        .find_map(|line| line.trim().strip_prefix("candour-bench "));
    Ok(serde_json::from_str(
        line.with_context(|| format!("{name} measured nothing"))?,
    )?)
}

/// Unlocking, and sealing and opening beside the other implementations.
pub(super) fn sealing_table(result: &Value) -> Result<()> {
    let unlock = number(result, "/unlock")?;
    row(
        "deriving a key",
        &format!("{unlock:.0} ms"),
        "unlocking at most 1000 ms",
    );
    for (what, bytes) in [("attachment", ATTACHMENT), ("entries", ENTRIES)] {
        for act in ["seal", "open"] {
            speeds(result, what, act, bytes)?;
        }
    }
    for act in ["seal", "open"] {
        let took = number(result, &format!("/parts/ours/{act}"))?;
        let name = format!("{act}, attachment with its hashes");
        row(&name, &mebibytes(ATTACHMENT / took), "");
    }
    Ok(())
}

fn speeds(result: &Value, what: &str, act: &str, bytes: f64) -> Result<()> {
    let speed = |who: &str| Ok::<_, anyhow::Error>(bytes / number(result, &format!("/{what}/{who}/{act}"))?);
    let (ours, npm) = (speed("ours")?, speed("npm")?);
    let target = format!("{:.1} times npm's (at least 2.5)", ours / npm);
    row(&format!("{act}, {what}"), &mebibytes(ours), &target);
    if let Ok(native) = speed("native") {
        row(
            "",
            "",
            &format!("{:.2} of native age (at least 0.5)", ours / native),
        );
    }
    Ok(())
}

/// Marks out of 100.
pub(super) fn lighthouse_table(result: &Value) {
    for (page, name) in [
        ("start", "start page"),
        ("signIn", "sign-in page"),
        ("concern", "concern page"),
    ] {
        let mark = |category: &str| result[page][category].as_u64().unwrap_or_default();
        let marks = format!(
            "{} / {} / {}",
            mark("performance"),
            mark("accessibility"),
            mark("best-practices")
        );
        row(&format!("Lighthouse, {name}"), &marks, "98 / 100 / 100");
    }
}

/// What a practitioner's browser has to do.
pub(super) fn journey_table(result: &Value) -> Result<()> {
    let milliseconds = |what: &str| Ok::<_, anyhow::Error>(format!("{:.0} ms", number(result, what)?));
    let weight = number(result, "/weight")? / 1000.0;
    row("journey, all that is loaded", &format!("{weight:.0} KB"), "");
    row("looking a place up", &milliseconds("/finder")?, "at most 50 ms");
    row(
        "saving a draft, page's own thread",
        &milliseconds("/draft")?,
        "at most 50 ms",
    );
    for size in ["small", "large"] {
        let figure = |what: &str| number(result, &format!("/{size}/{what}"));
        let name = format!("sealing and storing {:.0} MiB", figure("size")?);
        row(&name, &format!("{:.1} s", figure("seconds")?), "");
        row(
            "",
            &milliseconds(&format!("/{size}/frame"))?,
            "longest frame, at most 100 ms",
        );
        row(
            "",
            &format!("{:.0} MiB", figure("memory")?),
            "memory of the tab, the same for both",
        );
    }
    Ok(())
}
