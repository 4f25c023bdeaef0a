//! Detection of the format of a trajectory file, and of how its frames can be read.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::sync::Arc;

use super::content::ContentLines;
use crate::chem::format::{ContentReader, Format};

/// Whether the frames of a format are found by an index.
pub(super) fn is_indexed(format: Format) -> bool {
    matches!(format, Format::ExtendedXyz | Format::PlainXyz) || format.info().needs_topology()
}

/// The format of a file by its name or content, and whether its frames can be read in place.
pub(super) fn detect(file: &Arc<File>, path: &str) -> io::Result<(Option<Format>, bool)> {
    let lines = || ContentLines::between(Arc::clone(file), 0, u64::MAX);
    let limit = Format::SNIFF_LENGTH as u64;
    let mut beginning = Vec::new();
    lines().take(limit).read_to_end(&mut beginning)?;
    let is_plain = ContentReader::is_plain(&beginning);
    if !is_plain {
        beginning.clear();
        let content = ContentReader::binary(BufReader::new(lines()))?;
        content.take(limit).read_to_end(&mut beginning)?;
    }
    Ok((Format::of(path, &beginning), is_plain))
}
