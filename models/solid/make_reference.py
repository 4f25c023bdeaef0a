"""Reference values in JAX for the program's tests: `python make_reference.py`.

Reads solid.safetensors beside this script and writes tests/data/solid/reference.json: energies (eV), forces (eV/Å),
stresses (eV/Å^3) and expected errors of the forces (eV/Å), all calculated in double precision.
"""

import json
import os
import pathlib

os.environ["JAX_ENABLE_X64"] = "1"

import jax
import jax.numpy as jnp
import numpy as np
from ase.build import add_adsorbate, bulk, fcc111
from matscipy.neighbours import neighbour_list
from safetensors.numpy import load_file

import crystals
import export
import frames
import network  # finds `moments`, too
import moments
from uncertainty import expected

HERE = pathlib.Path(__file__).resolve().parent
OTHERS = ("TiO2 (rutile)", "SiO2 (quartz)", "SrTiO3", "LiFePO4", "graphite", "Mg")
OUTPUT = HERE.parents[1] / "tests/data/solid/reference.json"


def structures():
    """Name and structure (ASE), displaced from symmetry."""
    slab = fcc111("Al", (2, 2, 3), vacuum=8.0)
    add_adsorbate(slab, "O", 1.2, "fcc")
    slab.pbc = True
    known = {"silicon": bulk("Si", cubic=True), "compressed diamond": bulk("C", a=3.2, cubic=True), "salt": bulk("NaCl", "rocksalt", a=5.6, cubic=True),
             "iron": bulk("Fe", a=2.85) * 2, "cesium": bulk("Cs", a=6.1) * 2, "oxygen on aluminum": slab} | {name: crystals.conventional(name) for name in OTHERS}  # fmt: skip
    for seed, (name, atoms) in enumerate(known.items()):
        atoms.rattle(0.06, seed=seed)
        yield name, atoms
    close = bulk("GaAs", "zincblende", a=5.65, cubic=True)
    close.positions[1] = close.positions[0] + [0.5, 0.4, 0.3]
    yield "overlapping atoms", close


@jax.jit
def energy_and_gradient(p, vectors, mask, neighbors, reverse, species, real):
    """Energy without offsets, eV, with the last hidden layer, and ∂E/∂vectors."""
    shape = network.Shape.of(p)

    def energy(vectors):
        r = jnp.sqrt((vectors**2).sum(-1) + (1 - mask) * 100)
        basis, Y = network.chebyshev(r) * mask[..., None], network.harmonics(vectors / r[..., None], shape.degree)
        e, y = network.atoms(p, shape, basis, Y, neighbors, reverse, species)
        return ((moments.floored(e) + network.zbl(vectors, species, neighbors, mask)) * real).sum(), y

    return jax.value_and_grad(energy, has_aux=True)(vectors)


def evaluate(file, atoms):
    """Energy, forces, stress and last hidden layer, with tables of species as they are in the file."""
    i, j, D, S = neighbour_list("ijDS", atoms, network.CUTOFF)
    n, counts = len(atoms), np.bincount(i, minlength=len(atoms))
    # All are padded to one size, which is compiled once.
    A, M = frames.MAX_ATOMS + 1, frames.WIDTHS[-1]
    slots = np.arange(len(i)) - np.repeat(np.cumsum(counts) - counts, counts)
    neighbors, vectors, mask = np.zeros((A, M), int), np.zeros((A, M, 3)), np.zeros((A, M))
    neighbors[i, slots], vectors[i, slots], mask[i, slots] = j, D, 1
    reverse = np.full((A, M), A * M - 1)
    reverse[i, slots] = j * M + slots[frames.reversed_edges(i, j, S)]
    species, real = np.zeros(A, int), np.arange(A) < n
    species[:n] = frames.INDEX[atoms.numbers]
    p = {name: jnp.asarray(value) for name, value in file.items()}
    (e, y), slope = energy_and_gradient(p, vectors, mask, neighbors, reverse, species, real.astype(float))
    slope = np.asarray(slope) * mask[..., None]
    forces = np.asarray(slope.sum(1) - network.collect(jnp.asarray(slope), neighbors, reverse))[:n]
    virial = np.einsum("amc,amd->cd", vectors, slope)
    return float(e) + file["offset"][species[:n]].sum(), forces, (virial + virial.T) / 2 / atoms.get_volume(), np.asarray(y)[:n], species[:n]


def main():
    file = {export.PARAMETER_NAMES.get(name, name): np.float64(value) for name, value in load_file(HERE / "solid.safetensors").items()}
    systems = []
    for name, atoms in structures():
        energy, forces, stress, last, species = evaluate(file, atoms)
        systems.append({
            "name": name, "numbers": atoms.numbers.tolist(), "positions": atoms.positions.tolist(), "cell": np.array(atoms.cell).tolist(),
            "energy": energy, "forces": forces.tolist(), "stress": stress.tolist(), "force_errors": expected(file, species, last, np.linalg.norm(forces, axis=1)).tolist(),
        })  # fmt: skip
        print(f"{name}: {len(atoms)} atoms, {energy:.6f} eV, largest force {np.abs(forces).max():.3f} eV/Å")
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps({"source": "models/solid/make_reference.py", "systems": systems}, indent=None) + "\n")


if __name__ == "__main__":
    main()
