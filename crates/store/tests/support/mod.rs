//! A directory for one test that the server's user can reach, removed at the end with any server still in it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, Signal, kill_process};

pub struct Room(PathBuf);

impl Room {
    pub fn new(name: &str) -> Room {
        let dir = std::env::temp_dir().join(format!("onedoor room {} {name}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
        Room(dir)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        if let Ok(text) = fs::read_to_string(self.0.join("postgres/postmaster.pid"))
            && let Some(pid) = text.lines().next().and_then(|pid| pid.parse().ok()).and_then(Pid::from_raw)
        {
            kill_process(pid, Signal::QUIT).ok();
        }
        fs::remove_dir_all(&self.0).ok();
    }
}
