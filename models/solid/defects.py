"""Defects of crystals: `defects.py --program mlipview [--parameters FILE] [--teacher FOLDER] [--results FILE]`.

Atoms pushed into each other and pulled out of surfaces, relaxed; vacancies and an adatom beside the teacher, whose results are
kept in teacher.json.
"""

import argparse

import numpy as np
from ase.build import add_adsorbate, fcc100
from ase.build import surface as cut

import crystals
from program import TAUGHT, Program, Results

PUSHED = ("Si", "C", "GaAs", "Cu", "W", "NaCl", "MgO", "TiO2 (rutile)", "Al2O3", "SrTiO3")
CLOSE = 0.5  # of the distance of two neighbors
BACK = 0.1  # Å: largest distance from the site
# Crystal: (repetitions of the conventional cell, atoms that are removed: one, or a neutral pair of neighbors).
VACANCIES = {"Si": (2, 1), "C": (2, 1), "Cu": (3, 1), "Al": (3, 1), "W": (3, 1), "NaCl": (2, 2), "MgO": (2, 2)}
VACUUM = 6.0  # Å, on each side of a slab
PULL = 1.5  # Å, up
ASIDE = 0.4  # Å, along each edge of the cell
LIFT = 1.0  # Å: the energy of this displacement is compared
RISES = np.arange(0.0, 0.65, 0.05)  # Å: heights over the bridge above that in the hollow


def neighbor(atoms, k):
    """The atom nearest to k, and the vector to it."""
    vectors = atoms.get_distances(k, range(len(atoms)), mic=True, vector=True)
    lengths = np.linalg.norm(vectors, axis=1)
    lengths[k] = np.inf
    return int(np.argmin(lengths)), vectors[np.argmin(lengths)]


def strayed(atoms, sites):
    """The largest distance of an atom from its site, Å, apart from a common displacement."""
    moved = atoms.positions - sites.positions
    return float(np.linalg.norm(moved - np.median(moved, axis=0), axis=1).max())


def crystal_at_rest(potential, name, atoms=None, repetitions=None):
    """A supercell of the relaxed conventional cell; energy per atom, eV."""
    cell, energy = potential.relaxed(crystals.conventional(name), cell=True)
    found = cell.repeat(repetitions) if repetitions else cell
    while atoms and len(found) < atoms:
        shortest = int(np.argmin(found.cell.lengths()))
        found = found.repeat([2 if axis == shortest else 1 for axis in range(3)])
    return found, energy / len(cell)


def push(potential, name):
    """Two neighbors at half their distance, relaxed: energies, eV, before and after, above the crystal; largest distance from a site, Å."""
    sites, _ = crystal_at_rest(potential, name, atoms=32)
    rest = potential.energy(sites)
    other, vector = neighbor(sites, 0)
    atoms = sites.copy()
    atoms.positions[0] += vector * (1 - CLOSE) / 2
    atoms.positions[other] -= vector * (1 - CLOSE) / 2
    before = potential.energy(atoms) - rest
    relaxed, energy = potential.relaxed(atoms)
    return {"atoms": len(sites), "before": before, "after": energy - rest, "strayed": strayed(relaxed, sites)}


def vacancy(potential, name):
    """Formation energy, eV, unrelaxed and relaxed, and the largest displacement, Å."""
    repetitions, removed = VACANCIES[name]
    sites, each = crystal_at_rest(potential, name, repetitions=repetitions)
    gone = [0, neighbor(sites, 0)[0]][:removed]
    keep = [k for k in range(len(sites)) if k not in gone]
    unrelaxed = sites[keep]
    relaxed, energy = potential.relaxed(unrelaxed)
    bulk = len(keep) * each
    return {"atoms": len(keep), "unrelaxed": potential.energy(unrelaxed) - bulk, "energy": energy - bulk, "strayed": strayed(relaxed, unrelaxed)}


def adatom(potential):
    """Cu on Cu(100): height, Å; energies, eV, of the bridge between hollows, with the surface at rest, and of a lift; distance after a pull, Å."""
    cell, _ = potential.relaxed(crystals.conventional("Cu"), cell=True)
    slab = fcc100("Cu", (3, 3, 4), a=cell.cell.lengths().mean(), vacuum=VACUUM + PULL, periodic=True)
    add_adsorbate(slab, "Cu", 1.8, "hollow")
    bottom = 18  # fcc100 counts from the lowest layer
    rest, energy = potential.relaxed(slab, fixed=bottom)
    top = [k for k, tag in enumerate(slab.get_tags()) if tag == 1]
    bridges = [rest.copy() for _ in RISES]
    for atoms, rise in zip(bridges, RISES):
        atoms.positions[-1] += (rest.cell[0, 0] / 6, 0, rise)
    pulled = rest.copy()
    pulled.positions[-1] += (ASIDE, ASIDE, PULL)
    lifted = rest.copy()
    lifted.positions[-1, 2] += LIFT
    back, _ = potential.relaxed(pulled, fixed=bottom)
    return {
        "height": float(rest.positions[-1, 2] - rest.positions[top, 2].mean()), "barrier": min(potential.energy(atoms) for atoms in bridges) - energy,
        "lift": potential.energy(lifted) - energy, "strayed": strayed(back, rest),
    }  # fmt: skip


def ion(potential):
    """Na of NaCl(100): energy of a lift, eV; distance from the site after a pull, Å."""
    cell, _ = potential.relaxed(crystals.conventional("NaCl"), cell=True)
    slab = cut(cell, (1, 0, 0), 2, vacuum=VACUUM + PULL, periodic=True).repeat((2, 2, 1))
    slab = slab[np.argsort(slab.positions[:, 2], kind="stable")]
    bottom = len(slab) // 2
    rest, energy = potential.relaxed(slab, fixed=bottom)
    chosen = max((k for k in range(len(slab)) if slab.symbols[k] == "Na"), key=lambda k: (round(slab.positions[k, 2], 2), -k))
    pulled, lifted = rest.copy(), rest.copy()
    pulled.positions[chosen] += (ASIDE, ASIDE, PULL)
    lifted.positions[chosen, 2] += LIFT
    back, _ = potential.relaxed(pulled, fixed=bottom)
    return {"lift": potential.energy(lifted) - energy, "strayed": strayed(back, rest)}


def compared():
    """What is compared with the teacher: {name: (function, arguments)}."""
    found = {f"vacancy {name}": (vacancy, name) for name in VACANCIES}
    return {**found, "adatom": (adatom,), "ion": (ion,)}


def table(taught, found):
    """The tables of the model card."""
    lines = ["| pushed together | atoms | eV before | after | Å from the sites |", "|---|--:|--:|--:|--:|"]
    for name in PUSHED:
        row = found[f"push {name}"]
        far = f"{row['strayed']:.2f}"
        lines.append(f"| {name} | {row['atoms']} | {row['before']:.1f} | {round(row['after'], 2) + 0.0:.2f} | {far if row['strayed'] <= BACK else f'**{far}**'} |")
    lines += ["", "| | teacher | solid |", "|---|--:|--:|"]
    for name, (_, removed) in VACANCIES.items():
        both = [source.get(f"vacancy {name}") for source in (taught, found)]
        rows = ["–" if row is None else f"{row['energy']:.2f} ({row['strayed']:.2f} Å)" for row in both]
        lines.append(f"| {'vacancy' if removed == 1 else 'pair of vacancies'}, {name}, {found[f'vacancy {name}']['atoms']} atoms, eV (largest displacement) | {' | '.join(rows)} |")
    shown = {
        ("adatom", "height"): "Cu on Cu(100): height, Å", ("adatom", "barrier"): "over the bridge, surface at rest, eV", ("adatom", "lift"): "1 Å up, eV",
        ("adatom", "strayed"): "pulled 1.6 Å, relaxed: Å from the site", ("ion", "lift"): "Na of NaCl(100): 1 Å up, eV", ("ion", "strayed"): "pulled 1.6 Å, relaxed: Å from the site",
    }  # fmt: skip
    for (a, b), text in shown.items():
        rows = ["–" if a not in source else f"{source[a][b]:.2f}" for source in (taught, found)]
        lines.append(f"| {text} | {' | '.join(rows)} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--parameters", help="a file of export.py [default: those of the program]")
    parser.add_argument("--teacher", help="folder of TensorNet-MatPES-r2SCAN-v2025.1-PES; needed for what teacher.json lacks")
    parser.add_argument("--results", default="work/defects.json")
    options = parser.parse_args()
    program, teacher = Program(options.program, options.parameters), None
    taught, learned = Results(TAUGHT), Results(options.results, program.stamp())
    for name in PUSHED:
        learned.once(f"push {name}", lambda: push(program, name))
    for name, (compute, *arguments) in compared().items():
        learned.once(name, lambda: compute(program, *arguments))
        if name not in taught.found and options.teacher:
            from calculator import Teacher

            teacher = teacher or Teacher(options.teacher)
            taught.once(name, lambda: compute(teacher, *arguments))
    print(table(taught.found, learned.found))


if __name__ == "__main__":
    main()
