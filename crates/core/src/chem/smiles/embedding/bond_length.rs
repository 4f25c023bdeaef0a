//! Bond lengths at coordination centers from covalent radii.

/// Single-bond covalent radii, pm, by atomic number from 1 (P. Pyykkö and M. Atsumi, Chem. Eur. J. 15,
/// 186 (2009), DOI 10.1002/chem.200800987).
const SINGLE_BOND_RADII: [u8; 118] = [
    32, 46, 133, 102, 85, 75, 71, 63, 64, 67, 155, 139, 126, 116, 111, 103, 99, 96, 196, 171, 148,
    136, 134, 122, 119, 116, 111, 110, 112, 118, 124, 121, 121, 116, 114, 117, 210, 185, 163, 154,
    147, 138, 128, 125, 125, 120, 128, 136, 142, 140, 140, 136, 133, 131, 232, 196, 180, 163, 176,
    174, 173, 172, 168, 169, 168, 167, 166, 165, 164, 170, 162, 152, 146, 137, 131, 129, 122, 123,
    124, 133, 144, 144, 151, 145, 147, 142, 223, 201, 186, 175, 169, 170, 171, 172, 166, 166, 168,
    168, 165, 167, 173, 176, 161, 157, 149, 143, 141, 134, 129, 128, 121, 122, 136, 143, 162, 175,
    165, 157,
];

/// Excess length of a dative bond from nitrogen, oxygen or a halogen over a covalent one, Å: Pt–NH₃
/// 2.05 Å versus 1.94 Å from radii, Pd–pyridine 2.02 versus 1.91 Å, Co–NH₃ 1.96 versus 1.82 Å. Dative
/// bonds from carbon and phosphorus are as long as covalent ones.
const DATIVE_EXCESS: f64 = 0.1;

/// Length of a double and of a triple bond relative to a single one: the mean of Pyykkö's radii.
const DOUBLE_RATIO: f64 = 0.89;
const TRIPLE_RATIO: f64 = 0.83;

/// Expected bond length of two atomic numbers, Å; `None` for invalid numbers.
pub(super) fn bond_length(numbers: [i32; 2], order: i32, dative: bool) -> Option<f64> {
    let mut length = 0.0;
    for number in numbers {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        length += f64::from(*SINGLE_BOND_RADII.get(index)?) / 100.0;
    }
    let hard = numbers
        .iter()
        .any(|number| matches!(number, 7..=9 | 17 | 35));
    Some(match order {
        2 => DOUBLE_RATIO * length,
        3 | 4 => TRIPLE_RATIO * length,
        _ if dative && hard => length + DATIVE_EXCESS,
        _ => length,
    })
}
