//! The keys of commands in the configuration.

use toml::Spanned;
use toml::de::DeValue;

use super::Config;
use super::reader::Written;
use crate::command::Bindings;
use crate::store::Failure;

/// Takes in the table of keys, and returns what is wrong in it.
pub(super) fn take(
    config: &mut Config,
    written: &Written<'_>,
    value: &Spanned<DeValue<'_>>,
) -> Vec<Failure> {
    let Some(table) = value.get_ref().as_table() else {
        let reason = "keys is a table, such as [keys], so this is not used".to_owned();
        return vec![written.mistake(value.span(), reason)];
    };
    let (mut bindings, mut mistakes) = (Bindings::default(), Vec::new());
    for (name, value) in table {
        let added = notations(value.get_ref())
            .and_then(|keys| bindings.add(name.get_ref(), keys))
            .map_err(|reason| written.mistake(name.span(), unused(name.get_ref(), &reason)));
        mistakes.extend(added.err());
    }
    let (keymap, refused) = bindings.keymap();
    config.settings.keymap = keymap;
    let spans = refused.into_iter().filter_map(|(command, reason)| {
        let (name, _) = table.iter().find(|(name, _)| name.get_ref() == command)?;
        Some(written.mistake(name.span(), unused(command, &reason)))
    });
    mistakes.extend(spans);
    mistakes
}

fn unused(command: &str, reason: &str) -> String {
    format!("keys of {command}: {reason}; its usual keys are used")
}

/// Reads the keys of one command: a text, or a list of texts.
fn notations(value: &DeValue<'_>) -> Result<Vec<String>, String> {
    let unfit = || "they are written as \"x\" or [\"x\", \"g x\"]".to_owned();
    if let Some(keys) = value.as_str() {
        return Ok(vec![keys.to_owned()]);
    }
    let list = value.as_array().ok_or_else(unfit)?;
    let texts = list.iter().map(|keys| keys.get_ref().as_str());
    texts
        .map(|keys| keys.map(str::to_owned).ok_or_else(unfit))
        .collect()
}
