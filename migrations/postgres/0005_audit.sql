-- What was done, in three chains. Each line is written in the transaction of the act, and follows from the line before it.
--
-- A table for each chain: rows of one table lie in the order of writing, which a dump shows, and lines about practitioners' accounts
-- among lines about what is sent would tell who was there when something was.

-- What staff do, to the minute.
CREATE TABLE audit_staff (
    -- Its place in the chain, counted from 1.
    sequence BIGINT PRIMARY KEY,
    -- Minute since 1970, UTC.
    at BIGINT NOT NULL,
    -- Who did it.
    actor BYTEA NOT NULL,
    -- What was done, in a word or two.
    act TEXT NOT NULL,
    -- What it was done to: an identifier or a hash, or nothing.
    object BYTEA NOT NULL,
    -- Hash of the line before: 32 bytes, zeroes for the first.
    previous BYTEA NOT NULL,
    -- SHA-256 of all of the above, under a domain of its own.
    hash BYTEA NOT NULL
);

-- What practitioners do with their accounts, to the day.
CREATE TABLE audit_practitioner (
    -- Its place in the chain, counted from 1.
    sequence BIGINT PRIMARY KEY,
    -- First minute of the day, counted from 1970, UTC.
    at BIGINT NOT NULL,
    -- Who did it.
    actor BYTEA NOT NULL,
    -- What was done, in a word or two.
    act TEXT NOT NULL,
    -- What it was done to: an identifier or a hash, or nothing.
    object BYTEA NOT NULL,
    -- Hash of the line before: 32 bytes, zeroes for the first.
    previous BYTEA NOT NULL,
    -- SHA-256 of all of the above, under a domain of its own.
    hash BYTEA NOT NULL
);

-- What is sent, to the day, naming nobody.
CREATE TABLE audit_sent (
    -- Its place in the chain, counted from 1.
    sequence BIGINT PRIMARY KEY,
    -- First minute of the day, counted from 1970, UTC.
    at BIGINT NOT NULL,
    -- Always NULL: this chain names nobody.
    actor BYTEA CHECK (actor IS NULL),
    -- What was done, in a word or two.
    act TEXT NOT NULL,
    -- What it was done to: an identifier or a hash, or nothing.
    object BYTEA NOT NULL,
    -- Hash of the line before: 32 bytes, zeroes for the first.
    previous BYTEA NOT NULL,
    -- SHA-256 of all of the above, under a domain of its own.
    hash BYTEA NOT NULL
);

-- Against mistakes; whoever runs the database can undo it, and is found out by the chain and its checkpoints.
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit is append-only';
END
$$;

CREATE TRIGGER audit_staff_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_staff
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

CREATE TRIGGER audit_practitioner_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_practitioner
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

CREATE TRIGGER audit_sent_is_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_sent
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
