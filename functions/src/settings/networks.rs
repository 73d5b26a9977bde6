//! Networks that an entrance answers in.
use std::{fmt, net::IpAddr};

use ipnet::IpNet;

/// Any number of networks; without any, everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

/// A text that is no network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no network in CIDR, such as 192.0.2.0/24 or 2001:db8::/32")]
pub struct NoNetwork(String);

impl Networks {
    /// Networks in CIDR, with commas or spaces between; a text without any is everywhere.
    pub fn parse(text: &str) -> Result<Self, NoNetwork> {
        text.split([',', ' '])
            .filter(|text| !text.is_empty())
            .map(|text| text.parse().map_err(|_| NoNetwork(text.to_owned())))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether `address` is in one of them. One that is not known is in none.
    pub fn have(&self, address: Option<IpAddr>) -> bool {
        if self.0.is_empty() {
            return true;
        }
        // A socket for both kinds of addresses writes those of the fourth version in the words of the sixth.
        let address = address.map(|address| address.to_canonical());
        address.is_some_and(|address| self.0.iter().any(|network| network.contains(&address)))
    }
}

impl fmt::Display for Networks {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let networks: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        out.write_str(&networks.join(","))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn has(networks: &str, address: &str) -> bool {
        let address = (!address.is_empty()).then(|| address.parse().unwrap());
        Networks::parse(networks).unwrap().have(address)
    }

    #[test]
    fn without_networks_it_is_everywhere_and_nowhere_is_in_none() {
        assert!(has("", "203.0.113.9") && has(" ,", ""));
        assert!(!has("0.0.0.0/0", ""));
    }

    #[test]
    fn an_address_is_in_one_of_them_however_it_is_written() {
        let networks = "192.0.2.0/24, 2001:db8::/32";
        for inside in [
            "192.0.2.0",
            "192.0.2.255",
            "::ffff:192.0.2.7",
            "2001:db8::7",
        ] {
            assert!(has(networks, inside), "{inside}");
        }
        for outside in ["192.0.3.0", "2001:db9::7", "::192.0.2.7"] {
            assert!(!has(networks, outside), "{outside}");
        }
    }

    #[test]
    fn what_is_no_network_is_named() {
        let error = Networks::parse("192.0.2.0/24 anywhere").unwrap_err();
        assert_eq!(
            error.to_string(),
            "anywhere is no network in CIDR, such as 192.0.2.0/24 or 2001:db8::/32"
        );
        assert!(
            Networks::parse("192.0.2.7").is_err(),
            "an address alone is none"
        );
    }

    #[test]
    fn they_are_written_as_they_are_read() {
        let networks = Networks::parse("192.0.2.0/24 2001:db8::/32").unwrap();
        assert_eq!(Networks::parse(&networks.to_string()).unwrap(), networks);
    }
}
