//! From where a request comes, for limits on tries only: it is hashed at once and never stored or logged.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

use super::app::App;

/// The address to count: the connection's, or what a trusted proxy says. Of IPv6 the network, since one home has many.
pub fn client_address(app: &App, headers: &HeaderMap, extensions: &Extensions) -> String {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let trusted = |address: &IpAddr| app.settings.trusted_proxy.contains(address);
    let mut told = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|address| address.trim().parse::<IpAddr>().ok())
        .map(|address| address.to_canonical());
    let client = match peer {
        // The last entry that is not one of our own proxies: those before it can be made up.
        Some(peer) if trusted(&peer) => told.rfind(|told| !trusted(told)).unwrap_or(peer),
        Some(peer) => peer,
        None => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    match client {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => network(address),
    }
}

fn network(address: Ipv6Addr) -> String {
    let [a, b, c, d, ..] = address.segments();
    Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).to_string()
}
