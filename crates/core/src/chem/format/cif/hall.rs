//! Hall symbols: space groups by their generators.
//!
//! S. R. Hall, Acta Cryst. A37, 517 (1981); tables of International Tables for Crystallography B (2010),
//! A1.4.2.3.

use glam::{DMat3, DVec3};

use super::operation::{Operation, wrap};

/// Maximum number of operations of a space group in its conventional cell (F m -3 m).
pub(super) const MAX_OPERATIONS: usize = 192;

/// All operations of a Hall symbol, the identity first; `None` if invalid.
pub(super) fn operations(symbol: &str) -> Option<Vec<Operation>> {
    let (symbol, origin) = split_origin(symbol)?;
    let mut words = symbol.split_whitespace();
    let lattice = words.next()?;
    let (centric, letter) = match lattice.strip_prefix('-') {
        Some(letter) => (true, letter),
        None => (false, lattice),
    };
    let mut generators: Vec<Operation> = centering(letter)?
        .iter()
        .map(|&translation| Operation {
            translation,
            ..Operation::IDENTITY
        })
        .collect();
    if centric {
        generators.push(Operation {
            rotation: -DMat3::IDENTITY,
            ..Operation::IDENTITY
        });
    }
    let mut previous = Previous::default();
    for word in words {
        generators.push(generator(word, &mut previous)?);
    }
    for generator in &mut generators {
        let moved = origin - generator.rotation * origin;
        generator.translation = wrap(generator.translation + moved);
    }
    closed(&generators)
}

/// The symbol and its origin shift, `(0 0 1)` in twelfths of the cell.
fn split_origin(symbol: &str) -> Option<(&str, DVec3)> {
    let Some((symbol, shift)) = symbol.split_once('(') else {
        return Some((symbol, DVec3::ZERO));
    };
    let numbers: Option<Vec<f64>> = shift
        .trim()
        .strip_suffix(')')?
        .split_whitespace()
        .map(|number| number.parse::<i8>().ok().map(f64::from))
        .collect();
    match numbers?[..] {
        [x, y, z] => Some((symbol, DVec3::new(x, y, z) / 12.0)),
        _ => None,
    }
}

/// Centering translations of a lattice letter.
fn centering(letter: &str) -> Option<&'static [DVec3]> {
    const A: DVec3 = DVec3::new(0.0, 0.5, 0.5);
    const B: DVec3 = DVec3::new(0.5, 0.0, 0.5);
    const C: DVec3 = DVec3::new(0.5, 0.5, 0.0);
    const I: DVec3 = DVec3::splat(0.5);
    const R: DVec3 = DVec3::new(2.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0);
    const H: DVec3 = DVec3::new(2.0 / 3.0, 1.0 / 3.0, 0.0);
    Some(match letter {
        "P" => &[],
        "A" => &[A],
        "B" => &[B],
        "C" => &[C],
        "I" => &[I],
        "R" => &[R],
        "H" => &[H],
        "F" => &[A, B],
        _ => return None,
    })
}

/// Previous rotation, on which the default axis of the next depends.
#[derive(Default)]
struct Previous {
    count: usize,
    fold: usize,
    axis: usize,
}

/// One rotation with its translation, as in `-2yc` or `41`.
fn generator(word: &str, previous: &mut Previous) -> Option<Operation> {
    let (improper, word) = match word.strip_prefix('-') {
        Some(word) => (true, word),
        None => (false, word),
    };
    let mut letters = word.chars().peekable();
    let fold = letters.next()?.to_digit(10)? as usize;
    let stated = letters.next_if(|letter| matches!(letter, 'x' | 'y' | 'z' | '\'' | '"' | '*'));
    // Default axes: the first rotation is about c; a second, twofold one about a or, after a threefold or
    // sixfold one, about a - b; a third, threefold one about a + b + c.
    let axis = stated.unwrap_or(match (previous.count, fold, previous.fold) {
        (1, 2, 2 | 4) => 'x',
        (1, 2, 3 | 6) => '\'',
        (2, 3, _) => '*',
        _ => 'z',
    });
    let about = match axis {
        'x' => 0,
        'y' => 1,
        'z' => 2,
        // Diagonals lie in the face normal to the previous axis.
        _ if previous.count > 0 => previous.axis,
        _ => 2,
    };
    let rotation = rotation(fold, axis, about)?;
    let mut translation = DVec3::ZERO;
    for letter in letters {
        translation += match letter {
            'a' => 0.5 * DVec3::X,
            'b' => 0.5 * DVec3::Y,
            'c' => 0.5 * DVec3::Z,
            'n' => DVec3::splat(0.5),
            'u' => 0.25 * DVec3::X,
            'v' => 0.25 * DVec3::Y,
            'w' => 0.25 * DVec3::Z,
            'd' => DVec3::splat(0.25),
            digit => screw(digit.to_digit(10)?, fold, axis)?,
        };
    }
    *previous = Previous {
        count: previous.count + 1,
        fold,
        axis: about,
    };
    Some(Operation {
        rotation: if improper { -rotation } else { rotation },
        translation,
    })
}

/// Translation of a screw axis as a fraction of the period.
fn screw(part: u32, fold: usize, axis: char) -> Option<DVec3> {
    let along = match axis {
        'x' => DVec3::X,
        'y' => DVec3::Y,
        'z' => DVec3::Z,
        _ => return None,
    };
    Some(f64::from(part) / fold as f64 * along)
}

/// Rotation matrix of an axis; those about x and y are cyclic permutations of those about z.
fn rotation(fold: usize, axis: char, about: usize) -> Option<DMat3> {
    let rows = match (fold, axis) {
        (1, _) => return Some(DMat3::IDENTITY),
        (2, '\'') => [[0, -1, 0], [-1, 0, 0], [0, 0, -1]],
        (2, '"') => [[0, 1, 0], [1, 0, 0], [0, 0, -1]],
        (3, '*') => return Some(rotation_matrix([[0, 0, 1], [1, 0, 0], [0, 1, 0]], 2)),
        (2, _) => [[-1, 0, 0], [0, -1, 0], [0, 0, 1]],
        (3, _) => [[0, -1, 0], [1, -1, 0], [0, 0, 1]],
        (4, _) => [[0, -1, 0], [1, 0, 0], [0, 0, 1]],
        (6, _) => [[1, -1, 0], [1, 0, 0], [0, 0, 1]],
        _ => return None,
    };
    Some(rotation_matrix(rows, about))
}

fn rotation_matrix(rows: [[i8; 3]; 3], about: usize) -> DMat3 {
    let mut columns = [[0.0; 3]; 3];
    for (row, values) in rows.iter().enumerate() {
        for (column, &value) in values.iter().enumerate() {
            columns[(column + about + 1) % 3][(row + about + 1) % 3] = f64::from(value);
        }
    }
    DMat3::from_cols_array_2d(&columns)
}

/// The group generated by operations; `None` if it is larger than any space group.
fn closed(generators: &[Operation]) -> Option<Vec<Operation>> {
    let mut group = vec![Operation::IDENTITY];
    let mut next = 0;
    while next < group.len() {
        for generator in generators {
            let product = generator.after(&group[next]);
            if !group.iter().any(|known| known.is_same(&product)) {
                group.push(product);
            }
        }
        if group.len() > MAX_OPERATIONS {
            return None;
        }
        next += 1;
    }
    Some(group)
}
