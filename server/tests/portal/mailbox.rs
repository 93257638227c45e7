//! A mail server on this machine, which keeps what it is handed.

use server::config::mail::{Mail, Tls};
use std::{
    net::Ipv4Addr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU8, Ordering},
    },
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A mail that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Handed {
    /// To whom, by the envelope.
    pub(crate) to: Vec<String>,
    /// Headers and text.
    pub(crate) text: String,
}

/// What the mail server does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Takes everything.
    Takes,
    /// Takes so many, and closes its door then.
    Only(usize),
    /// Knows nobody of this address.
    Refuses(String),
    /// Says nothing to whoever comes.
    Silent,
}

struct State {
    manner: Manner,
    handed: Vec<Handed>,
    /// Every line that anybody sent.
    lines: Vec<String>,
}

/// How many there have been.
static MAILBOXES: AtomicU8 = AtomicU8::new(0);

/// The mail server. It can be shut, and opened again at the same port: of an address of its own on this machine, so that nobody else's comes
/// to stand there meanwhile.
pub(crate) struct Mailbox {
    host: Ipv4Addr,
    port: u16,
    state: Arc<Mutex<State>>,
    door: Option<JoinHandle<()>>,
}

impl Mailbox {
    pub(crate) async fn open() -> Self {
        let state = State {
            manner: Manner::Takes,
            handed: vec![],
            lines: vec![],
        };
        let [.., high, low] = std::process::id().to_be_bytes();
        let mut mailbox = Self {
            host: Ipv4Addr::new(
                127,
                1 + high % 254,
                low,
                MAILBOXES.fetch_add(1, Ordering::Relaxed),
            ),
            port: 0,
            state: Arc::new(Mutex::new(state)),
            door: None,
        };
        mailbox.reopen().await;
        mailbox
    }

    /// Opens the door at the port that it had.
    pub(crate) async fn reopen(&mut self) {
        let listener = TcpListener::bind((self.host, self.port)).await.unwrap();
        self.port = listener.local_addr().unwrap().port();
        let state = Arc::clone(&self.state);
        self.door = Some(tokio::spawn(async move {
            // Whoever is being served is thrown out with the door.
            let mut guests = tokio::task::JoinSet::new();
            while let Ok((guest, _)) = listener.accept().await {
                guests.spawn(serve(guest, Arc::clone(&state)));
            }
        }));
    }

    /// Shuts the door: nobody is answered.
    pub(crate) async fn shut(&mut self) {
        if let Some(door) = self.door.take() {
            door.abort();
            drop(door.await);
        }
    }

    pub(crate) fn behave(&self, manner: Manner) {
        self.state.lock().unwrap().manner = manner;
    }

    /// What it was handed since it was last asked.
    pub(crate) fn empty(&self) -> Vec<Handed> {
        core::mem::take(&mut self.state.lock().unwrap().handed)
    }

    /// What anybody ever sent, line by line.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.state.lock().unwrap().lines.clone()
    }

    /// How a portal reaches it.
    pub(crate) fn config(&self, tls: Tls) -> Mail {
        Mail {
            host: self.host.to_string(),
            port: self.port,
            tls,
            login: None,
            from: "Portal <portal@candour.test>".parse().unwrap(),
            hour: 7,
        }
    }
}

async fn serve(guest: TcpStream, state: Arc<Mutex<State>>) {
    let (lines, mut out) = guest.into_split();
    let mut lines = BufReader::new(lines).lines();
    let mut mail = Handed {
        to: vec![],
        text: String::new(),
    };
    if state.lock().unwrap().manner == Manner::Silent {
        return core::future::pending().await;
    }
    out.write_all(b"220 mail.test\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = answer(&line, &state, &mut mail);
        out.write_all(answer.as_bytes()).await.unwrap();
        if line == "DATA" {
            while let Ok(Some(line)) = lines.next_line().await
                && line != "."
            {
                mail.text += &line;
                mail.text.push('\n');
            }
            state.lock().unwrap().handed.push(core::mem::replace(
                &mut mail,
                Handed {
                    to: vec![],
                    text: String::new(),
                },
            ));
            out.write_all(b"250 taken\r\n").await.unwrap();
        }
        if answer.starts_with("421") || line == "QUIT" {
            return;
        }
    }
}

fn answer(line: &str, state: &Mutex<State>, mail: &mut Handed) -> &'static str {
    let mut state = state.lock().unwrap();
    state.lines.push(line.to_owned());
    let full = matches!(state.manner, Manner::Only(most) if state.handed.len() >= most);
    let address = line
        .strip_prefix("RCPT TO:<")
        .and_then(|rest| rest.split_once('>'));
    match address {
        Some((to, _)) if state.manner == Manner::Refuses(to.into()) => "550 nobody here\r\n",
        Some((to, _)) => {
            mail.to.push(to.into());
            "250 fine\r\n"
        }
        None if full => "421 closed\r\n",
        None if line == "DATA" => "354 go on\r\n",
        None => "250 fine\r\n",
    }
}
