"""Export of the parameters to the file that the program reads: `python export.py --parameters RUN/solid.npz`.

Writes solid.safetensors beside this script: tensors with the names of the network of nano, and all other parameters
as JSON in the metadata. Tables of species are written in full, without the embedding they come from.
"""

import argparse
import json
import os

import jax.numpy as jnp
import numpy as np
from safetensors.numpy import save_file

import network

FORMAT = 1
MAX_SIZE = 2_000_000  # bytes
NAMES = {"vector": "arrow", "mid": "mid2", "out": "out2"}  # in the file
PARAMETER_NAMES = {name: parameter for parameter, name in NAMES.items()}
KEPT = ("radial1", "radial2", "mix1", "mix2", "in1", "out1", "vector", "in2", "mid", "midbias", "out", "energy0")


def tensors(path):
    """The tensors of the file, from those of a run."""
    run = dict(np.load(path))
    p = {name: jnp.asarray(value) for name, value in run.items()}
    out = {NAMES.get(name, name): run[name] for name in KEPT} | network.tables(p)
    out |= {name: value for name, value in run.items() if name.startswith("doubt_")}
    out = {name: np.ascontiguousarray(value, np.float32) for name, value in out.items()}
    out["offset"] = run["offset"].astype(np.float64)
    out["covalent"] = network.RADII.astype(np.float64)
    for name, value in out.items():
        assert np.isfinite(value).all(), f"{name} is not finite"
    return out


def metadata():
    species = [int(number) for number in network.SPECIES]
    return {"format": FORMAT, "species": species, "domain": species, "cutoff": network.CUTOFF, "mean": network.MEAN, "charges": False,
            "trained_on": "TensorNet-MatPES-r2SCAN-v2025.1: energies, forces and stresses of the labels of label.py"}  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--parameters", default="work/run/solid.npz", help="as train.py writes it")
    parser.add_argument("-o", "--output", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "solid.safetensors"))
    options = parser.parse_args()
    save_file(tensors(options.parameters), options.output, {"network": json.dumps(metadata())})
    size = os.path.getsize(options.output)
    assert size <= MAX_SIZE, f"{options.output} has {size} bytes, more than {MAX_SIZE}"
    print(f"{options.output}: {size} bytes")


if __name__ == "__main__":
    main()
