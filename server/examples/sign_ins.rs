//! How many sign-ins a second the portal answers, each with its look-up, its hash and its session: one line of JSON.
//!
//! It is measured on SQLite in the folder given; the hash is by far the most of it, and no database changes that.

mod house;

use axum::Router;
use house::{House, PASSWORD, ask, join};
use server::{
    Portal,
    clock::{Clock, SystemClock},
    error::{Error, Result},
    web,
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

/// How many people sign in at once, each again and again from addresses of their own.
const CLIENTS: u8 = 8;
/// How long is measured.
const SPAN: Duration = Duration::from_secs(5);

#[tokio::main]
#[expect(clippy::print_stdout, reason = "the figure is what it is for")]
async fn main() -> Result<()> {
    let house = House::build().await?;
    let began = SystemClock.now();
    let mut tasks = Vec::new();
    for client in 0..CLIENTS {
        let portal = house.portal.clone();
        tasks.push(tokio::spawn(sign_in_until(portal, client, began + SPAN)));
    }
    let mut count = 0_u32;
    for task in tasks {
        count += task.await.map_err(|_| Error::Stopped)??;
    }
    let seconds = SystemClock.now().saturating_sub(began).as_secs_f64();
    println!(
        "{}",
        serde_json::json!({ "clients": CLIENTS, "per_second": f64::from(count) / seconds })
    );
    house.pull_down().await
}

/// Signs in as somebody new each time, so that no limit is met; gives how often.
async fn sign_in_until(portal: Portal, client: u8, end: Duration) -> Result<u32> {
    let router = web::router(portal.clone());
    let mut count = 0_u32;
    while SystemClock.now() < end {
        let name = format!("client-{client}-{}", count / 10);
        if count.is_multiple_of(10) {
            join(&portal, &name).await?;
        }
        let [_, _, high, low] = (count / 10).to_be_bytes();
        let address = SocketAddr::from((Ipv4Addr::new(10, client, high, low), 1));
        sign_in(&router, &name, address).await?;
        count += 1;
    }
    Ok(count)
}

async fn sign_in(router: &Router, name: &str, address: SocketAddr) -> Result<()> {
    let secret = app::bytes::Bytes(PASSWORD.to_vec());
    let arguments = serde_json::json!({ "name": name, "secret": secret });
    let status = ask(router, "sign_in", arguments, address).await?;
    if status.is_success() {
        Ok(())
    } else {
        Err(Error::Unfit(format!("a sign-in was answered with {status}")))
    }
}
