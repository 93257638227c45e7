-- What was done. Each line is written in the transaction of the act, and follows from the line before it.

CREATE TABLE audit (
    -- Which chain: what staff do, what practitioners do with their accounts, or what is sent (where nobody is named).
    chain TEXT NOT NULL CHECK (chain IN ('staff', 'practitioner', 'sent')),
    -- Its place in the chain, counted from 1.
    sequence INTEGER NOT NULL,
    -- Minute since 1970, UTC, for staff; for the other chains the first minute of the day.
    at INTEGER NOT NULL,
    -- Who did it; NULL in the chain that names nobody.
    actor BLOB,
    -- What was done, in a word or two.
    act TEXT NOT NULL,
    -- What it was done to: an identifier or a hash, or nothing.
    object BLOB NOT NULL,
    -- Hash of the line before: 32 bytes, zeroes for the first.
    previous BLOB NOT NULL,
    -- SHA-256 of all of the above, under a domain of its own.
    hash BLOB NOT NULL,
    PRIMARY KEY (chain, sequence),
    CHECK ((actor IS NULL) = (chain = 'sent'))
) STRICT, WITHOUT ROWID;

-- Against mistakes; whoever runs the database can undo it, and is found out by the chain and its checkpoints.
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
