//! One's own account: passwords, second factor, sign-ins, and setting it up with a one-time link.

pub mod factor;
pub mod password;
