//! What the tabs of one browser tell each other: that somebody is still there, or has left.

use leptos::prelude::{LocalStorage, StoredValue, WithValue, on_cleanup};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// A word between tabs. It says nothing about anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// The session was used.
    Alive,
    /// The session was ended.
    Left,
}

impl Word {
    fn text(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Left => "left",
        }
    }

    fn read(text: &str) -> Option<Self> {
        [Self::Alive, Self::Left]
            .into_iter()
            .find(|word| word.text() == text)
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
