//! Says to the tests whether there is a corpus of real specs, so that those that need one are
//! ignored without it, instead of passing. Nothing else is built differently.

use std::env;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rustc-check-cfg=cfg(corpus)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=SPECBOARD_CORPUS");
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = env::var_os("SPECBOARD_CORPUS").map_or_else(beside, PathBuf::from);
    if folder.is_dir() {
        println!("cargo::rustc-cfg=corpus");
    }
}
