"""Held-out test set: `python held_out.py --frames DIR`, a file for each molecule of `molecules.HELD_OUT`.

Frames of GFN2-xTB dynamics at 300 K, which do not depend on the learned potential.
"""

import argparse
import os
import zlib

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np

import molecules
import sampling
from gfn2 import label

FRAMES, EVERY, WARM_UP = 20, 25, 250  # Number; steps of 0.8 fs between two frames, and before the first.


def make(name, path):
    """GFN2-xTB frames of one molecule: energies in eV, positions in Å, forces in eV/Å."""
    seed = zlib.crc32(name.encode())
    rng = np.random.default_rng(seed)
    numbers, x, charge, _ = molecules.conformer(molecules.HELD_OUT[name], seed)
    reference_forces = lambda x: label(numbers, x, charge)[1]
    frames = sampling.langevin(numbers, x, charge, 300, rng, FRAMES, every=EVERY, warm_up=WARM_UP, forces=reference_forces)
    energy, forces, _ = zip(*(label(numbers, x, charge) for x in frames))
    arrays = dict(numbers=numbers, charge=charge, positions=np.array(frames), energy=np.array(energy), forces=np.array(forces))
    np.savez(path + ".part.npz", **arrays)
    os.replace(path + ".part.npz", path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", default="held_out")
    options = parser.parse_args()
    os.makedirs(options.frames, exist_ok=True)
    for name in molecules.HELD_OUT:
        path = f"{options.frames}/{name}.npz"
        if not os.path.exists(path):
            make(name, path)
            print(name, flush=True)


if __name__ == "__main__":
    main()
