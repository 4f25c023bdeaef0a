//! What a person has chosen about the picture.

use bevy::prelude::*;

use mlipview_core::chem::Element;

/// How atoms and bonds are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Representation {
    /// By what the atoms are, and how many: [`Representation::suited`].
    #[default]
    Automatic,
    /// Small spheres and sticks.
    BallAndStick,
    /// Spheres of van der Waals radius, of metals of covalent radius.
    SpaceFilling,
    /// Sticks with round ends.
    Licorice,
    /// Lines of constant width on the screen.
    Lines,
}

impl Representation {
    /// Those that can be chosen.
    pub const ALL: [Representation; 5] = [
        Representation::Automatic,
        Representation::BallAndStick,
        Representation::SpaceFilling,
        Representation::Licorice,
        Representation::Lines,
    ];

    /// What is drawn of atoms of these elements: sticks are lost in a crowd, and say nothing of
    /// metals.
    pub fn suited(self, elements: &[Element]) -> Representation {
        /// More atoms than this are a crowd.
        const CROWD: usize = 5000;
        let is_metal = || {
            let metals = elements.iter().filter(|element| element.is_metal()).count();
            2 * metals > elements.len()
        };
        match self {
            Representation::Automatic if elements.len() > CROWD || is_metal() => {
                Representation::SpaceFilling
            }
            Representation::Automatic => Representation::BallAndStick,
            chosen => chosen,
        }
    }

    /// Its name.
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

/// What the colors of atoms say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Coloring {
    /// The element.
    #[default]
    Element,
    /// The size of the force, eV/Å.
    Force,
    /// The speed, Å/fs.
    Velocity,
    /// The partial charge, e, where the potential has one.
    Charge,
    /// The place in the list of atoms.
    Index,
}

impl Coloring {
    /// Those that can be chosen.
    pub const ALL: [Coloring; 5] = [
        Coloring::Element,
        Coloring::Force,
        Coloring::Velocity,
        Coloring::Charge,
        Coloring::Index,
    ];

    /// Its name.
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

/// What is behind the atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Background {
    /// Dark slate, lighter above.
    #[default]
    Slate,
    /// White, as in a paper.
    White,
    /// Black.
    Black,
    /// Nothing: pictures are transparent there.
    Clear,
}

impl Background {
    /// Those that can be chosen.
    pub const ALL: [Background; 4] = [
        Background::Slate,
        Background::White,
        Background::Black,
        Background::Clear,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Background::Slate => "Slate",
            Background::White => "White",
            Background::Black => "Black",
            Background::Clear => "Transparent",
        }
    }

    /// The colors at the top and at the bottom of the picture, sRGB with opacity.
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

/// What is written beside atoms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Labels {
    /// Nothing.
    #[default]
    None,
    /// The element's symbol.
    Element,
    /// The index, counted from 0.
    Index,
    /// Both of these.
    ElementAndIndex,
    /// The size of the force, eV/Å.
    Force,
    /// The partial charge, e, where the potential has one.
    Charge,
}

impl Labels {
    /// Those that can be chosen.
    pub const ALL: [Labels; 6] = [
        Labels::None,
        Labels::Element,
        Labels::Index,
        Labels::ElementAndIndex,
        Labels::Force,
        Labels::Charge,
    ];

    /// Its name.
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

/// Which vectors are drawn at the atoms, and how long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrows {
    /// Whether forces are drawn.
    pub forces: bool,
    /// Whether velocities are drawn.
    pub velocities: bool,
    /// Length of a force of 1 eV/Å, Å.
    pub force_scale: f32,
    /// Length of a velocity of 1 Å/fs, Å.
    pub velocity_scale: f32,
    /// Whether lengths grow with the logarithm, so that small and large are seen at once.
    pub logarithmic: bool,
}

/// The numbers that have the strongest colors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strongest {
    /// Force, eV/Å.
    pub force: f64,
    /// Speed, Å/fs: hydrogen at 1000 K has 0.05.
    pub speed: f64,
    /// Charge of either sign, e.
    pub charge: f64,
}

/// What a person has chosen about the picture.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Style {
    /// How atoms and bonds are drawn.
    pub representation: Representation,
    /// What colors say.
    pub coloring: Coloring,
    /// Which numbers have the strongest colors.
    pub strongest: Strongest,
    /// What is behind.
    pub background: Background,
    /// What is written beside atoms.
    pub labels: Labels,
    /// Vectors at the atoms.
    pub arrows: Arrows,
    /// Whether the box of the cell is drawn.
    pub cell_box: bool,
    /// Whether atoms are drawn inside the cell.
    pub wrap: bool,
    /// How often the cell is drawn along each of its vectors, at least once.
    pub images: [u32; 3],
    /// Radius of atoms drawn as balls, as a fraction of the van der Waals radius.
    pub ball: f32,
    /// Radius of sticks, Å.
    pub stick: f32,
    /// Whether bonds are drawn; where there is nothing but lines, they always are.
    pub bonds: bool,
    /// Whether double, triple and aromatic bonds are drawn as such.
    pub bond_orders: bool,
    /// How much corners are darkened, 0 to 1.
    pub occlusion: f32,
    /// Strength of the dark contours, 0 to 1.
    pub contours: f32,
    /// How much the far end fades into the background, 0 to 1.
    pub depth_cue: f32,
    /// Whether every pixel is drawn from four.
    pub supersampling: bool,
    /// Whether atoms are tinted where the potential expects its forces to be far off.
    pub doubt: bool,
    /// Whether it is drawn from where others look and where their hands are.
    pub presence: bool,
}

/// The style that the program began with: by default, as the command line has it, or as the machine
/// allows.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct FirstStyle(pub Style);

impl Default for Style {
    fn default() -> Style {
        Style {
            representation: Representation::default(),
            coloring: Coloring::default(),
            strongest: Strongest {
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
            occlusion: 0.8,
            contours: 0.6,
            depth_cue: 0.5,
            supersampling: false,
            doubt: false,
            presence: true,
        }
    }
}
