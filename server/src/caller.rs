//! Who is asking, and what that lets them ask: the one place where a request is turned into capabilities.

use crate::{
    Portal,
    account::{Holder, Visitor},
    audit::{self, Actor},
    blob::Keeper,
    casework::Desk,
    concern::Sender,
    directory::Reader,
    error::Result,
    group::Steward,
    invitation::Host,
    parcel::Porter,
    partner::Examiner,
    unit::Settler,
    unsent::Cabinet,
    web::session::{self, Held},
};
use app::{
    account::{
        Account, Door, Role,
        factor::{Lacks, SecondSteps, SettingUp, Threshold},
        passkey::{NewPasskey, PasskeyDoor, PasskeyStep, Passkeys},
        reset::Resets,
    },
    casework::Casework,
    concern::{Concerns, parcels::Parcels, unsent::Drawers},
    directory::{Directory, checkpoint::Checkpoints},
    group::{
        Groups,
        cover::Covers,
        recovery::{Drills, Recoveries},
    },
    invitation::{Invitations, Joining},
    notice::{Duties, Notices},
    partner::{Applications, Applying, founding::Foundings, keeping::Keeping, on_board::Partners},
    unit::{Units, set_up::OwnCompartment},
};
use axum::http::{HeaderMap, request::Parts};
use leptos::prelude::provide_context;
use std::{net::IpAddr, sync::Arc};
use tower_sessions::Session;

/// Whoever sent a request.
#[derive(Clone)]
pub struct Caller {
    portal: Portal,
    session: Session,
    /// Whose session it is that lacks nothing.
    held: Option<Held>,
    /// Whose session it is, whatever it lacks.
    known: Option<Held>,
    address: IpAddr,
}

impl Caller {
    /// Finds out from the request's session.
    pub async fn identify(portal: Portal, session: Session, address: IpAddr) -> Result<Self> {
        let known = session::held(&session, portal.clock.as_ref()).await?;
        Ok(Self {
            portal,
            session,
            held: known.filter(|held| held.lacks.is_none()),
            known,
            address,
        })
    }

    /// Whether anybody is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.held.is_some()
    }

    /// Leaves a line of what was refused to somebody who is signed in: whoever tries one door after another is noticed.
    pub async fn note_refusal(&self, function: &str) -> Result<()> {
        let Some(held) = self.held else { return Ok(()) };
        let mut transaction = self.portal.database.begin().await?;
        let (actor, now) = (Actor::of(held.role, held.account), self.portal.clock.minute());
        audit::record(&mut transaction, actor, "refused", function.as_bytes(), now).await?;
        transaction.commit().await
    }

    /// What anybody may ask.
    pub fn visitor(&self, headers: HeaderMap) -> Visitor {
        let Self {
            portal,
            session,
            known,
            address,
            ..
        } = self.clone();
        Visitor {
            portal,
            session,
            held: known,
            address,
            headers,
        }
    }

    /// What a practitioner may ask of threads.
    pub fn sender(&self) -> Option<Sender> {
        self.with(&[Role::Practitioner], |_| Sender {
            portal: self.portal.clone(),
        })
    }

    /// What a practitioner may ask of drafts.
    pub fn cabinet(&self) -> Option<Cabinet> {
        self.with(&[Role::Practitioner], |held| Cabinet {
            portal: self.portal.clone(),
            allowance: self.portal.allowances.of(held.account),
        })
    }

    /// What a practitioner may ask of parcels.
    pub fn porter(&self) -> Option<Porter> {
        self.with(&[Role::Practitioner], |held| Porter {
            portal: self.portal.clone(),
            allowance: self.portal.allowances.of(held.account),
        })
    }

    /// What an assessor may ask of compartments.
    pub fn desk(&self) -> Option<Desk> {
        self.with(&[Role::Assessor], |held| Desk {
            portal: self.portal.clone(),
            held,
        })
    }

    /// What anybody who is signed in may ask of the parts of attachments.
    pub fn keeper(&self) -> Option<Keeper> {
        self.with(&[Role::Practitioner, Role::Assessor], |held| Keeper {
            portal: self.portal.clone(),
            allowance: self.portal.allowances.of(held.account),
        })
    }

    fn with<T>(&self, roles: &[Role], make: impl FnOnce(Held) -> T) -> Option<T> {
        self.held.filter(|held| roles.contains(&held.role)).map(make)
    }

    /// Whoever is signed in, whatever their session lacks.
    fn holder(&self, headers: &HeaderMap) -> Option<Arc<Holder>> {
        let holder = |held| Holder {
            portal: self.portal.clone(),
            held,
            session: self.session.clone(),
            address: self.address,
            headers: headers.clone(),
        };
        self.known.map(holder).map(Arc::new)
    }

    fn host(&self) -> Option<Host> {
        self.held.map(|held| Host {
            portal: self.portal.clone(),
            held,
        })
    }

    fn steward(&self) -> Option<Steward> {
        self.with(&[Role::Practitioner, Role::Assessor], |held| Steward {
            portal: self.portal.clone(),
            held,
        })
    }

    fn settler(&self) -> Option<Settler> {
        self.with(&[Role::Assessor], |held| Settler {
            portal: self.portal.clone(),
            held,
        })
    }

    fn examiner(&self) -> Option<Examiner> {
        self.with(&[Role::Administrator], |held| Examiner {
            portal: self.portal.clone(),
            held,
        })
    }

    fn reader(&self) -> Option<Reader> {
        self.held.map(|held| Reader {
            portal: self.portal.clone(),
            held,
        })
    }
}

/// Puts what the caller may ask into the context of a server function. What is not there cannot be asked.
pub fn provide(parts: &Parts) {
    let Some(caller) = parts.extensions.get::<Caller>() else {
        return;
    };
    let visitor = Arc::new(caller.visitor(parts.headers.clone()));
    provide_context::<Arc<dyn Door>>(Arc::clone(&visitor) as Arc<dyn Door>);
    provide_context::<Arc<dyn Joining>>(Arc::clone(&visitor) as Arc<dyn Joining>);
    provide_context::<Arc<dyn PasskeyDoor>>(Arc::clone(&visitor) as Arc<dyn PasskeyDoor>);
    provide_context::<Arc<dyn Applying>>(visitor);
    if let Some(examiner) = caller.examiner().map(Arc::new) {
        provide_context::<Arc<dyn Applications>>(Arc::clone(&examiner) as Arc<dyn Applications>);
        provide_context::<Arc<dyn Foundings>>(Arc::clone(&examiner) as Arc<dyn Foundings>);
        provide_context::<Arc<dyn Units>>(Arc::clone(&examiner) as Arc<dyn Units>);
        provide_context::<Arc<dyn Checkpoints>>(Arc::clone(&examiner) as Arc<dyn Checkpoints>);
        provide_context::<Arc<dyn Resets>>(Arc::clone(&examiner) as Arc<dyn Resets>);
        provide_context::<Arc<dyn Recoveries>>(Arc::clone(&examiner) as Arc<dyn Recoveries>);
        provide_context::<Arc<dyn Partners>>(examiner);
    }
    if let Some(holder) = caller.holder(&parts.headers) {
        provide_own(holder);
    }
    if let Some(host) = caller.host() {
        provide_context::<Arc<dyn Invitations>>(Arc::new(host));
    }
    if let Some(steward) = caller.steward().map(Arc::new) {
        provide_context::<Arc<dyn Keeping>>(Arc::clone(&steward) as Arc<dyn Keeping>);
        provide_context::<Arc<dyn Drills>>(Arc::clone(&steward) as Arc<dyn Drills>);
        provide_context::<Arc<dyn Covers>>(Arc::clone(&steward) as Arc<dyn Covers>);
        provide_context::<Arc<dyn Duties>>(Arc::clone(&steward) as Arc<dyn Duties>);
        provide_context::<Arc<dyn Groups>>(steward);
    }
    if let Some(settler) = caller.settler() {
        provide_context::<Arc<dyn OwnCompartment>>(Arc::new(settler));
    }
    if let Some(reader) = caller.reader() {
        provide_context::<Arc<dyn Directory>>(Arc::new(reader));
    }
    if let Some(sender) = caller.sender() {
        provide_context::<Arc<dyn Concerns>>(Arc::new(sender));
    }
    if let Some(cabinet) = caller.cabinet() {
        provide_context::<Arc<dyn Drawers>>(Arc::new(cabinet));
    }
    if let Some(porter) = caller.porter() {
        provide_context::<Arc<dyn Parcels>>(Arc::new(porter));
    }
    if let Some(desk) = caller.desk() {
        provide_context::<Arc<dyn Casework>>(Arc::new(desk));
    }
}

/// What somebody may ask of their own account: while their session lacks something, only that.
fn provide_own(holder: Arc<Holder>) {
    if holder.held.lacks != Some(Lacks::SetUp) {
        provide_context::<Arc<dyn PasskeyStep>>(Arc::clone(&holder) as Arc<dyn PasskeyStep>);
    }
    if holder.held.lacks == Some(Lacks::SecondStep) {
        return provide_context::<Arc<dyn Threshold>>(holder);
    }
    provide_context::<Arc<dyn SettingUp>>(Arc::clone(&holder) as Arc<dyn SettingUp>);
    provide_context::<Arc<dyn NewPasskey>>(Arc::clone(&holder) as Arc<dyn NewPasskey>);
    if holder.held.lacks.is_none() {
        provide_context::<Arc<dyn Passkeys>>(Arc::clone(&holder) as Arc<dyn Passkeys>);
        provide_context::<Arc<dyn SecondSteps>>(Arc::clone(&holder) as Arc<dyn SecondSteps>);
        provide_context::<Arc<dyn Notices>>(Arc::clone(&holder) as Arc<dyn Notices>);
        provide_context::<Arc<dyn Account>>(holder);
    }
}
