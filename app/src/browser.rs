//! What pages ask of the browser itself. It all compiles natively, where nothing of it is ever called.

pub(crate) mod clock;
pub(crate) mod fetch;
pub(crate) mod file;
pub(crate) mod later;
pub(crate) mod means;
pub(crate) mod meta;
pub(crate) mod page;
pub(crate) mod passkey;
pub(crate) mod sender;
pub(crate) mod tabs;
pub(crate) mod turn;
