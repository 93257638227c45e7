//! What the protocol promises, tried as its users and its attackers would.

mod malicious;
mod story;
mod town;
