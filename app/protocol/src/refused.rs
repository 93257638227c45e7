//! Why something was refused: one variant, and one sentence for a person, for each thing that a lying server can try.

use borsh::{BorshDeserialize, BorshSerialize};
use minicbor::{Decode, Encode};

/// Why the vault refused what it was given. Nothing of it is shown.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Encode,
    Decode,
    BorshSerialize,
    BorshDeserialize,
    thiserror::Error,
)]
#[cbor(index_only)]
pub enum Refused {
    /// The vault is locked.
    #[n(0)]
    #[error("the vault is locked")]
    Locked,
    /// No slot opens with this password.
    #[n(1)]
    #[error("the password does not open the keys")]
    WrongPassword,
    /// A slot asks for a weaker key derivation than the floor.
    #[n(2)]
    #[error("the key derivation is weaker than allowed")]
    WeakDerivation,
    /// A format or suite that this version does not know.
    #[n(3)]
    #[error("written in a way this version does not know")]
    WrongSuite,
    /// The keyring does not open, or says that it belongs to another account, instance or version.
    #[n(4)]
    #[error("the sealed keys were changed")]
    AlteredKeyring,
    /// The keyring is older than one that this device has seen.
    #[n(5)]
    #[error("the sealed keys are older than those seen before")]
    OlderKeyring,
    /// The directory is not signed by enough of the root keys.
    #[n(6)]
    #[error("the directory is not signed by the root keys")]
    UnsignedDirectory,
    /// The directory is older than one seen before.
    #[n(7)]
    #[error("the directory is older than the one seen before")]
    OlderDirectory,
    /// Two directories carry the same version, or the new one does not follow the old.
    #[n(8)]
    #[error("the directory does not follow the one seen before")]
    ForkedDirectory,
    /// The directory has expired, or will not expire soon enough.
    #[n(9)]
    #[error("the directory has expired")]
    ExpiredDirectory,
    /// The directory is for another deployment.
    #[n(10)]
    #[error("made for another deployment")]
    WrongInstance,
    /// A chain's link is not signed by those who may, or does not follow.
    #[n(11)]
    #[error("a list of key holders was changed")]
    AlteredChain,
    /// A chain is shorter than, or different from, what was seen before.
    #[n(12)]
    #[error("a list of key holders is older than the one seen before")]
    OlderChain,
    /// The chain's epoch is over 90 days old.
    #[n(13)]
    #[error("the unit's key is too old to be used")]
    ExpiredEpoch,
    /// The compartment is not in the directory, or has no usable key.
    #[n(14)]
    #[error("the unit has no usable key")]
    NoUsableKey,
    /// A wrapped epoch identity is not the one that the chain names, or not wrapped by a member.
    #[n(15)]
    #[error("the unit's key given to you is not the one in its signed list")]
    SwappedKey,
    /// A checkpoint is not signed by two administrators, or contradicts what was seen.
    #[n(16)]
    #[error("the checkpoint does not agree with what was seen before")]
    AlteredCheckpoint,
    /// The sealed bytes are no envelope, or were changed or cut.
    #[n(17)]
    #[error("the sealed text was changed or cut short")]
    AlteredEnvelope,
    /// The envelope has more or other recipients than it may.
    #[n(18)]
    #[error("sealed to more or other readers than allowed")]
    WrongRecipients,
    /// None of the keys opens the envelope.
    #[n(19)]
    #[error("not sealed to you")]
    NotForYou,
    /// The signature inside does not match.
    #[n(20)]
    #[error("the signature does not match")]
    BadSignature,
    /// Signed by somebody who may not write here.
    #[n(21)]
    #[error("signed by somebody who may not write here")]
    WrongSigner,
    /// It belongs to another log, or another place in this one.
    #[n(22)]
    #[error("it belongs somewhere else")]
    WrongPlace,
    /// Entries are missing or doubled, or do not follow one another.
    #[n(23)]
    #[error("entries are missing, doubled or out of order")]
    BrokenSequence,
    /// It was sealed for another compartment or epoch.
    #[n(24)]
    #[error("it was addressed to somebody else")]
    Readdressed,
    /// The writer was shown another directory or chain than we were.
    #[n(25)]
    #[error("the writer was shown another directory or list of key holders than you")]
    SplitView,
    /// The proof of origin is missing or wrong.
    #[n(26)]
    #[error("where it comes from could not be checked")]
    UnverifiedOrigin,
    /// The receipt is not genuine or is about something else.
    #[n(27)]
    #[error("the receipt does not prove that this was stored")]
    BadReceipt,
    /// The commitment chain does not extend the one seen before.
    #[n(28)]
    #[error("the record of what was stored does not continue the one seen before")]
    ForkedCommitments,
    /// The bytes were erased under the retention rules.
    #[n(29)]
    #[error("erased under the retention rules")]
    Erased,
    /// More than an envelope holds.
    #[n(30)]
    #[error("too long to be sealed")]
    TooLong,
    /// Not what is expected here.
    #[n(31)]
    #[error("not in the expected form")]
    Malformed,
    /// Keys that answer an invitation were not made with its secret.
    #[n(32)]
    #[error("the keys that answered were not made by whoever was given this invitation")]
    UnprovenInvitee,
    /// A succession of root keys is not signed by enough of the roots before it, or leaves fewer than three.
    #[n(33)]
    #[error("the root keys were not changed by the root keys before them")]
    AlteredRoots,
    /// The root keys are fewer successions on than, or others than, those seen before.
    #[n(34)]
    #[error("the root keys are not those seen before")]
    OlderRoots,
    /// All members were replaced, and not by the group's recovery key.
    #[n(35)]
    #[error("a list of key holders was replaced without its recovery key")]
    WrongRecovery,
    /// Only a lead of the group may do this.
    #[n(36)]
    #[error("only a lead of the group may do this")]
    NotLead,
    /// Only an administrator whom the directory lists may do this.
    #[n(37)]
    #[error("only an administrator listed in the directory may do this")]
    NotAdministrator,
    /// The invitation is over.
    #[n(38)]
    #[error("the invitation has expired")]
    ExpiredInvitation,
    /// Their account, or one of their keys, is in the group already.
    #[n(39)]
    #[error("they are a member already")]
    AlreadyMember,
    /// No member has this account.
    #[n(40)]
    #[error("nobody in the group has this account")]
    NoSuchMember,
    /// It would leave fewer leads than must sign.
    #[n(41)]
    #[error("too few leads would be left")]
    TooFewLeads,
    /// Nobody lets themselves go: they would know the next key.
    #[n(42)]
    #[error("nobody can remove themselves")]
    OwnRemoval,
    /// They hold another compartment of the unit; the two must stay apart.
    #[n(43)]
    #[error("they hold the unit's other compartment")]
    SharedHolder,
    /// The draft does not follow the group as it stands, or is too old.
    #[n(44)]
    #[error("the draft does not follow the group as it stands now")]
    StaleDraft,
    /// The draft takes in other keys than those of the person who answered.
    #[n(45)]
    #[error("the draft takes in other keys than those of the person who answered")]
    SwappedInvitee,
    /// It was not looked at before it was to be signed.
    #[n(46)]
    #[error("it was not looked at before it was to be signed")]
    NotShown,
    /// A name or rule that no group can have.
    #[n(47)]
    #[error("these rules do not go together")]
    UnfitRules,
    /// Their account, or one of their keys, was in the group before: whoever comes back comes with new keys of a new account.
    #[n(48)]
    #[error("their account, or one of their keys, was in the group before")]
    FormerMember,
    /// The draft is older than one that was seen before.
    #[n(49)]
    #[error("the draft is older than the one seen before")]
    OlderDraft,
    /// It is not the file that was begun: its length, or a part that is stored, is another.
    #[n(50)]
    #[error("it is not the file that was begun")]
    OtherFile,
    /// Not all parts of a file are stored.
    #[n(51)]
    #[error("a file is not stored whole yet")]
    UnfinishedFile,
    /// A parcel was signed by somebody who never was in the organisation, or in another's name.
    #[n(52)]
    #[error("it was not given by anybody in your organisation")]
    NoColleague,
    /// A parcel was signed by somebody who has left the organisation since.
    #[n(53)]
    #[error("whoever gave it is no longer in your organisation")]
    FormerColleague,
    /// A parcel is older than parcels are kept.
    #[n(54)]
    #[error("it was given longer ago than such things are kept")]
    OldParcel,
    /// A parcel was taken or refused before.
    #[n(55)]
    #[error("it was taken or refused before")]
    SettledParcel,
    /// What was given does not open the thread that it names.
    #[n(56)]
    #[error("what was given does not open the concern that it names")]
    OtherConcern,
    /// More threads of others than a keyring holds.
    #[n(57)]
    #[error("no more concerns of others can be kept")]
    ManyGiven,
}
