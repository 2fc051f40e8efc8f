//! A mail server for one test: takes everything, refuses every address, or says nothing at all.
#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Taking,
    Refusing,
    Hanging,
}

/// An e-mail that arrived.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    pub to: Vec<String>,
    /// Headers and body, with the soft line breaks of the transfer encoding taken out.
    pub text: String,
}

impl Mail {
    pub fn id(&self) -> String {
        let line = self.text.lines().find(|line| line.starts_with("Message-ID:"));
        line.unwrap_or_else(|| panic!("no id in {}", self.text)).to_owned()
    }
}

/// The server. Ends with the test's runtime.
pub struct Sink {
    port: u16,
    calls: Arc<AtomicUsize>,
    messages: Arc<Mutex<Vec<Mail>>>,
}

impl Sink {
    pub async fn taking() -> Self {
        Self::open(Manner::Taking).await
    }

    pub async fn refusing() -> Self {
        Self::open(Manner::Refusing).await
    }

    pub async fn hanging() -> Self {
        Self::open(Manner::Hanging).await
    }

    async fn open(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sink = Self {
            port: listener.local_addr().unwrap().port(),
            calls: Arc::default(),
            messages: Arc::default(),
        };
        let (calls, messages) = (sink.calls.clone(), sink.messages.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                calls.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(talk(stream, manner, messages.clone()));
            }
        });
        sink
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Connections so far.
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    pub fn messages(&self) -> Vec<Mail> {
        self.messages.lock().unwrap().clone()
    }
}

/// An address where nobody listens.
pub async fn closed_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("smtp://127.0.0.1:{}", listener.local_addr().unwrap().port())
}

async fn talk(stream: TcpStream, manner: Manner, messages: Arc<Mutex<Vec<Mail>>>) -> std::io::Result<()> {
    if manner == Manner::Hanging {
        tokio::time::sleep(Duration::from_mins(10)).await;
    }
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut mail = Mail::default();
    write.write_all(b"220 sink.example ready\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer = match word.as_str() {
            "RCPT" if manner == Manner::Refusing => "550 5.1.1 No such user here".to_owned(),
            "RCPT" => {
                let to = line.split(['<', '>']).nth(1).unwrap_or_default();
                mail.to.push(to.to_owned());
                "250 2.1.5 Ok".to_owned()
            }
            "DATA" => {
                write.write_all(b"354 go ahead\r\n").await?;
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    mail.text.push_str(&line);
                    mail.text.push('\n');
                }
                mail.text = mail.text.replace("=\n", "");
                let mut all = messages.lock().unwrap();
                all.push(std::mem::take(&mut mail));
                format!("250 2.0.0 Ok: queued as {}", all.len())
            }
            "QUIT" => "221 2.0.0 Bye".to_owned(),
            _ => "250 2.0.0 Ok".to_owned(),
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
    Ok(())
}
