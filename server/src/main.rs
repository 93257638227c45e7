//! The binary `candour`.

use clap::{Args, Parser, Subcommand};
use protocol::signed::SigningKey;
use rand_core::OsRng;
use server::{
    account::Needs,
    clock::{Clock, Random, SystemClock},
    config::{self, BadConfig, Config, GRACE, LogFormat},
    database::Database,
    demo::{self, Demo},
    error::{Error, Result, causes},
    notice::Mail,
    operator::{Administrator, Files, Imported, Operator, Published},
    serve,
};
use std::{net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};
use tracing_subscriber::EnvFilter;
use zeroize::Zeroizing;

const EXAMPLES: &str = "\
Try it, with made-up people in a database that goes when it stops:
  candour demo

Run a real portal:
  candour key /etc/candour/receipt.key            make the key that signs receipts; the directory must list it
  candour config check --config candour.toml      is everything there?
  candour serve --config candour.toml
  candour admin invite --config candour.toml      a link for an administrator; --help says what else there is
  candour directory publish next.directory --config candour.toml
  candour places import --districts lookup.csv --postcodes ONSPD.csv --config candour.toml

candour.toml:
  listen = \"127.0.0.1:8080\"                       behind a proxy that speaks TLS
  origin = \"https://candour.example\"
  instance = \"candour.example\"                    never changes: every key is derived with it
  roots = [\"…\", \"…\", \"…\"]                         public keys, 64 hexadecimal digits each
  threshold = 2
  database = \"/var/lib/candour/candour.db\"        or postgres://…
  receipt_key_file = \"/etc/candour/receipt.key\"
  exit_url = \"https://www.bbc.co.uk/weather\"      where the exit button leads
  trusted_proxy = \"127.0.0.1\"                     may say where a request comes from; optional
  second_step_grace_days = 30                     when practitioners need a second step; staff do at once; optional
  log = \"json\"                                    or text; optional

  mail_host = \"mail.example\"                     without it the portal sends no mail; all of these are optional
  mail_from = \"Candour <portal@candour.example>\"
  mail_tls = \"starttls\"                           or tls; none only where mail_host is this machine
  mail_port = 587                                 465 with tls
  mail_user = \"portal\"
  mail_password_file = \"/etc/candour/mail.password\"
  mail_hour = 7                                   in London, when the daily mail is sent

Each key can be set in the environment instead, which comes first: CANDOUR_LISTEN, CANDOUR_DATABASE, and so on.";

/// A portal for telling professional standards units about police abuse of position. The server cannot read what is told.
#[derive(Parser)]
#[command(name = "candour", version, after_help = EXAMPLES)]
struct Command {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Serve a real portal.
    Serve(File),
    /// Serve a demonstration with made-up people on this machine.
    Demo(DemoOptions),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigAct),
    /// The first administrators, and emergencies. Each act leaves a line in the audit.
    #[command(subcommand)]
    Admin(AdminAct),
    /// The directory that the roots have signed.
    #[command(subcommand)]
    Directory(DirectoryAct),
    /// Which force covers which place: what somebody who knows only a place is suggested.
    #[command(subcommand)]
    Places(PlacesAct),
    /// Make the key that signs receipts, and print its public half for the directory.
    Key {
        /// The file to make. One that is there is not touched.
        file: PathBuf,
    },
}

#[derive(Args)]
struct File {
    /// The configuration file; without one everything comes from the environment.
    #[arg(long, env = "CANDOUR_CONFIG")]
    config: Option<PathBuf>,
}

#[derive(Args)]
struct DemoOptions {
    /// Where to listen: an address of this machine.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// An SQLite file or a postgres:// URL, to keep the demonstration; without one it goes when it stops.
    #[arg(long)]
    database: Option<String>,
    /// Ask staff for a second step at once, as a real portal does. Without this nobody needs one here.
    #[arg(long)]
    second_step: bool,
    /// Print one line of JSON: the address, and who can sign in.
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum ConfigAct {
    /// Say whether the configuration can be used, and what is wrong with it if not.
    Check(File),
}

#[derive(Subcommand)]
enum AdminAct {
    /// Print a link with which somebody makes an administrator's account, once, within 72 hours.
    Invite(File),
    /// Take back the links that nobody has used.
    Revoke(File),
    /// Say who administers, with the words of their keys.
    List(File),
    /// Suspend somebody, whatever their account is for: they are signed out, and cannot sign in.
    Suspend(Named),
    /// Lift a suspension.
    Lift(Named),
}

#[derive(Args)]
struct Named {
    /// The sign-in name.
    name: String,
    #[command(flatten)]
    file: File,
}

#[derive(Subcommand)]
enum DirectoryAct {
    /// Publish a signed directory, once it is checked as browsers check it.
    Publish {
        /// What `candour-tool directory combine` made.
        directory: PathBuf,
        #[command(flatten)]
        file: File,
    },
}

#[derive(Subcommand)]
enum PlacesAct {
    /// Put newer tables of the Office for National Statistics in the place of those that are there, and say what changes.
    Import(Import),
}

#[derive(Args)]
struct Import {
    /// The lookup "Local Authority District to Community Safety Partnership to Police Force Area", as CSV.
    #[arg(long)]
    districts: PathBuf,
    /// The ONS Postcode Directory as CSV, or a table of sectors with the columns `sector,force_id,postcodes`. Without it the sectors stay as they are.
    #[arg(long)]
    postcodes: Option<PathBuf>,
    /// The forces and the codes of their areas as CSV with the columns `id,ons_code`. Needed only when forces have merged or been renamed.
    #[arg(long)]
    forces: Option<PathBuf>,
    /// What the files are called, and of when; without this it is their names.
    #[arg(long)]
    vintage: Option<String>,
    /// Only check the files and say what would change.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    file: File,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Command::parse().act).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("candour: {}", causes(&error));
            ExitCode::FAILURE
        }
    }
}

async fn run(act: Act) -> Result<()> {
    match act {
        Act::Serve(file) => {
            let config = read(&file)?;
            start_log(config.log);
            serve::serve(config).await
        }
        Act::Demo(options) => demonstrate(options).await,
        Act::Config(ConfigAct::Check(file)) => check(&file),
        Act::Key { file } => make_key(&file),
        Act::Admin(act) => administer(act).await,
        Act::Directory(DirectoryAct::Publish { directory, file }) => publish(&directory, &file).await,
        Act::Places(PlacesAct::Import(import)) => import_places(&import).await,
    }
}

fn read(file: &File) -> Result<Config, BadConfig> {
    Config::read(file.config.as_deref(), |name| std::env::var(name).ok())
}

#[expect(clippy::print_stdout, reason = "the answer to the person who asked")]
fn check(file: &File) -> Result<()> {
    let config = read(file)?;
    drop(config::read_seed(&config.receipt_key_file)?);
    if let Some(mail) = &config.mail {
        drop(Mail::by_smtp(mail)?);
    }
    println!(
        "The configuration can be used: {} will listen on {}.",
        config.origin.as_str(),
        config.listen
    );
    match &config.mail {
        Some(mail) => println!("Mail leaves by {}:{}.", mail.host, mail.port),
        None => println!("It sends no mail."),
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the answer to the person who asked")]
fn make_key(file: &std::path::Path) -> Result<()> {
    let seed = Zeroizing::new(Random::from_system().bytes());
    let key = config::make_key(file, &seed)
        .map_err(|error| Error::File(format!("{} cannot be made", file.display()), error))?;
    println!("{key}");
    Ok(())
}

async fn operator(file: &File) -> Result<Operator> {
    Operator::open(&read(file)?, Arc::new(SystemClock)).await
}

#[expect(clippy::print_stdout, reason = "the answer to the person who asked")]
async fn administer(act: AdminAct) -> Result<()> {
    match act {
        AdminAct::Invite(file) => {
            println!("{}", operator(&file).await?.invite(&mut OsRng).await?);
            eprintln!(
                "\nHand it over in person, or by a way that nobody else reads. It works once, for 72 hours."
            );
        }
        AdminAct::Revoke(file) => println!("Taken back: {}", operator(&file).await?.revoke().await?),
        AdminAct::List(file) => list(&operator(&file).await?).await?,
        AdminAct::Suspend(Named { name, file }) => {
            operator(&file).await?.suspend(&name).await?;
            println!("{name} is suspended and signed out.");
        }
        AdminAct::Lift(Named { name, file }) => {
            operator(&file).await?.lift(&name).await?;
            println!("{name} can sign in again.");
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the answer to the person who asked")]
async fn list(operator: &Operator) -> Result<()> {
    for Administrator {
        name,
        key,
        listed,
        suspended,
    } in operator.administrators().await?
    {
        let listed = if listed {
            "in the directory"
        } else {
            "not in the directory"
        };
        let suspended = suspended.map_or("", |_| ", suspended");
        println!("{name}: {listed}{suspended}");
        if let Some((key, words)) = key {
            println!("  key    {key}\n  words  {}", words.join(" "));
        }
    }
    for minutes in operator.waiting().await? {
        println!(
            "A link that nobody has used yet works for {} more hours.",
            minutes.div_ceil(60)
        );
    }
    println!(
        "\nPut no key into a directory by this list: have each person read out the words that their own page shows."
    );
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the answer to the person who asked")]
async fn publish(path: &std::path::Path, file: &File) -> Result<()> {
    let config = read(file)?;
    let key = SigningKey::from_seed(*config::read_seed(&config.receipt_key_file)?).verifying();
    let bytes = std::fs::read(path)
        .map_err(|error| Error::File(format!("{} cannot be read", path.display()), error))?;
    let operator = Operator::open(&config, Arc::new(SystemClock)).await?;
    let published = operator.publish(&bytes, key).await;
    let Published {
        version,
        hash,
        words,
        days,
        before,
    } = published.map_err(|error| unpublished(path, error))?;
    let done = if before {
        "was published already"
    } else {
        "is published"
    };
    println!("Version {version} of the directory {done}. It expires in {days} days.");
    println!("  words  {}\n  hash   {hash}", words.join(" "));
    Ok(())
}

fn unpublished(path: &std::path::Path, error: Error) -> Error {
    match error {
        Error::Cannot(why) => Error::Cannot(format!("{} is not published: {why}", path.display())),
        other => other,
    }
}

#[expect(clippy::print_stdout, reason = "the answer to the person who asked")]
async fn import_places(import: &Import) -> Result<()> {
    let files = Files {
        districts: &import.districts,
        postcodes: import.postcodes.as_deref(),
        forces: import.forces.as_deref(),
        vintage: import.vintage.as_deref(),
    };
    let imported = operator(&import.file)
        .await?
        .import_places(files, import.dry_run)
        .await?;
    let Imported {
        change,
        unlisted,
        before,
    } = imported;
    println!("{change}");
    if !unlisted.is_empty() {
        println!("Not in the published directory: {}.", unlisted.join(", "));
    }
    println!(
        "{}",
        match (before, import.dry_run) {
            (true, _) => "All of it was there already.",
            (false, true) => "Nothing is changed: this was a trial.",
            (false, false) => "Browsers are given it from now on.",
        }
    );
    Ok(())
}

async fn demonstrate(options: DemoOptions) -> Result<()> {
    start_log(LogFormat::Text);
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let folder = Folder::new()?;
    let path = options.database.clone().unwrap_or_else(|| folder.database());
    let database = Database::open(&path).await?;
    let mut demo = demo::make(&database, &clock).await?;
    if options.second_step {
        demo.needs = Needs::After(GRACE);
    }
    let listener = serve::listen(options.listen).await?;
    let address = listener
        .local_addr()
        .map_err(|error| Error::File("the address cannot be found".into(), error))?;
    announce(&demo, &serve::demo_origin(address), options.json);
    serve::serve_demo(demo, database, listener).await
}

#[expect(clippy::print_stdout, reason = "the answer to the person who asked")]
fn announce(demo: &Demo, address: &str, json: bool) {
    if json {
        println!(
            "{}",
            serde_json::json!({ "address": address, "sign_ins": demo.sign_ins })
        );
        return;
    }
    println!("A demonstration of Candour with made-up people: {address}\n");
    println!("  {:<24} {:<40} Role and place", "Name", "Password");
    for one in &demo.sign_ins {
        println!(
            "  {:<24} {:<40} {}, {}",
            one.name, one.password, one.role, one.place
        );
    }
    if demo.needs == Needs::Nobody {
        println!(
            "\nNobody needs a second step here. A real portal asks staff for one at once; --second-step shows it."
        );
    }
    println!("\nStop it with Ctrl+C.");
}

/// A folder of our own that goes when we do.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self> {
        use std::os::unix::fs::DirBuilderExt as _;
        let name = format!("candour-demo-{}", hex::encode(Random::from_system().bytes::<8>()));
        let path = std::env::temp_dir().join(name);
        let made = std::fs::DirBuilder::new().mode(0o700).create(&path);
        made.map_err(|error| Error::File(format!("{} cannot be made", path.display()), error))?;
        Ok(Self(path))
    }

    fn database(&self) -> String {
        self.0.join("demo.db").display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in a folder for temporary files is removed by the system in time.
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Log lines on standard error, without anything that libraries tell of requests.
fn start_log(format: LogFormat) {
    const QUIET: &str = "info,tower_sessions=error,tower_sessions_core=error,sqlx=error";
    let filter = EnvFilter::try_from_env("CANDOUR_LOG_FILTER").unwrap_or_else(|_| EnvFilter::new(QUIET));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Json => lines.json().with_current_span(false).with_span_list(false).init(),
        LogFormat::Text => lines.with_target(false).init(),
    }
}
