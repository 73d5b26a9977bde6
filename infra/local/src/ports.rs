//! The five ports: all of them are ours before anything starts, or the person is told which is not.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;

use crate::origin::Origin;
use crate::other_issuer::OtherIssuer;
use crate::urls::Urls;

/// Why a stack cannot have its ports.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    /// Something else listens there.
    #[error("Port {port} is in use. Stop what uses it, or start Sluice on others: --port {other}")]
    InUse {
        /// The port.
        port: u16,
        /// A base that may be free.
        other: u16,
    },
    /// The base leaves no room for five.
    #[error("Sluice takes five ports from --port on: choose one between 1024 and 65531")]
    TooHigh,
    /// The system refused.
    #[error("Port {port} cannot be opened: {source}")]
    Io {
        /// The port.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
}

/// The listeners, in the order of their ports.
#[derive(Debug)]
pub struct Listeners {
    /// The page and the API.
    pub page: TcpListener,
    /// The issuer, the demo CA, and the controls of tests.
    pub identity: TcpListener,
    /// What takes uploads.
    pub s3: TcpListener,
    /// The tables.
    pub dynamodb: TcpListener,
    /// The queue.
    pub sqs: TcpListener,
}

impl Listeners {
    /// Five ports from `base` on; 0: whichever five are free.
    pub(crate) async fn bind(base: u16) -> Result<Self, PortError> {
        if base != 0 && base.checked_add(4).is_none() {
            return Err(PortError::TooHigh);
        }
        let at = |offset: u16| if base == 0 { 0 } else { base + offset };
        Ok(Self {
            page: bind(at(0)).await?,
            identity: bind(at(1)).await?,
            s3: bind(at(2)).await?,
            dynamodb: bind(at(3)).await?,
            sqs: bind(at(4)).await?,
        })
    }

    pub(crate) fn urls(&self, other_issuer: Option<OtherIssuer>) -> io::Result<Urls> {
        let origin = |listener: &TcpListener| listener.local_addr().map(Origin::from_address);
        Ok(Urls {
            page: origin(&self.page)?,
            identity: origin(&self.identity)?,
            s3: origin(&self.s3)?,
            dynamodb: origin(&self.dynamodb)?,
            sqs: origin(&self.sqs)?,
            other_issuer,
        })
    }
}

async fn bind(port: u16) -> Result<TcpListener, PortError> {
    TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .await
        .map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => PortError::InUse {
                port,
                other: port.checked_add(400).unwrap_or(9600),
            },
            _ => PortError::Io { port, source },
        })
}
