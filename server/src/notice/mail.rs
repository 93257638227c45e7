//! One mail, and how it leaves.

use crate::{
    config::{self, mail::Tls as Privacy},
    error::{Error, Result},
};
use app::notice::Words;
use core::fmt;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    address::Envelope,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use std::time::{Duration, SystemTime};

/// How long the mail server may take for one step.
const PATIENCE: Duration = Duration::from_secs(20);
/// Answers that are about the server or the sign-in to it, and not about the mail (RFC 5321, RFC 4954): the next mail would get the same.
const OF_THE_LINE: [u16; 5] = [421, 454, 530, 534, 535];

/// How mail leaves, whom it is from, and when.
pub struct Mail {
    post: Post,
    from: Mailbox,
    hour: u8,
}

enum Post {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// In a demonstration: the console is the mailbox.
    Console,
}

/// Why a mail was not taken. No words of the mail server's: they may hold the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsent {
    /// It could not be reached, or not as privately as it must be, or did not let the portal in.
    #[error("the mail server could not be reached, or not by TLS, or refused the sign-in")]
    Unreached,
    /// It answered that it does not take this mail.
    #[error("the mail server answered {0} to a mail")]
    Refused(u16),
}

/// A mail, as bytes: the same for everybody to whom it goes.
pub(super) struct Letter(Vec<u8>);

impl fmt::Debug for Mail {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Mail")
            .field("from", &self.from)
            .field("hour", &self.hour)
            .finish_non_exhaustive()
    }
}

impl Mail {
    /// By the mail server that is configured.
    pub fn by_smtp(config: &config::mail::Mail) -> Result<Self> {
        let parameters = || {
            TlsParameters::new(config.host.clone())
                .map_err(|_| Error::Cannot("`mail_host` is no host that TLS knows".into()))
        };
        let tls = match config.tls {
            Privacy::StartTls => Tls::Required(parameters()?),
            Privacy::Tls => Tls::Wrapper(parameters()?),
            Privacy::None => Tls::None,
        };
        let post = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.host)
            .port(config.port)
            .tls(tls)
            .hello_name(ClientId::Domain(config.from.email.domain().into()))
            .timeout(Some(PATIENCE));
        let post = match &config.login {
            Some(login) => {
                let password = config::mail::read_password(&login.password_file)?;
                post.credentials(Credentials::new(login.user.clone(), password.to_string()))
            }
            None => post,
        };
        Ok(Self {
            post: Post::Smtp(post.build()),
            from: config.from.clone(),
            hour: config.hour,
        })
    }

    /// On the console, for a demonstration.
    pub fn on_console() -> Result<Self> {
        let from = "portal@demo.candour.invalid".parse();
        Ok(Self {
            post: Post::Console,
            from: Mailbox::new(None, from.map_err(|_| unfit())?),
            hour: 7,
        })
    }

    /// The hour in London at which the daily mail is sent.
    pub fn hour(&self) -> u8 {
        self.hour
    }

    /// Whether whoever asks for the daily mail is shown it at once: in a demonstration, which nobody watches for a day.
    pub(super) fn is_shown_at_once(&self) -> bool {
        matches!(self.post, Post::Console)
    }

    /// A mail with these words, of that time. `id` tells it from others, and is the same for everybody: a mailbox that is handed it twice
    /// can see that it is one.
    pub(super) fn letter(&self, words: Words, id: &str, at: Duration) -> Result<Letter> {
        let own = self.from.email.clone();
        let raw = |name, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.into());
        let message = Message::builder()
            .from(self.from.clone())
            .raw_header(raw("To", "undisclosed-recipients:;"))
            .subject(words.subject)
            .date(SystemTime::UNIX_EPOCH + at)
            .message_id(Some(format!("<{id}@{}>", own.domain())))
            // So that no machine answers (RFC 3834).
            .raw_header(raw("Auto-Submitted", "auto-generated"))
            .header(ContentType::TEXT_PLAIN)
            .envelope(Envelope::new(Some(own.clone()), vec![own]).map_err(|_| unfit())?)
            .body(words.text)
            .map_err(|_| unfit())?;
        Ok(Letter(message.formatted()))
    }

    /// Hands it over for one address, and for no other with it.
    pub(super) async fn send(&self, letter: &Letter, to: Address) -> Result<(), Unsent> {
        match &self.post {
            Post::Smtp(post) => {
                let envelope = Envelope::new(Some(self.from.email.clone()), vec![to]);
                let envelope = envelope.map_err(|_| Unsent::Unreached)?;
                let sent = post.send_raw(&envelope, &letter.0).await;
                sent.map(drop).map_err(|error| {
                    let code = error.status().map(u16::from);
                    let about_it = code.filter(|code| !OF_THE_LINE.contains(code));
                    about_it.map_or(Unsent::Unreached, Unsent::Refused)
                })
            }
            Post::Console => {
                print(letter, &to);
                Ok(())
            }
        }
    }
}

fn unfit() -> Error {
    Error::Cannot("`mail_from` is no address that mail can be from".into())
}

#[expect(clippy::print_stdout, reason = "the console is a demonstration's mailbox")]
fn print(Letter(bytes): &Letter, to: &Address) {
    println!("\nMail to {to}:\n\n{}", String::from_utf8_lossy(bytes));
}
