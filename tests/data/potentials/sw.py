"""References for the Stillinger–Weber potential by LAMMPS: `sw.json`.

`si.sw` has the parameters of F. H. Stillinger, T. A. Weber, Phys. Rev. B 31, 5262 (1985); `ga-n.sw` has made-up
ones of two elements, with a tolerance and exponents that are no integers.

python sw.py
"""

import numpy as np

from lammps_run import HERE, crystal, evaluate, rattled, structure, write


def systems(elements, distance, rng):
    cell, positions = rattled(*crystal("diamond", distance), rng)
    yield structure("crystal", elements * 4, positions, cell)
    cell, positions = rattled(*crystal("bcc", 1.05 * distance, (2, 1, 2)), rng)
    yield structure("dense", elements * 4, positions, cell)
    _, positions = crystal("diamond", distance)
    positions += rng.normal(0, 0.25, positions.shape)
    yield structure("cluster", elements * 4, positions)
    cell, positions = rattled(*crystal("diamond", distance), rng)
    cell[2, 2] += 9
    positions[:, 2] += 4
    yield structure("slab", elements * 4, positions, cell, (True, True, False))


def main():
    rng = np.random.default_rng(3)
    found = []
    for file, elements, distance in [("si.sw", ["Si", "Si"], 2.35), ("ga-n.sw", ["Ga", "N"], 1.95)]:
        for system in systems(elements, distance, rng):
            found.append({"file": file} | evaluate(system, "sw", f"{HERE / file} {{}}"))
    write("sw.json", "sw.py, LAMMPS of 22 July 2025", found)


if __name__ == "__main__":
    main()
