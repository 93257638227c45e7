//! The service navigation: what there is for whom.

use crate::{
    account::{Role, desk::Desk},
    browser::page,
    place::Place,
    text::{self, Text},
    ui::{self, Announcer, Refusal},
};
use leptos::{prelude::*, task::spawn_local};

/// The navigation, by what the person at this page is for.
#[component]
pub(super) fn Navigation(place: Memo<Option<Place>>) -> impl IntoView {
    let (desk, lang) = (expect_context::<Desk>(), ui::language());
    let role = Memo::new(move |_| desk.role());
    let links = move || {
        places(role.get())
            .iter()
            .map(|one| link(*one, place))
            .collect::<Vec<_>>()
    };
    view! {
        <section class="govuk-service-navigation" aria-label=text::navigation_section(lang).plain()>
            <div class="govuk-width-container"><div class="govuk-service-navigation__container">
                <nav aria-label=text::navigation_label(lang).plain() class="govuk-service-navigation__wrapper">
                    <ul class="govuk-service-navigation__list">{links} <LockItem desk/></ul>
                </nav>
            </div></div>
        </section>
    }
    .into_any()
}

/// How it works stands at the foot of every page, too.
fn places(role: Option<Role>) -> &'static [Place] {
    match role {
        None => &[Place::HowItWorks, Place::SignIn],
        Some(Role::Practitioner) => &[
            Place::Concerns,
            Place::NewConcern,
            Place::People,
            Place::Account,
            Place::SignOut,
        ],
        Some(Role::Assessor) => &[Place::Queue, Place::People, Place::Account, Place::SignOut],
        Some(Role::Administrator) => &[Place::Overview, Place::Units, Place::Account, Place::SignOut],
    }
}

fn link(one: Place, place: Memo<Option<Place>>) -> impl IntoView {
    let lang = ui::language();
    let here = move || place.get() == Some(one);
    let class = move || {
        let active = if here() {
            " govuk-service-navigation__item--active"
        } else {
            ""
        };
        format!("govuk-service-navigation__item{active}")
    };
    view! {
        <li class=class>
            <a class="govuk-service-navigation__link" href=one.path(lang) aria-current=move || here().then_some("page")>
                {one.title(lang)}
            </a>
        </li>
    }
}

/// Locks the keys, while there is something to lock. Where the page stays the same, only this button goes: then it is said
/// that the keys are locked, and the focus goes to the heading.
#[component]
fn LockItem(desk: Desk) -> impl IntoView {
    let (lang, announcer) = (ui::language(), expect_context::<Announcer>());
    let problem = RwSignal::new(None::<Text>);
    let lock = move |_| {
        spawn_local(async move {
            match desk.lock().await {
                Ok(()) => {
                    problem.try_set(None);
                    announcer.say(text::locked(lang));
                    request_animation_frame(|| page::focus_if_lost("title"));
                }
                Err(trouble) => {
                    drop(problem.try_set(Some(text::not_locked(lang, trouble.text(lang).plain()))));
                }
            }
        });
    };
    let open = Memo::new(move |_| desk.is_open());
    move || {
        open.get().then(|| {
            view! {
                <li class="govuk-service-navigation__item">
                    <button type="button" class="candour-link-button" on:click=lock>{text::lock(lang)}</button>
                    {move || problem.get().map(|text| view! { <Refusal text/> })}
                </li>
            }
        })
    }
}
