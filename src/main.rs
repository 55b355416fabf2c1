//! The `specboard` program.
use specboard::runtime::{Start, run};
fn main() -> color_eyre::Result<()> {
    color_eyre::install()?;
    let roots = specboard::store::find_roots(&std::env::current_dir()?, &std::env::args_os().skip(1).map(Into::into).collect::<Vec<_>>())
        .map_err(|e| color_eyre::eyre::eyre!("{e}"))?;
    std::process::exit(run(Start { roots, ..Start::default() })?.into());
}
