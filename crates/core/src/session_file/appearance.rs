//! Appearance: the drawing options of a session, by name.

use serde::{Deserialize, Serialize};

/// Representation of atoms and bonds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Representation {
    #[default]
    Automatic,
    BallAndStick,
    SpaceFilling,
    Licorice,
    Lines,
}

/// Quantity that colors the atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Coloring {
    #[default]
    Element,
    Force,
    Velocity,
    Charge,
    Index,
}

/// Background of the image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Background {
    #[default]
    Slate,
    White,
    Black,
    Transparent,
}

/// Label of each atom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Labels {
    #[default]
    None,
    Element,
    Index,
    ElementAndIndex,
    Force,
    Charge,
}

/// Vectors drawn at the atoms, and their scales.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrows {
    /// Whether forces are drawn.
    pub forces: bool,
    /// Whether velocities are drawn.
    pub velocities: bool,
    /// Arrow length for a force of 1 eV/Å, Å.
    pub force_scale: f32,
    /// Arrow length for a velocity of 1 Å/fs, Å.
    pub velocity_scale: f32,
    /// Logarithmic lengths.
    pub logarithmic: bool,
}

/// Upper limits of the color scales.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColorLimits {
    /// Force, eV/Å.
    pub force: f64,
    /// Speed, Å/fs.
    pub speed: f64,
    /// Charge of either sign, e.
    pub charge: f64,
}

/// Drawing options; those that a file does not have keep their defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appearance {
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
    /// Whether bonds are drawn.
    pub bonds: bool,
    /// Whether double, triple and aromatic bonds are drawn with several sticks.
    pub bond_orders: bool,
    /// Ambient occlusion, 0 to 1.
    pub ambient_occlusion: f32,
    /// Outlines at depth steps, 0 to 1.
    pub outlines: f32,
    /// Depth cueing, 0 to 1.
    pub depth_cue: f32,
    /// Anti-aliasing with 4 samples per pixel.
    pub supersampling: bool,
    /// Whether atoms with a large expected force error are tinted.
    pub uncertainty: bool,
    /// Whether heads and hands of other people are drawn.
    pub presence: bool,
}

impl Default for Arrows {
    fn default() -> Arrows {
        Arrows {
            forces: false,
            velocities: false,
            force_scale: 1.0,
            velocity_scale: 50.0,
            logarithmic: false,
        }
    }
}

impl Default for ColorLimits {
    fn default() -> ColorLimits {
        ColorLimits {
            force: 3.0,
            speed: 0.05,
            charge: 0.8,
        }
    }
}

impl Default for Appearance {
    fn default() -> Appearance {
        Appearance {
            representation: Representation::default(),
            coloring: Coloring::default(),
            color_limits: ColorLimits::default(),
            background: Background::default(),
            labels: Labels::default(),
            arrows: Arrows::default(),
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
