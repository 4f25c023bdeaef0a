//! Makes Rust types of the messages in `proto/recording.proto`.

use std::path::Path;

const FOLDER: &str = "../../proto";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={FOLDER}/recording.proto");
    let mut compiler = protox::Compiler::new([FOLDER])?;
    compiler.open_file("recording.proto")?;
    // Recordings contain their schema, so that programs without it can decode them.
    let folder = std::env::var("OUT_DIR")?;
    let path = Path::new(&folder).join("recording.binpb");
    std::fs::write(path, compiler.encode_file_descriptor_set())?;
    prost_build::Config::new().compile_fds(compiler.file_descriptor_set())?;
    Ok(())
}
