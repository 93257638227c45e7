//! Whether the time of an answer tells what is there: sign-ins of known and unknown names, with a wrong password; and links that were taken
//! back and that never were. Each pair is asked in turn, in either order; a two-sample Kolmogorov-Smirnov test says how likely times that
//! differ no less would be if both were alike. One line of JSON for each.

mod house;

use axum::{Router, http::StatusCode};
use house::{House, ask, join};
use protocol::{
    id::{Hash, Minute},
    invitation::Lookup,
};
use serde_json::{Value, json};
use server::{
    Portal,
    clock::{Clock, SystemClock},
    database::invitation::Open,
    error::{Error, Result},
    web,
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

/// How many pairs are asked.
const PAIRS: u32 = 2_000;
/// How often each name and each link is tried: no limit is met.
const TRIES: u32 = 10;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the figures are what it is for")]
async fn main() -> Result<()> {
    let house = House::build().await?;
    settle(&house.portal).await?;
    let router = web::router(house.portal.clone());
    for (what, function, arguments) in [
        ("sign-in", "sign_in", sign_in as fn(bool, u32) -> Value),
        ("link", "look_up", look_up),
    ] {
        let [known, unknown] = pairs(&router, function, arguments).await?;
        println!(
            "{}",
            json!({ "what": what, "pairs": PAIRS, "p": probability(&known, &unknown),
                "known": median(&known), "unknown": median(&unknown) })
        );
    }
    house.pull_down().await
}

fn name(known: bool, n: u32) -> String {
    let kind = if known { "known" } else { "other" };
    format!("{kind}-{:04}", n / TRIES)
}

fn sign_in(known: bool, n: u32) -> Value {
    json!({ "name": name(known, n), "secret": app::bytes::Bytes(vec![9; 32]) })
}

/// As in a link's path.
fn lookup(known: bool, n: u32) -> String {
    hex::encode(&Hash::of(name(known, n).as_bytes()).0[..16])
}

fn look_up(known: bool, n: u32) -> Value {
    json!({ "lookup": lookup(known, n) })
}

/// Makes the accounts, and the invitations that are taken back.
async fn settle(portal: &Portal) -> Result<()> {
    for n in (0..PAIRS).step_by(usize::try_from(TRIES).unwrap_or(1)) {
        join(portal, &name(true, n)).await?;
    }
    let now = portal.clock.minute();
    let mut to = portal.database.begin().await?;
    for n in (0..PAIRS).step_by(usize::try_from(TRIES).unwrap_or(1)) {
        let open = Open {
            to: app::invitation::InvitedTo::Administrator,
            role: app::account::Role::Administrator,
        };
        let expires = Minute(now.0 + 60);
        let lookup = Lookup::from_text(&lookup(true, n)).ok_or(Error::Stopped)?;
        to.insert_invitation(lookup.hash(), None, &open, expires).await?;
    }
    to.close_operators_invitations(now.day()).await?;
    to.commit().await
}

/// The times of each kind, in seconds.
async fn pairs(
    router: &Router,
    function: &str,
    arguments: impl Fn(bool, u32) -> Value,
) -> Result<[Vec<f64>; 2]> {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for n in 0..PAIRS {
        for turn in [n.is_multiple_of(2), !n.is_multiple_of(2)] {
            let took = time(router, function, arguments(turn, n), n).await?;
            if turn {
                known.push(took);
            } else {
                unknown.push(took);
            }
        }
    }
    Ok([known, unknown])
}

async fn time(router: &Router, function: &str, arguments: Value, n: u32) -> Result<f64> {
    let [_, _, high, low] = (n / TRIES).to_be_bytes();
    let address = SocketAddr::from((Ipv4Addr::new(10, 9, high, low), 1));
    let began = SystemClock.now();
    let status = ask(router, function, arguments, address).await?;
    let took: Duration = SystemClock.now().saturating_sub(began);
    if [StatusCode::UNAUTHORIZED, StatusCode::NOT_FOUND].contains(&status) {
        Ok(took.as_secs_f64())
    } else {
        Err(Error::Unfit(format!("{function} was answered with {status}")))
    }
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// The p-value of the two-sample Kolmogorov-Smirnov test, by its limit with Stephens' correction (Numerical Recipes, 3rd edition, 14.3.3).
fn probability(one: &[f64], other: &[f64]) -> f64 {
    let both = |from: &[f64], kind| from.iter().map(move |time| (*time, kind)).collect::<Vec<_>>();
    let mut all = [both(one, true), both(other, false)].concat();
    all.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let count = f64::from(PAIRS);
    let (mut distance, mut apart) = (0.0_f64, 0.0_f64);
    for (_, is_one) in all {
        apart += if is_one { 1.0 } else { -1.0 } / count;
        distance = distance.max(apart.abs());
    }
    let root = (count / 2.0).sqrt();
    let lambda = (root + 0.12 + 0.11 / root) * distance;
    let term = |k: i32| {
        let sign = if k % 2 == 1 { 2.0 } else { -2.0 };
        sign * (-2.0 * f64::from(k * k) * lambda * lambda).exp()
    };
    (1..=100).map(term).sum::<f64>().clamp(0.0, 1.0)
}
