//! What the reader of checkpoints promises.

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../../tests/core/checkpoint/writer.rs"]
mod writer;

use std::sync::LazyLock;

use mlipview_uma::checkpoint::Checkpoint;
use writer::Draft;

const WEIGHTS: &[u8] = include_bytes!("../../tests/data/uma/tiny-1p1/weights.safetensors");
const CONFIGURATION: &[u8] = include_bytes!("../../tests/data/uma/tiny-1p1/config.json");

/// The reference model, to be written with any pickle.
static DRAFT: LazyLock<Draft> = LazyLock::new(|| {
    let model = Checkpoint::from_bytes(WEIGHTS.to_vec(), CONFIGURATION);
    let model = model.expect("the reference model is one");
    let configuration = serde_json::from_slice(CONFIGURATION);
    Draft::of(&model, &configuration.expect("so is its configuration"))
});

/// Bytes as a whole file, or as the pickle of one whose storages are in order: opening never panics,
/// and of what opens every number can be read.
pub fn opens(bytes: &[u8]) {
    let whole = bytes.starts_with(b"PK") || bytes.get(8) == Some(&b'{');
    let file = match whole {
        true => bytes.to_vec(),
        false => DRAFT.write_with(bytes),
    };
    let Ok(checkpoint) = Checkpoint::from_bytes(file, CONFIGURATION) else {
        return;
    };
    for name in checkpoint.names() {
        let tensor = checkpoint.tensor(name).expect("it has its tensors");
        assert_eq!(tensor.values::<f32>().len(), tensor.count());
    }
}
