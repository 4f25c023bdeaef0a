//! Content after the positions of a POSCAR: velocities, recognized by their shape, a grid, or text.

use glam::DVec3;

use super::super::ParseError;
use super::super::lines::{Line, Lines, quoted};
use super::super::note::Notes;

/// Reads velocities, Å/fs, from a block of one row of three numbers for each atom. Other content is noted,
/// except the state of VASP's integrator after the velocities, which is ignored.
///
/// # Errors
/// If another row of coordinates follows, since the counts are wrong then.
pub(super) fn read(
    lines: &mut Lines<'_>,
    atoms: usize,
    notes: &mut Notes,
) -> Result<Option<Vec<DVec3>>, ParseError> {
    skip_lattice_velocities(lines);
    if let Some(line) = lines.peek()
        && !line.is_blank()
        && row(line).is_some()
    {
        return Err(line.error(format!(
            "{atoms} rows of coordinates, as the counts say, then a blank line or velocities"
        )));
    }
    let Some(first) = lines.find(|line| !line.is_blank()) else {
        return Ok(None);
    };
    let heading = row(first).is_none().then_some(first);
    let rows = match heading {
        Some(_) => lines.next(),
        None => Some(first),
    };
    let behind_first = lines.peek().filter(|line| !line.is_blank());
    let block = rows
        .into_iter()
        .chain(lines)
        .take_while(|line| !line.is_blank());
    // VASP ends the block of velocities by a blank line.
    let velocities: Option<Vec<DVec3>> = block.take(atoms + 1).map(row).collect();
    let velocities = velocities.filter(|velocities| velocities.len() == atoms && atoms > 0);
    let is_direct = |line: Line<'_>| line.text.trim_start().starts_with(['D', 'd']);
    let note = match (velocities, heading) {
        (Some(_), Some(heading)) if is_direct(heading) => {
            "velocities in direct coordinates are not read: they are per timestep, which the file \
             does not say"
                .to_owned()
        }
        (Some(velocities), _) => return Ok(Some(velocities)),
        (None, Some(text)) => {
            let shown = quoted(text.text);
            format!("text behind the positions is not read: {shown}")
        }
        (None, None) => match grid(first).filter(|_| behind_first.is_some()) {
            Some([a, b, c]) => {
                format!("the file holds a grid of {a}×{b}×{c} values; it is not read")
            }
            None => format!(
                "numbers behind the positions are not read: velocities would be {atoms} rows of three"
            ),
        },
    };
    notes.at(first.number, note);
    Ok(None)
}

/// A row of exactly three numbers.
fn row(line: Line<'_>) -> Option<DVec3> {
    let numbers = line.reals::<3>("three numbers").ok()?;
    (line.words().count() == 3).then(|| numbers.into())
}

/// The numbers of points of a grid along the cell vectors.
fn grid(line: Line<'_>) -> Option<[u64; 3]> {
    let points: Vec<u64> = line.words().map_while(|word| word.parse().ok()).collect();
    let points: [u64; 3] = points.try_into().ok()?;
    (line.words().count() == 3 && !points.contains(&0)).then_some(points)
}

/// A run with a moving cell adds a heading, a state, three velocities and three vectors.
fn skip_lattice_velocities(lines: &mut Lines<'_>) {
    let heading = lines.peek().map_or("", |line| line.text.trim_start());
    if heading.starts_with(['L', 'l']) {
        lines.nth(7);
    }
}
