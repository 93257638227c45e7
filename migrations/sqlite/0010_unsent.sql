-- Drafts of concerns, sealed to their authors. No row here leads to an account, and no time is finer than a day.

CREATE TABLE unsent (
    -- Hash of the token that its drawer has, so that whoever reads this table cannot use it: 32 bytes.
    id BLOB PRIMARY KEY,
    -- How often it was saved.
    version INTEGER NOT NULL,
    -- Day on which it was changed last, counted from 1 January 1970, UTC. It is deleted 28 days later.
    changed_on INTEGER NOT NULL,
    -- The sealed bytes: of one of three sizes.
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX unsent_changed_on ON unsent (changed_on);
