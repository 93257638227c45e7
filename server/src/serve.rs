//! Serving, until told to stop.

use crate::{
    Deployment, Portal,
    account::Needs,
    clock::{Random, SystemClock},
    config::{self, Config, Origin},
    database::Database,
    demo::Demo,
    error::{Error, Result},
    log::Notary,
    notice::{Lane, Mail, Postman},
    portal::Keys,
    web::{
        self, asset,
        page::{Missing, Pages},
    },
};
use app::site::Site;
use protocol::{directory, signed::SigningKey};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::{net::TcpListener, signal::unix};
use zeroize::Zeroizing;

/// How long requests under way may take once the portal is told to stop.
const DRAIN: Duration = Duration::from_secs(30);

/// Serves a real portal.
pub async fn serve(config: Config) -> Result<()> {
    let seed = config::read_seed(&config.receipt_key_file)?;
    let database = Database::open(&config.database).await?;
    database.claim(config.instance_hash(), false).await?;
    let listener = listen(config.listen).await?;
    let site = Site {
        instance: config.instance.clone(),
        roots: config.roots.clone(),
        threshold: config.threshold,
        demo: false,
        assets: asset::assets()?,
        exit: config.exit_url.clone(),
    };
    let needs = Needs::After(config.second_step_grace_days);
    let mail = config.mail.as_ref().map(Mail::by_smtp).transpose()?;
    let place = (config.origin, config.trusted_proxy);
    let portal = assemble(&site, place, &seed, database, needs, mail)?;
    run(portal, listener, told_to_stop()).await
}

/// Serves a demonstration.
pub async fn serve_demo(demo: Demo, database: Database, listener: TcpListener) -> Result<()> {
    let address = listener
        .local_addr()
        .map_err(|error| Error::File("the address cannot be found".into(), error))?;
    let origin = demo_origin(address)
        .parse()
        .map_err(|()| Error::Unfit("a demonstration listens on this machine only".into()))?;
    let site = Site {
        instance: demo.instance.clone(),
        roots: demo.roots,
        threshold: demo.threshold,
        demo: true,
        assets: asset::assets()?,
        exit: demo.exit,
    };
    let mail = Mail::on_console()?;
    let place = (origin, None);
    let portal = assemble(&site, place, &demo.receipt_seed, database, demo.needs, Some(mail))?;
    run(portal, listener, told_to_stop()).await
}

/// Where a demonstration is reached.
pub fn demo_origin(address: SocketAddr) -> String {
    // By its name, because no browser has passkeys for a number.
    if address.ip().is_loopback() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    }
}

/// Takes an address.
pub async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Error::File(format!("cannot listen on {address}"), error))
}

fn assemble(
    site: &Site,
    (origin, trusted_proxy): (Origin, Option<IpAddr>),
    seed: &Zeroizing<[u8; 32]>,
    database: Database,
    needs: Needs,
    mail: Option<Mail>,
) -> Result<Portal> {
    let deployment = Deployment {
        origin,
        exit: site.exit.clone(),
        trusted_proxy,
        roots: site.roots.clone(),
        threshold: site.threshold,
        needs,
        pages: pages(site)?,
        mail: mail.map(Arc::new),
    };
    let notary = Notary {
        instance: directory::instance(&site.instance, &site.roots, site.threshold),
        key: SigningKey::from_seed(**seed),
    };
    Portal::new(
        deployment,
        database,
        notary,
        Keys::of(seed),
        Arc::new(SystemClock),
        Random::from_system(),
    )
}

/// Every page of the app, rendered once.
fn pages(site: &Site) -> Result<Pages> {
    let pages = app::routes()
        .into_iter()
        .map(|path| (path.to_owned(), app::render(site, path)));
    let missing = Missing {
        english: app::render(site, app::NOT_FOUND),
        welsh: app::render(site, app::NOT_FOUND_WELSH),
    };
    Pages::new(pages, missing)
}

/// Answers requests until `stop`; then is not ready, lets what is under way end, and closes the database.
pub async fn run(
    portal: Portal,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let database = portal.database.clone();
    let sweep = tokio::spawn(portal.clone().sweep());
    let (stopped, mut was_stopped) = tokio::sync::watch::channel(false);
    let postmen: Vec<_> = [Lane::Notices, Lane::Pages]
        .into_iter()
        .filter_map(|lane| Postman::of(&portal, lane, was_stopped.clone()))
        .map(|postman| tokio::spawn(postman.run()))
        .collect();
    let readiness = Arc::clone(&portal.readiness);
    let service = web::router(portal).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        readiness.stop();
        stopped.send_replace(true);
    });
    let out_of_time = async {
        // An error means that serving has ended by itself, and the other branch is taken.
        if was_stopped.wait_for(|stopped| *stopped).await.is_ok() {
            tokio::time::sleep(DRAIN).await;
        } else {
            core::future::pending::<()>().await;
        }
    };
    tokio::select! {
        ended = server => ended.map_err(|error| Error::File("serving failed".into(), error))?,
        () = out_of_time => tracing::warn!("stopped with requests under way"),
    }
    sweep.abort();
    for postman in postmen {
        // One that has failed carries nothing any more, and what waits is in the database.
        drop(postman.await);
    }
    database.close().await
}

/// Waits for SIGTERM or SIGINT.
async fn told_to_stop() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        unix::signal(unix::SignalKind::terminate()),
        unix::signal(unix::SignalKind::interrupt()),
    ) else {
        tracing::error!("signals cannot be received; stop by force");
        return core::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
}
