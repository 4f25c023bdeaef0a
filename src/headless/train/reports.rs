//! Reports of a trainer to the user and to the server.

use std::path::Path;

use mlipview_telemetry::{
    Callbacks, LogMessage, Progress, Sample, SampleProgress, StatusReport, Validation,
};

/// Passes every report to the user and to the server.
pub(crate) struct Both<'a> {
    pub(crate) user: &'a dyn Callbacks,
    pub(crate) server: &'a dyn Callbacks,
    /// Folder of the training, in which the server looks for samples.
    pub(crate) folder: &'a Path,
}

impl Callbacks for Both<'_> {
    fn on_update_train_progress(&self, progress: Progress) {
        self.user.on_update_train_progress(progress);
        self.server.on_update_train_progress(progress);
    }

    fn on_status(&self, report: StatusReport) {
        self.user.on_status(report.clone());
        self.server.on_status(report);
    }

    fn on_sample(&self, sample: Sample) {
        self.user.on_sample(sample.clone());
        self.server.on_sample(inside(self.folder, sample));
    }

    fn on_sample_progress(&self, progress: SampleProgress) {
        self.user.on_sample_progress(progress);
        self.server.on_sample_progress(progress);
    }

    fn on_validation(&self, validation: Validation) {
        self.user.on_validation(validation);
        self.server.on_validation(validation);
    }

    fn on_log(&self, message: LogMessage) {
        self.user.on_log(message.clone());
        self.server.on_log(message);
    }

    fn reset(&self) {
        self.user.reset();
        self.server.reset();
    }
}

/// A sample with paths as seen from a folder; a path that is not inside it stays as it is.
fn inside(folder: &Path, sample: Sample) -> Sample {
    let relative = |path: String| match Path::new(&path).strip_prefix(folder) {
        Ok(relative) => relative.to_string_lossy().into_owned(),
        Err(_) => path,
    };
    Sample {
        path: sample.path.map(relative),
        thumbnail_path: sample.thumbnail_path.map(relative),
        ..sample
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_have_paths_as_seen_from_the_folder_of_the_training() {
        let of = |path: &str| {
            let sample = Sample {
                path: Some(path.to_owned()),
                ..Sample::default()
            };
            inside(Path::new("runs/ethanol"), sample).path.unwrap()
        };
        assert_eq!(of("runs/ethanol/samples/1.xyz"), "samples/1.xyz");
        assert_eq!(of("samples/1.xyz"), "samples/1.xyz");
        assert_eq!(of("/elsewhere/1.xyz"), "/elsewhere/1.xyz");
    }
}
