-- Sessions of people who are signed in. Nothing here is kept once a session has ended.

CREATE TABLE session (
    -- SHA-256 of the id in the cookie, so that whoever reads this table cannot use it: 32 bytes.
    hash BYTEA PRIMARY KEY,
    -- Who is signed in; NULL where nobody is.
    account BYTEA REFERENCES account (id) ON DELETE CASCADE,
    -- What the session holds, as JSON: the role, when it was last seen (rounded) and when it ends.
    data TEXT NOT NULL,
    -- Second since 1970 at which it ends, rounded to minutes.
    expires_at BIGINT NOT NULL
);

CREATE INDEX session_account ON session (account);
CREATE INDEX session_expires_at ON session (expires_at);
