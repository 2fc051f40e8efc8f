//! Accounts, roles, teams and organisations: who works here and what they may do.

pub mod role;
