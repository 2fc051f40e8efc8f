//! Between HTTP and the rooms: who is asking, what may answer, what an error looks like. Decides nothing about a person.

pub mod address;
mod again;
pub mod answer;
pub mod app;
pub mod form;
pub mod gate;
pub mod guard;
pub mod problem;
pub mod reword;
pub mod seat;

pub use answer::{Answer, page, page_with, redirect, static_page};
pub use app::{App, Clock};
pub use problem::Problem;
pub use seat::{Guest, Person, Public, Staff};
