"""Reference values in JAX for the program's tests: `python make_reference.py`.

Reads nano.safetensors beside this script and writes tests/data/nano/reference.json: energies (eV), forces (eV/Å),
charges (e) and expected errors of the forces (eV/Å), all calculated in double precision.
"""

import json
import os
import pathlib

os.environ["JAX_ENABLE_X64"] = "1"

import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load_file

import molecules
import network

HERE = pathlib.Path(__file__).resolve().parent
OUTPUT = HERE.parents[1] / "tests/data/nano/reference.json"
MOLECULES = {
    "water": "O",
    "caffeine": "Cn1cnc2c1c(=O)n(C)c(=O)n2C",
    "glycine zwitterion": "[NH3+]CC(=O)[O-]",
    "ammonium": "[NH4+]",
    "hydronium": "[OH3+]",
    "acetate": "CC(=O)[O-]",
    "hydrogen phosphate": "OP(=O)(O)[O-]",
    "sulfanilamide": "Nc1ccc(cc1)S(N)(=O)=O",
    "chlorobromofluoromethane": "FC(Cl)Br",
    "trimethylsilanol": "C[Si](C)(C)O",
}


def cluster(seed, count, size):
    """Water molecules on a lattice, in random orientations, Å."""
    rng = np.random.default_rng(seed)
    water = np.array([[0, 0, 0.0], [0.96, 0, 0], [-0.24, 0.93, 0]])
    positions = []
    for index in range(count):
        rotation, _ = np.linalg.qr(rng.normal(size=(3, 3)))
        corner = np.array([index // 9, index // 3 % 3, index % 3]) * size
        positions.append(water @ rotation + corner + rng.normal(0, 0.1, 3))
    return np.tile([8, 1, 1], count), np.concatenate(positions), 0


def structures():
    """Name, atomic numbers, positions (Å), total charge."""
    for index, (name, smiles) in enumerate(MOLECULES.items()):
        numbers, positions, charge, _ = molecules.conformer(smiles, index)
        yield name, numbers, positions + np.random.default_rng(index).normal(0, 0.03, positions.shape), charge
    yield "18 waters", *cluster(1, 18, 3.1)
    yield "a carbon atom", np.array([6]), np.zeros((1, 3)), 0
    yield "overlapping atoms", np.array([6, 8, 1, 1]), np.array([[0, 0, 0], [0.4, 0.1, 0], [0.5, 0.9, 0], [0.2, -0.6, 0.3]]), 0
    yield "methane and a chloride far away", np.array([6, 1, 1, 1, 1, 17]), np.array([[0, 0, 0], [0.63, 0.63, 0.63], [-0.63, -0.63, 0.63], [-0.63, 0.63, -0.63], [0.63, -0.63, -0.63], [0.3, 8.0, 7.0]]), -1


def force_errors(parameters, species, last):
    """exp(a) dᵇ for the Mahalanobis distance d of the last hidden layer, eV/Å."""
    if "doubt_scale" not in parameters:
        return None
    difference = last - parameters["doubt_mean"][species]
    white = np.einsum("nij,nj->ni", parameters["doubt_whiten"][species], difference)
    a, b = parameters["doubt_scale"]
    return (np.exp(a) * np.sqrt((white**2).mean(-1)) ** b).tolist()


def main():
    file = {name: np.float64(value) for name, value in load_file(HERE / "nano.safetensors").items()}
    parameters = {name: jnp.asarray(value) for name, value in file.items()}
    systems = []
    for name, numbers, positions, charge in structures():
        species = np.array([network.SPECIES.index(number) for number in numbers])
        inputs = jnp.asarray(positions)[None], jnp.asarray(species)[None], jnp.ones((1, len(numbers))), jnp.array([float(charge)])
        energy, forces, (charges, last, _) = network.differentiate(parameters, *inputs)
        systems.append({
            "name": name, "charge": charge, "numbers": numbers.tolist(), "positions": positions.tolist(),
            "energy": float(energy[0] + file["offset"][species].sum()),
            "forces": np.asarray(forces[0]).tolist(), "charges": np.asarray(charges[0]).tolist(),
            "force_errors": force_errors(file, species, np.asarray(last[0])),
        })  # fmt: skip
        print(f"{name}: {len(numbers)} atoms, {systems[-1]['energy']:.6f} eV, largest force {np.abs(forces).max():.3f} eV/Å")
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps({"source": "models/nano/make_reference.py", "systems": systems}, indent=None) + "\n")


if __name__ == "__main__":
    main()
