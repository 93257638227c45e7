//! How to reach the practitioner, and in whose name it is sent.

use super::{asked_with, in_writing};
use crate::{
    concern::{choice::Signs, fields::one, section::Section},
    text,
    ui::Problem,
};
use leptos::prelude::*;
use protocol::{told::MayName, vault::Trusted};

/// The page.
pub(super) fn reach(problems: RwSignal<Vec<Problem>>, trusted: Memo<Option<Trusted>>) -> AnyView {
    let partner = trusted.with(|all| all.as_ref().is_some_and(|all| all.partner.is_some()));
    let signs = asked_with("in-whose-name", text::signs_label, text::signs_hint);
    let may_name = asked_with("may-name", text::may_name_label, text::may_name_hint);
    let name = |all: &crate::concern::answers::Answers| Some(all.told.may_name.unwrap_or(MayName::AskFirst));
    view! {
        {in_writing(Section::Reach, problems)}
        {partner.then(|| one::<Signs>(&signs, problems, |all| all.signs, |all, signs| all.signs = signs))}
        {one::<MayName>(&may_name, problems, name, |all, may_name| all.told.may_name = may_name)}
    }
    .into_any()
}
