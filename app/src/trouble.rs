//! Whatever stopped what a person asked for, and the sentence that says so.

use crate::{
    casework::words,
    error::AppError,
    text::{self, Text},
};
use protocol::{casework::Wrong, concern::Language, refused::Refused};

/// Why something did not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The vault refused what it was given: of this, nothing is shown.
    Refused(Refused),
    /// The portal answered with an error, or not at all.
    Portal(AppError),
    /// The vault does not work in this browser, or has stopped.
    Broken,
    /// No passkey answered, or it does not open keys.
    NoPasskey,
    /// A file cannot be read: it was moved or changed since it was chosen, or is too large to be held.
    Unreadable,
    /// No clean copy can be made of a picture.
    NoCopy,
    /// Those who would read it are others than were shown.
    OtherReaders,
    /// Another window has saved something else of this draft.
    Elsewhere,
    /// A draft lies in every drawer.
    NoDrawer,
    /// What was written could not be saved, and so was not sent.
    NotSaved,
    /// It cannot be done with a case.
    Work(Wrong),
    /// The portal does not hand a case over, for a connection that it says was declared.
    NotHanded,
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Self {
        Self::Portal(error)
    }
}

impl Trouble {
    /// One sentence for a person.
    pub(crate) fn text(&self, lang: Language) -> Text {
        match self {
            Self::Refused(why) => refused(*why, lang),
            Self::Portal(error) => portal(error, lang),
            Self::Broken => text::vault_broken(lang),
            Self::NoPasskey => text::error_no_passkey(lang),
            Self::Unreadable => text::error_unreadable(lang),
            Self::NoCopy => text::error_no_copy(lang),
            Self::OtherReaders => text::not_sent_changed(lang),
            Self::Work(wrong) => words::wrong(*wrong, lang),
            Self::NotHanded => text::not_handed(lang),
            Self::Elsewhere => text::draft_elsewhere(lang),
            Self::NoDrawer => text::draft_full(lang),
            Self::NotSaved => text::error_not_saved(lang),
        }
    }
}

fn portal(error: &AppError, lang: Language) -> Text {
    match error {
        AppError::SignedOut => text::error_signed_out(lang),
        AppError::WrongSignIn => text::error_wrong_sign_in(lang),
        AppError::WrongCode => text::error_wrong_code(lang),
        AppError::Forbidden => text::error_forbidden(lang),
        AppError::NotFound => text::error_not_found(lang),
        AppError::Conflict => text::error_conflict(lang),
        AppError::Suspended => text::error_suspended(lang),
        AppError::Unconfirmed => text::error_unconfirmed(lang),
        AppError::NameTaken => text::error_name_taken(lang),
        AppError::TooLarge => text::error_too_large(lang),
        AppError::Invalid => text::error_invalid(lang),
        AppError::TooOften { seconds } => text::error_too_often(lang, *seconds),
        AppError::Busy { seconds } => text::error_busy(lang, *seconds),
        AppError::Offline => text::error_offline(lang),
        AppError::NoRoom => text::error_no_room(lang),
        AppError::Internal => text::error_internal(lang),
    }
}

fn refused(why: Refused, lang: Language) -> Text {
    match why {
        Refused::Locked => text::refused_locked(lang),
        Refused::WrongPassword => text::refused_wrong_password(lang),
        Refused::WeakDerivation => text::refused_weak_derivation(lang),
        Refused::WrongSuite => text::refused_wrong_suite(lang),
        Refused::AlteredKeyring => text::refused_altered_keyring(lang),
        Refused::OlderKeyring => text::refused_older_keyring(lang),
        Refused::UnsignedDirectory => text::refused_unsigned_directory(lang),
        Refused::OlderDirectory => text::refused_older_directory(lang),
        Refused::ForkedDirectory => text::refused_forked_directory(lang),
        Refused::ExpiredDirectory => text::refused_expired_directory(lang),
        Refused::WrongInstance => text::refused_wrong_instance(lang),
        Refused::AlteredChain => text::refused_altered_chain(lang),
        Refused::OlderChain => text::refused_older_chain(lang),
        Refused::ExpiredEpoch => text::refused_expired_epoch(lang),
        Refused::NoUsableKey => text::refused_no_usable_key(lang),
        Refused::SwappedKey => text::refused_swapped_key(lang),
        Refused::AlteredCheckpoint => text::refused_altered_checkpoint(lang),
        Refused::AlteredEnvelope => text::refused_altered_envelope(lang),
        Refused::WrongRecipients => text::refused_wrong_recipients(lang),
        Refused::NotForYou => text::refused_not_for_you(lang),
        Refused::BadSignature => text::refused_bad_signature(lang),
        Refused::WrongSigner => text::refused_wrong_signer(lang),
        Refused::WrongPlace => text::refused_wrong_place(lang),
        Refused::BrokenSequence => text::refused_broken_sequence(lang),
        Refused::Readdressed => text::refused_readdressed(lang),
        Refused::SplitView => text::refused_split_view(lang),
        Refused::UnverifiedOrigin => text::refused_unverified_origin(lang),
        Refused::BadReceipt => text::refused_bad_receipt(lang),
        Refused::ForkedCommitments => text::refused_forked_commitments(lang),
        Refused::Erased => text::refused_erased(lang),
        Refused::TooLong => text::refused_too_long(lang),
        Refused::Malformed => text::refused_malformed(lang),
        Refused::UnprovenInvitee => text::refused_unproven_invitee(lang),
        Refused::AlteredRoots => text::refused_altered_roots(lang),
        Refused::OlderRoots => text::refused_older_roots(lang),
        Refused::WrongRecovery => text::refused_wrong_recovery(lang),
        Refused::NotLead => text::refused_not_lead(lang),
        Refused::NotAdministrator => text::refused_not_administrator(lang),
        Refused::ExpiredInvitation => text::refused_expired_invitation(lang),
        Refused::AlreadyMember => text::refused_already_member(lang),
        Refused::NoSuchMember => text::refused_no_such_member(lang),
        Refused::TooFewLeads => text::refused_too_few_leads(lang),
        Refused::OwnRemoval => text::refused_own_removal(lang),
        Refused::SharedHolder => text::refused_shared_holder(lang),
        Refused::StaleDraft => text::refused_stale_draft(lang),
        Refused::SwappedInvitee => text::refused_swapped_invitee(lang),
        Refused::NotShown => text::refused_not_shown(lang),
        Refused::UnfitRules => text::refused_unfit_rules(lang),
        Refused::FormerMember => text::refused_former_member(lang),
        Refused::OlderDraft => text::refused_older_draft(lang),
        Refused::OtherFile => text::refused_other_file(lang),
        Refused::UnfinishedFile => text::refused_unfinished_file(lang),
        Refused::NoColleague => text::refused_no_colleague(lang),
        Refused::FormerColleague => text::refused_former_colleague(lang),
        Refused::OldParcel => text::refused_old_parcel(lang),
        Refused::SettledParcel => text::refused_settled_parcel(lang),
        Refused::OtherConcern => text::refused_other_concern(lang),
        Refused::ManyGiven => text::refused_many_given(lang),
    }
}
