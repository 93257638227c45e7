//! What the tabs of one browser tell each other: that somebody is still there, or has left.

use leptos::prelude::{LocalStorage, StoredValue, WithValue, on_cleanup};
use protocol::id::AccountId;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// A word between tabs. All tabs share one session, which is one account's; the account's number says nothing about anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// The session of this account has begun, or was used.
    Alive(AccountId),
    /// The session of this account was ended by its owner.
    Left(AccountId),
    /// Somebody left fast: every tab has to.
    Exit,
}

impl Word {
    fn text(self) -> String {
        match self {
            Self::Alive(account) => format!("alive {account}"),
            Self::Left(account) => format!("left {account}"),
            Self::Exit => "exit".to_owned(),
        }
    }

    fn read(text: &str) -> Option<Self> {
        match text.split_once(' ') {
            Some(("alive", account)) => account.parse().ok().map(Self::Alive),
            Some(("left", account)) => account.parse().ok().map(Self::Left),
            None if text == "exit" => Some(Self::Exit),
            _ => None,
        }
    }
}

/// The way to the other tabs. Open until its owner goes.
#[derive(Clone, Copy)]
pub(crate) struct Tabs(StoredValue<Option<Channel>, LocalStorage>);

struct Channel {
    channel: BroadcastChannel,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Tabs {
    /// Opens it; `heard` gets what other tabs say. Where the browser has no such channel, tabs just do not hear each other.
    pub(crate) fn open(heard: impl Fn(Word) + 'static) -> Self {
        let tabs = Self(StoredValue::new_local(Channel::open(heard)));
        on_cleanup(move || {
            tabs.0.with_value(|channel| {
                if let Some(one) = channel {
                    one.channel.close();
                }
            });
        });
        tabs
    }

    /// Tells the others.
    pub(crate) fn say(self, word: Word) {
        self.0.with_value(|channel| {
            if let Some(one) = channel {
                // It fails only when closed, and then nobody listens.
                drop(one.channel.post_message(&word.text().into()));
            }
        });
    }
}

impl Channel {
    fn open(heard: impl Fn(Word) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new("session").ok()?;
        let heard = Closure::new(move |event: MessageEvent| {
            if let Some(word) = event.data().as_string().as_deref().and_then(Word::read) {
                heard(word);
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self {
            channel,
            _heard: heard,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_as_it_was_said() {
        let account = AccountId([7; 16]);
        for word in [Word::Alive(account), Word::Left(account), Word::Exit] {
            assert_eq!(Word::read(&word.text()), Some(word));
        }
        assert_eq!(Word::read("left"), None);
        assert_eq!(Word::read("left nobody"), None);
    }
}
