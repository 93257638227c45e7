//! Each question with the one kind of answer that fits it.

use super::line::{ask, ask_beside};
use crate::{bytes::Bytes, casework::Head, directory, site::Site, trouble::Trouble, unit::Compartment};
use js_sys::Uint8Array;
use protocol::{
    casework::Status,
    concern::Concern,
    group::Aims,
    id::{AccountId, AppendId, AttachmentId, GroupId, Hash, LogId, Minute, Token, UnsentId, VerifyingKey},
    invitation::Place,
    slot::SlotKind,
    vault::{
        Answer, Ask, Blob, CheckpointView, Deployment, Draft, DraftView, FileView, GenesisView, GivenView,
        Joiner, KeyringSeen, LineView, Missing, Myself, NewRules, NewSlots, ParcelView, Password, Proof,
        RecoveredView, Thread, Trusted, UnsentText, UnsentView,
    },
};

/// An append that the vault sealed: the same bytes however often they are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sealed {
    /// The append.
    pub(crate) append: AppendId,
    /// The thread.
    pub(crate) log: LogId,
    /// What to send.
    pub(crate) bytes: Blob,
}

/// The keyring's next version.
pub(crate) struct Keyring {
    /// The version.
    pub(crate) version: u32,
    /// The sealed bytes.
    pub(crate) sealed: Blob,
    /// What a staff device remembers of it.
    pub(crate) seen: KeyringSeen,
}

/// Asks, and takes the one answer that fits.
macro_rules! answer {
    ($ask:expr, $fits:pat => $value:expr) => {
        match ask($ask).await? {
            $fits => Ok($value),
            _ => Err(Trouble::Broken),
        }
    };
}

/// See [`Ask::Begin`].
pub(crate) async fn begin(site: &Site) -> Result<(), Trouble> {
    answer!(Ask::Begin(deployment(site)), Answer::Done => ())
}

/// Which deployment the page says it is.
pub(super) fn deployment(site: &Site) -> Deployment {
    Deployment {
        name: site.instance.clone(),
        roots: site.roots.clone(),
        threshold: site.threshold,
    }
}

/// See [`Ask::Derive`].
pub(crate) async fn derive(name: String, password: Password) -> Result<Bytes, Trouble> {
    answer!(Ask::Derive { name, password }, Answer::Secret(secret) => Bytes(secret.to_vec()))
}

/// See [`Ask::Unlock`].
pub(crate) async fn unlock(
    account: AccountId,
    keys: crate::account::Keys,
    seen: Option<KeyringSeen>,
) -> Result<Option<Minute>, Trouble> {
    let ask = Ask::Unlock {
        account,
        slots: blobs(keys.slots),
        keyring: Blob(keys.keyring.0),
        seen,
    };
    answer!(ask, Answer::Unlocked { last_used } => last_used)
}

/// See [`Ask::Trust`]; where the server says that there is no directory yet, [`Ask::NoDirectory`].
pub(crate) async fn trust(trust: Option<directory::Trust>, now: Minute) -> Result<Option<Trusted>, Trouble> {
    let Some(trust) = trust else {
        return answer!(Ask::NoDirectory, Answer::Done => None);
    };
    let chains = trust
        .chains
        .into_iter()
        .map(|chain| (chain.group, blobs(chain.links)))
        .collect();
    let ask = Ask::Trust {
        directory: Blob(trust.directory.0),
        chains,
        wraps: blobs(trust.wraps),
        checkpoint: trust.checkpoint.map(|bytes| Blob(bytes.0)),
        now,
    };
    answer!(ask, Answer::Trusted(trusted) => Some(trusted))
}

/// See [`Ask::Signer`].
pub(crate) async fn signer() -> Result<(VerifyingKey, Vec<String>), Trouble> {
    answer!(Ask::Signer, Answer::Signer { key, words } => (key, words))
}

/// See [`Ask::SealKeyring`].
pub(crate) async fn seal_keyring(now: Minute) -> Result<Keyring, Trouble> {
    answer!(Ask::SealKeyring { now }, Answer::Keyring { version, keyring: sealed, seen } => Keyring { version, sealed, seen })
}

/// See [`Ask::Tokens`].
pub(crate) async fn tokens() -> Result<Vec<Token>, Trouble> {
    answer!(Ask::Tokens, Answer::Tokens(tokens) => tokens)
}

/// See [`Ask::Adopt`].
pub(crate) async fn adopt(logs: Vec<LogId>) -> Result<Vec<Missing>, Trouble> {
    answer!(Ask::Adopt(logs), Answer::Adopted(missing) => missing)
}

/// See [`Ask::SealConcern`].
pub(crate) async fn seal_concern(
    concern: Concern,
    files: Vec<AttachmentId>,
    named: bool,
    now: Minute,
) -> Result<Sealed, Trouble> {
    let ask = Ask::SealConcern {
        concern,
        files,
        named,
        now,
    };
    answer!(ask, Answer::Sealed { append, log, bytes } => Sealed { append, log, bytes })
}

/// See [`Ask::CheckReceipt`].
pub(crate) async fn check_receipt(append: AppendId, receipt: Vec<u8>) -> Result<Proof, Trouble> {
    answer!(Ask::CheckReceipt { append, receipt: Blob(receipt) }, Answer::Stored(proof) => proof)
}

/// See [`Ask::OpenThread`].
pub(crate) async fn open_thread(log: LogId, fetched: Vec<u8>, now: Minute) -> Result<Thread, Trouble> {
    answer!(Ask::OpenThread { log, fetched: Blob(fetched), now }, Answer::Thread(thread) => *thread)
}

/// See [`Ask::OpenCase`].
pub(crate) async fn open_case(
    log: LogId,
    fetched: (Vec<u8>, Option<Vec<u8>>),
    reached: u64,
    now: Minute,
) -> Result<(Thread, Vec<LineView>), Trouble> {
    let (thread, journal) = fetched;
    let ask = Ask::OpenCase {
        log,
        fetched: Blob(thread),
        journal: journal.map(Blob),
        reached,
        now,
    };
    answer!(ask, Answer::Case(thread, lines) => (*thread, lines))
}

/// See [`Ask::KnownCase`].
pub(crate) async fn known_case(log: LogId, reached: u64) -> Result<(Thread, Vec<LineView>), Trouble> {
    answer!(Ask::KnownCase { log, reached }, Answer::Case(thread, lines) => (*thread, lines))
}

/// See [`Ask::SealWork`].
pub(crate) async fn seal_work(
    log: LogId,
    work: Vec<Vec<u8>>,
    message: Option<Vec<u8>>,
    notice: Option<Status>,
    now: Minute,
) -> Result<Sealed, Trouble> {
    let ask = Ask::SealWork {
        log,
        work,
        message: message.map(|text| (text, vec![])),
        notice,
        now,
    };
    answer!(ask, Answer::Sealed { append, log, bytes } => Sealed { append, log, bytes })
}

/// See [`Ask::SealOpened`].
pub(crate) async fn seal_opened(log: LogId, now: Minute) -> Result<Sealed, Trouble> {
    answer!(Ask::SealOpened { log, now }, Answer::Sealed { append, log, bytes } => Sealed { append, log, bytes })
}

/// See [`Ask::SealMore`].
pub(crate) async fn seal_more(log: LogId, more: Vec<u8>, now: Minute) -> Result<Sealed, Trouble> {
    answer!(Ask::SealMore { log, more, now }, Answer::Sealed { append, log, bytes } => Sealed { append, log, bytes })
}

/// See [`Ask::CheckCommitments`].
pub(crate) async fn check_commitments(lines: Vec<u8>, head: Head) -> Result<u64, Trouble> {
    let Head {
        compartment,
        position,
        head,
    } = head;
    answer!(Ask::CheckCommitments { compartment, lines: Blob(lines), position, head }, Answer::Followed(position) => position)
}

/// See [`Ask::Compare`].
pub(crate) async fn compare(
    listed: Vec<LogId>,
    reached: Vec<(GroupId, u64)>,
) -> Result<(Vec<String>, Vec<Missing>), Trouble> {
    answer!(Ask::Compare { listed, reached }, Answer::Compared { references, missing } => (references, missing))
}

/// See [`Ask::Unlearnt`].
pub(crate) async fn unlearnt(threads: Vec<(LogId, u32)>) -> Result<Vec<LogId>, Trouble> {
    answer!(Ask::Unlearnt(threads), Answer::Unlearnt(logs) => logs)
}

/// See [`Ask::UnsentTokens`].
pub(crate) async fn unsent_tokens() -> Result<Vec<Token>, Trouble> {
    answer!(Ask::UnsentTokens, Answer::Tokens(tokens) => tokens)
}

/// See [`Ask::SealUnsent`].
pub(crate) async fn seal_unsent(
    drawer: u8,
    version: u32,
    unsent: UnsentText,
) -> Result<(UnsentId, Blob), Trouble> {
    let ask = Ask::SealUnsent {
        drawer,
        version,
        unsent,
    };
    answer!(ask, Answer::SealedUnsent { id, bytes } => (id, bytes))
}

/// See [`Ask::OpenUnsent`].
pub(crate) async fn open_unsent(drawer: u8, sealed: Blob) -> Result<UnsentView, Trouble> {
    answer!(Ask::OpenUnsent { drawer, sealed }, Answer::OpenUnsent(view) => *view)
}

/// See [`Ask::BeginFile`].
pub(crate) async fn begin_file(
    name: String,
    media: String,
    length: u64,
    copy_of: Option<AttachmentId>,
) -> Result<FileView, Trouble> {
    let ask = Ask::BeginFile {
        name,
        media,
        length,
        copy_of,
    };
    answer!(ask, Answer::File(view) => view)
}

/// See [`Ask::SealPart`]. Gives the hash of what is sealed, and that itself unless it is stored.
pub(crate) async fn seal_part(
    file: AttachmentId,
    index: u32,
    part: &web_sys::Blob,
) -> Result<(Hash, Option<Uint8Array>), Trouble> {
    let bytes = Blob::default();
    match ask_beside(Ask::SealPart { file, index, bytes }, Some(part)).await? {
        (Answer::Part { hash, .. }, sealed) => Ok((hash, sealed)),
        _ => Err(Trouble::Broken),
    }
}

/// See [`Ask::PartStored`].
pub(crate) async fn part_stored(file: AttachmentId) -> Result<FileView, Trouble> {
    answer!(Ask::PartStored(file), Answer::File(view) => view)
}

/// See [`Ask::NoteFile`].
pub(crate) async fn note_file(file: AttachmentId, note: String) -> Result<FileView, Trouble> {
    answer!(Ask::NoteFile { file, note }, Answer::File(view) => view)
}

/// See [`Ask::OpenPart`].
pub(crate) async fn open_part(
    log: LogId,
    file: AttachmentId,
    index: u32,
    part: &web_sys::Blob,
) -> Result<Uint8Array, Trouble> {
    let ask = Ask::OpenPart {
        log,
        file,
        index,
        sealed: Blob::default(),
    };
    match ask_beside(ask, Some(part)).await? {
        (Answer::OpenPart(_), Some(opened)) => Ok(opened),
        _ => Err(Trouble::Broken),
    }
}

/// A parcel that the vault sealed: the same bytes however often they are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parcel {
    /// Where it is to lie.
    pub(crate) token: Token,
    /// What to put there.
    pub(crate) bytes: Blob,
}

/// See [`Ask::ParcelTokens`].
pub(crate) async fn parcel_tokens() -> Result<Vec<Token>, Trouble> {
    answer!(Ask::ParcelTokens, Answer::Tokens(tokens) => tokens)
}

/// See [`Ask::GiveDraft`].
pub(crate) async fn give_draft(
    drawer: u8,
    sealed: Blob,
    to: AccountId,
    slot: u8,
    now: Minute,
) -> Result<Parcel, Trouble> {
    let ask = Ask::GiveDraft {
        drawer,
        sealed,
        to,
        slot,
        now,
    };
    answer!(ask, Answer::SealedParcel { token, bytes } => Parcel { token, bytes })
}

/// See [`Ask::GiveConcern`].
pub(crate) async fn give_concern(
    log: LogId,
    to: AccountId,
    slot: u8,
    now: Minute,
) -> Result<Parcel, Trouble> {
    answer!(Ask::GiveConcern { log, to, slot, now }, Answer::SealedParcel { token, bytes } => Parcel { token, bytes })
}

/// See [`Ask::OpenParcel`].
pub(crate) async fn open_parcel(place: u8, sealed: Blob, now: Minute) -> Result<ParcelView, Trouble> {
    answer!(Ask::OpenParcel { place, sealed, now }, Answer::Parcel(view) => *view)
}

/// See [`Ask::TakeDraft`].
pub(crate) async fn take_draft(parcel: Hash, drawer: u8) -> Result<Blob, Trouble> {
    answer!(Ask::TakeDraft { parcel, drawer }, Answer::SealedUnsent { bytes, .. } => bytes)
}

/// See [`Ask::TakeConcern`].
pub(crate) async fn take_concern(parcel: Hash, now: Minute) -> Result<(), Trouble> {
    answer!(Ask::TakeConcern { parcel, now }, Answer::Done => ())
}

/// See [`Ask::SettleParcel`].
pub(crate) async fn settle_parcel(parcel: Hash, now: Minute) -> Result<(), Trouble> {
    answer!(Ask::SettleParcel { parcel, now }, Answer::Done => ())
}

/// See [`Ask::GivenConcerns`].
pub(crate) async fn given_concerns() -> Result<Vec<GivenView>, Trouble> {
    answer!(Ask::GivenConcerns, Answer::GivenConcerns(all) => all)
}

/// See [`Ask::Openers`].
pub(crate) async fn openers() -> Result<Vec<(SlotKind, Option<Hash>)>, Trouble> {
    answer!(Ask::Openers, Answer::Openers(all) => all)
}

/// See [`Ask::Passphrase`].
pub(crate) async fn passphrase() -> Result<String, Trouble> {
    answer!(Ask::Passphrase, Answer::Passphrase(words) => String::from_utf8_lossy(&words.0).into_owned())
}

/// See [`Ask::ChangePassword`].
pub(crate) async fn change_password() -> Result<NewSlots, Trouble> {
    answer!(Ask::ChangePassword, Answer::Slots(slots) => slots)
}

/// See [`Ask::ChangeCode`].
pub(crate) async fn change_code() -> Result<NewSlots, Trouble> {
    answer!(Ask::ChangeCode, Answer::Slots(slots) => slots)
}

/// See [`Ask::UsePasskey`].
pub(crate) async fn use_passkey(computed: Password) -> Result<(), Trouble> {
    answer!(Ask::UsePasskey(computed), Answer::Done => ())
}

/// See [`Ask::AddPasskey`].
pub(crate) async fn add_passkey(credential: Blob) -> Result<NewSlots, Trouble> {
    answer!(Ask::AddPasskey(credential), Answer::Slots(slots) => slots)
}

/// See [`Ask::RemovePasskey`].
pub(crate) async fn remove_passkey(credential: Hash) -> Result<Option<NewSlots>, Trouble> {
    match ask(Ask::RemovePasskey(credential)).await? {
        Answer::Slots(slots) => Ok(Some(slots)),
        Answer::Done => Ok(None),
        _ => Err(Trouble::Broken),
    }
}

/// See [`Ask::UseCode`].
pub(crate) async fn use_code(words: Password) -> Result<Bytes, Trouble> {
    answer!(Ask::UseCode(words), Answer::Secret(secret) => Bytes(secret.to_vec()))
}

/// A new account, as the vault made it.
pub(crate) struct Joined {
    /// The account.
    pub(crate) account: AccountId,
    /// Its keys.
    pub(crate) slots: NewSlots,
    /// The signed answer to the invitation.
    pub(crate) joining: Blob,
    /// Six words to compare with the inviter.
    pub(crate) words: Vec<String>,
}

/// See [`Ask::Join`].
pub(crate) async fn join(lookup: String, fragment: Password, name: String) -> Result<Joined, Trouble> {
    let ask = Ask::Join {
        lookup,
        fragment,
        name,
    };
    answer!(ask, Answer::Joined { account, slots, joining, words } => Joined { account, slots, joining, words })
}

/// See [`Ask::Invite`]. Gives the hash of the lookup, and the end of the link.
pub(crate) async fn invite(place: Place, whom: String, now: Minute) -> Result<(Hash, String), Trouble> {
    answer!(Ask::Invite { place, whom, now }, Answer::Invited { lookup, link } => (lookup, link))
}

/// See [`Ask::CheckJoining`].
pub(crate) async fn check_joining(joining: Bytes) -> Result<Joiner, Trouble> {
    answer!(Ask::CheckJoining(Blob(joining.0)), Answer::Joiner(joiner) => joiner)
}

/// See [`Ask::ForgetInvitation`].
pub(crate) async fn forget_invitation(lookup: Hash) -> Result<(), Trouble> {
    answer!(Ask::ForgetInvitation(lookup), Answer::Done => ())
}

/// See [`Ask::Invitees`].
pub(crate) async fn invitees() -> Result<Vec<(Hash, String)>, Trouble> {
    answer!(Ask::Invitees, Answer::Invitees(all) => all)
}

/// See [`Ask::Admit`].
pub(crate) async fn admit(joining: Bytes, now: Minute) -> Result<Draft, Trouble> {
    answer!(Ask::Admit { joining: Blob(joining.0), now }, Answer::Drafted(draft) => draft)
}

/// See [`Ask::Dismiss`].
pub(crate) async fn dismiss(group: GroupId, account: AccountId, now: Minute) -> Result<Draft, Trouble> {
    answer!(Ask::Dismiss { group, account, now }, Answer::Drafted(draft) => draft)
}

/// See [`Ask::Rotate`].
pub(crate) async fn rotate(group: GroupId, now: Minute) -> Result<Draft, Trouble> {
    answer!(Ask::Rotate { group, now }, Answer::Drafted(draft) => draft)
}

/// See [`Ask::ChangePolicy`].
pub(crate) async fn change_policy(group: GroupId, rules: NewRules, now: Minute) -> Result<Draft, Trouble> {
    answer!(Ask::ChangePolicy { group, rules, now }, Answer::Drafted(draft) => draft)
}

/// See [`Ask::ChangeAims`].
pub(crate) async fn change_aims(group: GroupId, aims: Option<Aims>, now: Minute) -> Result<Draft, Trouble> {
    answer!(Ask::ChangeAims { group, aims, now }, Answer::Drafted(draft) => draft)
}

/// See [`Ask::ReadRecovered`].
pub(crate) async fn read_recovered(recovered: Bytes, now: Minute) -> Result<RecoveredView, Trouble> {
    answer!(Ask::ReadRecovered { recovered: Blob(recovered.0), now }, Answer::RecoveredView(view) => *view)
}

/// See [`Ask::Myself`].
pub(crate) async fn myself() -> Result<Myself, Trouble> {
    answer!(Ask::Myself, Answer::Myself(own) => own)
}

/// See [`Ask::ReadDraft`].
pub(crate) async fn read_draft(
    group: GroupId,
    link: Bytes,
    joining: Option<Bytes>,
    now: Minute,
) -> Result<DraftView, Trouble> {
    let ask = Ask::ReadDraft {
        group,
        link: Blob(link.0),
        joining: joining.map(|bytes| Blob(bytes.0)),
        now,
    };
    answer!(ask, Answer::DraftView(view) => *view)
}

/// See [`Ask::Countersign`].
pub(crate) async fn countersign(group: GroupId, link: Bytes, now: Minute) -> Result<Draft, Trouble> {
    answer!(Ask::Countersign { group, link: Blob(link.0), now }, Answer::Drafted(draft) => draft)
}

/// See [`Ask::FoundPartner`].
pub(crate) async fn found_partner(name: String, now: Minute) -> Result<Draft, Trouble> {
    answer!(Ask::FoundPartner { name, now }, Answer::Drafted(draft) => draft)
}

/// See [`Ask::ReadGenesis`].
pub(crate) async fn read_genesis(
    link: Bytes,
    joinings: Vec<Bytes>,
    now: Minute,
) -> Result<GenesisView, Trouble> {
    let ask = Ask::ReadGenesis {
        link: Blob(link.0),
        joinings: blobs(joinings),
        now,
    };
    answer!(ask, Answer::GenesisView(view) => *view)
}

/// See [`Ask::SignGenesis`].
pub(crate) async fn sign_genesis(link: Bytes, joining: Bytes, now: Minute) -> Result<Draft, Trouble> {
    let ask = Ask::SignGenesis {
        link: Blob(link.0),
        joining: Blob(joining.0),
        now,
    };
    answer!(ask, Answer::Drafted(draft) => draft)
}

/// See [`Ask::CountersignGenesis`].
pub(crate) async fn countersign_genesis(link: Bytes, now: Minute) -> Result<Draft, Trouble> {
    answer!(Ask::CountersignGenesis { link: Blob(link.0), now }, Answer::Drafted(draft) => draft)
}

/// See [`Ask::Found`].
pub(crate) async fn found(
    compartment: Compartment,
    members: Vec<Bytes>,
    rules: NewRules,
    now: Minute,
) -> Result<Draft, Trouble> {
    let ask = Ask::Found {
        kind: compartment.kind(),
        name: compartment.to_string(),
        unit: compartment.unit,
        members: blobs(members),
        rules,
        now,
    };
    answer!(ask, Answer::Drafted(draft) => draft)
}

/// See [`Ask::ReadRecovery`].
pub(crate) async fn read_recovery(line: String) -> Result<Vec<String>, Trouble> {
    answer!(Ask::ReadRecovery(line), Answer::Words(words) => words)
}

/// See [`Ask::SealTest`].
pub(crate) async fn seal_test(group: GroupId, concern: Concern, now: Minute) -> Result<Sealed, Trouble> {
    answer!(
        Ask::SealTest { group, concern, now },
        Answer::Sealed { append, log, bytes } => Sealed { append, log, bytes }
    )
}

/// See [`Ask::SealClosed`].
pub(crate) async fn seal_closed(log: LogId, now: Minute) -> Result<Sealed, Trouble> {
    answer!(Ask::SealClosed { log, now }, Answer::Sealed { append, log, bytes } => Sealed { append, log, bytes })
}

/// See [`Ask::DraftCheckpoint`]. Gives the checkpoint with this administrator's signature.
pub(crate) async fn draft_checkpoint(heads: Vec<Head>, now: Minute) -> Result<Bytes, Trouble> {
    let heads = places(heads);
    answer!(Ask::DraftCheckpoint { heads, now }, Answer::Checkpoint(draft) => Bytes(draft.bytes.0))
}

/// See [`Ask::ReadCheckpoint`].
pub(crate) async fn read_checkpoint(
    checkpoint: Bytes,
    heads: Vec<Head>,
    now: Minute,
) -> Result<CheckpointView, Trouble> {
    let ask = Ask::ReadCheckpoint {
        checkpoint: Blob(checkpoint.0),
        heads: places(heads),
        now,
    };
    answer!(ask, Answer::CheckpointView(view) => *view)
}

/// See [`Ask::CountersignCheckpoint`].
pub(crate) async fn countersign_checkpoint(
    checkpoint: Bytes,
    heads: Vec<Head>,
    now: Minute,
) -> Result<Bytes, Trouble> {
    let ask = Ask::CountersignCheckpoint {
        checkpoint: Blob(checkpoint.0),
        heads: places(heads),
        now,
    };
    answer!(ask, Answer::Checkpoint(draft) => Bytes(draft.bytes.0))
}

fn places(heads: Vec<Head>) -> Vec<(GroupId, u64, Hash)> {
    let place = |head: Head| (head.compartment, head.position, head.head);
    heads.into_iter().map(place).collect()
}

fn blobs(all: Vec<Bytes>) -> Vec<Blob> {
    all.into_iter().map(|bytes| Blob(bytes.0)).collect()
}
