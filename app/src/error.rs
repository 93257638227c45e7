//! What a person may be told when something did not work.

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// Why the portal could not do what was asked. Safe to send: it names nothing and quotes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// Nobody is signed in, or the session has ended. 401.
    #[error("sign in to continue")]
    SignedOut,
    /// The name and password do not go together, or there is no such account: the answer is one. 401.
    #[error("the sign-in name or password is not right")]
    WrongSignIn,
    /// The code is not right, or was used before: the answer is one. 401.
    #[error("the code is not right")]
    WrongCode,
    /// Signed in, but this is not theirs to do. 403.
    #[error("you cannot do this")]
    Forbidden,
    /// The name and password go together, and the account or its organisation is suspended. 403.
    #[error("this account is suspended")]
    Suspended,
    /// Theirs to do, but only just after they have shown again that it is them. 403.
    #[error("confirm that it is you")]
    Unconfirmed,
    /// No such thing, or it belongs to somebody else: the answer is one. 404.
    #[error("not found")]
    NotFound,
    /// Somebody else was first, or the same id came with other bytes. 409.
    #[error("this has changed since you opened it")]
    Conflict,
    /// Somebody has this sign-in name already. Told only to those who hold an invitation. 409.
    #[error("this sign-in name is taken")]
    NameTaken,
    /// More bytes than the portal takes. 413.
    #[error("this is too large")]
    TooLarge,
    /// The request is not in the expected form. 400.
    #[error("the request was not in the expected form")]
    Invalid,
    /// Too many attempts by whoever asks; try again after this many seconds. 429.
    #[error("this was tried too often")]
    TooOften {
        /// Seconds to wait.
        seconds: u32,
    },
    /// Too much work at once; try again after this many seconds. 503.
    #[error("the portal is busy")]
    Busy {
        /// Seconds to wait.
        seconds: u32,
    },
    /// The portal's disk is full. 507.
    #[error("the portal has no room")]
    NoRoom,
    /// The portal could not be reached. Never sent: the browser finds out for itself.
    #[error("the portal could not be reached")]
    Offline,
    /// A fault of the portal's own; its cause is in the log. 500.
    #[error("something went wrong")]
    Internal,
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Offline,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Invalid,
            // On the server it is the question that could not be read; in the browser, the answer.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "ssr") => Self::Invalid,
            _ => Self::Internal,
        }
    }
}
