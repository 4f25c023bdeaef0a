"""Crystals of the model card: `evaluate.py --program mlipview [--parameters FILE] [--teacher FOLDER]`.

Every crystal is relaxed with its cell from rattled and strained positions, by the program and by the teacher: lattice constants,
Å; space group, with spglib; bulk modulus, GPa. The teacher's results are kept in teacher.json; its folder is needed only for
crystals that are missing there. The program's are kept in --results until the parameters change. † marks relaxations that did not
converge within the largest number of steps.
"""

import argparse
import zlib

import numpy as np
import spglib
from ase.units import GPa

import crystals
from program import TAUGHT, Program, Results

SEED = 20261129
RATTLE, STRAIN = 0.03, 0.01  # standard deviation of each coordinate, Å; largest component
TOLERANCE = 0.05  # Å, of spglib
LENGTHS = np.linspace(0.98, 1.02, 7)  # of the relaxed cell, for the bulk modulus
GATES = {"teacher": 2.0, "measured": 3.0, "modulus": 25.0}  # %


def disturbed(name):
    """The conventional cell with random displacements and a random symmetric strain."""
    rng = np.random.default_rng([SEED, zlib.crc32(name.encode())])
    atoms = crystals.conventional(name)
    strain = rng.uniform(-STRAIN, STRAIN, (3, 3))
    atoms.set_cell(atoms.cell @ (np.eye(3) + (strain + strain.T) / 2), scale_atoms=True)
    atoms.positions += rng.normal(size=atoms.positions.shape) * RATTLE
    return atoms


def space_group(atoms):
    """Number and symbol of the space group."""
    found = spglib.get_symmetry_dataset((atoms.cell[:], atoms.get_scaled_positions(), atoms.numbers), symprec=TOLERANCE)
    return (found.number, found.international) if found else (1, "P1")


def modulus(potential, atoms):
    """Bulk modulus, GPa, from a cubic polynomial of E(V): cells of the same shape, atoms relaxed in each. None without a minimum."""
    volumes, energies = [], []
    for length in LENGTHS:
        scaled = atoms.copy()
        scaled.set_cell(atoms.cell * length, scale_atoms=True)
        volumes.append(scaled.get_volume())
        energies.append(potential.relaxed(scaled)[1])
    fit = np.polynomial.Polynomial.fit(volumes, energies, 3)
    curvature = fit.deriv(2)
    roots = [r.real for r in fit.deriv().roots() if abs(r.imag) < 1e-6 and volumes[0] < r.real < volumes[-1] and curvature(r.real) > 0]
    return round(float(roots[0] * curvature(roots[0]) / GPa), 2) if roots else None


def row(potential, name):
    """Cell, Å and degrees; space group; bulk modulus, GPa, of a relaxed crystal."""
    atoms, _ = potential.relaxed(disturbed(name), cell=True)
    number, symbol = space_group(atoms)
    unfinished = {} if atoms.info["converged"] else {"converged": False}
    return unfinished | {"cell": [round(float(x), 4) for x in atoms.cell.cellpar()], "number": int(number), "symbol": symbol, "modulus": modulus(potential, atoms)}


def equal(name):
    """The axes of the ideal cell in groups of equal length."""
    ideal = crystals.conventional(name).cell.lengths()
    return [[k for k in range(3) if abs(ideal[k] / ideal[axis] - 1) < 1e-4] for axis in crystals.axes(name)]


def lengths(name, cell):
    """Lengths of the axes, Å, group after group of those that are equal in the ideal crystal; in a group, they ascend."""
    return np.concatenate([sorted(cell[k] for k in axes) for axes in equal(name)])


def shown(name, found):
    """The lengths as text: one of each group, unless they differ by more than 0.5 %."""
    if found is None:
        return "–"
    ends = np.cumsum([len(axes) for axes in equal(name)])
    groups = np.split(np.asarray(found), ends[:-1])
    return ", ".join(f"{x:.3f}" for group in groups for x in ([np.mean(group)] if group[-1] / group[0] < 1.005 else group))


def worst(found, reference):
    """The largest difference of lengths, %, with its sign."""
    difference = 100 * (np.asarray(found) / reference - 1)
    return float(difference[np.argmax(np.abs(difference))])


def held_out(name):
    """True for crystals of elements that occur together in no structure of training."""
    from prototypes import HELD_OUT_SYSTEMS

    return frozenset(crystals.conventional(name).get_chemical_symbols()) in HELD_OUT_SYSTEMS


def compare(name, teacher, solid):
    """Numbers of one line of the table, and of the summary; None where the teacher's, or a measured one, is missing."""
    ideal, measured = space_group(crystals.conventional(name)), crystals.measured(name)
    if measured is not None:
        measured = np.repeat(measured, [len(axes) for axes in equal(name)])
    a, b = teacher and lengths(name, teacher["cell"]), lengths(name, solid["cell"])
    moduli = teacher and teacher["modulus"], solid["modulus"]
    difference = lambda found, reference: None if found is None or reference is None else worst(found, reference)
    return {
        "unfinished": [not (found or {}).get("converged", True) for found in (teacher, solid)],
        "name": name, "held out": held_out(name), "ideal": ideal, "lengths": (measured, a, b), "moduli": moduli, "symbols": (teacher and teacher["symbol"], solid["symbol"]),
        "teacher": difference(b, a), "measured": difference(b, measured), "teacher measured": difference(a, measured),
        "kept": solid["number"] == ideal[0], "teacher kept": teacher and teacher["number"] == ideal[0],
        "modulus": None if None in moduli else 100 * (moduli[1] / moduli[0] - 1),
    }  # fmt: skip


def line(c):
    """A line of the table."""
    number = lambda x: "–" if x is None else f"{x:.0f}"
    group = lambda kept, symbol: "–" if kept is None else "kept" if kept else f"**{symbol}**"

    def gated(key, digits):
        if c[key] is None:
            return "–"
        text = f"{c[key]:+.{digits}f}"
        return text if abs(c[key]) <= GATES[key] else f"**{text}**"

    cells = [
        c["name"] + (" ∘" if c["held out"] else ""), c["ideal"][1], shown(c["name"], c["lengths"][0]),
        *(shown(c["name"], x) + " †" * unfinished for x, unfinished in zip(c["lengths"][1:], c["unfinished"])), gated("teacher", 1), gated("measured", 1),
        group(c["teacher kept"], c["symbols"][0]), group(c["kept"], c["symbols"][1]), *map(number, c["moduli"]), gated("modulus", 0),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def summary(rows):
    """How many crystals are within each gate, and mean differences."""
    with_number = lambda key, where: [c for c in where if c[key] is not None]
    within = lambda key, c: c[key] is not None and abs(c[key]) <= GATES[key.split()[-1]]
    inside = lambda key, where: f"{sum(within(key, c) for c in where)} of {len(with_number(key, where))}"
    mean = lambda key, where: np.mean([abs(c[key]) for c in with_number(key, where)])
    taught, new = with_number("teacher", rows), [c for c in rows if c["held out"]]
    both = [c for c in taught if c["teacher kept"]]
    right = [c for c in both if c["measured"] is None or within("teacher measured", c)]
    every = [c for c in taught if within("teacher", c) and (c["measured"] is None or within("measured", c)) and c["kept"] and within("modulus", c)]
    return "\n".join([
        f"- lattice constants within 2 % of the teacher: {inside('teacher', rows)} (mean of the largest differences {mean('teacher', rows):.2f} %); of the held-out, {inside('teacher', new)} ({mean('teacher', new):.2f} %)",
        f"- within 3 % of measurement: {inside('measured', rows)} (mean {mean('measured', rows):.2f} %); the teacher {inside('teacher measured', rows)} ({mean('teacher measured', rows):.2f} %)",
        f"- space group kept: {sum(c['kept'] for c in rows)} of {len(rows)}; the teacher {len(both)} of {len(taught)}; of these, {sum(c['kept'] for c in both)}",
        f"- bulk modulus within 25 % of the teacher: {inside('modulus', rows)} (median {np.median([abs(c['modulus']) for c in with_number('modulus', rows)]):.0f} %)",
        f"- of the {len(right)} crystals where the teacher keeps the space group and is within 3 % of measurement: lattice constants {inside('teacher', right)}, space group {sum(c['kept'] for c in right)}, bulk modulus {inside('modulus', right)}",
        f"- within all gates: {len(every)} of {len(taught)}",
    ])  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--parameters", help="a file of export.py [default: those of the program]")
    parser.add_argument("--teacher", help="folder of TensorNet-MatPES-r2SCAN-v2025.1-PES")
    parser.add_argument("--results", default="work/crystals.json")
    options = parser.parse_args()
    program, rows = Program(options.program, options.parameters), []
    taught, learned = Results(TAUGHT), Results(options.results, program.stamp())
    if options.teacher:
        from calculator import Teacher

        teacher = Teacher(options.teacher)
    else:
        teacher = None
    print("| crystal | space group | measured, Å | teacher | solid | from teacher, % | from measured, % | group: teacher | solid | B, GPa: teacher | solid | % |")
    print("|---|---|--:|--:|--:|--:|--:|---|---|--:|--:|--:|")
    for name in crystals.NAMES:
        reference = taught.once(name, lambda: row(teacher, name)) if teacher else taught.found.get(name)
        rows.append(compare(name, reference, learned.once(name, lambda: row(program, name))))
        print(line(rows[-1]), flush=True)
    print("\n" + summary(rows))


if __name__ == "__main__":
    main()
