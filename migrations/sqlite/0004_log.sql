-- Append-only logs of sealed entries. No row here leads to an account, and no time is finer than a day.

-- A thread or a journal.
CREATE TABLE log (
    -- Random, or for a thread derived from the token that opens it: 16 bytes.
    id BLOB PRIMARY KEY,
    -- What the practitioner and the unit see, or what the unit alone sees.
    kind TEXT NOT NULL CHECK (kind IN ('thread', 'journal')),
    -- Whose it is.
    compartment BLOB NOT NULL REFERENCES chain (group_id),
    -- Day of its first entry, counted from 1 January 1970, UTC.
    created_on INTEGER NOT NULL
) STRICT;

CREATE INDEX log_compartment ON log (compartment);

-- Entries that were written together. What is here and in `entry` makes the receipt, byte for byte.
CREATE TABLE append (
    -- Made by the client: 16 bytes.
    id BLOB PRIMARY KEY,
    -- SHA-256 of the request: a retry has the same, anything else is a conflict.
    digest BLOB NOT NULL,
    -- Whose commitment chain the entries joined.
    compartment BLOB NOT NULL REFERENCES chain (group_id),
    -- Day it was received, counted from 1 January 1970, UTC.
    received_on INTEGER NOT NULL
) STRICT;

-- One sealed entry.
CREATE TABLE entry (
    -- Its log.
    log BLOB NOT NULL REFERENCES log (id),
    -- Its place in the log, counted from 0.
    sequence INTEGER NOT NULL,
    -- The log's compartment.
    compartment BLOB NOT NULL REFERENCES chain (group_id),
    -- Its place in the compartment's commitment chain, counted from 1.
    position INTEGER NOT NULL,
    -- SHA-256 of the ciphertext, which stays when the bytes are erased.
    hash BLOB NOT NULL,
    -- Head of the commitment chain after this entry.
    head BLOB NOT NULL,
    -- Length of the ciphertext in bytes: one of a few sizes.
    length INTEGER NOT NULL,
    -- The sealed bytes; NULL once retention has erased them.
    ciphertext BLOB,
    -- The append that wrote it.
    append_id BLOB NOT NULL REFERENCES append (id),
    PRIMARY KEY (log, sequence),
    UNIQUE (compartment, position)
) STRICT;

CREATE INDEX entry_append_id ON entry (append_id);

-- A sealed part of an attachment, named by its hash in a sealed entry.
CREATE TABLE blob (
    -- SHA-256 of the bytes.
    hash BLOB PRIMARY KEY,
    -- Length in bytes.
    length INTEGER NOT NULL,
    -- The sealed bytes.
    bytes BLOB NOT NULL,
    -- Day it was stored, counted from 1 January 1970, UTC.
    stored_on INTEGER NOT NULL
) STRICT;
