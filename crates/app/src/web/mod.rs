//! Between HTTP and the rooms: reading forms. It must not decide anything about a person.

pub mod form;
