//! The displayed frame with a drawn position for each atom: held atoms at the hand, all others from
//! the frame.

use std::sync::Arc;

use bevy::prelude::*;
use glam::{DVec3, IVec3};

use super::bounds::bounding_box;
use super::coordinates::to_drawn;
use super::style::Style;
use crate::schedule::ViewerSystems;
use crate::simulation::{Simulation, SimulationEvent};
use mlipview_core::sim::Frame;

/// The atoms on screen.
#[derive(Resource)]
pub struct Scene {
    /// The displayed frame.
    pub frame: Arc<Frame>,
    /// Drawn position of each atom, Å.
    positions: Vec<Vec3>,
    /// Cell translation from the simulated to the drawn position of each atom; empty if all are
    /// zero.
    shifts: Vec<IVec3>,
    /// Whether atoms are wrapped into the cell.
    wrap: bool,
    /// Increases whenever a position changes.
    version: u64,
}

impl Scene {
    /// A scene that displays a frame.
    pub fn of(frame: Arc<Frame>) -> Scene {
        let mut scene = Scene {
            frame: Arc::clone(&frame),
            positions: Vec::new(),
            shifts: Vec::new(),
            wrap: false,
            version: 0,
        };
        scene.show(frame);
        scene
    }

    /// Displays another frame.
    pub fn show(&mut self, frame: Arc<Frame>) {
        self.frame = frame;
        self.update_positions();
    }

    /// Wraps atoms into the cell, or not.
    pub fn set_wrap(&mut self, wrap: bool) {
        if wrap != self.wrap {
            self.wrap = wrap;
            self.update_positions();
        }
    }

    /// Drawn position of each atom, Å.
    pub fn positions(&self) -> &[Vec3] {
        &self.positions
    }

    /// Cell translation from the simulated to the drawn position of an atom.
    pub fn shift(&self, atom: usize) -> IVec3 {
        self.shifts.get(atom).copied().unwrap_or(IVec3::ZERO)
    }

    /// Cell translation of each atom; empty if all are zero.
    pub fn shifts(&self) -> &[IVec3] {
        &self.shifts
    }

    /// Overrides the position of an atom, Å (simulated coordinates).
    pub fn set_position(&mut self, atom: usize, position: DVec3) {
        let shift = self.shift(atom);
        let Some(drawn) = self.positions.get_mut(atom) else {
            return;
        };
        let translation = match &self.frame.cell {
            Some(cell) if shift != IVec3::ZERO => cell.translation(shift),
            _ => DVec3::ZERO,
        };
        let position = to_drawn(position + translation);
        if *drawn != position {
            *drawn = position;
            self.version += 1;
        }
    }

    /// Increases whenever a position changes.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Center and radius (Å) of a bounding sphere of the drawn atoms; the origin and 1 Å without
    /// atoms.
    pub fn bounds(&self) -> (Vec3, f32) {
        let Some([low, high]) = bounding_box(self.positions.iter().copied()) else {
            return (Vec3::ZERO, 1.0);
        };
        let center = (low + high) / 2.0;
        let finite = self.positions.iter().filter(|point| point.is_finite());
        let squared = finite.map(|point| point.distance_squared(center));
        (center, squared.fold(0.0, f32::max).sqrt())
    }

    /// Bounding sphere that includes the periodic images, counted along each cell vector.
    pub fn bounds_with_images(&self, images: [u32; 3]) -> (Vec3, f32) {
        let (center, radius) = self.bounds();
        let Some(cell) = &self.frame.cell else {
            return (center, radius);
        };
        let periodic = cell.periodic();
        let vectors = cell.vectors();
        let spans = (0..3).filter(|axis| periodic[*axis]);
        let span: DVec3 = spans
            .map(|axis| vectors[axis] * f64::from(images[axis].max(1) - 1))
            .sum();
        let half = to_drawn(span / 2.0);
        (center + half, radius + half.length())
    }

    /// Points whose hull contains all that is drawn, Å: atoms with their images, and the corners of
    /// the cell.
    pub fn extent_points(&self, style: &Style) -> Vec<Vec3> {
        let mut points = self.positions.clone();
        let Some(cell) = &self.frame.cell else {
            return points;
        };
        let (vectors, periodic) = (cell.vectors().map(to_drawn), cell.periodic());
        for axis in (0..3).filter(|axis| periodic[*axis] && style.images[*axis] > 1) {
            // The first and the last image are enough for the hull.
            let last = vectors[axis] * (style.images[axis] - 1) as f32;
            points.extend_from_within(..);
            let half = points.len() / 2;
            points[half..].iter_mut().for_each(|point| *point += last);
        }
        if style.cell_box {
            points.extend((0..8u8).map(|corner| {
                let taken = (0..3).filter(|axis| corner >> axis & 1 == 1);
                taken.map(|axis| vectors[axis]).sum::<Vec3>()
            }));
        }
        points
    }

    fn update_positions(&mut self) {
        self.version += 1;
        self.shifts.clear();
        self.positions.clear();
        let frame = &self.frame;
        match frame
            .cell
            .as_ref()
            .filter(|cell| self.wrap && cell.is_periodic())
        {
            None => self
                .positions
                .extend(frame.positions.iter().map(|position| to_drawn(*position))),
            Some(cell) => {
                self.shifts.extend(
                    frame
                        .positions
                        .iter()
                        .map(|position| -cell.home_shift(*position)),
                );
                let positions = frame.positions.iter().zip(&self.shifts);
                self.positions.extend(
                    positions
                        .map(|(position, shift)| to_drawn(*position + cell.translation(*shift))),
                );
            }
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    let first = app.world().resource::<Simulation>().frame();
    app.insert_resource(Scene::of(first)).add_systems(
        Update,
        (update_wrap, receive)
            .chain()
            .in_set(ViewerSystems::Receive),
    );
}

fn update_wrap(style: Res<Style>, mut scene: ResMut<Scene>) {
    scene.set_wrap(style.wrap);
}

/// Shows the newest frame and passes the simulation's events on.
pub(crate) fn receive(
    simulation: Res<Simulation>,
    mut scene: ResMut<Scene>,
    mut events: MessageWriter<SimulationEvent>,
    mut shown: Local<Option<Arc<Frame>>>,
) {
    let newest = simulation.frame();
    // Compared by pointer: a frame of the timeline that is shown again keeps its number.
    let is_shown = shown
        .as_ref()
        .is_some_and(|shown| Arc::ptr_eq(shown, &newest));
    if !is_shown {
        *shown = Some(Arc::clone(&newest));
        scene.show(newest);
    }
    events.write_batch(simulation.events().map(SimulationEvent));
}
