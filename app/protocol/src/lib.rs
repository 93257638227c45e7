//! What Candour seals, signs, sends and shows as proof.
//!
//! This crate knows no network, clock, screen or database: time and randomness are passed in.

pub mod append;
pub mod codec;
pub mod concern;
pub mod id;
pub mod refused;
pub mod signed;
pub mod vault;
