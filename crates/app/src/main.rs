//! The `onedoor` program.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match onedoor::commands::run(onedoor::cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("onedoor: {failure}");
            failure.exit_code()
        }
    }
}
