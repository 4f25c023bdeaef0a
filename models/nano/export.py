"""Export of the parameters to the file that the program reads: `python export.py --parameters RUN/nano.npz`.

Writes nano.safetensors beside this script: tensors with the names of network.py, and all other
parameters as JSON in the metadata.
"""

import argparse
import json
import os

import numpy as np
from safetensors.numpy import save_file

import network

FORMAT = 1
DOMAIN = ["H", "B", "C", "N", "O", "F", "Si", "P", "S", "Cl", "Br", "I"]  # Elements for which the program chooses nano automatically.
MAX_SIZE = 2_000_000  # bytes


def tensors(path):
    """The tensors of the file, from those of a run."""
    run = np.load(path)
    out = {name: run[name].astype(np.float32) for name in run.files if name != "offset"}
    out["offset"] = run["offset"].astype(np.float64)
    out["covalent"], out["sqrt_c6"], out["van_der_waals"] = (v.astype(np.float64) for v in (network._R, network._C6, network._W))
    for name, value in out.items():
        assert np.isfinite(value).all(), f"{name} is not finite"
    return {name: np.ascontiguousarray(value) for name, value in out.items()}


def metadata(trained_on):
    return {
        "format": FORMAT,
        "species": [int(number) for number in network.SPECIES],
        "domain": [int(network.SPECIES[network.molecules.ELEMENTS.index(symbol)]) for symbol in DOMAIN],
        "cutoff": network.CUTOFF,
        "far": network.FAR,
        "softening": network.SOFTENING,
        "mean": network.MEAN,
        "trained_on": trained_on,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parameters", default="run/nano.npz", help="as train.py writes it")
    parser.add_argument("--trained-on", default="GFN2-xTB energies, forces and charges of the labels of label.py")
    parser.add_argument("-o", "--output", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "nano.safetensors"))
    options = parser.parse_args()
    save_file(tensors(options.parameters), options.output, {"nano": json.dumps(metadata(options.trained_on))})
    size = os.path.getsize(options.output)
    assert size <= MAX_SIZE, f"{options.output} has {size} bytes, more than {MAX_SIZE}"
    print(f"{options.output}: {size} bytes")


if __name__ == "__main__":
    main()
