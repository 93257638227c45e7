-- Signed bytes that clients verify for themselves: the directory, the chains of groups, and checkpoints.

CREATE TABLE directory (
    -- The version inside the signed bytes.
    version BIGINT PRIMARY KEY,
    -- The last day on which clients accept it, counted from 1 January 1970, UTC.
    expires_on BIGINT NOT NULL,
    -- The signed directory.
    bytes BYTEA NOT NULL
);

-- A group: a compartment of a unit, or a partner organisation.
CREATE TABLE chain (
    -- The group: 16 bytes.
    group_id BYTEA PRIMARY KEY,
    -- Whether everybody is shown the chain (a compartment) or only its members (a partner).
    kind TEXT NOT NULL CHECK (kind IN ('compartment', 'partner'))
);

-- A signed link of a group's chain.
CREATE TABLE link (
    -- The group.
    group_id BYTEA NOT NULL REFERENCES chain (group_id),
    -- Its place in the chain, counted from 0.
    sequence BIGINT NOT NULL,
    -- The signed link.
    bytes BYTEA NOT NULL,
    PRIMARY KEY (group_id, sequence)
);

-- Who is in a group, as whoever published its last link folded the chain. Says who may fetch, never whose key to trust.
CREATE TABLE member (
    -- The group.
    group_id BYTEA NOT NULL REFERENCES chain (group_id),
    -- The account.
    account BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- Whether the account may sign links.
    lead BOOLEAN NOT NULL,
    PRIMARY KEY (group_id, account)
);

CREATE INDEX member_account ON member (account);

-- An epoch's identity, sealed to one member.
CREATE TABLE wrap (
    -- The group.
    group_id BYTEA NOT NULL REFERENCES chain (group_id),
    -- The epoch; the highest is the current one.
    epoch BIGINT NOT NULL,
    -- The member.
    account BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- The sealed identity.
    bytes BYTEA NOT NULL,
    PRIMARY KEY (group_id, epoch, account)
);

CREATE INDEX wrap_account ON wrap (account);

-- An epoch's identity, sealed to the group's recovery key.
CREATE TABLE recovery_wrap (
    -- The group.
    group_id BYTEA NOT NULL REFERENCES chain (group_id),
    -- The epoch.
    epoch BIGINT NOT NULL,
    -- The hash of the recovery key: 32 bytes.
    recovery BYTEA NOT NULL,
    -- The sealed identity.
    bytes BYTEA NOT NULL,
    PRIMARY KEY (group_id, epoch, recovery)
);

-- A change of a group that waits for another signature. Whoever signs it last publishes it.
CREATE TABLE draft (
    -- Random: 16 bytes.
    id BYTEA PRIMARY KEY,
    -- The group; for one that is to be founded there is no chain yet.
    group_id BYTEA NOT NULL,
    -- Who drafted it.
    account BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- What is to be founded: an application's id, or a compartment's unit and purpose; NULL where the group is there.
    founding TEXT,
    -- The link as far as it is signed, its wraps and the invitation that it answers: CBOR.
    bytes BYTEA NOT NULL,
    -- Day it was drafted, counted from 1 January 1970, UTC.
    drafted_on BIGINT NOT NULL
);

CREATE INDEX draft_group_id ON draft (group_id);
-- Whatever is to be founded is drafted once, and once as any group.
CREATE UNIQUE INDEX draft_founding ON draft (founding);
CREATE UNIQUE INDEX draft_founding_group_id ON draft (group_id) WHERE founding IS NOT NULL;

-- A signed statement of where every chain stood.
CREATE TABLE checkpoint (
    -- Its place in the chain of checkpoints, counted from 0.
    sequence BIGINT PRIMARY KEY,
    -- The signed checkpoint.
    bytes BYTEA NOT NULL
);

-- The next checkpoint, which one administrator has signed, until another signs it too.
CREATE TABLE checkpoint_draft (
    -- Its place in the chain of checkpoints.
    sequence BIGINT PRIMARY KEY,
    -- Who drafted it.
    account BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- The checkpoint with one signature.
    bytes BYTEA NOT NULL
);

-- That two custodians of a compartment's recovery key tried, away from the portal, that they could still use it.
CREATE TABLE drill (
    -- The compartment.
    group_id BYTEA NOT NULL REFERENCES chain (group_id),
    -- Day it was done, counted from 1 January 1970, UTC.
    done_on BIGINT NOT NULL,
    -- The lead who said so.
    account BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    PRIMARY KEY (group_id, done_on)
);
