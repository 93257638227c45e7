-- What was done, in three chains. Each line is written in the transaction of the act, and follows from the line before it.
--
-- A table for each chain: rows of one table lie in the order of writing, which a dump shows, and lines about practitioners' accounts
-- among lines about what is sent would tell who was there when something was.

-- What staff do, to the minute.
CREATE TABLE audit_staff (
    -- Its place in the chain, counted from 1.
    sequence INTEGER PRIMARY KEY,
    -- Minute since 1970, UTC.
    at INTEGER NOT NULL,
    -- Who did it.
    actor BLOB NOT NULL,
    -- What was done, in a word or two.
    act TEXT NOT NULL,
    -- What it was done to: an identifier or a hash, or nothing.
    object BLOB NOT NULL,
    -- Hash of the line before: 32 bytes, zeroes for the first.
    previous BLOB NOT NULL,
    -- SHA-256 of all of the above, under a domain of its own.
    hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What practitioners do with their accounts, to the day.
CREATE TABLE audit_practitioner (
    -- Its place in the chain, counted from 1.
    sequence INTEGER PRIMARY KEY,
    -- First minute of the day, counted from 1970, UTC.
    at INTEGER NOT NULL,
    -- Who did it.
    actor BLOB NOT NULL,
    -- What was done, in a word or two.
    act TEXT NOT NULL,
    -- What it was done to: an identifier or a hash, or nothing.
    object BLOB NOT NULL,
    -- Hash of the line before: 32 bytes, zeroes for the first.
    previous BLOB NOT NULL,
    -- SHA-256 of all of the above, under a domain of its own.
    hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What is sent, to the day, naming nobody.
CREATE TABLE audit_sent (
    -- Its place in the chain, counted from 1.
    sequence INTEGER PRIMARY KEY,
    -- First minute of the day, counted from 1970, UTC.
    at INTEGER NOT NULL,
    -- Always NULL: this chain names nobody.
    actor BLOB CHECK (actor IS NULL),
    -- What was done, in a word or two.
    act TEXT NOT NULL,
    -- What it was done to: an identifier or a hash, or nothing.
    object BLOB NOT NULL,
    -- Hash of the line before: 32 bytes, zeroes for the first.
    previous BLOB NOT NULL,
    -- SHA-256 of all of the above, under a domain of its own.
    hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Against mistakes; whoever runs the database can undo it, and is found out by the chain and its checkpoints.
CREATE TRIGGER audit_staff_is_not_changed BEFORE UPDATE ON audit_staff
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;

CREATE TRIGGER audit_staff_is_not_deleted BEFORE DELETE ON audit_staff
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;

CREATE TRIGGER audit_practitioner_is_not_changed BEFORE UPDATE ON audit_practitioner
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;

CREATE TRIGGER audit_practitioner_is_not_deleted BEFORE DELETE ON audit_practitioner
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;

CREATE TRIGGER audit_sent_is_not_changed BEFORE UPDATE ON audit_sent
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;

CREATE TRIGGER audit_sent_is_not_deleted BEFORE DELETE ON audit_sent
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
