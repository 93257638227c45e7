//! The places a person can be: every page, its address and its title.

use crate::{
    account::Role,
    concern::section::Section,
    text::{self, Text},
};
use protocol::{
    concern::Language,
    id::{AppendId, GroupId, LogId},
    invitation::Lookup,
};

/// A page. Those of one thread carry its id, which is nothing where a page is made for every id at once, and where the
/// address holds none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// What the portal is for.
    Start,
    /// Who can read what is sealed, and what the server sees.
    HowItWorks,
    /// What to compare of the directory on paper.
    Directory,
    /// What to look for, what to write, and what not to ask.
    Guidance,
    /// What is known about whoever uses it.
    Privacy,
    /// What to do when something is lost.
    Lost,
    /// Whether a device can do what the portal needs.
    SelfTest,
    /// Signing in.
    SignIn,
    /// Signing out.
    SignOut,
    /// The session has ended.
    Ended,
    /// The accessibility statement.
    Accessibility,
    /// Licences of what the portal is made from.
    Licences,
    /// A practitioner's concerns.
    Concerns,
    /// The form: its list of tasks.
    NewConcern,
    /// One of its sections; nothing where the address names none.
    Section(Option<Section>),
    /// Checking its answers.
    CheckConcern,
    /// One concern, as the practitioner has it.
    Concern(Option<LogId>),
    /// Adding to it.
    Add(Option<LogId>),
    /// Withdrawing it.
    Withdraw(Option<LogId>),
    /// Giving it to a colleague.
    GiveConcern(Option<LogId>),
    /// Deleting the draft in a drawer.
    DeleteDraft(Option<u8>),
    /// Giving the draft in a drawer to a colleague.
    GiveDraft(Option<u8>),
    /// Refusing what a colleague has given, by its place.
    RefuseParcel(Option<u8>),
    /// What a unit has to open.
    Queue,
    /// Setting up a compartment of a unit.
    SetUp,
    /// One concern, as the unit has it.
    Case(Option<LogId>),
    /// What an administrator has.
    Overview,
    /// The units, as administrators have them.
    Units,
    /// One organisation's application, as administrators have it.
    Application(Option<AppendId>),
    /// One organisation that is on board, as administrators have it.
    Organisation(Option<GroupId>),
    /// Confirming where every list stands.
    Checkpoint,
    /// What people have lost.
    Resets,
    /// Recovering a unit.
    RecoverUnit,
    /// A unit's own recovery.
    Drill,
    /// What a unit says that it aims for.
    Aims,
    /// A person's own account.
    Account,
    /// Changing its password.
    ChangePassword,
    /// The second step of signing in.
    TwoStep,
    /// A person's passkeys.
    Passkeys,
    /// Going without one.
    NoTwoStep,
    /// The people of one's groups.
    People,
    /// Making a new recovery code.
    RecoveryCode,
    /// Signing in with one.
    Recover,
    /// Asking to come on board.
    Apply,
    /// Taking up an invitation.
    Join(Option<Lookup>),
}

/// Whom the gate before a page lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Whoever is signed in.
    SignedIn,
    /// Whoever is signed in as this.
    Only(Role),
}

impl Entry {
    /// Whether it lets somebody in who is signed in as `role`.
    pub(crate) fn admits(self, role: Role) -> bool {
        self == Self::SignedIn || self == Self::Only(role)
    }
}

/// Where `path` leads: the language, and the place if there is one.
pub(crate) fn find(path: &str) -> (Language, Option<Place>) {
    match path.strip_prefix("/cy") {
        Some("") => (Language::Welsh, Some(Place::Start)),
        Some(rest) if rest.starts_with('/') => (Language::Welsh, Place::parse(rest)),
        _ => (Language::English, Place::parse(path)),
    }
}

/// Whether `path` is that of one concern, as the practitioner has it.
fn is_thread(path: &str) -> bool {
    path.strip_prefix("/concerns/")
        .is_some_and(|id| id != "new" && !id.contains('/'))
}

fn id_of(thread: &str) -> Option<LogId> {
    thread.strip_prefix("/concerns/")?.parse().ok()
}

impl Place {
    /// The places whose address holds no id.
    const FIXED: [(Self, &str); 33] = [
        (Self::Start, "/"),
        (Self::HowItWorks, "/how-it-works"),
        (Self::Directory, "/how-it-works/directory"),
        (Self::Guidance, "/guidance"),
        (Self::Privacy, "/privacy"),
        (Self::Lost, "/lost"),
        (Self::SelfTest, "/self-test"),
        (Self::SignIn, "/sign-in"),
        (Self::SignOut, "/sign-out"),
        (Self::Ended, "/ended"),
        (Self::Accessibility, "/accessibility"),
        (Self::Licences, "/licences"),
        (Self::Concerns, "/concerns"),
        (Self::NewConcern, "/concerns/new"),
        (Self::CheckConcern, "/concerns/new/check"),
        (Self::Queue, "/queue"),
        (Self::SetUp, "/unit/set-up"),
        (Self::Overview, "/admin"),
        (Self::Units, "/admin/units"),
        (Self::Checkpoint, "/admin/checkpoint"),
        (Self::Resets, "/admin/resets"),
        (Self::RecoverUnit, "/admin/recovery"),
        (Self::Drill, "/unit/recovery"),
        (Self::Aims, "/unit/aims"),
        (Self::Account, "/account"),
        (Self::ChangePassword, "/account/password"),
        (Self::TwoStep, "/account/two-step"),
        (Self::Passkeys, "/account/passkeys"),
        (Self::NoTwoStep, "/account/two-step/remove"),
        (Self::RecoveryCode, "/account/recovery-code"),
        (Self::Recover, "/recover"),
        (Self::People, "/people"),
        (Self::Apply, "/apply"),
    ];

    fn parse(path: &str) -> Option<Self> {
        let fixed = Self::FIXED
            .iter()
            .find(|(_, fixed)| *fixed == path)
            .map(|(place, _)| *place);
        fixed.or_else(|| match path.rsplit_once('/')? {
            (
                "/concerns"
                | "/concerns/new"
                | "/concerns/drafts"
                | "/concerns/given"
                | "/cases"
                | "/join"
                | "/admin/applications"
                | "/admin/organisations",
                "",
            ) => None,
            ("/join", lookup) => Some(Self::Join(Lookup::from_text(lookup))),
            (drawer, "give") if drawer.starts_with("/concerns/drafts/") => Some(Self::GiveDraft(
                drawer.strip_prefix("/concerns/drafts/")?.parse().ok(),
            )),
            (thread, "give") if is_thread(thread) => Some(Self::GiveConcern(id_of(thread))),
            (thread, "add") if is_thread(thread) => Some(Self::Add(id_of(thread))),
            (thread, "withdraw") if is_thread(thread) => Some(Self::Withdraw(id_of(thread))),
            ("/concerns/new", name) => Some(Self::Section(Section::named(name))),
            ("/concerns/drafts", drawer) => Some(Self::DeleteDraft(drawer.parse().ok())),
            ("/concerns/given", place) => Some(Self::RefuseParcel(place.parse().ok())),
            ("/concerns", id) => Some(Self::Concern(id.parse().ok())),
            ("/cases", id) => Some(Self::Case(id.parse().ok())),
            ("/admin/organisations", id) => Some(Self::Organisation(id.parse().ok())),
            ("/admin/applications", id) => Some(Self::Application(id.parse().ok())),
            _ => None,
        })
    }

    /// The address.
    pub(crate) fn path(self, lang: Language) -> String {
        let path = match self {
            Self::Concern(id) => format!("/concerns/{}", id.map(|id| id.to_string()).unwrap_or_default()),
            Self::Add(id) => format!("{}/add", Self::Concern(id).path(Language::English)),
            Self::Withdraw(id) => format!("{}/withdraw", Self::Concern(id).path(Language::English)),
            Self::Section(section) => {
                format!("/concerns/new/{}", section.map(Section::name).unwrap_or_default())
            }
            Self::DeleteDraft(drawer) => format!(
                "/concerns/drafts/{}",
                drawer.map(|drawer| drawer.to_string()).unwrap_or_default()
            ),
            Self::GiveConcern(id) => format!("{}/give", Self::Concern(id).path(Language::English)),
            Self::GiveDraft(drawer) => format!("{}/give", Self::DeleteDraft(drawer).path(Language::English)),
            Self::RefuseParcel(place) => format!(
                "/concerns/given/{}",
                place.map(|place| place.to_string()).unwrap_or_default()
            ),
            Self::Case(id) => format!("/cases/{}", id.map(|id| id.to_string()).unwrap_or_default()),
            Self::Organisation(id) => format!(
                "/admin/organisations/{}",
                id.map(|id| id.to_string()).unwrap_or_default()
            ),
            Self::Application(id) => format!(
                "/admin/applications/{}",
                id.map(|id| id.to_string()).unwrap_or_default()
            ),
            Self::Join(lookup) => format!("/join/{}", lookup.map(Lookup::text).unwrap_or_default()),
            _ => Self::FIXED
                .iter()
                .find(|(place, _)| *place == self)
                .map_or("/", |(_, path)| path)
                .to_owned(),
        };
        match (lang, path.as_str()) {
            (Language::English, _) => path,
            (Language::Welsh, "/") => "/cy".to_owned(),
            (Language::Welsh, _) => format!("/cy{path}"),
        }
    }

    /// The title. It names no concern and nobody: titles end in histories and on shared screens.
    pub(crate) fn title(self, lang: Language) -> Text {
        match self {
            Self::Start => text::start_name(lang),
            Self::HowItWorks => text::how_title(lang),
            Self::Directory => text::compare_title(lang),
            Self::Guidance => text::guidance_title(lang),
            Self::Privacy => text::privacy_title(lang),
            Self::Lost => text::lost_title(lang),
            Self::SelfTest => text::self_test_title(lang),
            Self::SignIn => text::sign_in_title(lang),
            Self::SignOut => text::sign_out_title(lang),
            Self::Ended => text::ended_title(lang),
            Self::Accessibility => text::accessibility_title(lang),
            Self::Licences => text::licences_title(lang),
            Self::Concerns => text::concerns_title(lang),
            Self::NewConcern => text::new_concern_title(lang),
            Self::Section(section) => {
                section.map_or_else(|| text::new_concern_title(lang), |section| section.title(lang))
            }
            Self::CheckConcern => text::check_title(lang),
            Self::Concern(_) => text::concern_title(lang),
            Self::Add(_) => text::add_title(lang),
            Self::Withdraw(_) => text::withdraw_title(lang),
            Self::DeleteDraft(_) => text::delete_draft_title(lang),
            Self::GiveConcern(_) | Self::GiveDraft(_) => text::give_title(lang),
            Self::RefuseParcel(_) => text::parcel_refusal_title(lang),
            Self::Queue => text::queue_title(lang),
            Self::SetUp => text::set_up_unit_title(lang),
            Self::Case(_) => text::case_title(lang),
            Self::Overview => text::overview_title(lang),
            Self::Units => text::units_title(lang),
            Self::Application(_) => text::application_title(lang),
            Self::Organisation(_) => text::organisation_title(lang),
            Self::Checkpoint => text::checkpoint_title(lang),
            Self::Resets => text::resets_title(lang),
            Self::RecoverUnit => text::recover_unit_title(lang),
            Self::Drill => text::drill_title(lang),
            Self::Aims => text::aims_title(lang),
            Self::Account => text::own_account_title(lang),
            Self::ChangePassword => text::change_password_title(lang),
            Self::TwoStep => text::two_step_title(lang),
            Self::Passkeys => text::passkeys_title(lang),
            Self::NoTwoStep => text::no_two_step_title(lang),
            Self::RecoveryCode => text::recovery_code_title(lang),
            Self::Recover => text::recover_title(lang),
            Self::People => text::people_title(lang),
            Self::Apply => text::apply_title(lang),
            Self::Join(_) => text::join_title(lang),
        }
    }

    /// Where a person begins after signing in.
    pub(crate) fn home(role: Role) -> Self {
        match role {
            Role::Practitioner => Self::Concerns,
            Role::Assessor => Self::Queue,
            Role::Administrator => Self::Overview,
        }
    }

    /// Whether it is a page of the form for a new concern.
    pub(crate) fn is_form(self) -> bool {
        matches!(self, Self::NewConcern | Self::Section(_) | Self::CheckConcern)
    }

    /// Whether the page is the same for everybody, whatever they do: then a browser that is sent there needs no code for it.
    pub(crate) fn is_constant(self) -> bool {
        matches!(
            self,
            Self::Start
                | Self::HowItWorks
                | Self::Guidance
                | Self::Privacy
                | Self::Lost
                | Self::Accessibility
                | Self::Licences
        )
    }

    /// Who comes in; nothing where everybody does.
    pub(crate) fn entry(self) -> Option<Entry> {
        match self {
            Self::Concerns
            | Self::NewConcern
            | Self::Section(_)
            | Self::CheckConcern
            | Self::Concern(_)
            | Self::DeleteDraft(_)
            | Self::GiveConcern(_)
            | Self::GiveDraft(_)
            | Self::RefuseParcel(_)
            | Self::Add(_)
            | Self::Withdraw(_) => Some(Entry::Only(Role::Practitioner)),
            Self::Queue | Self::SetUp | Self::Case(_) | Self::Drill | Self::Aims => {
                Some(Entry::Only(Role::Assessor))
            }
            Self::Overview
            | Self::Units
            | Self::Checkpoint
            | Self::Resets
            | Self::RecoverUnit
            | Self::Application(_)
            | Self::Organisation(_) => Some(Entry::Only(Role::Administrator)),
            Self::Directory
            | Self::Account
            | Self::ChangePassword
            | Self::TwoStep
            | Self::Passkeys
            | Self::NoTwoStep
            | Self::RecoveryCode
            | Self::People => Some(Entry::SignedIn),
            _ => None,
        }
    }

    /// Whether the button to leave fast belongs here: where somebody may sit beside the person affected, not where a
    /// unit or an administrator works.
    pub(crate) fn has_exit(self) -> bool {
        !matches!(
            self,
            Self::Queue
                | Self::SetUp
                | Self::Case(_)
                | Self::Overview
                | Self::Units
                | Self::Checkpoint
                | Self::Resets
                | Self::RecoverUnit
                | Self::Drill
                | Self::Aims
                | Self::Application(_)
                | Self::Organisation(_)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_leads_back_to_its_place() {
        let log = Some(LogId([7; 16]));
        let fixed = Place::FIXED.iter().map(|(place, _)| *place);
        let lookup = Lookup::from_text(&"07".repeat(16));
        let application = Place::Application(Some(AppendId([7; 16])));
        let organisation = Place::Organisation(Some(GroupId([7; 16])));
        let ids = [
            Place::Concern(log),
            Place::Case(log),
            Place::Section(Some(Section::Happened)),
            Place::Add(log),
            Place::Withdraw(log),
            Place::DeleteDraft(Some(7)),
            Place::GiveConcern(log),
            Place::GiveDraft(Some(7)),
            Place::RefuseParcel(Some(7)),
            Place::Join(lookup),
            application,
            organisation,
        ];
        for place in fixed.chain(ids) {
            for lang in [Language::English, Language::Welsh] {
                assert_eq!(find(&place.path(lang)), (lang, Some(place)));
            }
        }
    }

    #[test]
    fn an_address_without_an_id_still_has_its_page() {
        assert_eq!(find("/cases/{id}"), (Language::English, Some(Place::Case(None))));
        assert_eq!(find("/cy/concerns/../x"), (Language::Welsh, None));
        assert_eq!(find("/cy/"), (Language::Welsh, Some(Place::Start)));
        assert_eq!(find("/concerns/"), (Language::English, None));
        assert_eq!(find("/cyfarfod"), (Language::English, None));
    }
}
