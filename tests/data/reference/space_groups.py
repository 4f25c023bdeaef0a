"""The 230 space groups as ASE has them, one in a line of space_groups.txt: name, number of images of a
general point x in a cell, and the sum over them, for three waves h,
of cos 2π(h·x + 1/8). No centering extinguishes all of the waves.

    python space_groups.py      (ase 3.29)
"""

import os

import numpy as np
from ase.spacegroup import Spacegroup

os.chdir(os.path.dirname(os.path.abspath(__file__)))
POINT = np.array([0.1234, 0.3071, 0.8219])
WAVES = np.array([[1, 2, 3], [1, 3, 5], [1, 3, 4]])
RHOMBOHEDRAL = (146, 148, 155, 160, 161, 166, 167)
TWO_ORIGINS = (
    48, 50, 59, 68, 70, 85, 86, 88, 125, 126, 129, 130, 133, 134, 137, 138, 141, 142,
    201, 203, 222, 224, 227, 228,
)

with open("space_groups.txt", "w") as out:
    for number in range(1, 231):
        group = Spacegroup(number, 1)
        images = np.array([r @ POINT + t for r, t in group.get_symop()])
        suffix = ":H" if number in RHOMBOHEDRAL else ":1" if number in TWO_ORIGINS else ""
        total = np.cos(2 * np.pi * (images @ WAVES.T + 0.125)).sum()
        out.write(f"{group.symbol}{suffix}|{len(images)}|{total:.9f}\n")
