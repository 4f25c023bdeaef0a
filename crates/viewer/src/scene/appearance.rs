//! Color and radius of each atom.

use bevy::prelude::*;

use super::displayed::Scene;
use super::selection::{Hover, Selection, Target};
use super::style::{Coloring, FirstStyle, Representation, Style};
use crate::schedule::ViewerSystems;
use mlipview_core::chem::Element;
use mlipview_core::potential::LARGE_FORCE_ERROR;
use mlipview_core::sim::Frame;

/// How one atom looks; the layout is that of `Look` in `shaders/common/scene.wgsl`.
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(C)]
pub struct Look {
    /// Red, green, blue (sRGB), and marks.
    pub color: [u8; 4],
    /// Radius, Å.
    pub radius: f32,
}

/// The marks of an atom: what its outline says in the two lowest bits, and flags above.
pub mod mark {
    /// Chosen.
    pub const SELECTED: u8 = 1;
    /// Under the pointer.
    pub const HOVERED: u8 = 2;
    /// About to be moved.
    pub const MOVING: u8 = 3;
    /// Fixed in space.
    pub const FIXED: u8 = 4;
}

/// How each atom of the scene looks.
#[derive(Resource, Default)]
pub struct Looks {
    list: Vec<Look>,
    version: u64,
    radii: [f32; 2],
    any_outlined: bool,
}

impl Looks {
    /// One for each atom.
    pub fn list(&self) -> &[Look] {
        &self.list
    }

    /// The smallest and the largest radius, Å, of atoms that are drawn.
    pub fn radii(&self) -> [f32; 2] {
        self.radii
    }

    /// Whether any atom is chosen, under the pointer or about to move.
    pub fn any_outlined(&self) -> bool {
        self.any_outlined
    }

    /// Rises whenever one changes.
    pub fn version(&self) -> u64 {
        self.version
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Looks>()
        .init_resource::<Selection>()
        .init_resource::<Hover>()
        .init_resource::<Style>()
        .init_resource::<FirstStyle>()
        .add_systems(PostStartup, remember_first)
        .add_systems(Update, paint.in_set(ViewerSystems::Place));
}

fn remember_first(style: Res<Style>, mut first: ResMut<FirstStyle>) {
    first.0.clone_from(&style);
}

/// What the last painting was made from.
#[derive(Default, PartialEq)]
struct Painted {
    frame: u64,
    revision: u64,
    style: Style,
}

fn paint(
    scene: Res<Scene>,
    style: Res<Style>,
    selection: Res<Selection>,
    hover: Res<Hover>,
    mut looks: ResMut<Looks>,
    mut painted: Local<Option<Painted>>,
) {
    let frame = &scene.frame;
    // The doubt changes with every frame too, but slowly: it is looked at when it is there at all.
    let lively = style.coloring != Coloring::Element || (style.doubt && has_doubts(frame));
    let now = Painted {
        frame: if lively { frame.number } else { 0 },
        revision: frame.revision,
        style: style.clone(),
    };
    let marked = selection.is_changed() || hover.is_changed();
    if !marked && painted.as_ref() == Some(&now) && looks.list.len() == frame.positions.len() {
        return;
    }
    *painted = Some(now);
    let looks = &mut *looks;
    looks.version += 1;
    looks.list.clear();
    let colors = colors(frame, &style);
    let radii = Radii::of(&style, frame.identity.elements());
    let elements = frame.identity.elements().iter().enumerate();
    looks.list.extend(elements.map(|(atom, element)| Look {
        color: colors(atom).with_mark(frame.identity.fixed()[atom]),
        radius: radii.of_atom(*element),
    }));
    let drawn = looks
        .list
        .iter()
        .map(|look| look.radius)
        .filter(|radius| *radius > 0.0);
    looks.radii = drawn.fold([f32::INFINITY, 0.0], |[low, high], radius| {
        [low.min(radius), high.max(radius)]
    });
    tint_doubtful(frame, &style, &mut looks.list);
    mark_touched(&selection, &hover, &mut looks.list);
    looks.any_outlined = !selection.atoms().is_empty()
        || !hover.moving.is_empty()
        || matches!(hover.target, Some(Target::Atom(_)));
}

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
    /// The radii of a style for atoms of these elements.
    pub fn of(style: &Style, elements: &[Element]) -> Radii {
        Radii {
            representation: style.representation.suited(elements),
            ball: style.ball,
            stick: style.stick,
            bonds: style.bonds,
        }
    }

    /// The radius of an atom of this element, Å; 0 where atoms are not drawn.
    pub fn of_atom(&self, element: Element) -> f32 {
        let radius = element.van_der_waals_radius() as f32;
        match self.representation {
            // Metals have no agreed van der Waals radius; at this one neighbors in a metal touch.
            Representation::SpaceFilling if element.is_metal() => element.covalent_radius() as f32,
            Representation::SpaceFilling => radius,
            Representation::Licorice => self.stick,
            Representation::Lines => 0.0,
            Representation::Automatic | Representation::BallAndStick => self.ball * radius,
        }
    }

    /// The radius of sticks, Å; 0 for lines of constant width on the screen. `None` where there are
    /// none.
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
    let Some(gradation) = Gradation::of(frame, style) else {
        return Box::new(by_element);
    };
    let color = move |number: f64| Color3(gradation.color(gradation.share(number)));
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

/// Which numbers have which colors, where colors stand for numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gradation {
    /// The numbers with the colors at either end; what is beyond has these colors too.
    pub ends: [f64; 2],
    /// Their unit; none for an index.
    pub unit: &'static str,
    /// From the first to the last color.
    colors: &'static [[f64; 3]],
}

impl Gradation {
    /// That of the atoms of a frame; `None` where they have the colors of their elements, for want
    /// of forces or charges too.
    pub fn of(frame: &Frame, style: &Style) -> Option<Gradation> {
        let evaluation = frame.evaluation.as_deref();
        let strongest = &style.strongest;
        let (ends, unit, colors): (_, _, &[[f64; 3]]) = match style.coloring {
            Coloring::Element => return None,
            Coloring::Force => {
                evaluation?;
                ([0.0, strongest.force], "eV/Å", &GRADED)
            }
            Coloring::Velocity => ([0.0, strongest.speed], "Å/fs", &GRADED),
            Coloring::Charge => {
                evaluation?.charges.as_ref()?;
                ([-strongest.charge, strongest.charge], "e", &DIVERGING)
            }
            Coloring::Index => {
                let last = frame.positions.len().max(2) - 1;
                ([0.0, last as f64], "", &GRADED)
            }
        };
        Some(Gradation { ends, unit, colors })
    }

    /// Where a number is between the ends, 0 to 1.
    pub fn share(&self, number: f64) -> f64 {
        let [low, high] = self.ends;
        ((number - low) / (high - low)).clamp(0.0, 1.0)
    }

    /// The color at a place between the ends, sRGB.
    pub fn color(&self, share: f64) -> [u8; 3] {
        between(self.colors, share)
    }
}

/// Dark violet over green to yellow: perceptually even, in the manner of matplotlib's viridis
/// (S. van der Walt and N. Smith, 2015), by five of its colors.
const GRADED: [[f64; 3]; 5] = [
    [68.0, 1.0, 84.0],
    [59.0, 82.0, 139.0],
    [33.0, 145.0, 140.0],
    [94.0, 201.0, 98.0],
    [253.0, 231.0, 37.0],
];

/// Red for negative over white to blue for positive.
const DIVERGING: [[f64; 3]; 3] = [
    [202.0, 32.0, 32.0],
    [245.0, 245.0, 245.0],
    [40.0, 70.0, 210.0],
];

fn between(colors: &[[f64; 3]], share: f64) -> [u8; 3] {
    let last = colors.len() - 1;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let (low, rest) = (place.floor() as usize, place.fract());
    let high = (low + 1).min(last);
    std::array::from_fn(|channel| {
        (colors[low][channel] * (1.0 - rest) + colors[high][channel] * rest).round() as u8
    })
}

fn has_doubts(frame: &Frame) -> bool {
    let errors = frame
        .evaluation
        .as_ref()
        .and_then(|evaluation| evaluation.force_errors.as_ref());
    errors.is_some_and(|errors| errors.iter().any(|error| *error > LARGE_FORCE_ERROR / 2.0))
}

/// Atoms whose forces may be far off turn towards magenta, fully at twice the doubtful error.
fn tint_doubtful(frame: &Frame, style: &Style, looks: &mut [Look]) {
    const MAGENTA: [f64; 3] = [255.0, 0.0, 200.0];
    let errors = frame
        .evaluation
        .as_ref()
        .and_then(|evaluation| evaluation.force_errors.as_ref());
    let Some(errors) = errors.filter(|_| style.doubt) else {
        return;
    };
    for (look, error) in looks.iter_mut().zip(errors) {
        let share = ((error - LARGE_FORCE_ERROR) / LARGE_FORCE_ERROR).clamp(0.0, 1.0);
        for (channel, tint) in look.color.iter_mut().zip(MAGENTA) {
            *channel = (f64::from(*channel) * (1.0 - share) + tint * share).round() as u8;
        }
    }
}

fn mark_touched(selection: &Selection, hover: &Hover, looks: &mut [Look]) {
    let mut set = |atom: usize, outline: u8| {
        if let Some(look) = looks.get_mut(atom) {
            look.color[3] = (look.color[3] & !3) | outline;
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
