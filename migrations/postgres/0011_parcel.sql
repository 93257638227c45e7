-- What practitioners give to their colleagues, sealed to them. No row here leads to an account, a draft or a thread, and no time is finer
-- than a day.

CREATE TABLE parcel (
    -- Hash of a token that members of one organisation can derive, so that whoever reads this table cannot use it: 32 bytes.
    id BYTEA PRIMARY KEY,
    -- Day on which it was given, counted from 1 January 1970, UTC. It is deleted 28 days later.
    given_on BIGINT NOT NULL,
    -- The sealed bytes: of one of three sizes, and some hundred more.
    bytes BYTEA NOT NULL
);

ALTER TABLE parcel ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE INDEX parcel_given_on ON parcel (given_on);
