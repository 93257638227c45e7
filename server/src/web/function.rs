//! The server functions, each on a route of its own.

use super::{
    answer::{self, Answer},
    body,
};
use crate::{
    Portal,
    caller::{self, Caller},
};
use app::{
    account::{
        Confirm, EndSession, LoadKeys, LoadSession, LoadSessions, SignIn, SignOut, StoreKeyring, StoreWays,
        factor::{BeginTotp, ConfirmByCode, FinishTotp, LoadFactors, RemoveTotp, RenewCodes, SecondStep},
        passkey::{
            AddPasskey, BeginPasskey, LoadPasskeys, PasskeyAnswer, PasskeyChallenge, PasskeySignIn,
            PasskeySignInChallenge, RemovePasskey,
        },
        reset::{AskReset, ConfirmReset, DropReset, LoadResets},
    },
    casework::{Connect, LoadQueue},
    concern::{FindThreads, parcels::LoadParcels, unsent::LoadUnsent},
    directory::{
        LoadTrust,
        checkpoint::{DiscardCheckpoint, LoadStanding, SignCheckpoint},
    },
    error::AppError,
    group::{
        Discard, LoadDrafts, LoadGone, Propose, Publish,
        cover::{LoadCover, SetAway},
        recovery::{Export, ExportOwn, LoadDrills, RecordDrill, Recover},
    },
    invitation::{Invite, Join, LoadInvitations, LookUp, Revoke},
    notice::{LoadDuties, LoadNotice, SetDuty, SetNotice},
    partner::{
        Apply, Find, LoadApplications,
        founding::{LoadFounding, SignFounding, TurnAwayLead},
        keeping::{ConfirmPeople, LiftMember, LoadKept, SuspendMember},
        on_board::{LiftPartner, LoadPartners, SuspendPartner},
    },
    unit::{
        LoadSetUps, TurnAwayFounder,
        set_up::{DiscardCompartment, DraftCompartment, FinishCompartment, LoadOwnSetUp, SignCompartment},
    },
};
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{
        HeaderValue,
        header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
    routing::post,
};
use leptos::prelude::use_context;
use server_fn::ServerFn;

/// The most bytes that a server function reads: a keyring with all the receipts it keeps, in base64.
const LONGEST: usize = 256 * 1024;

macro_rules! routes {
    ($($function:ty),*) => {{
        let router = Router::new();
        $(
            server_fn::axum::register_explicit::<$function>();
            let router = router.route(<$function as ServerFn>::PATH, post(call));
        )*
        router
    }};
}

/// One route for each server function.
pub(super) fn routes() -> Router<Portal> {
    routes!(
        SignIn,
        SignOut,
        LoadSession,
        LoadKeys,
        StoreKeyring,
        SecondStep,
        BeginTotp,
        FinishTotp,
        LoadFactors,
        ConfirmByCode,
        RenewCodes,
        RemoveTotp,
        PasskeySignInChallenge,
        PasskeySignIn,
        PasskeyChallenge,
        PasskeyAnswer,
        LoadPasskeys,
        BeginPasskey,
        AddPasskey,
        RemovePasskey,
        Confirm,
        StoreWays,
        LoadSessions,
        EndSession,
        LoadNotice,
        SetNotice,
        LoadTrust,
        FindThreads,
        LoadUnsent,
        LoadParcels,
        LoadQueue,
        Connect,
        LookUp,
        Join,
        LoadInvitations,
        Invite,
        Revoke,
        Publish,
        Propose,
        LoadDrafts,
        Discard,
        Apply,
        LoadApplications,
        Find,
        LoadFounding,
        SignFounding,
        TurnAwayLead,
        LoadPartners,
        SuspendPartner,
        LiftPartner,
        LoadKept,
        ConfirmPeople,
        SuspendMember,
        LiftMember,
        LoadSetUps,
        TurnAwayFounder,
        LoadOwnSetUp,
        DraftCompartment,
        SignCompartment,
        DiscardCompartment,
        FinishCompartment,
        LoadStanding,
        SignCheckpoint,
        DiscardCheckpoint,
        LoadResets,
        AskReset,
        ConfirmReset,
        DropReset,
        LoadGone,
        LoadCover,
        SetAway,
        LoadDrills,
        RecordDrill,
        LoadDuties,
        SetDuty,
        ExportOwn,
        Export,
        Recover
    )
}

async fn call(request: Request) -> Response {
    let caller = request.extensions().get::<Caller>().cloned();
    let signed_in = caller.as_ref().is_some_and(Caller::is_signed_in);
    let function = request.uri().path().rsplit('/').next().map(str::to_owned);
    match read(request).await {
        Ok(request) => {
            let context = || {
                if let Some(parts) = use_context() {
                    caller::provide(&parts);
                }
            };
            let response = leptos_axum::handle_server_fns_with_context(context, request)
                .await
                .into_response();
            let response = answer::of_function(response, signed_in).await;
            if let (true, Some(caller), Some(function)) = (is_refused(&response), caller, function) {
                note(&caller, &function).await;
            }
            response
        }
        Err(error) => Answer(error).into_response(),
    }
}

/// Whether it is not the caller's to do, or not there for them.
fn is_refused(response: &Response) -> bool {
    let error = response.extensions().get::<AppError>();
    matches!(error, Some(AppError::Forbidden | AppError::NotFound))
}

/// The answer is no, whether that could be noted or not.
async fn note(caller: &Caller, function: &str) {
    if let Err(error) = caller.note_refusal(function).await {
        // The one door logs it.
        drop(AppError::from(error));
    }
}

/// Reads the whole body, which must be JSON that is not too long: a form of another site cannot send that.
async fn read(request: Request) -> Result<Request, AppError> {
    let (mut parts, body) = request.into_parts();
    let length = parts
        .headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > LONGEST) {
        return Err(AppError::TooLarge);
    }
    if parts
        .headers
        .get(CONTENT_TYPE)
        .is_none_or(|kind| !kind.as_bytes().starts_with(b"application/json"))
    {
        return Err(AppError::Invalid);
    }
    let bytes = body::read(body, LONGEST).await?;
    // Whoever accepts HTML would be redirected, with the error in the address.
    parts
        .headers
        .insert(ACCEPT, HeaderValue::from_static("application/json"));
    Ok(Request::from_parts(parts, Body::from(bytes)))
}
