//! Makes Rust types of the messages in `proto/training.proto`.

use std::path::Path;

const FOLDER: &str = "../../proto";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={FOLDER}/training.proto");
    let mut compiler = protox::Compiler::new([FOLDER])?;
    compiler.open_file("training.proto")?;
    // Clients that cannot compile the schema themselves load it as it is.
    let folder = std::env::var("OUT_DIR")?;
    let path = Path::new(&folder).join("training.binpb");
    std::fs::write(path, compiler.encode_file_descriptor_set())?;
    prost_build::Config::new().compile_fds(compiler.file_descriptor_set())?;
    Ok(())
}
