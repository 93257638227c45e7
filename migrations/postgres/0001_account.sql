-- Accounts: who signs in, and the sealed keys that only they can open.

-- The deployment that this database belongs to. One row, written when the database is first opened.
CREATE TABLE instance (
    -- Always 1: there is one row.
    id BIGINT PRIMARY KEY CHECK (id = 1),
    -- SHA-256 of the instance's name, under a domain of its own: 32 bytes.
    hash BYTEA NOT NULL,
    -- Whether the people are made up. A demonstration is never served as a real portal, nor the other way.
    demo BOOLEAN NOT NULL
);

-- Somebody who signs in.
CREATE TABLE account (
    -- Random: 16 bytes.
    id BYTEA PRIMARY KEY,
    -- The sign-in name, in lower case. It may be a pseudonym.
    name TEXT NOT NULL,
    -- What the account is for.
    role TEXT NOT NULL CHECK (role IN ('practitioner', 'assessor', 'administrator')),
    -- The sealed keyring, rewritten at every unlock.
    keyring BYTEA NOT NULL,
    -- How often the keyring was written.
    keyring_version BIGINT NOT NULL,
    -- Day it was made, counted from 1 January 1970, UTC.
    created_on BIGINT NOT NULL,
    -- Day it was closed; NULL while it is open.
    closed_on BIGINT,
    -- Day it was suspended; NULL while it is not.
    suspended_on BIGINT,
    -- Day it was closed because nothing opened its keys any more, so that its name is free again; NULL for every other account.
    reset_on BIGINT,
    -- Last day on which a member of a unit is away, as they said themselves; NULL where they are not.
    away_until BIGINT
);

-- Whoever comes again after a reset may have the name that they had.
CREATE UNIQUE INDEX account_name ON account (name) WHERE reset_on IS NULL;

-- A sealed copy of the keyring's key: one way to open it.
CREATE TABLE slot (
    -- Whose.
    account BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- Counted from 0 within the account.
    id BIGINT NOT NULL,
    -- How it opens.
    kind TEXT NOT NULL CHECK (kind IN ('password', 'passkey', 'recovery_code')),
    -- Argon2id of the secret that signs in by it (which opens nothing): a version byte, a salt, a hash; NULL for a passkey.
    verifier BYTEA,
    -- The sealed key.
    sealed BYTEA NOT NULL,
    PRIMARY KEY (account, id)
);

-- What makes the codes that somebody types after the password. One for each account, where there is one.
CREATE TABLE totp (
    -- Whose.
    account BYTEA PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    -- What the codes are made of, sealed under a key that is not in the database.
    sealed BYTEA NOT NULL,
    -- Marks the last code that was taken, so that it is taken once: a keyed hash, which tells nobody when that was.
    spent BYTEA NOT NULL
);

-- A code for when the app is lost. It goes when it is used.
CREATE TABLE backup_code (
    -- Whose.
    account BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- SHA-256 of it and the account: 32 bytes. The code has 120 random bits.
    hash BYTEA NOT NULL,
    PRIMARY KEY (account, hash)
);

-- A passkey: a second step, and a way in.
CREATE TABLE passkey (
    -- SHA-256 of the credential's id: 32 bytes.
    id BYTEA PRIMARY KEY,
    -- Whose.
    account BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- What its owner calls it.
    name TEXT NOT NULL,
    -- What checks its answers, as JSON: the credential's id, its public key, a count where the device counts.
    credential TEXT NOT NULL,
    -- Day it was added, counted from 1 January 1970, UTC.
    created_on BIGINT NOT NULL
);

CREATE INDEX passkey_account ON passkey (account);

-- What one administrator asks for somebody who has lost what opens their keys, or their second step, until another confirms it.
CREATE TABLE reset (
    -- Whose.
    account BYTEA PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    -- What is given up: everything that opens the keys, or the second step alone.
    lost TEXT NOT NULL CHECK (lost IN ('keys', 'second_step')),
    -- Who asks.
    administrator BYTEA NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- How that administrator made sure that it was the person who asked.
    note TEXT NOT NULL,
    -- Day it was asked, counted from 1 January 1970, UTC.
    asked_on BIGINT NOT NULL
);
