//! Exit codes, which scripts rely on.

use outcrop::ErrorKind;
use outcrop::transport::ErrorKind as Call;

/// Refused: trying again will not help.
pub(crate) const REFUSED: u8 = 1;

/// The command line makes no sense. Unknown options end with it too.
pub(crate) const USAGE: u8 = 2;

/// The configuration cannot be used.
pub(crate) const CONFIGURATION: u8 = 3;

/// There are no credentials, or they are not accepted.
pub(crate) const CREDENTIALS: u8 = 4;

/// The same call may work later.
pub(crate) const LATER: u8 = 5;

/// Ctrl-C, as shells have it.
pub(crate) const INTERRUPTED: u8 = 130;

/// The exit code of each kind of error.
pub(crate) fn of(kind: ErrorKind) -> u8 {
    let kind = match kind {
        ErrorKind::Call(kind) => kind,
        ErrorKind::Input => return REFUSED,
        _ => return CONFIGURATION,
    };
    match kind {
        Call::NoCredentials | Call::CredentialsExpired | Call::CredentialsInvalid => CREDENTIALS,
        Call::Throttled
        | Call::DailyQuota
        | Call::Overloaded
        | Call::Timeout
        | Call::Stalled
        | Call::StreamInterrupted
        | Call::Connection => LATER,
        _ => REFUSED,
    }
}
