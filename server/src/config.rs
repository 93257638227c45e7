//! The configuration: a file in TOML, and the environment, which comes before it.

pub mod mail;

use crate::web::cookie;
use protocol::{
    directory,
    id::{Hash, VerifyingKey},
    signed::SigningKey,
};
use serde::Deserialize;
use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
};
use zeroize::Zeroizing;

/// Where a key of the file is found in the environment: `CANDOUR_` and its name in capitals.
const PREFIX: &str = "CANDOUR_";

/// Why the configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadConfig {
    /// The file cannot be read.
    #[error("the configuration file {0} cannot be read: {1}")]
    Unreadable(String, String),
    /// The file is not TOML, or has a key that there is not.
    #[error("the configuration file {0} is not right: {1}")]
    Malformed(String, String),
    /// A key is missing.
    #[error("`{key}` is missing: set it in the configuration file, or {PREFIX}{} in the environment", key.to_uppercase())]
    Missing {
        /// The key.
        key: &'static str,
    },
    /// A key's value is not what it must be.
    #[error("`{key}` must be {expected}")]
    Wrong {
        /// The key.
        key: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// The receipt key cannot be used.
    #[error("`receipt_key_file`: {0}")]
    Key(String),
    /// The password for the mail server cannot be used.
    #[error("`mail_password_file`: {0}")]
    Password(String),
}

/// A whole configuration.
#[derive(Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where browsers reach the portal.
    pub origin: Origin,
    /// The deployment's name, part of every key derivation.
    pub instance: String,
    /// The root public keys.
    pub roots: Vec<VerifyingKey>,
    /// How many roots must sign.
    pub threshold: u8,
    /// The path of an SQLite file, or a `postgres://` URL, which may hold a password.
    pub database: String,
    /// The file of the key that signs receipts.
    pub receipt_key_file: PathBuf,
    /// The neutral site that leaving leads to.
    pub exit_url: String,
    /// The proxy that may say where a request comes from.
    pub trusted_proxy: Option<IpAddr>,
    /// Days after which a practitioner's account needs a second step. Staff need one at once.
    pub second_step_grace_days: u32,
    /// How mail leaves; nothing where none is sent.
    pub mail: Option<mail::Mail>,
    /// How log lines look.
    pub log: LogFormat,
}

/// Days of grace where the configuration says nothing.
pub const GRACE: u32 = 30;
/// The most days of grace.
const MOST_GRACE: u32 = 90;

impl core::fmt::Debug for Config {
    fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        out.debug_struct("Config")
            .field("listen", &self.listen)
            .field("origin", &self.origin)
            .field("instance", &self.instance)
            .field("threshold", &self.threshold)
            .field("roots", &self.roots)
            .field("exit_url", &self.exit_url)
            .field("trusted_proxy", &self.trusted_proxy)
            .field("second_step_grace_days", &self.second_step_grace_days)
            .field("mail", &self.mail)
            .field("log", &self.log)
            .finish_non_exhaustive()
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    #[default]
    Json,
    /// Text.
    Text,
}

/// Where browsers reach the portal: scheme, host and port, as browsers write them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// As browsers write it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is `https`.
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Its host, without the port.
    pub fn host(&self) -> &str {
        let rest = self.0.split_once("://").map_or(&*self.0, |(_, rest)| rest);
        rest.rsplit_once(':').map_or(rest, |(host, _)| host)
    }

    /// Where its cookies go.
    pub fn cookies(&self) -> cookie::Place {
        cookie::Place {
            secure: self.is_secure(),
        }
    }
}

impl FromStr for Origin {
    type Err = ();

    /// `https` anywhere; plain `http` on this machine only, where browsers treat it as safe.
    fn from_str(text: &str) -> Result<Self, ()> {
        let uri: axum::http::Uri = text.parse().map_err(drop)?;
        let host = uri.host().ok_or(())?;
        let is_local = host == "localhost"
            || host
                .trim_matches(['[', ']'])
                .parse()
                .is_ok_and(|ip: IpAddr| ip.is_loopback());
        let is_safe = uri.scheme_str() == Some("https") || (uri.scheme_str() == Some("http") && is_local);
        let is_bare = uri.path_and_query().is_none_or(|path| path == "/") && !text.ends_with('/');
        let is_plain = text == text.to_lowercase() && !text.contains('@');
        if is_safe && is_bare && is_plain {
            Ok(Self(text.into()))
        } else {
            Err(())
        }
    }
}

/// The file as it is written; every key may come from the environment instead.
#[expect(clippy::struct_field_names, reason = "they are the names of the keys")]
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<String>,
    origin: Option<String>,
    instance: Option<String>,
    roots: Option<Vec<String>>,
    threshold: Option<u8>,
    database: Option<String>,
    receipt_key_file: Option<String>,
    exit_url: Option<String>,
    trusted_proxy: Option<String>,
    second_step_grace_days: Option<u32>,
    mail_host: Option<String>,
    mail_port: Option<u16>,
    mail_tls: Option<String>,
    mail_user: Option<String>,
    mail_password_file: Option<String>,
    mail_from: Option<String>,
    mail_hour: Option<u8>,
    log: Option<String>,
}

impl Config {
    /// Reads the file, if there is one, and then the environment.
    pub fn read(
        file: Option<&Path>,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, BadConfig> {
        let file = file.map(File::read).transpose()?.unwrap_or_default();
        Self::from_parts(file, |key| {
            environment(&format!("{PREFIX}{}", key.to_uppercase()))
        })
    }

    fn from_parts(file: File, environment: impl Fn(&str) -> Option<String>) -> Result<Self, BadConfig> {
        let pick = |key: &'static str, value: Option<String>| environment(key).or(value);
        let need = |key, value| {
            pick(key, value)
                .filter(|text| !text.is_empty())
                .ok_or(BadConfig::Missing { key })
        };
        let threshold = need("threshold", file.threshold.map(|number| number.to_string()))?;
        let config = Self {
            listen: parsed(
                "listen",
                &need("listen", file.listen)?,
                "an address and port, such as 127.0.0.1:8080",
            )?,
            origin: parsed("origin", &need("origin", file.origin)?, ORIGIN)?,
            instance: need("instance", file.instance)?,
            roots: keys(&need("roots", file.roots.map(|roots| roots.join(",")))?)?,
            threshold: parsed("threshold", &threshold, "a small number")?,
            database: need("database", file.database)?,
            receipt_key_file: need("receipt_key_file", file.receipt_key_file)?.into(),
            exit_url: need("exit_url", file.exit_url)?,
            trusted_proxy: pick("trusted_proxy", file.trusted_proxy)
                .map(|text| parsed("trusted_proxy", &text, "an IP address"))
                .transpose()?,
            second_step_grace_days: pick(
                "second_step_grace_days",
                file.second_step_grace_days.map(|days| days.to_string()),
            )
            .map_or(Ok(GRACE), |text| parsed("second_step_grace_days", &text, DAYS))?,
            mail: mail::Written {
                mail_host: pick("mail_host", file.mail_host),
                mail_port: pick("mail_port", file.mail_port.map(|port| port.to_string())),
                mail_tls: pick("mail_tls", file.mail_tls),
                mail_user: pick("mail_user", file.mail_user),
                mail_password_file: pick("mail_password_file", file.mail_password_file),
                mail_from: pick("mail_from", file.mail_from),
                mail_hour: pick("mail_hour", file.mail_hour.map(|hour| hour.to_string())),
            }
            .read()?,
            log: log_format(pick("log", file.log).as_deref())?,
        };
        config.check()
    }

    fn check(self) -> Result<Self, BadConfig> {
        let wrong = |key, expected| Err(BadConfig::Wrong { key, expected });
        if self.threshold == 0 || usize::from(self.threshold) > self.roots.len() {
            return wrong("threshold", "at least 1 and at most the number of `roots`");
        }
        if !self.exit_url.starts_with("https://")
            || axum::http::HeaderValue::from_str(&self.exit_url).is_err()
        {
            return wrong("exit_url", "an https address");
        }
        if self.second_step_grace_days > MOST_GRACE {
            return wrong("second_step_grace_days", DAYS);
        }
        Ok(self)
    }

    /// What stands for the instance in receipts and in the database.
    pub fn instance_hash(&self) -> Hash {
        directory::instance(&self.instance, &self.roots, self.threshold)
    }
}

const DAYS: &str = "a number of days, 90 at most";

const ORIGIN: &str = "`https://` and a host in lower case, with a port if it is not 443 and nothing after it; \
     plain `http://` only for this machine";

impl File {
    fn read(path: &Path) -> Result<Self, BadConfig> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|error| BadConfig::Unreadable(name.clone(), error.to_string()))?;
        toml::from_str(&text).map_err(|error| BadConfig::Malformed(name, error.message().into()))
    }
}

fn parsed<T: FromStr>(key: &'static str, text: &str, expected: &'static str) -> Result<T, BadConfig> {
    text.parse().map_err(|_| BadConfig::Wrong { key, expected })
}

fn keys(text: &str) -> Result<Vec<VerifyingKey>, BadConfig> {
    let expected = "public keys of 64 lower-case hexadecimal digits, each once";
    let keys: Vec<VerifyingKey> = text
        .split(',')
        .map(|key| parsed("roots", key.trim(), expected))
        .collect::<Result<_, _>>()?;
    let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
    if distinct.len() == keys.len() {
        Ok(keys)
    } else {
        Err(BadConfig::Wrong {
            key: "roots",
            expected,
        })
    }
}

fn log_format(text: Option<&str>) -> Result<LogFormat, BadConfig> {
    match text {
        None | Some("json") => Ok(LogFormat::Json),
        Some("text") => Ok(LogFormat::Text),
        Some(_) => Err(BadConfig::Wrong {
            key: "log",
            expected: "`json` or `text`",
        }),
    }
}

/// Reads a secret key's seed: 64 hexadecimal digits in a file that nobody else may read.
pub fn read_seed(path: &Path) -> Result<Zeroizing<[u8; 32]>, BadConfig> {
    let text = read_secret(path).map_err(BadConfig::Key)?;
    let mut seed = Zeroizing::new([0; 32]);
    hex::decode_to_slice(text.trim(), &mut seed[..])
        .map_err(|_| BadConfig::Key(format!("{} does not hold 64 hexadecimal digits", path.display())))?;
    Ok(seed)
}

/// Reads a file that nobody else may read; or says why it cannot be used.
fn read_secret(path: &Path) -> Result<Zeroizing<String>, String> {
    let bad = |why: &str| format!("{} {why}", path.display());
    let text = std::fs::read_to_string(path).map_err(|error| bad(&format!("cannot be read: {error}")))?;
    let text = Zeroizing::new(text);
    if is_open_to_others(path) {
        return Err(bad("can be read by others; take that away with `chmod 600`"));
    }
    Ok(text)
}

/// Makes a key file that nobody else may read, and gives the public key. A file that is there is not touched.
pub fn make_key(path: &Path, seed: &Zeroizing<[u8; 32]>) -> std::io::Result<VerifyingKey> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    let text = Zeroizing::new(hex::encode(&seed[..]));
    writeln!(file, "{}", text.as_str())?;
    file.sync_all()?;
    Ok(SigningKey::from_seed(**seed).verifying())
}

fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "0101010101010101010101010101010101010101010101010101010101010101";

    fn file(change: &str) -> Result<Config, BadConfig> {
        let lines = [
            "listen = '127.0.0.1:8080'",
            "origin = 'https://candour.example'",
            "instance = 'candour.example'",
            &format!("roots = ['{KEY}']"),
            "threshold = 1",
            "database = 'postgres://someone:hunter2@db/candour'",
            "receipt_key_file = '/etc/candour/receipt.key'",
            "exit_url = 'https://www.bbc.co.uk/weather'",
        ];
        let key = change.split(' ').next().unwrap_or_default();
        let kept = lines
            .iter()
            .filter(|line| key.is_empty() || !line.starts_with(key));
        let text = kept.copied().chain([change]).collect::<Vec<_>>().join("\n");
        let file = toml::from_str(&text)
            .map_err(|error| BadConfig::Malformed(String::new(), error.message().into()))?;
        Config::from_parts(file, |_| None)
    }

    #[test]
    fn a_whole_file_is_read_and_shows_no_secret() {
        let config = file("").unwrap();
        assert_eq!(config.origin.as_str(), "https://candour.example");
        assert!(!format!("{config:?}").contains("hunter2"));
    }

    #[test]
    fn an_error_names_the_key() {
        let key = |change: &str| match file(change) {
            Err(BadConfig::Missing { key } | BadConfig::Wrong { key, .. }) => key,
            other => panic!("{change}: {other:?}"),
        };
        assert_eq!(key("listen = 'here'"), "listen");
        assert_eq!(key("instance = ''"), "instance");
        assert_eq!(key("roots = ['ABCD']"), "roots");
        assert_eq!(key(&format!("roots = ['{KEY}', '{KEY}']")), "roots");
        assert_eq!(key("threshold = 2"), "threshold");
        assert_eq!(key("threshold = 0"), "threshold");
        assert_eq!(key("exit_url = 'http://plain.example'"), "exit_url");
        assert_eq!(key("trusted_proxy = 'proxy'"), "trusted_proxy");
        assert_eq!(key("second_step_grace_days = 91"), "second_step_grace_days");
        assert_eq!(key("log = 'xml'"), "log");
        assert_eq!(
            file("colour = 1")
                .unwrap_err()
                .to_string()
                .matches("colour")
                .count(),
            1
        );
        let missing = Config::from_parts(File::default(), |_| None)
            .unwrap_err()
            .to_string();
        assert!(missing.contains("CANDOUR_THRESHOLD"), "{missing}");
    }

    #[test]
    fn the_environment_comes_before_the_file() {
        let environment = |key: &str| (key == "CANDOUR_LISTEN").then(|| "127.0.0.1:9".to_owned());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("candour.toml");
        std::fs::write(&path, format!("listen = '127.0.0.1:8'\norigin = 'http://localhost:8'\ninstance = 'a'\nroots = ['{KEY}']\nthreshold = 1\ndatabase = 'a.db'\nreceipt_key_file = 'a.key'\nexit_url = 'https://a.example'\n")).unwrap();
        assert_eq!(Config::read(Some(&path), environment).unwrap().listen.port(), 9);
        assert!(matches!(
            Config::read(Some(folder.path()), environment),
            Err(BadConfig::Unreadable(..))
        ));
    }

    #[test]
    fn an_origin_is_https_or_on_this_machine_and_bare() {
        for good in [
            "https://a.example",
            "https://a.example:8443",
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://[::1]:1",
        ] {
            assert!(good.parse::<Origin>().is_ok(), "{good}");
        }
        for bad in [
            "http://a.example",
            "https://a.example/",
            "https://A.example",
            "https://a.example/x",
            "a.example",
            "ftp://a.example",
            "https://u@a.example",
        ] {
            assert!(bad.parse::<Origin>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_key_file_is_ours_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("receipt.key");
        make_key(&path, &Zeroizing::new([7; 32])).unwrap();
        assert_eq!(*read_seed(&path).unwrap(), [7; 32]);
        assert!(
            make_key(&path, &Zeroizing::new([8; 32])).is_err(),
            "a key is never written over"
        );
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(read_seed(&path).unwrap_err().to_string().contains("chmod"));
    }
}
