//! Answers what the app asks, and can read none of it.

pub mod account;
pub mod audit;
pub mod blob;
pub mod caller;
pub mod casework;
pub mod clock;
pub mod concern;
pub mod config;
pub mod database;
pub mod demo;
pub mod directory;
pub mod error;
pub mod group;
pub mod invitation;
pub mod log;
pub mod notice;
pub mod operator;
pub mod parcel;
pub mod partner;
pub mod places;
pub mod portal;
pub mod serve;
pub mod unit;
pub mod unsent;
pub mod web;

pub use portal::{Deployment, Portal};
