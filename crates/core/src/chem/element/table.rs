//! Table of the properties of all 118 elements, with sources.
//!
//! - **Name, mass** (amu): IUPAC standard atomic weights 2021, T. Prohaska et al., Pure Appl. Chem.
//!   94, 573 (2022), DOI 10.1515/pac-2019-0603; where the standard is an interval, the value of the
//!   abridged table. Without a standard: the mass number in IUPAC's periodic table of 4 May 2022.
//! - **Covalent radius** (Å): B. Cordero et al., Dalton Trans. 2008, 2832, DOI 10.1039/b801115j, to
//!   curium: carbon sp³; manganese, iron, cobalt of low spin (high spin: 1.61, 1.52, 1.50). From
//!   berkelium on: single bonds of P. Pyykkö and M. Atsumi, Chem. Eur. J. 15, 186 (2009),
//!   DOI 10.1002/chem.200800987.
//! - **Van der Waals radius** (Å): S. Alvarez, Dalton Trans. 42, 8617 (2013),
//!   DOI 10.1039/c3dt50599e. Polonium to radium: M. Mantina et al., J. Phys. Chem. A 113, 5806
//!   (2009), DOI 10.1021/jp8111556. Estimates: promethium, between its neighbors; fermium and all
//!   beyond, Pyykkö's single-bond radius + 1.20 Å, the mean difference from actinium to einsteinium.
//! - **Color**: Jmol's, <https://jmol.sourceforge.net/jscolors/>, which ends at meitnerium; beyond
//!   it, meitnerium's.
//! - **Valences**: in the main groups the bond counts that OpenSMILES calls normal, with the higher
//!   oxo acids of the halogens and the compounds of the noble gases. For metals the common oxidation
//!   states, as in N. N. Greenwood and A. Earnshaw, Chemistry of the Elements, 2nd ed. (1997);
//!   beyond nobelium those that have been made.

/// Chemical element with atomic number 1 to 118; its properties are table look-ups.
///
/// Constants are named by the symbol in capitals: `Element::H`, `Element::CU`.
///
/// ```
/// use mlipview_core::chem::Element;
///
/// let copper = Element::from_symbol("Cu").unwrap();
/// assert_eq!((copper, copper.number(), copper.name()), (Element::CU, 29, "Copper"));
/// assert_eq!(copper.mass(), 63.546); // amu
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Element(pub(super) u8);

/// Properties of one element; units and sources as above.
pub(super) struct ElementRow {
    pub(super) symbol: &'static str,
    pub(super) name: &'static str,
    pub(super) mass: f64,
    pub(super) covalent_radius: f64,
    pub(super) van_der_waals_radius: f64,
    pub(super) color: u32,
    pub(super) valences: &'static [u8],
}

/// Defines the constant and the row of each element.
///
/// Columns: atomic number, constant, symbol, name, mass, covalent radius, van der Waals radius, color,
/// valences.
macro_rules! elements {
    ($(
        $number:literal $constant:ident $symbol:literal, $name:literal, $mass:literal,
        $covalent_radius:literal, $van_der_waals_radius:literal, $color:literal, $valences:expr;
    )*) => {
        impl Element {
            $(
                #[doc = concat!($name, ".")]
                pub const $constant: Element = Element($number);
            )*
        }

        /// The elements in the order of their atomic numbers, hydrogen first.
        pub(super) static ROWS: [ElementRow; [$($number),*].len()] = [$(ElementRow {
            symbol: $symbol,
            name: $name,
            mass: $mass,
            covalent_radius: $covalent_radius,
            van_der_waals_radius: $van_der_waals_radius,
            color: $color,
            valences: &$valences,
        }),*];
    };
}

elements! {
      1 H  "H",  "Hydrogen",      1.008,         0.31, 1.20, 0xFFFFFF, [1];
      2 HE "He", "Helium",        4.002602,      0.28, 1.43, 0xD9FFFF, [0];
      3 LI "Li", "Lithium",       6.94,          1.28, 2.12, 0xCC80FF, [1];
      4 BE "Be", "Beryllium",     9.0121831,     0.96, 1.98, 0xC2FF00, [2];
      5 B  "B",  "Boron",         10.81,         0.84, 1.91, 0xFFB5B5, [3];
      6 C  "C",  "Carbon",        12.011,        0.76, 1.77, 0x909090, [4];
      7 N  "N",  "Nitrogen",      14.007,        0.71, 1.66, 0x3050F8, [3, 5];
      8 O  "O",  "Oxygen",        15.999,        0.66, 1.50, 0xFF0D0D, [2];
      9 F  "F",  "Fluorine",      18.998403162,  0.57, 1.46, 0x90E050, [1];
     10 NE "Ne", "Neon",          20.1797,       0.58, 1.58, 0xB3E3F5, [0];
     11 NA "Na", "Sodium",        22.98976928,   1.66, 2.50, 0xAB5CF2, [1];
     12 MG "Mg", "Magnesium",     24.305,        1.41, 2.51, 0x8AFF00, [2];
     13 AL "Al", "Aluminium",     26.9815384,    1.21, 2.25, 0xBFA6A6, [3];
     14 SI "Si", "Silicon",       28.085,        1.11, 2.19, 0xF0C8A0, [4];
     15 P  "P",  "Phosphorus",    30.973761998,  1.07, 1.90, 0xFF8000, [3, 5];
     16 S  "S",  "Sulfur",        32.06,         1.05, 1.89, 0xFFFF30, [2, 4, 6];
     17 CL "Cl", "Chlorine",      35.45,         1.02, 1.82, 0x1FF01F, [1, 3, 5, 7];
     18 AR "Ar", "Argon",         39.95,         1.06, 1.83, 0x80D1E3, [0];
     19 K  "K",  "Potassium",     39.0983,       2.03, 2.73, 0x8F40D4, [1];
     20 CA "Ca", "Calcium",       40.078,        1.76, 2.62, 0x3DFF00, [2];
     21 SC "Sc", "Scandium",      44.955907,     1.70, 2.58, 0xE6E6E6, [3];
     22 TI "Ti", "Titanium",      47.867,        1.60, 2.46, 0xBFC2C7, [3, 4];
     23 V  "V",  "Vanadium",      50.9415,       1.53, 2.42, 0xA6A6AB, [3, 4, 5];
     24 CR "Cr", "Chromium",      51.9961,       1.39, 2.45, 0x8A99C7, [2, 3, 6];
     25 MN "Mn", "Manganese",     54.938043,     1.39, 2.45, 0x9C7AC7, [2, 4, 7];
     26 FE "Fe", "Iron",          55.845,        1.32, 2.44, 0xE06633, [2, 3];
     27 CO "Co", "Cobalt",        58.933194,     1.26, 2.40, 0xF090A0, [2, 3];
     28 NI "Ni", "Nickel",        58.6934,       1.24, 2.40, 0x50D050, [2];
     29 CU "Cu", "Copper",        63.546,        1.32, 2.38, 0xC88033, [1, 2];
     30 ZN "Zn", "Zinc",          65.38,         1.22, 2.39, 0x7D80B0, [2];
     31 GA "Ga", "Gallium",       69.723,        1.22, 2.32, 0xC28F8F, [3];
     32 GE "Ge", "Germanium",     72.63,         1.20, 2.29, 0x668F8F, [4];
     33 AS "As", "Arsenic",       74.921595,     1.19, 1.88, 0xBD80E3, [3, 5];
     34 SE "Se", "Selenium",      78.971,        1.20, 1.82, 0xFFA100, [2, 4, 6];
     35 BR "Br", "Bromine",       79.904,        1.20, 1.86, 0xA62929, [1, 3, 5, 7];
     36 KR "Kr", "Krypton",       83.798,        1.16, 2.25, 0x5CB8D1, [0, 2];
     37 RB "Rb", "Rubidium",      85.4678,       2.20, 3.21, 0x702EB0, [1];
     38 SR "Sr", "Strontium",     87.62,         1.95, 2.84, 0x00FF00, [2];
     39 Y  "Y",  "Yttrium",       88.905838,     1.90, 2.75, 0x94FFFF, [3];
     40 ZR "Zr", "Zirconium",     91.224,        1.75, 2.52, 0x94E0E0, [4];
     41 NB "Nb", "Niobium",       92.90637,      1.64, 2.56, 0x73C2C9, [5];
     42 MO "Mo", "Molybdenum",    95.95,         1.54, 2.45, 0x54B5B5, [4, 6];
     43 TC "Tc", "Technetium",    97.0,          1.47, 2.44, 0x3B9E9E, [4, 7];
     44 RU "Ru", "Ruthenium",     101.07,        1.46, 2.46, 0x248F8F, [3, 4];
     45 RH "Rh", "Rhodium",       102.90549,     1.42, 2.44, 0x0A7D8C, [3];
     46 PD "Pd", "Palladium",     106.42,        1.39, 2.15, 0x006985, [2, 4];
     47 AG "Ag", "Silver",        107.8682,      1.45, 2.53, 0xC0C0C0, [1];
     48 CD "Cd", "Cadmium",       112.414,       1.44, 2.49, 0xFFD98F, [2];
     49 IN "In", "Indium",        114.818,       1.42, 2.43, 0xA67573, [3];
     50 SN "Sn", "Tin",           118.71,        1.39, 2.42, 0x668080, [2, 4];
     51 SB "Sb", "Antimony",      121.76,        1.39, 2.47, 0x9E63B5, [3, 5];
     52 TE "Te", "Tellurium",     127.6,         1.38, 1.99, 0xD47A00, [2, 4, 6];
     53 I  "I",  "Iodine",        126.90447,     1.39, 2.04, 0x940094, [1, 3, 5, 7];
     54 XE "Xe", "Xenon",         131.293,       1.40, 2.06, 0x429EB0, [0, 2, 4, 6];
     55 CS "Cs", "Caesium",       132.90545196,  2.44, 3.48, 0x57178F, [1];
     56 BA "Ba", "Barium",        137.327,       2.15, 3.03, 0x00C900, [2];
     57 LA "La", "Lanthanum",     138.90547,     2.07, 2.98, 0x70D4FF, [3];
     58 CE "Ce", "Cerium",        140.116,       2.04, 2.88, 0xFFFFC7, [3, 4];
     59 PR "Pr", "Praseodymium",  140.90766,     2.03, 2.92, 0xD9FFC7, [3];
     60 ND "Nd", "Neodymium",     144.242,       2.01, 2.95, 0xC7FFC7, [3];
     61 PM "Pm", "Promethium",    145.0,         1.99, 2.92, 0xA3FFC7, [3];
     62 SM "Sm", "Samarium",      150.36,        1.98, 2.90, 0x8FFFC7, [2, 3];
     63 EU "Eu", "Europium",      151.964,       1.98, 2.87, 0x61FFC7, [2, 3];
     64 GD "Gd", "Gadolinium",    157.25,        1.96, 2.83, 0x45FFC7, [3];
     65 TB "Tb", "Terbium",       158.925354,    1.94, 2.79, 0x30FFC7, [3];
     66 DY "Dy", "Dysprosium",    162.5,         1.92, 2.87, 0x1FFFC7, [3];
     67 HO "Ho", "Holmium",       164.930329,    1.92, 2.81, 0x00FF9C, [3];
     68 ER "Er", "Erbium",        167.259,       1.89, 2.83, 0x00E675, [3];
     69 TM "Tm", "Thulium",       168.934219,    1.90, 2.79, 0x00D452, [3];
     70 YB "Yb", "Ytterbium",     173.045,       1.87, 2.80, 0x00BF38, [2, 3];
     71 LU "Lu", "Lutetium",      174.9668,      1.87, 2.74, 0x00AB24, [3];
     72 HF "Hf", "Hafnium",       178.486,       1.75, 2.63, 0x4DC2FF, [4];
     73 TA "Ta", "Tantalum",      180.94788,     1.70, 2.53, 0x4DA6FF, [5];
     74 W  "W",  "Tungsten",      183.84,        1.62, 2.57, 0x2194D6, [4, 6];
     75 RE "Re", "Rhenium",       186.207,       1.51, 2.49, 0x267DAB, [4, 7];
     76 OS "Os", "Osmium",        190.23,        1.44, 2.48, 0x266696, [4, 8];
     77 IR "Ir", "Iridium",       192.217,       1.41, 2.41, 0x175487, [3, 4];
     78 PT "Pt", "Platinum",      195.084,       1.36, 2.29, 0xD0D0E0, [2, 4];
     79 AU "Au", "Gold",          196.96657,     1.36, 2.32, 0xFFD123, [1, 3];
     80 HG "Hg", "Mercury",       200.592,       1.32, 2.45, 0xB8B8D0, [1, 2];
     81 TL "Tl", "Thallium",      204.38,        1.45, 2.47, 0xA6544D, [1, 3];
     82 PB "Pb", "Lead",          207.2,         1.46, 2.60, 0x575961, [2, 4];
     83 BI "Bi", "Bismuth",       208.9804,      1.48, 2.54, 0x9E4FB5, [3, 5];
     84 PO "Po", "Polonium",      209.0,         1.40, 1.97, 0xAB5C00, [2, 4];
     85 AT "At", "Astatine",      210.0,         1.50, 2.02, 0x754F45, [1];
     86 RN "Rn", "Radon",         222.0,         1.50, 2.20, 0x428296, [0, 2];
     87 FR "Fr", "Francium",      223.0,         2.60, 3.48, 0x420066, [1];
     88 RA "Ra", "Radium",        226.0,         2.21, 2.83, 0x007D00, [2];
     89 AC "Ac", "Actinium",      227.0,         2.15, 2.80, 0x70ABFA, [3];
     90 TH "Th", "Thorium",       232.0377,      2.06, 2.93, 0x00BAFF, [4];
     91 PA "Pa", "Protactinium",  231.03588,     2.00, 2.88, 0x00A1FF, [4, 5];
     92 U  "U",  "Uranium",       238.02891,     1.96, 2.71, 0x008FFF, [4, 6];
     93 NP "Np", "Neptunium",     237.0,         1.90, 2.82, 0x0080FF, [4, 5];
     94 PU "Pu", "Plutonium",     244.0,         1.87, 2.81, 0x006BFF, [3, 4];
     95 AM "Am", "Americium",     243.0,         1.80, 2.83, 0x545CF2, [3];
     96 CM "Cm", "Curium",        247.0,         1.69, 3.05, 0x785CE3, [3];
     97 BK "Bk", "Berkelium",     247.0,         1.68, 3.40, 0x8A4FE3, [3];
     98 CF "Cf", "Californium",   251.0,         1.68, 3.05, 0xA136D4, [3];
     99 ES "Es", "Einsteinium",   252.0,         1.65, 2.70, 0xB31FD4, [3];
    100 FM "Fm", "Fermium",       257.0,         1.67, 2.87, 0xB31FBA, [3];
    101 MD "Md", "Mendelevium",   258.0,         1.73, 2.93, 0xB30DA6, [3];
    102 NO "No", "Nobelium",      259.0,         1.76, 2.96, 0xBD0D87, [2, 3];
    103 LR "Lr", "Lawrencium",    262.0,         1.61, 2.81, 0xC70066, [3];
    104 RF "Rf", "Rutherfordium", 267.0,         1.57, 2.77, 0xCC0059, [4];
    105 DB "Db", "Dubnium",       268.0,         1.49, 2.69, 0xD1004F, [5];
    106 SG "Sg", "Seaborgium",    269.0,         1.43, 2.63, 0xD90045, [6];
    107 BH "Bh", "Bohrium",       270.0,         1.41, 2.61, 0xE00038, [7];
    108 HS "Hs", "Hassium",       269.0,         1.34, 2.54, 0xE6002E, [8];
    109 MT "Mt", "Meitnerium",    277.0,         1.29, 2.49, 0xEB0026, [];
    110 DS "Ds", "Darmstadtium",  281.0,         1.28, 2.48, 0xEB0026, [];
    111 RG "Rg", "Roentgenium",   282.0,         1.21, 2.41, 0xEB0026, [];
    112 CN "Cn", "Copernicium",   285.0,         1.22, 2.42, 0xEB0026, [2];
    113 NH "Nh", "Nihonium",      286.0,         1.36, 2.56, 0xEB0026, [];
    114 FL "Fl", "Flerovium",     290.0,         1.43, 2.63, 0xEB0026, [];
    115 MC "Mc", "Moscovium",     290.0,         1.62, 2.82, 0xEB0026, [];
    116 LV "Lv", "Livermorium",   293.0,         1.75, 2.95, 0xEB0026, [];
    117 TS "Ts", "Tennessine",    294.0,         1.65, 2.85, 0xEB0026, [];
    118 OG "Og", "Oganesson",     294.0,         1.57, 2.77, 0xEB0026, [];
}
