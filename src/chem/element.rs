//! The elements: a table, and a number that looks things up in it.

use std::fmt;

/// A chemical element: an atomic number from 1 to 118. All else about it is a table look-up.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Element(u8);

impl Element {
    /// Hydrogen.
    pub const H: Element = Element(1);
    /// Carbon.
    pub const C: Element = Element(6);
    /// Nitrogen.
    pub const N: Element = Element(7);
    /// Oxygen.
    pub const O: Element = Element(8);
    /// Neon.
    pub const NE: Element = Element(10);
    /// Aluminium.
    pub const AL: Element = Element(13);
    /// Argon.
    pub const AR: Element = Element(18);
    /// Nickel.
    pub const NI: Element = Element(28);
    /// Copper.
    pub const CU: Element = Element(29);
    /// Krypton.
    pub const KR: Element = Element(36);
    /// Palladium.
    pub const PD: Element = Element(46);
    /// Silver.
    pub const AG: Element = Element(47);
    /// Xenon.
    pub const XE: Element = Element(54);
    /// Platinum.
    pub const PT: Element = Element(78);
    /// Gold.
    pub const AU: Element = Element(79);

    /// The element of an atomic number; `None` outside 1–118.
    pub fn from_number(number: u8) -> Option<Element> {
        (1..=118).contains(&number).then_some(Element(number))
    }

    /// The element of a symbol, in any case ("Cu", "CU", "cu"); `None` if there is no such symbol.
    pub fn from_symbol(symbol: &str) -> Option<Element> {
        let found = TABLE
            .iter()
            .position(|row| row.symbol.eq_ignore_ascii_case(symbol))?;
        Element::from_number(found as u8 + 1)
    }

    /// All elements, hydrogen to oganesson.
    pub fn all() -> impl Iterator<Item = Element> {
        (1..=118).map(Element)
    }

    /// Atomic number, 1–118.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Symbol, as in "Cu".
    pub fn symbol(self) -> &'static str {
        self.row().symbol
    }

    /// English name, as in "Copper".
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Standard atomic weight, amu.
    pub fn mass(self) -> f64 {
        self.row().mass
    }

    /// Covalent radius, Å.
    pub fn covalent_radius(self) -> f64 {
        self.row().covalent_radius
    }

    /// Van der Waals radius, Å.
    pub fn van_der_waals_radius(self) -> f64 {
        self.row().van_der_waals_radius
    }

    /// Colour in the Jmol scheme, sRGB bytes.
    pub fn color(self) -> [u8; 3] {
        let [_, red, green, blue] = self.row().color.to_be_bytes();
        [red, green, blue]
    }

    /// The most bonds that the element usually forms in molecules.
    pub fn max_valence(self) -> u8 {
        self.row().max_valence
    }

    fn row(self) -> &'static Row {
        &TABLE[usize::from(self.0) - 1]
    }
}

impl fmt::Display for Element {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.symbol())
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.symbol())
    }
}

struct Row {
    symbol: &'static str,
    name: &'static str,
    mass: f64,
    covalent_radius: f64,
    van_der_waals_radius: f64,
    color: u32,
    max_valence: u8,
}

const fn row(
    symbol: &'static str,
    name: &'static str,
    mass: f64,
    covalent_radius: f64,
    van_der_waals_radius: f64,
    color: u32,
    max_valence: u8,
) -> Row {
    Row {
        symbol,
        name,
        mass,
        covalent_radius,
        van_der_waals_radius,
        color,
        max_valence,
    }
}

#[rustfmt::skip]
const TABLE: [Row; 118] = [
    row("H", "Hydrogen", 1.008, 0.31, 1.2, 0xFFFFFF, 4),
    row("He", "Helium", 4.002602, 0.28, 1.43, 0xD9FFFF, 4),
    row("Li", "Lithium", 6.94, 1.28, 2.12, 0xCC80FF, 4),
    row("Be", "Beryllium", 9.0121831, 0.96, 1.98, 0xC2FF00, 4),
    row("B", "Boron", 10.81, 0.84, 1.91, 0xFFB5B5, 4),
    row("C", "Carbon", 12.011, 0.76, 1.77, 0x909090, 4),
    row("N", "Nitrogen", 14.007, 0.71, 1.66, 0x3050F8, 4),
    row("O", "Oxygen", 15.999, 0.66, 1.5, 0xFF0D0D, 4),
    row("F", "Fluorine", 18.998403163, 0.57, 1.46, 0x90E050, 4),
    row("Ne", "Neon", 20.1797, 0.58, 1.58, 0xB3E3F5, 4),
    row("Na", "Sodium", 22.98976928, 1.66, 2.5, 0xAB5CF2, 4),
    row("Mg", "Magnesium", 24.305, 1.41, 2.51, 0x8AFF00, 4),
    row("Al", "Aluminium", 26.9815385, 1.21, 2.25, 0xBFA6A6, 4),
    row("Si", "Silicon", 28.085, 1.11, 2.19, 0xF0C8A0, 4),
    row("P", "Phosphorus", 30.973761998, 1.07, 1.9, 0xFF8000, 4),
    row("S", "Sulfur", 32.06, 1.05, 1.89, 0xFFFF30, 4),
    row("Cl", "Chlorine", 35.45, 1.02, 1.82, 0x1FF01F, 4),
    row("Ar", "Argon", 39.948, 1.06, 1.83, 0x80D1E3, 4),
    row("K", "Potassium", 39.0983, 2.03, 2.73, 0x8F40D4, 4),
    row("Ca", "Calcium", 40.078, 1.76, 2.62, 0x3DFF00, 4),
    row("Sc", "Scandium", 44.955908, 1.7, 2.58, 0xE6E6E6, 4),
    row("Ti", "Titanium", 47.867, 1.6, 2.46, 0xBFC2C7, 4),
    row("V", "Vanadium", 50.9415, 1.53, 2.42, 0xA6A6AB, 4),
    row("Cr", "Chromium", 51.9961, 1.39, 2.45, 0x8A99C7, 4),
    row("Mn", "Manganese", 54.938044, 1.39, 2.45, 0x9C7AC7, 4),
    row("Fe", "Iron", 55.845, 1.32, 2.44, 0xE06633, 4),
    row("Co", "Cobalt", 58.933194, 1.26, 2.4, 0xF090A0, 4),
    row("Ni", "Nickel", 58.6934, 1.24, 2.4, 0x50D050, 4),
    row("Cu", "Copper", 63.546, 1.32, 2.38, 0xC88033, 4),
    row("Zn", "Zinc", 65.38, 1.22, 2.39, 0x7D80B0, 4),
    row("Ga", "Gallium", 69.723, 1.22, 2.32, 0xC28F8F, 4),
    row("Ge", "Germanium", 72.63, 1.2, 2.29, 0x668F8F, 4),
    row("As", "Arsenic", 74.921595, 1.19, 1.88, 0xBD80E3, 4),
    row("Se", "Selenium", 78.971, 1.2, 1.82, 0xFFA100, 4),
    row("Br", "Bromine", 79.904, 1.2, 1.86, 0xA62929, 4),
    row("Kr", "Krypton", 83.798, 1.16, 2.25, 0x5CB8D1, 4),
    row("Rb", "Rubidium", 85.4678, 2.2, 3.21, 0x702EB0, 4),
    row("Sr", "Strontium", 87.62, 1.95, 2.84, 0x00FF00, 4),
    row("Y", "Yttrium", 88.90584, 1.9, 2.75, 0x94FFFF, 4),
    row("Zr", "Zirconium", 91.224, 1.75, 2.52, 0x94E0E0, 4),
    row("Nb", "Niobium", 92.90637, 1.64, 2.56, 0x73C2C9, 4),
    row("Mo", "Molybdenum", 95.95, 1.54, 2.45, 0x54B5B5, 4),
    row("Tc", "Technetium", 97.90721, 1.47, 2.44, 0x3B9E9E, 4),
    row("Ru", "Ruthenium", 101.07, 1.46, 2.46, 0x248F8F, 4),
    row("Rh", "Rhodium", 102.9055, 1.42, 2.44, 0x0A7D8C, 4),
    row("Pd", "Palladium", 106.42, 1.39, 2.15, 0x006985, 4),
    row("Ag", "Silver", 107.8682, 1.45, 2.53, 0xC0C0C0, 4),
    row("Cd", "Cadmium", 112.414, 1.44, 2.49, 0xFFD98F, 4),
    row("In", "Indium", 114.818, 1.42, 2.43, 0xA67573, 4),
    row("Sn", "Tin", 118.71, 1.39, 2.42, 0x668080, 4),
    row("Sb", "Antimony", 121.76, 1.39, 2.47, 0x9E63B5, 4),
    row("Te", "Tellurium", 127.6, 1.38, 1.99, 0xD47A00, 4),
    row("I", "Iodine", 126.90447, 1.39, 2.04, 0x940094, 4),
    row("Xe", "Xenon", 131.293, 1.4, 2.06, 0x429EB0, 4),
    row("Cs", "Caesium", 132.90545196, 2.44, 3.48, 0x57178F, 4),
    row("Ba", "Barium", 137.327, 2.15, 3.03, 0x00C900, 4),
    row("La", "Lanthanum", 138.90547, 2.07, 2.98, 0x70D4FF, 4),
    row("Ce", "Cerium", 140.116, 2.04, 2.88, 0xFFFFC7, 4),
    row("Pr", "Praseodymium", 140.90766, 2.03, 2.92, 0xD9FFC7, 4),
    row("Nd", "Neodymium", 144.242, 2.01, 2.95, 0xC7FFC7, 4),
    row("Pm", "Promethium", 144.91276, 1.99, 2.0, 0xA3FFC7, 4),
    row("Sm", "Samarium", 150.36, 1.98, 2.9, 0x8FFFC7, 4),
    row("Eu", "Europium", 151.964, 1.98, 2.87, 0x61FFC7, 4),
    row("Gd", "Gadolinium", 157.25, 1.96, 2.83, 0x45FFC7, 4),
    row("Tb", "Terbium", 158.92535, 1.94, 2.79, 0x30FFC7, 4),
    row("Dy", "Dysprosium", 162.5, 1.92, 2.87, 0x1FFFC7, 4),
    row("Ho", "Holmium", 164.93033, 1.92, 2.81, 0x00FF9C, 4),
    row("Er", "Erbium", 167.259, 1.89, 2.83, 0x00E675, 4),
    row("Tm", "Thulium", 168.93422, 1.9, 2.79, 0x00D452, 4),
    row("Yb", "Ytterbium", 173.054, 1.87, 2.8, 0x00BF38, 4),
    row("Lu", "Lutetium", 174.9668, 1.87, 2.74, 0x00AB24, 4),
    row("Hf", "Hafnium", 178.49, 1.75, 2.63, 0x4DC2FF, 4),
    row("Ta", "Tantalum", 180.94788, 1.7, 2.53, 0x4DA6FF, 4),
    row("W", "Tungsten", 183.84, 1.62, 2.57, 0x2194D6, 4),
    row("Re", "Rhenium", 186.207, 1.51, 2.49, 0x267DAB, 4),
    row("Os", "Osmium", 190.23, 1.44, 2.48, 0x266696, 4),
    row("Ir", "Iridium", 192.217, 1.41, 2.41, 0x175487, 4),
    row("Pt", "Platinum", 195.084, 1.36, 2.29, 0xD0D0E0, 4),
    row("Au", "Gold", 196.966569, 1.36, 2.32, 0xFFD123, 4),
    row("Hg", "Mercury", 200.592, 1.32, 2.45, 0xB8B8D0, 4),
    row("Tl", "Thallium", 204.38, 1.45, 2.47, 0xA6544D, 4),
    row("Pb", "Lead", 207.2, 1.46, 2.6, 0x575961, 4),
    row("Bi", "Bismuth", 208.9804, 1.48, 2.54, 0x9E4FB5, 4),
    row("Po", "Polonium", 208.98243, 1.4, 2.0, 0xAB5C00, 4),
    row("At", "Astatine", 209.98715, 1.5, 2.0, 0x754F45, 4),
    row("Rn", "Radon", 222.01758, 1.5, 2.0, 0x428296, 4),
    row("Fr", "Francium", 223.01974, 2.6, 2.0, 0x420066, 4),
    row("Ra", "Radium", 226.02541, 2.21, 2.0, 0x007D00, 4),
    row("Ac", "Actinium", 227.02775, 2.15, 2.8, 0x70ABFA, 4),
    row("Th", "Thorium", 232.0377, 2.06, 2.93, 0x00BAFF, 4),
    row("Pa", "Protactinium", 231.03588, 2.0, 2.88, 0x00A1FF, 4),
    row("U", "Uranium", 238.02891, 1.96, 2.71, 0x008FFF, 4),
    row("Np", "Neptunium", 237.04817, 1.9, 2.82, 0x0080FF, 4),
    row("Pu", "Plutonium", 244.06421, 1.87, 2.81, 0x006BFF, 4),
    row("Am", "Americium", 243.06138, 1.8, 2.83, 0x545CF2, 4),
    row("Cm", "Curium", 247.07035, 1.69, 3.05, 0x785CE3, 4),
    row("Bk", "Berkelium", 247.07031, 2.0, 3.4, 0x8A4FE3, 4),
    row("Cf", "Californium", 251.07959, 2.0, 3.05, 0xA136D4, 4),
    row("Es", "Einsteinium", 252.083, 2.0, 2.7, 0xB31FD4, 4),
    row("Fm", "Fermium", 257.09511, 2.0, 2.0, 0xB31FBA, 4),
    row("Md", "Mendelevium", 258.09843, 2.0, 2.0, 0xB30DA6, 4),
    row("No", "Nobelium", 259.101, 2.0, 2.0, 0xBD0D87, 4),
    row("Lr", "Lawrencium", 262.11, 2.0, 2.0, 0xC70066, 4),
    row("Rf", "Rutherfordium", 267.122, 2.0, 2.0, 0xCC0059, 4),
    row("Db", "Dubnium", 268.126, 2.0, 2.0, 0xD1004F, 4),
    row("Sg", "Seaborgium", 271.134, 2.0, 2.0, 0xD90045, 4),
    row("Bh", "Bohrium", 270.133, 2.0, 2.0, 0xE00038, 4),
    row("Hs", "Hassium", 269.1338, 2.0, 2.0, 0xE6002E, 4),
    row("Mt", "Meitnerium", 278.156, 2.0, 2.0, 0xEB0026, 4),
    row("Ds", "Darmastadtium", 281.165, 2.0, 2.0, 0xEB0026, 4),
    row("Rg", "Roentgenium", 281.166, 2.0, 2.0, 0xEB0026, 4),
    row("Cn", "Copernicium", 285.177, 2.0, 2.0, 0xEB0026, 4),
    row("Nh", "Nihonium", 286.182, 2.0, 2.0, 0xEB0026, 4),
    row("Fl", "Flerovium", 289.19, 2.0, 2.0, 0xEB0026, 4),
    row("Mc", "Moscovium", 289.194, 2.0, 2.0, 0xEB0026, 4),
    row("Lv", "Livermorium", 293.204, 2.0, 2.0, 0xEB0026, 4),
    row("Ts", "Tennessine", 293.208, 2.0, 2.0, 0xEB0026, 4),
    row("Og", "Oganesson", 294.214, 2.0, 2.0, 0xEB0026, 4),
];
