"""Crystal prototypes with other elements: the seeds of the training structures.

The prototypes are AFLOW's as pymatgen ships them (MIT). Every tenth is held out, whatever its elements: no label of
training has its geometry. Some compounds of the model card are held out by their elements, too.
"""

import functools
import zlib

import numpy as np
from ase.data import atomic_numbers, chemical_symbols, covalent_radii
from pymatgen.analysis.prototypes import AFLOW_PROTOTYPE_LIBRARY
from pymatgen.core import Element

MAX_ATOMS = 24  # of a primitive prototype
SIMPLE_ATOMS = 5  # of a primitive prototype of the simple crystals that most people open: elements, binaries, perovskites

# The elements that the teachers know, without noble gases: H to Pu, not Po, At, Fr, Ra.
ELEMENTS = [
    symbol
    for symbol in chemical_symbols[1:95]
    if symbol not in ("He", "Ne", "Ar", "Kr", "Xe", "Po", "At", "Rn", "Fr", "Ra")
]
# Elements that people simulate most: drawn four times as often.
COMMON = set("H Li C N O F Na Mg Al Si P S Cl K Ca Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Zr Mo Ag Cd In Sn I Pt Au".split())
RARE = set("Pm Tb Dy Ho Er Tm Yb Lu Eu Sm Ac Pa Np Pu Tc".split())
ANIONS = {"O": -2, "F": -1, "N": -3, "S": -2, "Cl": -1, "Se": -2, "Br": -1, "I": -1, "Te": -2, "As": -3, "P": -3, "C": -4, "H": -1, "Sb": -3}
ANION_WEIGHTS = {"O": 10, "F": 4, "N": 4, "S": 4, "Cl": 4, "Se": 2, "Br": 2, "I": 2, "Te": 1, "As": 1, "P": 1.5, "C": 1.5, "H": 1.5, "Sb": 0.5}
SEMICONDUCTING = "Si Ge C Ga As P In Sb N Al B Sn Zn S Se Te Cd".split()

# Compounds of the model card: no training structure has exactly these elements, in any prototype.
HELD_OUT_SYSTEMS = {frozenset(x.split()) for x in ("Ga As", "Mg O", "Li F", "Ti O", "Cd Te", "Ba Ti O", "Zn S", "Ni Al", "Al N", "K Br")}


def weight(symbol):
    """How often an element is drawn, relative to the others."""
    return 0.3 if symbol in RARE else 4.0 if symbol in COMMON else 1.0


@functools.cache
def library():
    """The prototypes: a list of (tag, site kinds [atoms], fractional positions [atoms, 3], cell [3, 3])."""
    found = []
    for entry in AFLOW_PROTOTYPE_LIBRARY:
        structure, tag = entry["snl"].structure, entry["tags"]["aflow"]
        structure = structure.get_primitive_structure() if len(structure) > MAX_ATOMS else structure
        if len(structure) > MAX_ATOMS or not structure.is_ordered:
            continue
        names = sorted({site.specie.symbol for site in structure})
        kinds = np.array([names.index(site.specie.symbol) for site in structure])
        found.append((tag, kinds, structure.frac_coords % 1.0, np.array(structure.lattice.matrix)))
    return found


def held_out(tag):
    """True for the prototypes that no training sees."""
    return zlib.crc32(tag.encode()) % 10 == 0


def exchange(kinds, rng):
    """Elements for the site kinds of a prototype: ionic (charges balanced), metallic or covalent; None if none fit."""
    counts = np.bincount(kinds)
    mode = rng.choice(["ionic", "metallic", "covalent"], p=[0.55, 0.3, 0.15])
    if mode == "ionic" and len(counts) > 1:
        return _ionic(counts, rng)
    metals = [symbol for symbol in ELEMENTS if Element(symbol).is_metal or symbol in ("Si", "Ge")]
    pool = SEMICONDUCTING if mode == "covalent" and len(counts) <= 3 else metals
    if len(counts) == 1 and rng.random() < 0.5:
        pool = ELEMENTS
    return _draw(pool, len(counts), rng)


def _draw(pool, count, rng):
    weights = np.array([weight(symbol) for symbol in pool])
    return [str(symbol) for symbol in rng.choice(pool, count, replace=False, p=weights / weights.sum())]


def _ionic(counts, rng):
    """Cations and one or two anions whose common oxidation states cancel."""
    cations = [s for s in ELEMENTS if s not in ("O", "F") and any(q > 0 for q in Element(s).common_oxidation_states)]
    anion_weights = np.array(list(ANION_WEIGHTS.values()), float)
    for _ in range(300):
        anions = 2 if len(counts) > 3 and rng.random() < 0.3 else 1
        chosen = _draw(cations, len(counts) - anions, rng)
        chosen += list(rng.choice(list(ANION_WEIGHTS), anions, replace=False, p=anion_weights / anion_weights.sum()))
        if len(set(chosen)) < len(chosen):
            continue
        rng.shuffle(chosen)
        charge = 0
        for symbol, count in zip(chosen, counts):
            is_anion = symbol in ANIONS and symbol not in ("C", "P", "As", "Sb", "H") or symbol == chosen[-1]
            states = [q for q in Element(symbol).common_oxidation_states if q > 0]
            charge += count * (ANIONS[symbol] if is_anion and symbol in ANIONS else rng.choice(states or [0]))
        if abs(charge) <= max(0, 0.05 * counts.sum()):
            return [str(symbol) for symbol in chosen]
    return None


def seed(rng, test=False, simple=False):
    """A prototype with other elements, scaled so that no atoms overlap: (tag, numbers, fractional, cell), or None."""
    most = SIMPLE_ATOMS if simple else MAX_ATOMS
    candidates = [entry for entry in library() if held_out(entry[0]) == test and len(entry[1]) <= most]
    tag, kinds, fractional, cell = candidates[rng.integers(len(candidates))]
    symbols = exchange(kinds, rng)
    if symbols is None or (not test and frozenset(symbols) in HELD_OUT_SYSTEMS):
        return None
    numbers = np.array([atomic_numbers[symbols[kind]] for kind in kinds])
    repeats = _repeats(len(numbers), cell, rng)
    numbers, fractional, cell = repeat(numbers, fractional, cell, repeats)
    scale = touching(numbers, fractional @ cell, cell)
    return None if scale is None else (tag, numbers, fractional, cell * scale)


def _repeats(count, cell, rng):
    """Repeats of a cell of fewer than four atoms, so that its atoms can move against each other."""
    repeats = np.ones(3, int)
    while count * repeats.prod() < 4 or (count * repeats.prod() < 8 and rng.random() < 0.3):
        lengths = np.linalg.norm(cell, axis=1) * repeats
        repeats[np.argmin(lengths + rng.random(3) * 0.1)] += 1
    return repeats


def repeat(numbers, fractional, cell, repeats):
    """A supercell: (numbers, fractional positions, cell)."""
    shifts = np.stack(np.meshgrid(*[np.arange(n) for n in repeats], indexing="ij"), -1).reshape(-1, 3)
    positions = ((fractional[None] + shifts[:, None]) / repeats).reshape(-1, 3)
    return np.tile(numbers, len(shifts)), positions, cell * np.asarray(repeats)[:, None]


def touching(numbers, positions, cell):
    """The factor by which a structure is to be scaled so that its closest atoms are a sum of covalent radii apart."""
    from matscipy.neighbours import neighbour_list

    cutoff = 1.6 * (abs(np.linalg.det(cell)) / len(numbers)) ** (1 / 3)
    i, j, distance = neighbour_list(
        "ijd", cutoff=cutoff, positions=positions, cell=cell, pbc=[True] * 3, numbers=np.asarray(numbers, np.int32)
    )
    if len(distance) == 0:
        return None
    ratio = (covalent_radii[numbers[i]] + covalent_radii[numbers[j]]) / distance
    return float(np.percentile(ratio, 97))
