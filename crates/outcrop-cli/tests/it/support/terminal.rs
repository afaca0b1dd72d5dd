//! A terminal for the binary to print on.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::process::Stdio;

use rustix::fs::OFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::Outcrop;

/// What goes to the terminal; the other stream goes nowhere.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shown {
    Stdout,
    Stderr,
}

/// What a run sends to a terminal, which must be all that it takes to work.
#[track_caller]
pub(crate) fn shown(run: Outcrop, stream: Shown) -> String {
    let (terminal, screen) = terminal();
    let streams = match stream {
        Shown::Stdout => (screen.into(), Stdio::null()),
        Shown::Stderr => (Stdio::null(), screen.into()),
    };
    let (mut child, _home) = run.spawn_on(streams.0, streams.1);
    let page = read(terminal);
    assert!(child.wait().unwrap().success(), "{page}");
    page
}

/// Both ends of a terminal: the one that reads what is shown, and the screen.
fn terminal() -> (File, File) {
    let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
    let terminal = openpt(flags).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let screen = OpenOptions::new()
        .read(true)
        .write(true)
        .custom_flags(OFlags::NOCTTY.bits().cast_signed())
        .open(OsStr::from_bytes(name.to_bytes()))
        .unwrap();
    (terminal.into(), screen)
}

/// Everything until nobody holds the screen any more, which Linux says by an error.
fn read(mut terminal: File) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = terminal.read(&mut buffer) {
        bytes.extend_from_slice(&buffer[..count]);
    }
    String::from_utf8(bytes).unwrap()
}
