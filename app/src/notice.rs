//! Notices: one mail a day, the same for everybody who asked for it; and the address at which a unit's duty officer is told to sign in.

mod form;

pub(crate) use form::DailyMail;

use crate::{
    error::AppError,
    text::{self, Text},
};
use async_trait::async_trait;
use leptos::{prelude::*, server_fn::codec::Json};
use protocol::{concern::Language, id::GroupId};
use serde::{Deserialize, Serialize};

/// What an account has to do with the daily mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The hour in London at which it is sent; nothing where the portal sends no mail.
    pub hour: Option<u8>,
    /// Where it is sent; nothing where the account has not asked for it.
    pub address: Option<String>,
}

/// Where a unit's duty officer is told to sign in, and when that address is watched, in London.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The unit's own mail address: a pager's, or a mailbox that is shared.
    pub address: String,
    /// The hour from which it is watched: 0 to 23.
    pub opens: u8,
    /// The hour until which it is watched, later than that: 1 to 24.
    pub closes: u8,
    /// Whether it is watched on Saturdays and Sundays too.
    pub weekends: bool,
}

/// The words of a mail, in both languages: the same for whoever is sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What it is called.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// What the daily mail says.
pub fn daily() -> Words {
    let text = |lang| {
        vec![
            text::mail_daily_1(lang),
            text::mail_daily_2(lang),
            text::mail_daily_3(lang),
        ]
    };
    words(text::mail_daily_subject, text)
}

/// What the mail to a unit's duty officer says.
pub fn urgent() -> Words {
    words(text::mail_urgent_subject, |lang| vec![text::mail_urgent_1(lang)])
}

fn words(subject: fn(Language) -> Text, text: impl Fn(Language) -> Vec<Text>) -> Words {
    let both = [Language::English, Language::Welsh];
    let lines = |lang| {
        let lines: Vec<_> = text(lang).iter().map(Text::plain).collect();
        lines.join("\n")
    };
    Words {
        subject: both.map(|lang| subject(lang).plain()).join(" / "),
        text: both.map(lines).join("\n\n") + "\n",
    }
}

/// What anybody who is signed in may ask about their own daily mail.
#[async_trait]
pub trait Notices: Send + Sync {
    /// How it stands.
    async fn notice(&self) -> Result<Notice, AppError>;
    /// Has it sent to an address from tomorrow on, or no more: then the address is deleted.
    async fn set_notice(&self, address: Option<String>) -> Result<(), AppError>;
}

/// What a member of a compartment may ask. Of a group that is none, or that the caller is not in, it is as if it were not there.
#[async_trait]
pub trait Duties: Send + Sync {
    /// The duty addresses of the compartments that the caller is in.
    async fn duties(&self) -> Result<Vec<(GroupId, Option<Duty>)>, AppError>;
    /// Sets or deletes one, as a lead.
    async fn set_duty(&self, group: GroupId, duty: Option<Duty>) -> Result<(), AppError>;
}

/// See [`Notices::notice`].
#[server(endpoint = "notice", input = Json)]
pub async fn load_notice() -> Result<Notice, AppError> {
    crate::contract::<dyn Notices>()?.notice().await
}

/// See [`Notices::set_notice`].
#[server(endpoint = "set_notice", input = Json)]
pub async fn set_notice(
    /// The mail address.
    address: Option<String>,
) -> Result<(), AppError> {
    crate::contract::<dyn Notices>()?.set_notice(address).await
}

/// See [`Duties::duties`].
#[server(endpoint = "duties", input = Json)]
pub async fn load_duties() -> Result<Vec<(GroupId, Option<Duty>)>, AppError> {
    crate::contract::<dyn Duties>()?.duties().await
}

/// See [`Duties::set_duty`].
#[server(endpoint = "set_duty", input = Json)]
pub async fn set_duty(
    /// The compartment.
    group: GroupId,
    /// The address and its hours.
    duty: Option<Duty>,
) -> Result<(), AppError> {
    crate::contract::<dyn Duties>()?.set_duty(group, duty).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_in_both_languages_and_names_nothing() {
        for words in [daily(), urgent()] {
            assert_eq!(words.subject.matches(" / ").count(), 1, "{}", words.subject);
            assert_eq!(words.text.matches("\n\n").count(), 1, "{}", words.text);
            for told in ["http", "www", "@", "police", "concern", "unit", "Candour"] {
                assert!(
                    !words.text.contains(told) && !words.subject.contains(told),
                    "{told}"
                );
            }
        }
    }
}
