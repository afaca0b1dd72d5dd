//! Starting the emulator, and looking at what it received.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::received::Received;
use crate::script::Script;
use crate::server::{self, Shared};

/// How the emulator behaves. The default suits tests: any free port, and answers at once.
#[derive(Debug, Clone, Default)]
pub struct EmulatorConfig {
    /// The port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// How long a stream waits before each delta. [`EmulatorConfig::READABLE_DELAY`] makes an
    /// answer appear as a model's would.
    pub delta_delay: Duration,
    /// ARNs that hide their model (application inference profiles, provisioned and custom models)
    /// with the bare identifier of the model behind each, whose rules then apply. An opaque ARN
    /// that is not listed, or whose model has no row, is held to the rules of Bedrock itself and to
    /// none of a model's.
    pub known_arns: Vec<(String, String)>,
    /// Whether to refuse models that are past their end of life. Accounts differ in how long they
    /// keep access, so by default these models answer under the rules they had.
    pub refuse_retired: bool,
    /// What to answer, call by call; after its end, and by default, answers are in the emulator's
    /// own words. Only requests that would be accepted are played an entry.
    pub script: Script,
}

impl EmulatorConfig {
    /// A delay before each delta at which a person can read along.
    pub const READABLE_DELAY: Duration = Duration::from_millis(15);
}

/// A running emulator. Dropping it stops it; streams under way are finished first, those that a
/// script lets stall are broken off.
#[derive(Debug)]
pub struct Emulator {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<io::Result<()>>,
    /// Its drop is what tells the server to stop.
    _running: watch::Sender<()>,
}

impl Emulator {
    /// Binds 127.0.0.1 and serves in a task of the current Tokio runtime.
    ///
    /// # Errors
    ///
    /// When the port cannot be bound, for instance because it is in use.
    ///
    /// # Panics
    ///
    /// Outside a Tokio runtime that has I/O and time enabled.
    pub async fn start(config: EmulatorConfig) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, config.port)).await?;
        let address = listener.local_addr()?;
        let (running, until) = watch::channel(());
        let shared = Arc::new(Shared::new(config, until));
        let server = tokio::spawn(server::run(listener, Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            server,
            _running: running,
        })
    }

    /// Where the emulator listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT`, which serves both Bedrock Runtime and STS.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far, oldest first, refused ones included. The oldest are forgotten beyond
    /// 4,096 requests or 64 MiB of bodies.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.shared.log.entries()
    }

    /// Moves the clock of the prompt caches on, so that what they hold grows old. No time passes.
    pub fn advance(&self, time: Duration) {
        self.shared.stage.caches.advance(time);
    }

    /// Waits until the server stops, which it does of its own accord only when it fails.
    ///
    /// # Errors
    ///
    /// What made the server fail.
    pub async fn wait(mut self) -> io::Result<()> {
        (&mut self.server).await.map_err(io::Error::other)?
    }
}
