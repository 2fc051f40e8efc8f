//! Small helpers to run other programs and to find the workspace.
//! Must not know what any command is for: that belongs to the command's own file.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What every command gives back: nothing more to say, or a sentence for the developer.
pub type Outcome<T = ()> = Result<T, String>;

/// The workspace's folder: where cargo says this package is, else found upwards from here.
pub fn workspace() -> Outcome<PathBuf> {
    if let Some(dir) = env::var_os("CARGO_MANIFEST_DIR") {
        let here = PathBuf::from(dir);
        if let Some(parent) = here.parent().filter(|p| p.join("Cargo.lock").exists()) {
            return Ok(parent.to_path_buf());
        }
    }
    let here = env::current_dir().map_err(|e| format!("cannot read the current folder: {e}"))?;
    here.ancestors()
        .find(|p| p.join("xtask/Cargo.toml").exists())
        .map(Path::to_path_buf)
        .ok_or_else(|| "run this inside the OneDoor workspace".to_owned())
}

/// The program built beside this one, in the same target folder and profile.
pub fn built(name: &str) -> Outcome<PathBuf> {
    let me = env::current_exe().map_err(|e| format!("cannot find this program's path: {e}"))?;
    Ok(me.with_file_name(name))
}

/// The first match of `name` on PATH.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// Whether this process may do anything on the machine.
pub fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    match status.lines().find_map(|line| line.strip_prefix("Uid:")) {
        Some(ids) => ids.split_whitespace().nth(1) == Some("0"),
        None => capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0"),
    }
}

/// A command in the workspace's folder.
pub fn command(program: impl AsRef<OsStr>, args: &[&str]) -> Outcome<Command> {
    let mut command = Command::new(program);
    command.args(args).current_dir(workspace()?);
    // What cargo told this program about its package: a cargo below it would take others for changed, and build them anew
    // each time it is asked from here and from elsewhere in turn.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_told)) {
        command.env_remove(name);
    }
    Ok(command)
}

/// Whether cargo sets it for a program that it runs, about that program's own package.
fn is_told(name: &str) -> bool {
    name == "OUT_DIR" || name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_PKG_")
}

/// Runs to the end with this process's own input and output; any other end than 0 is an error.
pub fn run(command: &mut Command) -> Outcome {
    let shown = show(command);
    let status = command.status().map_err(|e| format!("cannot start `{shown}`: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` ended with {status}")) }
}

/// Runs to the end and returns what it wrote to standard output.
pub fn capture(command: &mut Command) -> Outcome<String> {
    let shown = show(command);
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("cannot start `{shown}`: {e}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{shown}` ended with {}\n{}", output.status, said.trim()))
}

/// The command as a developer would type it.
pub fn show(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

/// Writes to standard output; a reader that has gone away (`| head`) is no error.
pub fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// The value after `--name` or in `--name=value`, taken out of `args`.
pub fn take_option(args: &mut Vec<String>, name: &str) -> Outcome<Option<String>> {
    let Some(at) = args.iter().position(|a| a == name || a.starts_with(&format!("{name}="))) else {
        return Ok(None);
    };
    let word = args.remove(at);
    if let Some((_, value)) = word.split_once('=') {
        return Ok(Some(value.to_owned()));
    }
    if at < args.len() {
        return Ok(Some(args.remove(at)));
    }
    Err(format!("{name} needs a value"))
}

/// Whether `name` was given; taken out of `args`.
pub fn take_flag(args: &mut Vec<String>, name: &str) -> bool {
    let before = args.len();
    args.retain(|a| a != name);
    args.len() < before
}

/// Refuses words that nobody took.
pub fn nothing_left(args: &[String]) -> Outcome {
    match args.first() {
        None => Ok(()),
        Some(word) => Err(format!("`{word}` is not known here; `cargo xtask help` lists what is")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn what_cargo_told_this_program_is_not_told_to_another_cargo() {
        assert!(is_told("CARGO_PKG_VERSION") && is_told("CARGO_MANIFEST_DIR") && is_told("OUT_DIR"));
        assert!(!is_told("CARGO_TARGET_DIR") && !is_told("CARGO_HOME") && !is_told("PATH"));
    }

    #[test]
    fn options_are_taken_in_both_spellings_and_the_rest_is_left() {
        let mut args = words("--listen 127.0.0.1:9 --people=7 more");
        assert_eq!(take_option(&mut args, "--listen"), Ok(Some("127.0.0.1:9".to_owned())));
        assert_eq!(take_option(&mut args, "--people"), Ok(Some("7".to_owned())));
        assert_eq!(take_option(&mut args, "--data"), Ok(None));
        assert!(nothing_left(&args).is_err_and(|e| e.contains("more")));
    }

    #[test]
    fn an_option_without_its_value_is_refused() {
        assert!(take_option(&mut words("--listen"), "--listen").is_err());
    }

    #[test]
    fn the_workspace_is_found() {
        assert!(workspace().is_ok_and(|dir| dir.join("Cargo.toml").exists()));
    }
}
