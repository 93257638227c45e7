//! How mail leaves, where it does.

use super::{BadConfig, parsed, read_secret};
use lettre::message::Mailbox;
use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The hour at which the daily mail is sent where the configuration says nothing.
const HOUR: u8 = 7;

/// How mail leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The mail server's host.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is kept private.
    pub tls: Tls,
    /// How the portal signs in there, if it has to.
    pub login: Option<Login>,
    /// Whom mail is from.
    pub from: Mailbox,
    /// The hour in London at which the daily mail is sent.
    pub hour: u8,
}

/// How the way to the mail server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Plain at first, and nothing is sent before that has changed.
    StartTls,
    /// From the first byte.
    Tls,
    /// Not at all: to this machine only.
    None,
}

impl Tls {
    fn port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::None => 25,
        }
    }
}

/// How the portal signs in at the mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The file with the password.
    pub password_file: PathBuf,
}

/// The keys as they are written.
#[expect(clippy::struct_field_names, reason = "they are the names of the keys")]
pub(super) struct Written {
    pub(super) mail_host: Option<String>,
    pub(super) mail_port: Option<String>,
    pub(super) mail_tls: Option<String>,
    pub(super) mail_user: Option<String>,
    pub(super) mail_password_file: Option<String>,
    pub(super) mail_from: Option<String>,
    pub(super) mail_hour: Option<String>,
}

impl Written {
    /// What they say; nothing where no mail is sent.
    pub(super) fn read(self) -> Result<Option<Mail>, BadConfig> {
        let missing = |key| BadConfig::Missing { key };
        let Some(host) = self.mail_host.as_ref().filter(|host| !host.is_empty()) else {
            return if self.says_anything() {
                Err(missing("mail_host"))
            } else {
                Ok(None)
            };
        };
        let from = self.mail_from.as_deref().ok_or_else(|| missing("mail_from"))?;
        let tls = tls(self.mail_tls.as_deref(), host)?;
        let port = self.mail_port.as_deref();
        let port = port.map_or(Ok(tls.port()), |text| parsed("mail_port", text, "a port"))?;
        Ok(Some(Mail {
            host: host.clone(),
            port,
            tls,
            from: parsed(
                "mail_from",
                from,
                "a mail address, with a name before it if you like",
            )?,
            hour: hour(self.mail_hour.as_deref())?,
            login: login(self.mail_user, self.mail_password_file)?,
        }))
    }

    fn says_anything(&self) -> bool {
        [
            &self.mail_port,
            &self.mail_tls,
            &self.mail_user,
            &self.mail_password_file,
            &self.mail_from,
            &self.mail_hour,
        ]
        .into_iter()
        .any(Option::is_some)
    }
}

fn tls(text: Option<&str>, host: &str) -> Result<Tls, BadConfig> {
    let is_here = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    match text {
        None | Some("starttls") => Ok(Tls::StartTls),
        Some("tls") => Ok(Tls::Tls),
        Some("none") if is_here => Ok(Tls::None),
        Some(_) => Err(BadConfig::Wrong {
            key: "mail_tls",
            expected: "`starttls` or `tls`; `none` only where `mail_host` is this machine",
        }),
    }
}

fn hour(text: Option<&str>) -> Result<u8, BadConfig> {
    const EXPECTED: &str = "an hour in London, 0 to 23";
    let wrong = BadConfig::Wrong {
        key: "mail_hour",
        expected: EXPECTED,
    };
    let hour = text.map_or(Ok(HOUR), |text| parsed("mail_hour", text, EXPECTED))?;
    (hour < 24).then_some(hour).ok_or(wrong)
}

fn login(user: Option<String>, file: Option<String>) -> Result<Option<Login>, BadConfig> {
    match (user, file) {
        (Some(user), Some(file)) => Ok(Some(Login {
            user,
            password_file: file.into(),
        })),
        (None, None) => Ok(None),
        (Some(_), None) => Err(BadConfig::Missing {
            key: "mail_password_file",
        }),
        (None, Some(_)) => Err(BadConfig::Missing { key: "mail_user" }),
    }
}

/// Reads the password for the mail server: the first line of a file that nobody else may read.
pub fn read_password(path: &Path) -> Result<Zeroizing<String>, BadConfig> {
    let text = read_secret(path).map_err(BadConfig::Password)?;
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Zeroizing::new(line.to_owned())),
        _ => Err(BadConfig::Password(format!("{} is empty", path.display()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(keys: &[(&str, &str)]) -> Result<Option<Mail>, BadConfig> {
        let key = |name: &str| {
            let found = keys.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Written {
            mail_host: key("host"),
            mail_port: key("port"),
            mail_tls: key("tls"),
            mail_user: key("user"),
            mail_password_file: key("file"),
            mail_from: key("from"),
            mail_hour: key("hour"),
        }
        .read()
    }

    const HOST: (&str, &str) = ("host", "mail.example");
    const FROM: (&str, &str) = ("from", "portal@candour.example");

    #[test]
    fn what_is_not_said_is_safe() {
        assert_eq!(written(&[]), Ok(None));
        let mail = written(&[HOST, FROM]).unwrap().unwrap();
        assert_eq!(
            (mail.port, mail.tls, mail.login, mail.hour),
            (587, Tls::StartTls, None, 7)
        );
    }

    #[test]
    fn every_mistake_names_its_key() {
        let key = |more: &[(&str, &str)]| match written(more) {
            Err(BadConfig::Missing { key } | BadConfig::Wrong { key, .. }) => key,
            other => panic!("{more:?}: {other:?}"),
        };
        assert_eq!(key(&[FROM]), "mail_host");
        assert_eq!(key(&[("hour", "7")]), "mail_host");
        assert_eq!(key(&[HOST]), "mail_from");
        assert_eq!(key(&[HOST, ("from", "the portal")]), "mail_from");
        for (name, value) in [("port", "70000"), ("tls", "no"), ("tls", "none"), ("hour", "24")] {
            let expected = format!("mail_{name}");
            assert_eq!(key(&[HOST, FROM, (name, value)]), expected, "{value}");
        }
        assert_eq!(key(&[HOST, FROM, ("user", "me")]), "mail_password_file");
        assert_eq!(key(&[HOST, FROM, ("file", "/secret")]), "mail_user");
    }

    #[test]
    fn nothing_goes_plain_but_to_this_machine() {
        for (host, fine) in [
            ("127.0.0.1", true),
            ("::1", true),
            ("localhost", true),
            ("10.0.0.1", false),
        ] {
            let plain = written(&[("host", host), FROM, ("tls", "none")]);
            assert_eq!(plain.is_ok(), fine, "{host}");
        }
    }

    #[test]
    fn a_password_is_ours_alone_and_not_empty() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        let write = |text: &str, mode: u32| {
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        write("secret words\n", 0o600);
        assert_eq!(*read_password(&path).unwrap(), "secret words");
        write("\n", 0o600);
        let empty = read_password(&path).unwrap_err().to_string();
        assert!(empty.starts_with("`mail_password_file`: "), "{empty}");
        write("secret words\n", 0o644);
        assert!(read_password(&path).unwrap_err().to_string().contains("chmod"));
    }
}
