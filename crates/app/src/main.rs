//! The `onedoor` program.

fn main() {}
