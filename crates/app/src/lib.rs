//! OneDoor's web application: pages, forms, sign-in, job handlers and the command line. No SQL here.

pub mod account;
pub mod assets;
pub mod cli;
pub mod commands;
pub mod county;
pub mod demo;
pub mod door;
pub mod duty;
pub mod health;
pub mod logs;
pub mod metrics;
pub mod notice;
pub mod referral;
pub mod routes;
pub mod seal;
pub mod secret;
pub mod serve;
pub mod session;
pub mod settings;
pub mod task;
pub mod team;
pub mod track;
pub mod ui;
pub mod web;
pub mod words;
pub mod work;
