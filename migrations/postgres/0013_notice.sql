-- Mail: one notice a day, the same for everybody who asked for it; and the address at which a unit's duty officer is told to sign in.
-- Nothing here is joined to a thread, a draft or a parcel.

-- Where somebody who asked for the daily notice is sent it.
CREATE TABLE notice_address (
    -- Whose.
    account BYTEA PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    -- The mail address, padded and sealed under a key that is not in the database.
    address BYTEA NOT NULL
);

-- The address at which a compartment's duty officer is told to sign in, and when it is watched, in London.
CREATE TABLE duty (
    -- The compartment.
    group_id BYTEA PRIMARY KEY,
    -- The mail address, padded and sealed likewise.
    address BYTEA NOT NULL,
    -- The hour from which it is watched: 0 to 23.
    opens BIGINT NOT NULL CHECK (opens BETWEEN 0 AND 23),
    -- The hour until which it is watched: 1 to 24.
    closes BIGINT NOT NULL CHECK (closes BETWEEN 1 AND 24),
    -- Whether it is watched on Saturdays and Sundays too.
    weekends BOOLEAN NOT NULL
);

-- The day whose notices were begun last: one row.
CREATE TABLE mail_round (
    -- The day in London, counted from 1 January 1970.
    day BIGINT PRIMARY KEY
);

-- Mail that is still to be sent. A row goes when the mail server has taken the mail.
CREATE TABLE outbox (
    -- Random: 16 bytes. Mail leaves in this order, so the order tells nothing.
    id BYTEA PRIMARY KEY,
    -- To whom today's notice goes; NULL where a duty officer is told to sign in. One row each, so that nobody is sent two.
    account BYTEA UNIQUE REFERENCES notice_address (account) ON DELETE CASCADE,
    -- Whose duty officer is told to sign in; NULL for a notice.
    group_id BYTEA UNIQUE REFERENCES duty (group_id) ON DELETE CASCADE,
    -- Minute since 1970, UTC, from which a notice may leave: drawn at random when the day's notices are begun. 0 where a duty officer is
    -- told, so that the row does not say when.
    due_at BIGINT NOT NULL,
    CHECK ((account IS NULL) <> (group_id IS NULL))
);
