//! Color and radius of each atom.

use bevy::prelude::*;

use super::displayed::Scene;
use super::opacities::{Opacities, fading};
use super::selection::{Hover, Selection, Target};
use super::style::{Coloring, InitialStyle, Representation, Style};
use crate::schedule::ViewerSystems;
use mlipview_core::chem::Element;
use mlipview_core::potential::LARGE_FORCE_ERROR;
use mlipview_core::sim::Frame;

/// Appearance of one atom; the layout is that of `AtomAppearance` in `shaders/common/scene.wgsl`.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct AtomAppearance {
    /// Red, green, blue (sRGB); a [`mark`] in the lower three bits of the last, and the fading above them.
    pub color: [u8; 4],
    /// Radius, Å; negative if the atom is not drawn.
    pub radius: f32,
}

/// Radius of an atom that is not drawn, Å: negative.
const HIDDEN: f32 = -1.0;

/// Place of the fading in the last byte of a color.
const FADING_SHIFT: u8 = 3;

impl AtomAppearance {
    /// Whether the atom is not drawn.
    pub fn is_hidden(&self) -> bool {
        self.radius < 0.0
    }
}

/// Marks of an atom: the highlight in the two lowest bits, flags above.
pub mod mark {
    /// Selected.
    pub const SELECTED: u8 = 1;
    /// Hovered by a pointer.
    pub const HOVERED: u8 = 2;
    /// Moved by rotating the selected bond.
    pub const MOVING: u8 = 3;
    /// Fixed in space.
    pub const FIXED: u8 = 4;
}

/// Appearance of each atom of the scene.
#[derive(Resource, Default)]
pub struct Appearances {
    list: Vec<AtomAppearance>,
    version: u64,
    radii: [f32; 2],
    any_highlighted: bool,
}

impl Appearances {
    /// One per atom.
    pub fn list(&self) -> &[AtomAppearance] {
        &self.list
    }

    /// Smallest and largest radius of the drawn atoms, Å.
    pub fn radii(&self) -> [f32; 2] {
        self.radii
    }

    /// Whether any atom is selected, hovered or about to move.
    pub fn any_highlighted(&self) -> bool {
        self.any_highlighted
    }

    /// Increases with every change.
    pub fn version(&self) -> u64 {
        self.version
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Appearances>()
        .init_resource::<Opacities>()
        .init_resource::<Selection>()
        .init_resource::<Hover>()
        .init_resource::<Style>()
        .init_resource::<InitialStyle>()
        .add_systems(PostStartup, store_initial_style)
        .add_systems(Update, update.in_set(ViewerSystems::Place));
}

fn store_initial_style(style: Res<Style>, mut first: ResMut<InitialStyle>) {
    first.0.clone_from(&style);
}

/// Fades atoms, and hides those without opacity.
fn fade(opacities: &Opacities, list: &mut [AtomAppearance]) {
    for (appearance, opacity) in list.iter_mut().zip(&opacities.atoms) {
        if *opacity <= 0.0 {
            appearance.radius = HIDDEN;
        } else {
            appearance.color[3] |= fading(*opacity) << FADING_SHIFT;
        }
    }
}

/// Inputs of the last update.
#[derive(Default, PartialEq)]
struct AppearanceInputs {
    frame: u64,
    revision: u64,
    style: Style,
}

fn update(
    scene: Res<Scene>,
    style: Res<Style>,
    selection: Res<Selection>,
    hover: Res<Hover>,
    opacities: Res<Opacities>,
    mut appearances: ResMut<Appearances>,
    mut inputs: Local<Option<AppearanceInputs>>,
) {
    let frame = &scene.frame;
    // Expected force errors change slowly with the frames: they are followed only where they are
    // large.
    let follows_frames =
        style.coloring != Coloring::Element || (style.uncertainty && has_uncertain_forces(frame));
    let now = AppearanceInputs {
        frame: if follows_frames { frame.number } else { 0 },
        revision: frame.revision,
        style: style.clone(),
    };
    let marked = selection.is_changed() || hover.is_changed() || opacities.is_changed();
    if !marked && inputs.as_ref() == Some(&now) && appearances.list.len() == frame.positions.len() {
        return;
    }
    *inputs = Some(now);
    let appearances = &mut *appearances;
    appearances.version += 1;
    appearances.list.clear();
    let colors = colors(frame, &style);
    let radii = Radii::of(&style, frame.identity.elements());
    let elements = frame.identity.elements().iter().enumerate();
    appearances
        .list
        .extend(elements.map(|(atom, element)| AtomAppearance {
            color: colors(atom).with_mark(frame.identity.fixed()[atom]),
            radius: radii.of_atom(*element),
        }));
    let drawn = appearances
        .list
        .iter()
        .map(|appearance| appearance.radius)
        .filter(|radius| *radius > 0.0);
    appearances.radii = drawn.fold([f32::INFINITY, 0.0], |[low, high], radius| {
        [low.min(radius), high.max(radius)]
    });
    tint_uncertain(frame, &style, &mut appearances.list);
    fade(&opacities, &mut appearances.list);
    mark_highlighted(&selection, &hover, &mut appearances.list);
    appearances.any_highlighted = !selection.atoms().is_empty()
        || !hover.moving.is_empty()
        || matches!(hover.target, Some(Target::Atom(_)));
}

/// Red, green, blue (sRGB).
struct Color3([u8; 3]);

impl Color3 {
    fn with_mark(self, fixed: bool) -> [u8; 4] {
        let [red, green, blue] = self.0;
        [red, green, blue, if fixed { mark::FIXED } else { 0 }]
    }
}

/// Radii of atoms in a representation.
pub struct Radii {
    representation: Representation,
    ball: f32,
    stick: f32,
    bonds: bool,
}

impl Radii {
    /// The radii of a style, for atoms of these elements.
    pub fn of(style: &Style, elements: &[Element]) -> Radii {
        Radii {
            representation: style.representation.resolve(elements),
            ball: style.ball,
            stick: style.stick,
            bonds: style.bonds,
        }
    }

    /// Radius of an atom of this element, Å; 0 where atoms are not drawn.
    pub fn of_atom(&self, element: Element) -> f32 {
        let radius = element.van_der_waals_radius() as f32;
        match self.representation {
            // Metals have no agreed van der Waals radius; with the covalent one, neighbors in a
            // metal touch.
            Representation::SpaceFilling if element.is_metal() => element.covalent_radius() as f32,
            Representation::SpaceFilling => radius,
            Representation::Licorice => self.stick,
            Representation::Lines => 0.0,
            Representation::Automatic | Representation::BallAndStick => self.ball * radius,
        }
    }

    /// Radius of sticks, Å; 0 for lines of constant width on screen, `None` where no sticks are
    /// drawn.
    pub fn of_stick(&self) -> Option<f32> {
        match self.representation {
            Representation::SpaceFilling => None,
            Representation::Lines => Some(0.0),
            _ => self.bonds.then_some(self.stick),
        }
    }
}

fn colors<'a>(frame: &'a Frame, style: &Style) -> Box<dyn Fn(usize) -> Color3 + 'a> {
    let by_element = |atom: usize| Color3(frame.identity.elements()[atom].color());
    let Some(color_scale) = ColorScale::of(frame, style) else {
        return Box::new(by_element);
    };
    let color = move |number: f64| Color3(color_scale.color(color_scale.fraction(number)));
    let evaluation = frame.evaluation.as_deref();
    let charges = evaluation.and_then(|evaluation| evaluation.charges.as_ref());
    match (style.coloring, evaluation, charges) {
        (Coloring::Force, Some(evaluation), _) => {
            Box::new(move |atom| color(evaluation.forces[atom].length()))
        }
        (Coloring::Velocity, ..) => Box::new(move |atom| color(frame.velocities[atom].length())),
        (Coloring::Charge, _, Some(charges)) => Box::new(move |atom| color(charges[atom])),
        (Coloring::Index, ..) => Box::new(move |atom| color(atom as f64)),
        _ => Box::new(by_element),
    }
}

/// Color scale of a per-atom quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColorScale {
    /// Values at the two ends, beyond which colors are clamped.
    pub ends: [f64; 2],
    /// Unit of the values; empty for an index.
    pub unit: &'static str,
    /// Colors from the lower to the upper end.
    colors: &'static [[f64; 3]],
}

impl ColorScale {
    /// The color scale of a frame; `None` if atoms are colored by element, also for want of forces
    /// or charges.
    pub fn of(frame: &Frame, style: &Style) -> Option<ColorScale> {
        let evaluation = frame.evaluation.as_deref();
        let color_limits = &style.color_limits;
        let (ends, unit, colors): (_, _, &[[f64; 3]]) = match style.coloring {
            Coloring::Element => return None,
            Coloring::Force => {
                evaluation?;
                ([0.0, color_limits.force], "eV/Å", &VIRIDIS)
            }
            Coloring::Velocity => ([0.0, color_limits.speed], "Å/fs", &VIRIDIS),
            Coloring::Charge => {
                evaluation?.charges.as_ref()?;
                (
                    [-color_limits.charge, color_limits.charge],
                    "e",
                    &RED_WHITE_BLUE,
                )
            }
            Coloring::Index => {
                let last = frame.positions.len().max(2) - 1;
                ([0.0, last as f64], "", &VIRIDIS)
            }
        };
        Some(ColorScale { ends, unit, colors })
    }

    /// Position of a value between the ends, 0 to 1.
    pub fn fraction(&self, number: f64) -> f64 {
        let [low, high] = self.ends;
        ((number - low) / (high - low)).clamp(0.0, 1.0)
    }

    /// Color at a position between the ends, 0 to 1, sRGB.
    pub fn color(&self, fraction: f64) -> [u8; 3] {
        interpolate(self.colors, fraction)
    }
}

/// Sequential: five colors of matplotlib's viridis (S. van der Walt and N. Smith, 2015),
/// perceptually uniform.
const VIRIDIS: [[f64; 3]; 5] = [
    [68.0, 1.0, 84.0],
    [59.0, 82.0, 139.0],
    [33.0, 145.0, 140.0],
    [94.0, 201.0, 98.0],
    [253.0, 231.0, 37.0],
];

/// Diverging: red for negative, white for zero, blue for positive.
const RED_WHITE_BLUE: [[f64; 3]; 3] = [
    [202.0, 32.0, 32.0],
    [245.0, 245.0, 245.0],
    [40.0, 70.0, 210.0],
];

fn interpolate(colors: &[[f64; 3]], fraction: f64) -> [u8; 3] {
    let last = colors.len() - 1;
    let position = fraction.clamp(0.0, 1.0) * last as f64;
    let (low, rest) = (position.floor() as usize, position.fract());
    let high = (low + 1).min(last);
    std::array::from_fn(|channel| {
        (colors[low][channel] * (1.0 - rest) + colors[high][channel] * rest).round() as u8
    })
}

fn has_uncertain_forces(frame: &Frame) -> bool {
    let errors = frame
        .evaluation
        .as_ref()
        .and_then(|evaluation| evaluation.force_errors.as_ref());
    errors.is_some_and(|errors| errors.iter().any(|error| *error > LARGE_FORCE_ERROR / 2.0))
}

/// Tints atoms with a large expected force error magenta, fully at twice [`LARGE_FORCE_ERROR`].
fn tint_uncertain(frame: &Frame, style: &Style, appearances: &mut [AtomAppearance]) {
    const MAGENTA: [f64; 3] = [255.0, 0.0, 200.0];
    let errors = frame
        .evaluation
        .as_ref()
        .and_then(|evaluation| evaluation.force_errors.as_ref());
    let Some(errors) = errors.filter(|_| style.uncertainty) else {
        return;
    };
    for (appearance, error) in appearances.iter_mut().zip(errors) {
        let fraction = ((error - LARGE_FORCE_ERROR) / LARGE_FORCE_ERROR).clamp(0.0, 1.0);
        for (channel, tint) in appearance.color.iter_mut().zip(MAGENTA) {
            *channel = (f64::from(*channel) * (1.0 - fraction) + tint * fraction).round() as u8;
        }
    }
}

fn mark_highlighted(selection: &Selection, hover: &Hover, appearances: &mut [AtomAppearance]) {
    let mut set = |atom: usize, highlight: u8| {
        if let Some(appearance) = appearances.get_mut(atom) {
            // A highlighted atom is opaque, so that it is seen.
            appearance.color[3] = (appearance.color[3] & mark::FIXED) | highlight;
        }
    };
    for &atom in selection.atoms() {
        set(atom, mark::SELECTED);
    }
    for &atom in &hover.moving {
        set(atom, mark::MOVING);
    }
    if let Some(Target::Atom(atom)) = hover.target {
        set(atom, mark::HOVERED);
    }
}
