//! The log, written only where it is asked for.

use std::fs::File;
use std::path::Path;
use std::sync::Mutex;

use super::Stop;
use crate::store::Failure;

/// Begins to write what happens to the end of the file at `path`. A log that was begun before goes
/// on.
pub(super) fn start(path: &Path) -> Result<(), Stop> {
    let opened = File::options().append(true).create(true).open(path);
    let file = opened.map_err(|error| Failure::writing(path, &error))?;
    let subscriber = tracing_subscriber::fmt()
        .with_writer(Mutex::new(file))
        .with_ansi(false)
        .finish();
    let _ = tracing::subscriber::set_global_default(subscriber);
    Ok(())
}
