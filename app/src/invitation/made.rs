//! The invitations that an account has made: making one, looking at who answered, and taking one back.

use super::{InvitedTo, invite as store_invitation, load_invitations, revoke};
use crate::{
    account::desk::Desk,
    browser::{clock, page},
    bytes::Bytes,
    trouble::Trouble,
    vault,
};
use protocol::{
    id::{Hash, Minute},
    invitation::Place,
    vault::Joiner,
};

/// An invitation that is open, as whoever made it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// Hash of the lookup in its link.
    pub(crate) lookup: Hash,
    /// Whom it is for, in their own words.
    pub(crate) whom: Option<String>,
    /// When it ends, where nobody answers.
    pub(crate) expires: Minute,
    /// Who answered, proven, with the answer.
    pub(crate) answer: Option<Result<(Joiner, Bytes), Trouble>>,
}

impl Made {
    /// Whoever answered and is proven.
    pub(crate) fn joiner(&self) -> Option<&Joiner> {
        let answer = self.answer.as_ref()?.as_ref().ok()?;
        Some(&answer.0)
    }
}

/// Makes an invitation; gives its link. What checks the answer is stored before the server hears of it.
pub(crate) async fn make(desk: Desk, place: Place, to: InvitedTo, whom: String) -> Result<String, Trouble> {
    let (lookup, end) = vault::invite(place, whom, clock::minute()).await?;
    desk.remember().await?;
    desk.note(store_invitation(lookup, to).await)?;
    Ok(page::address_of(&format!("/join/{end}")))
}

/// The open ones to the same.
pub(crate) async fn load_made(desk: Desk, to: &InvitedTo) -> Result<Vec<Made>, Trouble> {
    let invitees = vault::invitees().await?;
    let whom = |lookup| {
        invitees
            .iter()
            .find(|(one, _)| *one == lookup)
            .map(|(_, whom)| whom.clone())
    };
    let mut all = Vec::new();
    for stored in desk.note(load_invitations().await)? {
        if stored.to != *to {
            continue;
        }
        let answer = match stored.joining {
            Some(joining) => Some(
                vault::check_joining(joining.clone())
                    .await
                    .map(|joiner| (joiner, joining)),
            ),
            None => None,
        };
        all.push(Made {
            lookup: stored.lookup,
            whom: whom(stored.lookup),
            expires: stored.expires,
            answer,
        });
    }
    Ok(all)
}

/// Turns away whoever answered, or takes an invitation back.
pub(crate) async fn take_back(desk: Desk, lookup: Hash) -> Result<(), Trouble> {
    desk.fresh(|| revoke(lookup)).await?;
    vault::forget_invitation(lookup).await?;
    desk.remember().await
}
