//! The lists people work from: my day, the worklist of the single point of access, what is overdue. Nothing moves under the
//! reader; nothing here changes anything.

pub mod my_day;
pub mod rows;
pub mod when;
pub mod worklist;
