//! What is measured of the server: starting, memory, sign-ins, and appends on both databases.

use anyhow::Result;
use serde_json::Value;

use super::table::{number, row};
use crate::postgres::Postgres;
use crate::step;
use crate::workspace::Workspace;

/// What the server's own programs printed.
pub(super) struct Durable {
    appends: Vec<Value>,
    sign_ins: Value,
    timing: Vec<Value>,
}

/// Appends and sign-ins, on a database in the target folder: the disk matters.
pub(super) fn measure(workspace: &Workspace) -> Result<Durable> {
    let postgres = Postgres::start()?;
    let appends = step::step("Append on both databases", || {
        example(workspace, "appends", &postgres.url())
    })?;
    let sign_ins = step::step("Sign in", || example(workspace, "sign_ins", &postgres.url()))?;
    let timing = step::step("Compare what is there with what is not", || {
        example(workspace, "timing", &postgres.url())
    })?;
    Ok(Durable {
        appends,
        sign_ins: sign_ins.into_iter().next().unwrap_or_default(),
        timing,
    })
}

fn example(workspace: &Workspace, name: &str, postgres: &str) -> Result<Vec<Value>> {
    let mut cargo = workspace.cargo();
    cargo
        .args([
            "run",
            "--quiet",
            "--release",
            "--package=server",
            "--example",
            name,
            "--",
        ])
        .arg(workspace.target())
        .env("TEST_DATABASE_URL", postgres);
    let printed = String::from_utf8(step::output(&mut cargo)?)?;
    Ok(printed
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?)
}

/// Start and memory.
pub(super) fn running_table(result: &Value) -> Result<()> {
    let start = number(result, "/start")?;
    row(
        "start to first answer",
        &format!("{start:.0} ms"),
        "at most 300 ms",
    );
    for (name, target) in [("idle", "at most 60 MB"), ("loaded", "")] {
        let memory = number(result, &format!("/{name}"))?;
        row(&format!("memory, {name}"), &format!("{memory:.0} MiB"), target);
    }
    let answers = number(result, "/answers")?;
    row("answers, 64 clients", &format!("{answers:.0} a second"), "");
    Ok(())
}

/// Sign-ins, and appends with their waits.
pub(super) fn durable_table(durable: &Durable) -> Result<()> {
    let per_second = number(&durable.sign_ins, "/per_second")?;
    row("sign-ins", &format!("{per_second:.0} a second"), "");
    durable.timing.iter().try_for_each(timing_row)?;
    for one in &durable.appends {
        let database = one["database"].as_str().unwrap_or_default();
        for figure in one["figures"].as_array().into_iter().flatten() {
            appends(database, figure)?;
        }
    }
    Ok(())
}

fn appends(database: &str, figure: &Value) -> Result<()> {
    let clients = number(figure, "/clients")?;
    let [per_second, median, worst] = ["/per_second", "/p50_ms", "/p99_ms"].map(|what| number(figure, what));
    let target = if clients > 7.0 && clients < 9.0 {
        "at least 500 a second; "
    } else {
        ""
    };
    row(
        &format!("appends, {database}, {clients} clients"),
        &format!("{:.0} a second", per_second?),
        &format!("{target}p50 {:.1} ms, p99 {:.1} ms", median?, worst?),
    );
    Ok(())
}

/// Whether the time of an answer tells what is there.
fn timing_row(one: &Value) -> Result<()> {
    let what = one["what"].as_str().unwrap_or_default();
    let medians = [number(one, "/known")? * 1000.0, number(one, "/unknown")? * 1000.0];
    row(
        &format!("{what}, known or not"),
        &format!("p {:.3}", number(one, "/p")?),
        &format!("above 0.05; medians {:.2} and {:.2} ms", medians[0], medians[1]),
    );
    Ok(())
}
