-- Whom the portal no longer hands a case to. It tells that a member of a unit said so of a log, and nothing of why.

CREATE TABLE connection (
    -- The thread or the journal: 16 bytes.
    log BYTEA NOT NULL,
    -- The member who said that they have a connection with somebody named in it: 16 bytes.
    account BYTEA NOT NULL,
    -- Day on which they said so, counted from 1 January 1970, UTC.
    said_on BIGINT NOT NULL,
    PRIMARY KEY (log, account)
);
