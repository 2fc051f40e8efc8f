//! A generous limit on starting and sending, against machines that flood the door.
//!
//! It must never stand in the way of somebody in danger: "call me" and requests with a danger answer pass, and are logged.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use jiff::SignedDuration;
use onedoor_store::{Limit, StoreError};

use crate::web::gate::hash;
use crate::web::{App, Public};

/// A ward, a library or a hostel may share one address.
const LIMIT: Limit = Limit { tries: 60, window: SignedDuration::from_mins(10) };
/// Seconds until the window is certainly over.
pub(super) const WAIT: u32 = 600;

/// Where a request comes from, as far as it tells visitors apart.
#[derive(Clone, Copy, Debug)]
pub struct Client(Option<IpAddr>);

impl FromRequestParts<App> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Self(peer.and_then(|peer| address(peer, &parts.headers, &app.settings.trusted_proxy))))
    }
}

/// The address a trusted proxy names, else the peer's own. This machine's own address tells nobody apart.
fn address(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let mut found = peer;
    if proxies.contains(&peer) {
        let named: Vec<IpAddr> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(|each| each.trim().parse().ok())
            .collect();
        // The nearest one that is no proxy of ours: everything before it can be made up.
        found = named.into_iter().rev().find(|each| !proxies.contains(each))?;
    }
    (!found.is_loopback()).then_some(found)
}

/// Counts one start or sending, and says whether it is within the limit.
pub(super) async fn within(public: &Public, client: Client) -> Result<bool, StoreError> {
    within_of(public, client, ("door", LIMIT)).await
}

/// The same for another use, counted for itself.
pub(crate) async fn within_of(
    public: &Public,
    client: Client,
    (of_use, limit): (&str, Limit),
) -> Result<bool, StoreError> {
    let who = match (client.0, public.visitor) {
        (Some(address), _) => format!("{of_use} {address}").into_bytes(),
        (None, Some(visitor)) => [of_use.as_bytes(), b" visitor ", &visitor].concat(),
        (None, None) => return Ok(true),
    };
    public.begin().await?.try_within(hash(&who), limit).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, forwarded: &str, proxies: &[&str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let proxies: Vec<IpAddr> = proxies.iter().map(|each| each.parse().unwrap()).collect();
        address(peer.parse().unwrap(), &headers, &proxies).map(|found| found.to_string())
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_about_its_own_neighbour() {
        assert_eq!(from("192.0.2.9", "198.51.100.1", &[]).as_deref(), Some("192.0.2.9"));
        assert_eq!(from("10.0.0.1", "1.2.3.4, 198.51.100.1", &["10.0.0.1"]).as_deref(), Some("198.51.100.1"));
        assert_eq!(
            from("10.0.0.1", "198.51.100.1, 10.0.0.2", &["10.0.0.1", "10.0.0.2"]).as_deref(),
            Some("198.51.100.1")
        );
    }

    #[test]
    fn an_address_that_tells_nobody_apart_counts_for_nobody() {
        assert_eq!(from("127.0.0.1", "198.51.100.1", &[]), None);
        assert_eq!(from("10.0.0.1", "nonsense", &["10.0.0.1"]), None);
    }
}
