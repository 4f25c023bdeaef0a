//! Positions of atoms in a SMILES string.

use chematic_core::AtomIdx;

/// Position of an atom in the string, in characters from 1; atoms are numbered as written.
pub(super) fn character_index(smiles: &str, atom: AtomIdx) -> usize {
    let mut seen = 0;
    let mut bracket = false;
    let mut previous = ' ';
    for (index, letter) in smiles.chars().enumerate() {
        let second = matches!((previous, letter), ('C', 'l') | ('B', 'r'));
        let starts = match letter {
            '[' => true,
            'B' | 'C' | 'N' | 'O' | 'P' | 'S' | 'F' | 'I' | 'b' | 'c' | 'n' | 'o' | 'p' | 's'
            | '*' => !bracket && !second,
            _ => false,
        };
        if starts {
            if seen == atom.0 {
                return index + 1;
            }
            seen += 1;
        }
        bracket = (bracket || letter == '[') && letter != ']';
        previous = letter;
    }
    smiles.chars().count()
}
