//! Which addresses we send to. An administrator types the address of a webhook; the program stands inside the school's
//! network and could reach what the administrator can't (server-side request forgery). So: https alone, and after the
//! name was resolved only addresses of the public internet, looked at before the connection, which then goes to the very
//! address that was looked at.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

use crate::notify::model::{ChannelKind, Trouble};

/// Most characters of an address.
pub const MOST_CHARS: usize = 1_000;

/// The address of a channel, when it is one that we send to. `loopback` lets tests send to this machine, without TLS.
pub fn address(kind: ChannelKind, text: &str, loopback: bool) -> Option<Url> {
    let url = Url::parse(text).ok().filter(|_| text.len() <= MOST_CHARS)?;
    let named = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let host = url.host()?;
    let here = match &host {
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
        Host::Domain(name) => *name == "localhost",
    };
    let scheme = match url.scheme() {
        "https" => true,
        "http" => loopback && here,
        _ => false,
    };
    let literal = match host {
        Host::Ipv4(ip) => is_allowed(IpAddr::V4(ip), loopback),
        Host::Ipv6(ip) => is_allowed(IpAddr::V6(ip), loopback),
        Host::Domain(_) => true,
    };
    let right_host = kind.host().is_none_or(|wanted| url.host_str() == Some(wanted) || (loopback && here));
    (named && scheme && literal && right_host).then_some(url)
}

/// The addresses that a name has. All of them must be public: a name with a private one beside is not to be trusted.
///
/// # Errors
/// `Unknown` when there is none; `Forbidden` when one is not public.
pub async fn resolve(url: &Url, loopback: bool) -> Result<Vec<SocketAddr>, Trouble> {
    let port = url.port_or_known_default().ok_or(Trouble::Forbidden)?;
    let found: Vec<SocketAddr> = match url.host() {
        Some(Host::Ipv4(ip)) => vec![SocketAddr::from((ip, port))],
        Some(Host::Ipv6(ip)) => vec![SocketAddr::from((ip, port))],
        Some(Host::Domain(name)) => {
            tokio::net::lookup_host((name, port)).await.map_err(|_| Trouble::Unknown)?.collect()
        }
        None => return Err(Trouble::Forbidden),
    };
    if found.is_empty() {
        return Err(Trouble::Unknown);
    }
    if found.iter().all(|a| is_allowed(a.ip(), loopback)) { Ok(found) } else { Err(Trouble::Forbidden) }
}

/// Whether we connect to an address.
pub fn is_allowed(ip: IpAddr, loopback: bool) -> bool {
    (loopback && ip.is_loopback()) || is_public(ip)
}

/// Whether an address is one of the public internet (IANA's special-purpose registries, RFC 6890 and after).
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        // This network; shared address space; protocol assignments; 6to4 relays; benchmarks; reserved and broadcast.
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240;
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    if let Some(v4) = ip.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    // NAT64 and 6to4 carry an IPv4 address that the network in between would go to.
    if s[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        return embedded(s[6], s[7]);
    }
    if s[0] == 0x2002 {
        return embedded(s[1], s[2]);
    }
    // Of global unicast: without protocol assignments (Teredo and others), documentation.
    let global = (0x2000..0x4000).contains(&s[0]);
    let assigned = s[0] == 0x2001 && s[1] < 0x0200;
    let documentation = (s[0] == 0x2001 && s[1] == 0x0db8) || (s[0] == 0x3fff && s[1] < 0x1000);
    global && !assigned && !documentation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_reached() {
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "0.1.2.3",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "203.0.113.9",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "fe80::1",
            "fec0::1",
            "fd00::1",
            "ff02::1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "100::1",
            "64:ff9b:1::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::1.1.1.1", "240e:e1::1"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn only_https_to_the_right_host_is_an_address() {
        use ChannelKind::{Dingtalk, Webhook, Wecom};
        let ok = |kind, text: &str| address(kind, text, false).is_some();
        assert!(ok(Webhook, "https://example.cn/hook?x=1") && ok(Webhook, "https://example.cn:8443/"));
        assert!(ok(Wecom, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"));
        assert!(ok(Dingtalk, "https://oapi.dingtalk.com/robot/send?access_token=1"));
        for wrong in [
            "http://example.cn/",
            "https://",
            "ftp://example.cn/",
            "https://user:pw@example.cn/",
            "https://user@example.cn/",
            "https://127.0.0.1/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://[::1]/",
            "https://10.0.0.1/",
            "https://[::ffff:192.168.0.1]/",
            "file:///etc/passwd",
            "https://example.cn/#x",
            "nonsense",
            "http://localhost/",
        ] {
            assert!(!ok(Webhook, wrong), "{wrong}");
        }
        assert!(!ok(Wecom, "https://example.cn/") && !ok(Dingtalk, "https://oapi.dingtalk.com.example.cn/"));
        assert!(address(Webhook, "http://127.0.0.1:99/x", true).is_some(), "for tests");
        assert!(
            address(Webhook, "http://10.0.0.1/", true).is_none()
                && address(Webhook, "https://10.0.0.1/", true).is_none()
        );
        assert!(address(Webhook, "http://example.cn/", true).is_none());
    }

    #[tokio::test]
    async fn a_name_of_this_machine_is_seen_after_it_was_resolved() {
        let url = Url::parse("https://localhost/").unwrap();
        assert_eq!(resolve(&url, false).await, Err(Trouble::Forbidden));
        assert!(resolve(&url, true).await.is_ok());
    }
}
