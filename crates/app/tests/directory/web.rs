//! A feed over HTTP from a server of our own: page by page, with the parts of each service where the list leaves them out.

use std::sync::{Arc, Mutex};

use onedoor::directory::import::{How, ImportError, Source};
use onedoor::fetch::FetchError;
use onedoor_domain::directory::Import;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::services::{importer, record};
use super::support::{House, house};
use super::{FEED, id};

type Answer = Arc<dyn Fn(&str) -> (u16, String) + Send + Sync>;

/// Answers every request, and remembers what was asked for.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

async fn serve(answer: Answer) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let seen = asked.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(talk(stream, answer.clone(), seen.clone()));
        }
    });
    Server { address, asked }
}

async fn talk(mut stream: TcpStream, answer: Answer, asked: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while stream.read_exact(&mut byte).await.is_ok() {
        head.push(byte[0]);
        if !head.ends_with(b"\r\n\r\n") {
            continue;
        }
        let text = String::from_utf8_lossy(&std::mem::take(&mut head)).into_owned();
        let path = text.split(' ').nth(1).unwrap().to_owned();
        asked.lock().unwrap().push(path.clone());
        let (status, body) = answer(&path);
        let more = if status == 302 { format!("Location: {body}\r\n") } else { String::new() };
        let reply = format!(
            "HTTP/1.1 {status} X\r\n{more}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(reply.as_bytes()).await.ok();
    }
}

impl Server {
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

async fn fetch(house: &House, address: &str) -> Result<Import, ImportError> {
    importer(house).take(&Source::of(address), FEED.parse().unwrap(), How::default()).await
}

fn list(number: u32, records: &[String]) -> String {
    format!(
        "{{\"total_items\": 5, \"total_pages\": 3, \"page_number\": {number}, \"contents\": [{}]}}",
        records.join(",")
    )
}

const PHONE: &str = ", \"phones\": [{\"number\": \"01632 960 750\"}]";

/// Three pages of five services; the third and fourth come without their parts.
fn answer(path: &str) -> (u16, String) {
    let part = |n: u128| path == format!("/v3/services/{}", id(n));
    match path {
        "/v3/services?page=1&per_page=100" => {
            (200, list(1, &[record(id(1), "Lantern", PHONE), record(id(2), "Harbour", PHONE)]))
        }
        "/v3/services?page=2&per_page=100" => {
            (200, list(2, &[record(id(3), "Orchard", ""), record(id(4), "Mill", "")]))
        }
        "/v3/services?page=3&per_page=100" => (200, list(3, &[record(id(5), "Green acre", PHONE)])),
        _ if part(3) => (200, record(id(3), "Orchard", PHONE)),
        _ => (404, "{}".to_owned()),
    }
}

#[tokio::test]
async fn a_feed_is_fetched_page_by_page_with_the_parts_its_list_leaves_out() {
    let house = house().await;
    let server = serve(Arc::new(answer)).await;
    let import = fetch(&house, &format!("{}/v3/", server.address)).await.unwrap();
    assert_eq!((import.taken, import.broken, import.told, import.not_retired), (5, 0, Some(5), None));
    let asked = server.asked();
    assert_eq!(asked.iter().filter(|path| path.contains("page=")).count(), 3, "{asked:?}");
    let mut nurse = house.persona("senior-nurse").await;
    let orchard = nurse.get(&super::service(3)).await;
    assert!(orchard.has("01632 960 750"), "its own address holds the parts: {}", orchard.body);
    assert!(
        nurse.get(&super::service(4)).await.has("Mill"),
        "what has no address of its own is as the list says"
    );
}

#[tokio::test]
async fn a_server_that_fails_half_way_is_asked_again_from_there() {
    let house = house().await;
    let down = Arc::new(Mutex::new(true));
    let state = down.clone();
    let server = serve(Arc::new(move |path: &str| {
        if path.contains("page=3") && *state.lock().unwrap() { (503, String::new()) } else { answer(path) }
    }))
    .await;
    let address = format!("{}/v3/services", server.address);
    let error = fetch(&house, &address).await.unwrap_err();
    assert!(
        matches!(&error, ImportError::Fetch(FetchError::Status(_, status)) if status.as_u16() == 503),
        "{error}"
    );
    let mut nurse = house.persona("senior-nurse").await;
    assert!(nurse.get("/directory").await.has("There are no services here yet"));
    server.asked();
    *down.lock().unwrap() = false;
    let import = fetch(&house, &address).await.unwrap();
    let asked = server.asked();
    assert!(!asked.iter().any(|path| path.contains("?page=1&")), "{asked:?}");
    assert_eq!((import.taken, import.at.records), (5, 5));
    assert!(nurse.get("/directory?words=acre").await.has("Green acre"));
}

#[tokio::test]
async fn redirections_are_followed_a_few_times_and_what_is_no_feed_is_refused() {
    let house = house().await;
    let server = serve(Arc::new(|path: &str| match path {
        "/old/services?page=1&per_page=100" => (302, "/new?page=1".to_owned()),
        "/new?page=1" => {
            (200, format!("{{\"total_pages\": 1, \"contents\": [{}]}}", record(id(1), "Lantern", PHONE)))
        }
        "/cut/services?page=1&per_page=100" => (200, "{\"contents\": [{\"id\"".to_owned()),
        "/loop/services?page=1&per_page=100" => (302, path.to_owned()),
        _ => (200, "<html>Sorry</html>".to_owned()),
    }))
    .await;
    assert_eq!(fetch(&house, &format!("{}/old", server.address)).await.unwrap().taken, 1);
    let cut = fetch(&house, &format!("{}/cut", server.address)).await.unwrap_err();
    assert!(matches!(cut, ImportError::Cut), "{cut}");
    let around = fetch(&house, &format!("{}/loop", server.address)).await.unwrap_err();
    assert!(matches!(around, ImportError::Fetch(FetchError::Silent(..))), "{around}");
    let html = fetch(&house, &format!("{}/sorry", server.address)).await.unwrap_err();
    assert!(matches!(html, ImportError::NoService), "{html}");
    let nobody = fetch(&house, "http://127.0.0.1:9").await.unwrap_err();
    assert!(matches!(nobody, ImportError::Fetch(FetchError::Silent(..))), "{nobody}");
}
