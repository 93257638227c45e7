-- Organisations that ask to come on board, and what administrators found out about them. None of it is secret from administrators, and
-- none of it is about anybody whom a concern is about.

CREATE TABLE application (
    -- Random: 16 bytes.
    id BLOB PRIMARY KEY,
    -- The organisation's name.
    name TEXT NOT NULL,
    -- Its number in a public register, or empty where it has none.
    number TEXT NOT NULL,
    -- What it does, in its own words.
    purpose TEXT NOT NULL,
    -- Who is to lead it here.
    lead TEXT NOT NULL,
    -- How administrators can reach that person, outside the portal.
    reach TEXT NOT NULL,
    -- Day it came, counted from 1 January 1970, UTC.
    applied_on INTEGER NOT NULL
) STRICT;

-- One administrator's finding. Two different ones approve; one is enough to refuse.
CREATE TABLE finding (
    -- The application.
    application BLOB NOT NULL REFERENCES application (id) ON DELETE CASCADE,
    -- Who checked.
    administrator BLOB NOT NULL REFERENCES account (id),
    -- What they found.
    approved INTEGER NOT NULL CHECK (approved IN (0, 1)),
    -- How they checked, or why they refuse.
    note TEXT NOT NULL,
    -- Day of it, counted from 1 January 1970, UTC.
    found_on INTEGER NOT NULL,
    PRIMARY KEY (application, administrator)
) STRICT;

-- An organisation that is on board.
CREATE TABLE partner (
    -- Its group: 16 bytes.
    group_id BLOB PRIMARY KEY REFERENCES chain (group_id),
    -- Its name, as in its chain's first link.
    name TEXT NOT NULL,
    -- The application that it came of; NULL in a demonstration.
    application BLOB UNIQUE REFERENCES application (id),
    -- Day it came on board, counted from 1 January 1970, UTC.
    founded_on INTEGER NOT NULL,
    -- Day on which a lead last said that its people are still its people, counted likewise.
    confirmed_on INTEGER NOT NULL,
    -- Day on which an administrator suspended it, counted likewise; NULL while it is not.
    suspended_on INTEGER
) STRICT;

-- Who cannot sign in, and is signed in nowhere: those who are suspended, and everybody of an organisation that is.
CREATE VIEW suspended AS
SELECT id AS account FROM account WHERE suspended_on IS NOT NULL
UNION
SELECT member.account FROM member JOIN partner ON partner.group_id = member.group_id
WHERE partner.suspended_on IS NOT NULL;
