-- Which force covers which place: public facts that every browser is given as they are. Without a row there is the table that is shipped.

CREATE TABLE places (
    -- Always 1: there is one table, and an import puts another in its place.
    id BIGINT PRIMARY KEY CHECK (id = 1),
    -- SHA-256 of the table, under a domain of its own.
    hash BYTEA NOT NULL,
    -- The table as text, in the form of app/src/places/text.rs.
    bytes BYTEA NOT NULL,
    -- Day on which it was imported, counted from 1 January 1970, UTC.
    imported_on BIGINT NOT NULL
);
