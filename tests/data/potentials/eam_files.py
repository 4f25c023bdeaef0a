"""Small EAM files of the three formats, and references by LAMMPS: `eam_files.json`.

The functions are coarse tables of those of `zhou.py`, so coarse that another interpolation than
LAMMPS's would show. The densities of `fe-mo.eam.fs` differ by the pair; `ni.eam` has a made-up effective
charge. The tables of F are short: compressed structures are beyond their end.

python eam_files.py EAM_code
"""

import sys

import numpy as np

import zhou
from lammps_run import HERE, crystal, evaluate, rattled, structure, write

RHO_KNOTS, R_KNOTS = 60, 110


class Writer:
    def __init__(self, name):
        self.file = open(HERE / name, "w")

    def line(self, *words):
        print(*words, file=self.file)

    def table(self, values):
        for start in range(0, len(values), 4):
            self.line(*(f"{value:.14e}" for value in values[start : start + 4]))


def grids(sets, longest):
    cut = 1.05 * 5**0.5 * max(p["re"] for p in sets)
    spacing = cut / (R_KNOTS - 1)
    spacing_rho = longest * max(p["rhoe"] for p in sets) / (RHO_KNOTS - 1)
    r, rho = spacing * np.arange(R_KNOTS), spacing_rho * np.arange(RHO_KNOTS)
    return r, rho, f"{RHO_KNOTS} {spacing_rho!r} {R_KNOTS} {spacing!r} {cut!r}"


def pairs(writer, sets, r):
    for at, p in enumerate(sets):
        for q in sets[: at + 1]:
            energy = zhou.pair(p, r) if p is q else zhou.mixed(p, q, r)
            writer.table(r * energy * zhou.taper(max(p["re"], q["re"]), r))


def write_setfl(name, sets, elements, factors):
    """A file *.eam.alloy, or *.eam.fs with factors of the densities by the pair."""
    r, rho, sizes = grids(sets, 1.3)
    writer = Writer(name)
    writer.line("For tests: coarse tables of X. W. Zhou et al., Phys. Rev. B 69, 144113 (2004)")
    writer.line("by eam_files.py")
    writer.line("")
    writer.line(len(elements), *elements)
    writer.line(sizes)
    for at, (p, element) in enumerate(zip(sets, elements)):
        writer.line(int(p["number"]), p["mass"], 1.0, "fcc")
        writer.table(zhou.embedding(p, rho))
        for factor in factors[at]:
            writer.table(factor * zhou.density(p, r) * zhou.taper(p["re"], r))
    pairs(writer, sets, r)


def write_funcfl(name, p):
    r, rho, sizes = grids([p], 1.3)
    writer = Writer(name)
    writer.line("For tests: coarse tables with a made-up charge, by eam_files.py")
    writer.line(int(p["number"]), p["mass"], 3.52, "FCC")
    writer.line(sizes)
    writer.table(zhou.embedding(p, rho))
    # As in published files, the functions are zero at the last knots.
    taper = zhou.taper(p["re"], 1.03 * r)
    writer.table(9 * np.exp(-0.9 * r) * taper)
    writer.table(zhou.density(p, r) * taper)


def systems(elements, distance, rng):
    """A crystal, a compressed one, a cluster, and a slab."""
    for name, scale in [("crystal", 1.0), ("compressed", 0.86)]:
        cell, positions = rattled(*crystal("fcc", scale * distance), rng)
        yield structure(name, (elements * 4)[: len(positions)], positions, cell)
    _, positions = crystal("bcc", distance, (2, 2, 1))
    positions += rng.normal(0, 0.2, positions.shape)
    yield structure("cluster", (elements * 8)[: len(positions)], positions)
    cell, positions = rattled(*crystal("fcc", distance, (1, 1, 2)), rng)
    cell[2, 2] += 12
    positions[:, 2] += 4
    yield structure("slab", (elements * 8)[: len(positions)], positions, cell, (True, True, False))


def main():
    parameters = zhou.read(sys.argv[1])
    rng = np.random.default_rng(5)
    of = lambda *elements: [parameters[element] for element in elements]
    write_setfl("cu-zr.eam.alloy", of("Cu", "Zr"), ["Cu", "Zr"], [[1], [1]])
    write_setfl("fe-mo.eam.fs", of("Fe", "Mo"), ["Fe", "Mo"], [[1, 0.8], [1.3, 1]])
    write_funcfl("ni.eam", parameters["Ni"])
    found = []
    for file, style, elements, distance in [
        ("cu-zr.eam.alloy", "eam/alloy", ["Cu", "Zr", "Cu"], 2.8),
        ("fe-mo.eam.fs", "eam/fs", ["Mo", "Fe", "Fe"], 2.6),
        ("ni.eam", "eam", ["Ni"], 2.5),
    ]:
        coefficients = f"{HERE / file}" + ("" if style == "eam" else " {}")
        for system in systems(elements, distance, rng):
            # Beyond the end of funcfl's F, LAMMPS's energies are off by one interval.
            if style == "eam" and system["name"] == "compressed":
                continue
            found.append({"file": file} | evaluate(system, style, coefficients))
    write("eam_files.json", "eam_files.py, LAMMPS of 22 July 2025", found)


if __name__ == "__main__":
    main()
