//! Developer commands. Shells out; depends on no crate.

fn main() {}
