//! Stories: what people and attackers do, told on SQLite, and on PostgreSQL where `TEST_DATABASE_URL` names one.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

mod account;
mod canary;
mod casework;
mod checkpoint;
mod concern;
mod directory;
mod disk;
mod founding;
mod group;
mod invitation;
mod notice;
mod operator;
mod parcel;
mod partner;
mod passkeys;
mod places;
mod portal;
mod recovery;
mod reset;
mod roles;
mod suspension;
mod two_step;
mod unit;
mod unsent;
mod web;
