//! Properties of the reader of checkpoints.

#[allow(dead_code, reason = "only the tests use all of it")]
#[path = "../../tests/uma/checkpoint/writer.rs"]
mod writer;

use std::sync::LazyLock;

use mlipview_uma::checkpoint::Checkpoint;
use writer::Draft;

const WEIGHTS: &[u8] = include_bytes!("../../tests/data/uma/tiny-1p1/weights.safetensors");
const CONFIGURATION: &[u8] = include_bytes!("../../tests/data/uma/tiny-1p1/config.json");

/// The reference model, for files with any pickle.
static DRAFT: LazyLock<Draft> = LazyLock::new(|| {
    let model = Checkpoint::from_bytes(WEIGHTS.to_vec(), CONFIGURATION);
    let model = model.expect("a valid checkpoint");
    let configuration = serde_json::from_slice(CONFIGURATION);
    Draft::of(&model, &configuration.expect("a valid configuration"))
});

/// Opening never panics, and all tensors of an opened checkpoint can be read. The bytes are a whole
/// file, or the pickle of a file with valid storages.
pub fn check_checkpoint(bytes: &[u8]) {
    let is_whole_file = bytes.starts_with(b"PK") || bytes.get(8) == Some(&b'{');
    let file = match is_whole_file {
        true => bytes.to_vec(),
        false => DRAFT.write_with(bytes),
    };
    let Ok(checkpoint) = Checkpoint::from_bytes(file, CONFIGURATION) else {
        return;
    };
    for name in checkpoint.names() {
        let tensor = checkpoint.tensor(name).expect("a listed tensor exists");
        assert_eq!(tensor.values::<f32>().len(), tensor.count());
    }
}
