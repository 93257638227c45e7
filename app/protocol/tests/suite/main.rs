//! What the protocol promises, tried as its users and its attackers would.

mod interop;
mod malicious;
mod properties;
mod story;
mod town;
mod vectors;
