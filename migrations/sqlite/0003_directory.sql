-- Signed bytes that clients verify for themselves: the directory, the chains of groups, and checkpoints.

CREATE TABLE directory (
    -- The version inside the signed bytes.
    version INTEGER PRIMARY KEY,
    -- The last day on which clients accept it, counted from 1 January 1970, UTC.
    expires_on INTEGER NOT NULL,
    -- The signed directory.
    bytes BLOB NOT NULL
) STRICT;

-- A group: a compartment of a unit, or a partner organisation.
CREATE TABLE chain (
    -- The group: 16 bytes.
    group_id BLOB PRIMARY KEY,
    -- Whether everybody is shown the chain (a compartment) or only its members (a partner).
    kind TEXT NOT NULL CHECK (kind IN ('compartment', 'partner'))
) STRICT;

-- A signed link of a group's chain.
CREATE TABLE link (
    -- The group.
    group_id BLOB NOT NULL REFERENCES chain (group_id),
    -- Its place in the chain, counted from 0.
    sequence INTEGER NOT NULL,
    -- The signed link.
    bytes BLOB NOT NULL,
    PRIMARY KEY (group_id, sequence)
) STRICT;

-- Who is in a group, as whoever published its last link folded the chain. Says who may fetch, never whose key to trust.
CREATE TABLE member (
    -- The group.
    group_id BLOB NOT NULL REFERENCES chain (group_id),
    -- The account.
    account BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- Whether the account may sign links.
    lead INTEGER NOT NULL CHECK (lead IN (0, 1)),
    PRIMARY KEY (group_id, account)
) STRICT, WITHOUT ROWID;

CREATE INDEX member_account ON member (account);

-- An epoch's identity, sealed to one member.
CREATE TABLE wrap (
    -- The group.
    group_id BLOB NOT NULL REFERENCES chain (group_id),
    -- The epoch; the highest is the current one.
    epoch INTEGER NOT NULL,
    -- The member.
    account BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- The sealed identity.
    bytes BLOB NOT NULL,
    PRIMARY KEY (group_id, epoch, account)
) STRICT;

CREATE INDEX wrap_account ON wrap (account);

-- An epoch's identity, sealed to the group's recovery key.
CREATE TABLE recovery_wrap (
    -- The group.
    group_id BLOB NOT NULL REFERENCES chain (group_id),
    -- The epoch.
    epoch INTEGER NOT NULL,
    -- The hash of the recovery key: 32 bytes.
    recovery BLOB NOT NULL,
    -- The sealed identity.
    bytes BLOB NOT NULL,
    PRIMARY KEY (group_id, epoch, recovery)
) STRICT;

-- A change of a group that waits for another signature. Whoever signs it last publishes it.
CREATE TABLE draft (
    -- Random: 16 bytes.
    id BLOB PRIMARY KEY,
    -- The group; for one that is to be founded there is no chain yet.
    group_id BLOB NOT NULL,
    -- Who drafted it.
    account BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- What is to be founded: an application's id, or a compartment's unit and purpose; NULL where the group is there.
    founding TEXT,
    -- The link as far as it is signed, its wraps and the invitation that it answers: CBOR.
    bytes BLOB NOT NULL,
    -- Day it was drafted, counted from 1 January 1970, UTC.
    drafted_on INTEGER NOT NULL
) STRICT;

CREATE INDEX draft_group_id ON draft (group_id);
-- Whatever is to be founded is drafted once, and once as any group.
CREATE UNIQUE INDEX draft_founding ON draft (founding);
CREATE UNIQUE INDEX draft_founding_group_id ON draft (group_id) WHERE founding IS NOT NULL;

-- A signed statement of where every chain stood.
CREATE TABLE checkpoint (
    -- Its place in the chain of checkpoints, counted from 0.
    sequence INTEGER PRIMARY KEY,
    -- The signed checkpoint.
    bytes BLOB NOT NULL
) STRICT;

-- The next checkpoint, which one administrator has signed, until another signs it too.
CREATE TABLE checkpoint_draft (
    -- Its place in the chain of checkpoints.
    sequence INTEGER PRIMARY KEY,
    -- Who drafted it.
    account BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- The checkpoint with one signature.
    bytes BLOB NOT NULL
) STRICT;

-- That two custodians of a compartment's recovery key tried, away from the portal, that they could still use it.
CREATE TABLE drill (
    -- The compartment.
    group_id BLOB NOT NULL REFERENCES chain (group_id),
    -- Day it was done, counted from 1 January 1970, UTC.
    done_on INTEGER NOT NULL,
    -- The lead who said so.
    account BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, done_on)
) STRICT;
