//! The bundled demo workspace: the path and the bytes of every file below `assets/demo`.
//!
//! Holds the table only; it does not know where the files are unpacked, nor what is in them.

/// Pairs each path with the file's bytes; a path that does not exist fails to compile.
macro_rules! bundle {
    ($($path:literal),* $(,)?) => { &[$(($path, include_bytes!(concat!("../assets/demo/", $path)))),*] };
}

/// The name of the workspace: of the folder that it is unpacked into.
pub const NAME: &str = "shiokaze";

/// Lists every file of the demo workspace as path and bytes.
///
/// Paths are relative to the workspace's root, use `/`, and ascend bytewise. The bytes are exactly
/// those of the repository: some files end their lines with CRLF, one has no final newline.
pub const FILES: &[(&str, &[u8])] = bundle![
    ".kiro/specs/archive/logbook-import/requirements.md",
    ".kiro/specs/archive/logbook-import/tasks.md",
    ".kiro/specs/boarding/gate-scanner/design.md",
    ".kiro/specs/boarding/gate-scanner/requirements.md",
    ".kiro/specs/boarding/gate-scanner/tasks.md",
    ".kiro/specs/boarding/trailer-length-lost/.config.kiro",
    ".kiro/specs/boarding/trailer-length-lost/bugfix.md",
    ".kiro/specs/boarding/trailer-length-lost/design.md",
    ".kiro/specs/boarding/trailer-length-lost/tasks.md",
    ".kiro/specs/freight/manifest-export/requirements.md",
    ".kiro/specs/identity/passkey-sign-in/.config.kiro",
    ".kiro/specs/identity/passkey-sign-in/design.md",
    ".kiro/specs/identity/passkey-sign-in/requirements.md",
    ".kiro/specs/identity/passkey-sign-in/tasks.md",
    ".kiro/specs/identity/session-review/.config.kiro",
    ".kiro/specs/identity/session-review/design.md",
    ".kiro/specs/identity/session-review/requirements.md",
    ".kiro/specs/identity/session-review/tasks.md",
    ".kiro/specs/piers/sign-brightness/spec.md",
    ".kiro/specs/piers/tide-warnings/.config.kiro",
    ".kiro/specs/piers/tide-warnings/design.md",
    ".kiro/specs/piers/tide-warnings/requirements.md",
    ".kiro/specs/piers/tide-warnings/research.md",
    ".kiro/specs/piers/tide-warnings/spec.json",
    ".kiro/specs/piers/tide-warnings/tasks.md",
    ".kiro/specs/piers/船内放送/design.md",
    ".kiro/specs/piers/船内放送/requirements.md",
    ".kiro/specs/piers/船内放送/tasks.md",
    ".kiro/specs/sailings/delay-notices/design.md",
    ".kiro/specs/sailings/delay-notices/requirements.md",
    ".kiro/specs/sailings/delay-notices/tasks.md",
    ".kiro/specs/sailings/timetable-editor/design.md",
    ".kiro/specs/sailings/timetable-editor/requirements.md",
    ".kiro/specs/sailings/timetable-editor/tasks.md",
    ".kiro/steering/api.md",
    ".kiro/steering/product.md",
    ".kiro/steering/tech.md",
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::FILES;

    fn paths_below(root: &Path, folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                paths_below(root, &path, found);
            } else {
                found.push(
                    path.strip_prefix(root)
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .to_owned(),
                );
            }
        }
    }

    #[test]
    fn table_names_exactly_the_files_of_the_folder_in_order() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
        let mut found = Vec::new();
        paths_below(&root, &root, &mut found);
        found.sort();
        let listed: Vec<_> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(listed, found);
    }

    /// A checkout that turns line ends would leave the demo without its CRLF feature.
    #[test]
    fn only_the_gate_scanner_is_crlf_and_it_is_throughout() {
        for (path, bytes) in FILES {
            let lines = bytes.split_inclusive(|&byte| byte == b'\n');
            let expected = path.contains("gate-scanner/");
            for line in lines.filter(|line| line.ends_with(b"\n")) {
                assert_eq!(
                    line.ends_with(b"\r\n"),
                    expected,
                    "{path}: {:?}",
                    String::from_utf8_lossy(line)
                );
            }
        }
    }
}
