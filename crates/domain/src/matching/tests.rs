//! The rules that come with the software row by row, the evaluator against chance, and the life of an edition.

mod book;
mod built_in;
mod evaluate;
mod referral;
