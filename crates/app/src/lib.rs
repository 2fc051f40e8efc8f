//! OneDoor's web application: pages, forms, sign-in, job handlers and the command line. No SQL here.

pub mod assets;
pub mod ui;
pub mod web;
pub mod words;
