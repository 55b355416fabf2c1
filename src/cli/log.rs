//! The log, written only where it is asked for.

use std::path::Path;
use std::sync::Mutex;

use super::Stop;
use crate::store::append_to;

/// Begins to write what happens to the end of the file at `path`. A log that was begun before goes
/// on.
pub(super) fn start(path: &Path) -> Result<(), Stop> {
    let file = append_to(path)?;
    let subscriber = tracing_subscriber::fmt()
        .with_writer(Mutex::new(file))
        .with_ansi(false)
        .finish();
    let _ = tracing::subscriber::set_global_default(subscriber);
    Ok(())
}
