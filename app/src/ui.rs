//! The parts that every page uses. No word of the portal's own subject is known here.

mod announcer;
mod block;
mod button;
mod checkbox;
mod checkboxes;
mod date;
mod dialog;
mod error_summary;
mod exit;
mod field;
mod file;
mod form;
mod form_head;
mod group;
mod headline;
mod input;
mod language;
mod load;
mod loading;
mod password;
mod radios;
mod select;
mod skip_link;
mod summary;
mod textarea;
mod todo;
mod turn;
mod when;

pub(crate) use announcer::{Announcer, LiveRegions};
pub(crate) use block::{
    Banner, Heading, Inset, List, Panel, Paragraph, Refusal, Steps, Tag, TagColour, WarningText, Words,
};
pub(crate) use button::{PlainButton, SubmitButton};
pub(crate) use checkbox::Checkbox;
pub(crate) use checkboxes::Checkboxes;
pub(crate) use date::DateInput;
pub(crate) use dialog::Dialog;
pub(crate) use error_summary::ErrorSummary;
pub(crate) use exit::{ExitLink, ExitPresses};
pub(crate) use field::{Bound, Problem};
pub(crate) use file::FileInput;
pub(crate) use form::SecureForm;
pub(crate) use form_head::FormHead;
pub(crate) use headline::Headline;
pub(crate) use input::TextInput;
pub(crate) use language::LanguageNavigation;
pub(crate) use load::Loaded;
pub(crate) use loading::Loading;
pub(crate) use password::PasswordInput;
pub(crate) use radios::Radios;
pub(crate) use select::{Choice, ChoiceGroup, Select};
pub(crate) use skip_link::SkipLink;
pub(crate) use summary::{Row, SummaryCard, SummaryList};
pub(crate) use textarea::TextArea;
pub(crate) use todo::{Task, TaskList};
pub(crate) use turn::InTurn;
pub(crate) use when::{day, minute, month};

use leptos::prelude::use_context;
use protocol::concern::Language;

/// The language of the page that is being made.
pub(crate) fn language() -> Language {
    use_context().unwrap_or_default()
}
