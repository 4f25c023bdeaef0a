//! A trajectory file in memory, for tests.

use std::sync::Arc;

use glam::DVec3;
use mlipview_core::chem::format::Configuration;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::frame::Frame;
use mlipview_core::sim::playback::FrameAddress;
use mlipview_core::sim::timeline::{FrameSource, FrameSourceError, Mark, MarkKind};

/// A trajectory whose first frames have two atoms, and the others three.
#[derive(Debug)]
pub(crate) struct Trajectory {
    pub(crate) frames: Vec<Arc<Frame>>,
    /// The frame that cannot be read.
    pub(crate) damaged: Option<u64>,
}

impl Trajectory {
    /// `count` frames, of which the first `small` have two atoms. Their energies are −index, eV.
    pub(crate) fn new(count: u64, small: u64) -> Trajectory {
        let mut identities: [Option<Arc<Structure>>; 2] = [None, None];
        let frames = (0..count).map(|index| {
            let atoms = if index < small { 2 } else { 3 };
            let at = |atom: u32| DVec3::new(f64::from(atom) * 1.5, 0.01 * index as f64, 0.0);
            let positions: Vec<DVec3> = (0..atoms).map(at).collect();
            let configuration = Configuration {
                forces: Some(vec![DVec3::ZERO; positions.len()]),
                energy: Some(-(index as f64)),
                structure: Structure::new(vec![Element::AR; positions.len()], positions).unwrap(),
                ..Configuration::default()
            };
            let identity = &mut identities[usize::from(index >= small)];
            let frame = Frame::of_configuration(configuration, identity.clone(), index);
            *identity = Some(Arc::clone(&frame.identity));
            Arc::new(frame)
        });
        Trajectory {
            frames: frames.collect(),
            damaged: None,
        }
    }
}

impl FrameSource for Trajectory {
    fn name(&self) -> &str {
        "run.xyz"
    }

    fn len(&self) -> u64 {
        self.frames.len() as u64
    }

    fn searched(&self) -> f64 {
        1.0
    }

    fn search_error(&self) -> Option<String> {
        None
    }

    fn read(&self, index: u64) -> Result<Arc<Frame>, FrameSourceError> {
        let name = self.name().to_owned();
        let len = self.len();
        let found = self.frames.get(index as usize);
        let found = found.ok_or(FrameSourceError::NoSuchFrame {
            name: name.clone(),
            index,
            len,
        })?;
        match self.damaged == Some(index) {
            true => Err(FrameSourceError::Unreadable {
                name,
                index,
                reason: "damaged".to_owned(),
            }),
            false => Ok(Arc::clone(found)),
        }
    }

    fn energy(&self, index: u64) -> Option<f64> {
        (index < self.len()).then_some(-(index as f64))
    }

    fn marks(&self) -> Vec<Mark> {
        vec![Mark {
            address: FrameAddress::File(1),
            kind: MarkKind::Dynamics,
        }]
    }
}
