//! Asks the scanner of this installation about one file. The file goes in by standard input, nothing of it is written to
//! disk; the scanner gets no environment but a path. It must not decide what follows.

use std::process::Stdio;
use std::time::Duration;

use onedoor_domain::file::{Content, NotScanned, ScanAnswer};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

/// Shorter than the lease of a job.
const LONGEST: Duration = Duration::from_secs(45);
/// An answer longer than this says no more.
const SAID: usize = 300;

/// The scanner did not work; it may next time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Failed;

/// Asks the scanner, if there is one.
///
/// # Errors
/// [`Failed`].
pub async fn ask(command: Option<&[String]>, content: Content) -> Result<ScanAnswer, Failed> {
    let Some((program, arguments)) = command.and_then(|words| words.split_first()) else {
        return Ok(ScanAnswer::None(NotScanned::NoScanner));
    };
    tokio::time::timeout(LONGEST, run(program, arguments, content)).await.unwrap_or(Err(Failed))
}

async fn run(program: &str, arguments: &[String], content: Content) -> Result<ScanAnswer, Failed> {
    let mut child = Command::new(program)
        .args(arguments)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|_| Failed)?;
    let mut input = child.stdin.take().ok_or(Failed)?;
    // Both at once: a scanner that answers before it has read everything must not wait for us.
    let feed = async move {
        input.write_all(content.bytes()).await.ok();
        drop(input);
    };
    let ((), output) = tokio::join!(feed, child.wait_with_output());
    let output = output.map_err(|_| Failed)?;
    match output.status.code() {
        Some(0) => Ok(ScanAnswer::Clean),
        Some(1) => Ok(ScanAnswer::Found(said(&output.stdout).parse().ok())),
        Some(_) | None => Err(Failed),
    }
}

/// What it said, without what no page can show.
fn said(bytes: &[u8]) -> String {
    let shown = |c: &char| !c.is_control() || *c == '\n';
    String::from_utf8_lossy(bytes).chars().filter(shown).take(SAID).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn asked(script: &str, bytes: &[u8]) -> Result<ScanAnswer, Failed> {
        let command: Vec<String> = ["/bin/sh", "-c", script].map(str::to_owned).into();
        ask(Some(&command), Content::from(bytes.to_vec())).await
    }

    #[tokio::test]
    async fn the_end_of_the_scanner_is_its_answer() {
        assert_eq!(asked("cat >/dev/null; exit 0", b"words").await, Ok(ScanAnswer::Clean));
        let found = asked("cat >/dev/null; echo stdin: Test FOUND; exit 1", b"words").await;
        assert_eq!(found, Ok(ScanAnswer::Found("stdin: Test FOUND".parse().ok())));
        assert_eq!(asked("exit 2", b"words").await, Err(Failed));
        assert_eq!(asked("kill -9 $$", b"words").await, Err(Failed));
        assert_eq!(
            ask(None, Content::from(b"x".to_vec())).await,
            Ok(ScanAnswer::None(NotScanned::NoScanner))
        );
        let nowhere = ["/no/such/scanner".to_owned()];
        assert_eq!(ask(Some(&nowhere), Content::from(b"x".to_vec())).await, Err(Failed));
    }

    #[tokio::test]
    async fn the_whole_file_reaches_the_scanner_and_one_that_does_not_read_is_no_trouble() {
        let large = vec![b'a'; 10 * 1024 * 1024];
        let counts = "test $(wc -c) -eq 10485760";
        assert_eq!(asked(counts, &large).await, Ok(ScanAnswer::Clean));
        assert_eq!(asked("exit 0", &large).await, Ok(ScanAnswer::Clean));
    }
}
