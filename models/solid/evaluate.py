"""Crystals of the model card: `evaluate.py --program mlipview [--parameters FILE] [--teacher FOLDER]`.

Every crystal is relaxed with its cell from rattled and strained positions, by the program and by the teacher: lattice constants,
Å; space group, with spglib; bulk modulus, GPa. The teacher's results are kept in teacher.json; its folder is needed for crystals
that are missing there. The program's are kept in --results until the parameters change.
"""

import argparse
import sys
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
    return {"cell": [round(float(x), 4) for x in atoms.cell.cellpar()], "number": int(number), "symbol": symbol, "modulus": modulus(potential, atoms)}


def lengths(name, cell):
    """Lengths of the independent axes, Å, with the mean of those that are equal in the ideal crystal."""
    ideal, axes = crystals.conventional(name).cell.lengths(), crystals.axes(name)
    return np.array([np.mean([cell[k] for k in range(3) if abs(ideal[k] / ideal[axis] - 1) < 1e-4]) for axis in axes])


def worst(found, reference):
    """The largest difference of lengths, %, with its sign."""
    difference = 100 * (np.asarray(found) / reference - 1)
    return float(difference[np.argmax(np.abs(difference))])


def held_out(name):
    """True for crystals of elements that occur together in no structure of training."""
    from prototypes import HELD_OUT_SYSTEMS

    return frozenset(crystals.conventional(name).get_chemical_symbols()) in HELD_OUT_SYSTEMS


def compare(name, teacher, solid):
    """Numbers of one line of the table, and of the summary."""
    ideal, measured = space_group(crystals.conventional(name)), crystals.measured(name)
    a, b = lengths(name, teacher["cell"]), lengths(name, solid["cell"])
    moduli = teacher["modulus"], solid["modulus"]
    return {
        "name": name, "held out": held_out(name), "ideal": ideal, "lengths": (measured, a, b), "moduli": moduli, "symbols": (teacher["symbol"], solid["symbol"]),
        "teacher": worst(b, a), "measured": None if measured is None else worst(b, measured), "teacher measured": None if measured is None else worst(a, measured),
        "kept": solid["number"] == ideal[0], "teacher kept": teacher["number"] == ideal[0],
        "modulus": None if None in moduli else 100 * (moduli[1] / moduli[0] - 1),
    }  # fmt: skip


def line(c):
    """A line of the table."""
    bold = lambda text, inside: text if inside else f"**{text}**"
    show = lambda x: "–" if x is None else ", ".join(f"{length:.3f}" for length in x)
    number = lambda x: "–" if x is None else f"{x:.0f}"
    measured, teacher, solid = c["lengths"]
    lost = lambda kept, symbol: "kept" if kept else f"**{symbol}**"
    cells = [
        c["name"] + (" ∘" if c["held out"] else ""), c["ideal"][1], show(measured), show(teacher), show(solid),
        bold(f"{c['teacher']:+.1f}", abs(c["teacher"]) <= GATES["teacher"]),
        "–" if measured is None else bold(f"{c['measured']:+.1f}", abs(c["measured"]) <= GATES["measured"]),
        lost(c["teacher kept"], c["symbols"][0]), lost(c["kept"], c["symbols"][1]), number(c["moduli"][0]), number(c["moduli"][1]),
        "–" if c["modulus"] is None else bold(f"{c['modulus']:+.0f}", abs(c["modulus"]) <= GATES["modulus"]),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def summary(rows):
    """How many crystals are within each gate, and mean differences."""
    inside = lambda key, gate, where: f"{sum(abs(c[key]) <= GATES[gate] for c in where)} of {len(where)}"
    known, stiff = [c for c in rows if c["measured"] is not None], [c for c in rows if c["modulus"] is not None]
    both = [c for c in rows if c["teacher kept"]]
    new = [c for c in rows if c["held out"]]
    right = [c for c in both if c["measured"] is None or abs(c["teacher measured"]) <= GATES["measured"]]
    every = [c for c in rows if abs(c["teacher"]) <= GATES["teacher"] and (c["measured"] is None or abs(c["measured"]) <= GATES["measured"]) and c["kept"] and c["modulus"] is not None and abs(c["modulus"]) <= GATES["modulus"]]
    mean = lambda key, where: np.mean([abs(c[key]) for c in where])
    return "\n".join([
        f"- lattice constants within 2 % of the teacher: {inside('teacher', 'teacher', rows)} (mean of the largest {mean('teacher', rows):.2f} %); "
        f"of the held-out, {inside('teacher', 'teacher', new)} ({mean('teacher', new):.2f} %)",
        f"- within 3 % of measurement: {inside('measured', 'measured', known)} (mean {mean('measured', known):.2f} %); the teacher {inside('teacher measured', 'measured', known)} ({mean('teacher measured', known):.2f} %)",
        f"- space group kept: {sum(c['kept'] for c in rows)} of {len(rows)}; the teacher {len(both)}; of these, {sum(c['kept'] for c in both)}",
        f"- bulk modulus within 25 % of the teacher: {inside('modulus', 'modulus', stiff)} (median {np.median([abs(c['modulus']) for c in stiff]):.0f} %)",
        f"- where the teacher keeps the space group and is within 3 % of measurement, {len(right)} crystals: lattice constants {inside('teacher', 'teacher', right)}, "
        f"space group {sum(c['kept'] for c in right)}, bulk modulus {inside('modulus', 'modulus', [c for c in right if c['modulus'] is not None])}",
        f"- within all: {len(every)} of {len(rows)}",
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
        if teacher is None and name not in taught.found:
            print(f"{name}: not in teacher.json; give --teacher", file=sys.stderr)
            continue
        rows.append(compare(name, taught.once(name, lambda: row(teacher, name)), learned.once(name, lambda: row(program, name))))
        print(line(rows[-1]), flush=True)
    print("\n" + summary(rows))


if __name__ == "__main__":
    main()
