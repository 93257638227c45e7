-- Accounts: who signs in, and the sealed keys that only they can open.

-- The deployment that this database belongs to. One row, written when the database is first opened.
CREATE TABLE instance (
    -- Always 1: there is one row.
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- SHA-256 of the instance's name, under a domain of its own: 32 bytes.
    hash BLOB NOT NULL,
    -- 1 where the people are made up. A demonstration is never served as a real portal, nor the other way.
    demo INTEGER NOT NULL CHECK (demo IN (0, 1))
) STRICT;

-- Somebody who signs in.
CREATE TABLE account (
    -- Random: 16 bytes.
    id BLOB PRIMARY KEY,
    -- The sign-in name, in lower case. It may be a pseudonym.
    name TEXT NOT NULL,
    -- What the account is for.
    role TEXT NOT NULL CHECK (role IN ('practitioner', 'assessor', 'administrator')),
    -- The sealed keyring, rewritten at every unlock.
    keyring BLOB NOT NULL,
    -- How often the keyring was written.
    keyring_version INTEGER NOT NULL,
    -- Day it was made, counted from 1 January 1970, UTC.
    created_on INTEGER NOT NULL,
    -- Day it was closed; NULL while it is open.
    closed_on INTEGER,
    -- Day it was suspended; NULL while it is not.
    suspended_on INTEGER,
    -- Day it was closed because nothing opened its keys any more, so that its name is free again; NULL for every other account.
    reset_on INTEGER,
    -- Last day on which a member of a unit is away, as they said themselves; NULL where they are not.
    away_until INTEGER
) STRICT;

-- Whoever comes again after a reset may have the name that they had.
CREATE UNIQUE INDEX account_name ON account (name) WHERE reset_on IS NULL;

-- A sealed copy of the keyring's key: one way to open it.
CREATE TABLE slot (
    -- Whose.
    account BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- Counted from 0 within the account.
    id INTEGER NOT NULL,
    -- How it opens.
    kind TEXT NOT NULL CHECK (kind IN ('password', 'passkey', 'recovery_code')),
    -- Argon2id of the secret that signs in by it (which opens nothing): a version byte, a salt, a hash; NULL for a passkey.
    verifier BLOB,
    -- The sealed key.
    sealed BLOB NOT NULL,
    PRIMARY KEY (account, id)
) STRICT;

-- What makes the codes that somebody types after the password. One for each account, where there is one.
CREATE TABLE totp (
    -- Whose.
    account BLOB PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    -- What the codes are made of, sealed under a key that is not in the database.
    sealed BLOB NOT NULL,
    -- Marks the last code that was taken, so that it is taken once: a keyed hash, which tells nobody when that was.
    spent BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- A code for when the app is lost. It goes when it is used.
CREATE TABLE backup_code (
    -- Whose.
    account BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- SHA-256 of it and the account: 32 bytes. The code has 120 random bits.
    hash BLOB NOT NULL,
    PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

-- A passkey: a second step, and a way in.
CREATE TABLE passkey (
    -- SHA-256 of the credential's id: 32 bytes.
    id BLOB PRIMARY KEY,
    -- Whose.
    account BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- What its owner calls it.
    name TEXT NOT NULL,
    -- What checks its answers, as JSON: the credential's id, its public key, a count where the device counts.
    credential TEXT NOT NULL,
    -- Day it was added, counted from 1 January 1970, UTC.
    created_on INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX passkey_account ON passkey (account);

-- What one administrator asks for somebody who has lost what opens their keys, or their second step, until another confirms it.
CREATE TABLE reset (
    -- Whose.
    account BLOB PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    -- What is given up: everything that opens the keys, or the second step alone.
    lost TEXT NOT NULL CHECK (lost IN ('keys', 'second_step')),
    -- Who asks.
    administrator BLOB NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    -- How that administrator made sure that it was the person who asked.
    note TEXT NOT NULL,
    -- Day it was asked, counted from 1 January 1970, UTC.
    asked_on INTEGER NOT NULL
) STRICT;
