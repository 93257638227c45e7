-- Drafts of concerns, sealed to their authors. No row here leads to an account, and no time is finer than a day.

CREATE TABLE unsent (
    -- Hash of the token that its drawer has, so that whoever reads this table cannot use it: 32 bytes.
    id BYTEA PRIMARY KEY,
    -- How often it was saved.
    version BIGINT NOT NULL,
    -- Day on which it was changed last, counted from 1 January 1970, UTC. It is deleted 28 days later.
    changed_on BIGINT NOT NULL,
    -- The sealed bytes: of one of three sizes.
    bytes BYTEA NOT NULL
);

ALTER TABLE unsent ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE INDEX unsent_changed_on ON unsent (changed_on);
