-- Invitations: how somebody whose keys nobody knows yet comes on board.

CREATE TABLE invitation (
    -- Hash of the lookup in its link: 32 bytes. The secret in the link's fragment never comes here.
    lookup BLOB PRIMARY KEY,
    -- Who invited; NULL where whoever runs the portal did.
    inviter BLOB REFERENCES account (id) ON DELETE CASCADE,
    -- To what: a member of a group, the lead of a new partner, whoever sets up a compartment of a unit, who
    -- holds it with them, or an administrator.
    place TEXT NOT NULL CHECK (place IN ('member', 'partner', 'unit', 'holder', 'administrator')),
    -- The group's id, the application's, or the compartment's unit and purpose; empty for an administrator.
    subject TEXT NOT NULL,
    -- What the account will be for.
    role TEXT NOT NULL CHECK (role IN ('practitioner', 'assessor', 'administrator')),
    -- Minute since 1970, UTC, at which it ends.
    expires_at INTEGER NOT NULL,
    -- The signed answer; NULL until somebody has taken it up.
    joining BLOB,
    -- The account that was made; NULL until then.
    account BLOB REFERENCES account (id) ON DELETE CASCADE,
    -- Day it was revoked, or the account vouched for; NULL while it is open.
    closed_on INTEGER
) STRICT;

CREATE INDEX invitation_inviter ON invitation (inviter);
-- One founder at a time is invited: two would found the same organisation, or compartment, twice.
CREATE UNIQUE INDEX invitation_founder ON invitation (place, subject) WHERE place IN ('partner', 'unit') AND closed_on IS NULL;
