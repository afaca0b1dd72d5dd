//! Attachments: files of the command line as blocks of a message.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use outcrop::ContentBlock;
use outcrop::converse::attachment;

use crate::failure::Failure;

/// No attachment may have as many bytes as this, and no file is read further.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The blocks of these files, in order.
pub(super) fn read(paths: &[PathBuf], has_text: bool) -> Result<Vec<ContentBlock>, Failure> {
    let mut blocks = Vec::with_capacity(paths.len());
    for path in paths {
        let block = read_one(path)?;
        if matches!(block, ContentBlock::Document(_)) && !has_text {
            return Err(Failure::usage(
                format!("{} is a document, which needs a prompt", shown(path)),
                "say what the document is for",
            ));
        }
        blocks.push(block);
    }
    Ok(blocks)
}

fn read_one(path: &Path) -> Result<ContentBlock, Failure> {
    let bytes = bytes(path).map_err(|error| {
        Failure::usage(
            format!("{} cannot be read: {error}", shown(path)),
            "-a takes a file, or `-` for stdin",
        )
    })?;
    if bytes.len() as u64 == MOST_BYTES {
        let most = MOST_BYTES / (1024 * 1024);
        return Err(Failure::Input {
            message: format!(
                "{} cannot be attached: it has {most} MiB or more, and the service takes no such \
                 attachment",
                shown(path)
            ),
            hint: Some("split it, or send the part that matters".into()),
        });
    }
    // What stdin holds has no name of its own.
    let name = match path.to_str() {
        Some("-") => "stdin".into(),
        _ => path.to_string_lossy(),
    };
    attachment::from_file(&name, &bytes).map_err(|error| Failure::Input {
        message: format!("{} cannot be attached: {error}", shown(path)),
        hint: Some(error.hint().into()),
    })
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin()
            .lock()
            .take(MOST_BYTES)
            .read_to_end(&mut bytes)?;
    } else {
        let file = std::fs::File::open(path)?;
        file.take(MOST_BYTES).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

fn shown(path: &Path) -> String {
    match path.to_str() {
        Some("-") => "stdin".to_owned(),
        _ => path.display().to_string(),
    }
}
