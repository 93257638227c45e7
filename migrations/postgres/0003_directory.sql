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

-- A signed statement of where every chain stood.
CREATE TABLE checkpoint (
    -- Its place in the chain of checkpoints, counted from 0.
    sequence BIGINT PRIMARY KEY,
    -- The signed checkpoint.
    bytes BYTEA NOT NULL
);
