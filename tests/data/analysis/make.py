"""Writes `reference.json`: analyses of random frames by MDAnalysis.

    python make.py      (MDAnalysis 2.11)

Atoms diffuse in a triclinic cell. The frames have wrapped positions (Å, four digits, as MDAnalysis reads
single precision); MDAnalysis gets the unwrapped ones for the mean squared displacement, whose definition
there has no cell. `rdf` is of the first 20 atoms and the others, and `rdf_all` of all; each with the
numbers of pairs in its bins as `counts`.
"""

import json
import os
import warnings

import MDAnalysis
import numpy as np
from MDAnalysis.analysis.msd import EinsteinMSD
from MDAnalysis.analysis.rdf import InterRDF
from MDAnalysis.lib.distances import calc_angles, calc_bonds, calc_dihedrals
from MDAnalysis.lib.mdamath import triclinic_vectors

warnings.simplefilter("ignore")
os.chdir(os.path.dirname(os.path.abspath(__file__)))
random = np.random.default_rng(11)
ATOMS, FRAMES, BINS, LARGEST = 50, 8, 25, 5.0
DIMENSIONS = np.array([12.0, 13.5, 14.25, 80.0, 95.0, 101.0], dtype=np.float32)
cell = triclinic_vectors(DIMENSIONS).astype(float)

steps = 0.7 * random.standard_normal((FRAMES, ATOMS, 3))
steps[0] = random.random((ATOMS, 3)) @ cell
unwrapped = np.cumsum(steps, axis=0)
fractional = unwrapped @ np.linalg.inv(cell)
wrapped = np.round((fractional - np.floor(fractional)) @ cell, 4)
unwrapped = wrapped + np.floor(fractional) @ cell


def universe(positions, dimensions):
    made = MDAnalysis.Universe.empty(ATOMS, trajectory=True)
    made.load_new(positions.astype(np.float32), order="fac", dimensions=dimensions)
    return made


def rdf(one, other, **options):
    analysis = InterRDF(one, other, nbins=BINS, range=(0.0, LARGEST), **options).run()
    return {"g": analysis.results.rdf.tolist(), "counts": analysis.results.count.tolist()}


frames = universe(wrapped, DIMENSIONS)
mobile = EinsteinMSD(universe(unwrapped, None), select="all", msd_type="xyz", fft=False).run()
columns = [wrapped[:, atom].astype(np.float32) for atom in (0, 7, 20, 33)]
reference = {
    "cell": cell.tolist(),
    "positions": wrapped.tolist(),
    "rdf": rdf(frames.atoms[:20], frames.atoms[20:]),
    "rdf_all": rdf(frames.atoms, frames.atoms, exclusion_block=(1, 1)),
    "msd": mobile.results.timeseries.tolist(),
    "distances": calc_bonds(*columns[:2], box=DIMENSIONS).tolist(),
    "angles": np.degrees(calc_angles(*columns[:3], box=DIMENSIONS)).tolist(),
    "torsions": np.degrees(calc_dihedrals(*columns, box=DIMENSIONS)).tolist(),
}
with open("reference.json", "w") as file:
    json.dump(reference, file)
    file.write("\n")
