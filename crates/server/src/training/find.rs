//! Search for a training by name.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::error::OpenTrainingError;
use super::service::TrainingService;
use super::state::Training;

/// The training of a name, or an old run; without a name the newest. Event logs are read on another thread.
pub(super) async fn find(
    service: &Arc<TrainingService>,
    name: Option<String>,
) -> Result<Arc<Training>, OpenTrainingError> {
    let service = Arc::clone(service);
    let found = spawn_blocking(move || service.find(name.as_deref()));
    found.await.unwrap_or(Err(OpenTrainingError::Panic))
}
