-- Compartments of units that the directory lists. Browsers read of them in the directory: this says what there is to fetch.

CREATE TABLE compartment (
    -- Its group: 16 bytes.
    group_id BLOB PRIMARY KEY REFERENCES chain (group_id),
    -- Its unit and what it is for, such as gwent-psd/intake.
    unit TEXT NOT NULL,
    -- Day on which the directory first listed it, counted from 1 January 1970, UTC.
    listed_on INTEGER NOT NULL,
    -- Day on which a member opened and closed a test, counted likewise; NULL until then.
    tested_on INTEGER,
    -- Day on which a directory took it off, counted likewise; NULL while it is listed.
    closed_on INTEGER
) STRICT;
