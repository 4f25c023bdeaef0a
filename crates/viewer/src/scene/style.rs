//! Drawing options of the scene.

use bevy::prelude::*;

use mlipview_core::chem::Element;

/// Representation of atoms and bonds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Representation {
    /// By elements and number of atoms: [`Representation::resolve`].
    #[default]
    Automatic,
    /// Small spheres and sticks.
    BallAndStick,
    /// Spheres of van der Waals radius; covalent radius for metals.
    SpaceFilling,
    /// Sticks with round ends.
    Licorice,
    /// Lines of constant width on the screen.
    Lines,
}

impl Representation {
    /// All of them.
    pub const ALL: [Representation; 5] = [
        Representation::Automatic,
        Representation::BallAndStick,
        Representation::SpaceFilling,
        Representation::Licorice,
        Representation::Lines,
    ];

    /// The representation for atoms of these elements: sticks are too small for many atoms, and
    /// mean little in metals.
    pub fn resolve(self, elements: &[Element]) -> Representation {
        /// Maximum number of atoms drawn as ball and stick by default.
        const MAX_BALL_AND_STICK: usize = 5000;
        let is_metal = || {
            let metals = elements.iter().filter(|element| element.is_metal()).count();
            2 * metals > elements.len()
        };
        match self {
            Representation::Automatic if elements.len() > MAX_BALL_AND_STICK || is_metal() => {
                Representation::SpaceFilling
            }
            Representation::Automatic => Representation::BallAndStick,
            chosen => chosen,
        }
    }

    /// Name in menus.
    pub fn name(self) -> &'static str {
        match self {
            Representation::Automatic => "Automatic",
            Representation::BallAndStick => "Ball and stick",
            Representation::SpaceFilling => "Space-filling",
            Representation::Licorice => "Licorice",
            Representation::Lines => "Lines",
        }
    }
}

/// Quantity that colors the atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Coloring {
    /// The element.
    #[default]
    Element,
    /// Magnitude of the force, eV/Å.
    Force,
    /// The speed, Å/fs.
    Velocity,
    /// Partial charge, e, if the potential has charges.
    Charge,
    /// Index of the atom.
    Index,
}

impl Coloring {
    /// All of them.
    pub const ALL: [Coloring; 5] = [
        Coloring::Element,
        Coloring::Force,
        Coloring::Velocity,
        Coloring::Charge,
        Coloring::Index,
    ];

    /// Name in menus.
    pub fn name(self) -> &'static str {
        match self {
            Coloring::Element => "Element",
            Coloring::Force => "Force",
            Coloring::Velocity => "Velocity",
            Coloring::Charge => "Charge",
            Coloring::Index => "Index",
        }
    }
}

/// Background of the image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Background {
    /// Dark slate, lighter at the top.
    #[default]
    Slate,
    /// White, for publications.
    White,
    /// Black.
    Black,
    /// Transparent.
    Clear,
}

impl Background {
    /// All of them.
    pub const ALL: [Background; 4] = [
        Background::Slate,
        Background::White,
        Background::Black,
        Background::Clear,
    ];

    /// Name in menus.
    pub fn name(self) -> &'static str {
        match self {
            Background::Slate => "Slate",
            Background::White => "White",
            Background::Black => "Black",
            Background::Clear => "Transparent",
        }
    }

    /// Colors at the top and at the bottom, sRGB with alpha.
    pub fn colors(self) -> [Srgba; 2] {
        let gray = |red, green, blue, alpha| Srgba::new(red, green, blue, alpha);
        match self {
            Background::Slate => [gray(0.16, 0.18, 0.22, 1.0), gray(0.07, 0.08, 0.10, 1.0)],
            Background::White => [gray(1.0, 1.0, 1.0, 1.0); 2],
            Background::Black => [gray(0.0, 0.0, 0.0, 1.0); 2],
            Background::Clear => [gray(0.0, 0.0, 0.0, 0.0); 2],
        }
    }
}

/// Label of each atom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Labels {
    /// None.
    #[default]
    None,
    /// The element's symbol.
    Element,
    /// The index, counted from 0.
    Index,
    /// Element and index.
    ElementAndIndex,
    /// Magnitude of the force, eV/Å.
    Force,
    /// Partial charge, e, if the potential has charges.
    Charge,
}

impl Labels {
    /// All of them.
    pub const ALL: [Labels; 6] = [
        Labels::None,
        Labels::Element,
        Labels::Index,
        Labels::ElementAndIndex,
        Labels::Force,
        Labels::Charge,
    ];

    /// Name in menus.
    pub fn name(self) -> &'static str {
        match self {
            Labels::None => "None",
            Labels::Element => "Element",
            Labels::Index => "Index",
            Labels::ElementAndIndex => "Element and index",
            Labels::Force => "Force",
            Labels::Charge => "Charge",
        }
    }
}

/// Vectors drawn at the atoms, and their scales.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrows {
    /// Whether forces are drawn.
    pub forces: bool,
    /// Whether velocities are drawn.
    pub velocities: bool,
    /// Arrow length for a force of 1 eV/Å, Å.
    pub force_scale: f32,
    /// Arrow length for a velocity of 1 Å/fs, Å.
    pub velocity_scale: f32,
    /// Logarithmic lengths, to show small and large vectors together.
    pub logarithmic: bool,
}

/// Upper limits of the color scales.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ColorLimits {
    /// Force, eV/Å.
    pub force: f64,
    /// Speed, Å/fs (hydrogen at 1000 K: 0.05).
    pub speed: f64,
    /// Charge of either sign, e.
    pub charge: f64,
}

/// Drawing options.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Style {
    /// Representation of atoms and bonds.
    pub representation: Representation,
    /// Quantity that colors the atoms.
    pub coloring: Coloring,
    /// Upper limits of the color scales.
    pub color_limits: ColorLimits,
    /// Background.
    pub background: Background,
    /// Labels of the atoms.
    pub labels: Labels,
    /// Vectors at the atoms.
    pub arrows: Arrows,
    /// Whether the edges of the cell are drawn.
    pub cell_box: bool,
    /// Whether atoms are wrapped into the cell.
    pub wrap: bool,
    /// Number of periodic images along each cell vector, at least 1.
    pub images: [u32; 3],
    /// Radius of balls, as a fraction of the van der Waals radius.
    pub ball: f32,
    /// Radius of sticks, Å.
    pub stick: f32,
    /// Whether bonds are drawn; always in representations that have only bonds.
    pub bonds: bool,
    /// Whether double, triple and aromatic bonds are drawn with several sticks.
    pub bond_orders: bool,
    /// Ambient occlusion, 0 to 1.
    pub ambient_occlusion: f32,
    /// Outlines at depth steps, 0 to 1.
    pub outlines: f32,
    /// Depth cueing (fading into the background), 0 to 1.
    pub depth_cue: f32,
    /// Anti-aliasing with 4 samples per pixel.
    pub supersampling: bool,
    /// Whether atoms with a large expected force error are tinted.
    pub uncertainty: bool,
    /// Whether heads and hands of other people are drawn.
    pub presence: bool,
}

impl Style {
    /// Rendered pixels along each side of a pixel.
    pub fn samples(&self) -> u32 {
        if self.supersampling { 2 } else { 1 }
    }

    /// The style of an image with a transparent background: its atoms are opaque, since depth cueing would
    /// fade them into nothing.
    pub fn on_transparent(self) -> Style {
        Style {
            background: Background::Clear,
            depth_cue: 0.0,
            ..self
        }
    }
}

/// The style at startup, from the defaults, the command line and the GPU.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct InitialStyle(pub Style);

impl Default for Style {
    fn default() -> Style {
        Style {
            representation: Representation::default(),
            coloring: Coloring::default(),
            color_limits: ColorLimits {
                force: 3.0,
                speed: 0.05,
                charge: 0.8,
            },
            background: Background::default(),
            labels: Labels::default(),
            arrows: Arrows {
                forces: false,
                velocities: false,
                force_scale: 1.0,
                velocity_scale: 50.0,
                logarithmic: false,
            },
            cell_box: true,
            wrap: false,
            images: [1; 3],
            ball: 0.25,
            stick: 0.12,
            bonds: true,
            bond_orders: true,
            ambient_occlusion: 0.8,
            outlines: 0.6,
            depth_cue: 0.5,
            supersampling: false,
            uncertainty: false,
            presence: true,
        }
    }
}
