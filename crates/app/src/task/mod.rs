//! My day, and what every list of people has in common: rows, links to the next page, time in words. Nothing moves under the
//! reader; nothing here changes anything. The lists of a team are in `worklist`.

pub mod covered;
pub mod handovers;
pub mod my_day;
pub mod rows;
pub mod when;
