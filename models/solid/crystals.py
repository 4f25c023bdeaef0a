"""Crystals of the model card: conventional cells to start from, and measured lattice constants.

A crystal of AFLOW's prototypes is the compound that gave the prototype its name, with its measured cell. Constants in STARTS
are only where searches start, rounded; they are no reference.
"""

import functools

import numpy as np
from ase import Atoms
from ase.build import bulk
from ase.spacegroup import crystal

# Name: (structure type of ase.build.bulk, initial lattice constants a and c, Å).
STARTS = {
    "Li": ("bcc", 3.5), "Na": ("bcc", 4.2), "K": ("bcc", 5.2), "Al": ("fcc", 4.0), "Ca": ("fcc", 5.6), "V": ("bcc", 3.0), "Fe": ("bcc", 2.9),
    "Ni": ("fcc", 3.5), "Cu": ("fcc", 3.6), "Nb": ("bcc", 3.3), "Mo": ("bcc", 3.1), "Pd": ("fcc", 3.9), "Ag": ("fcc", 4.1), "Ta": ("bcc", 3.3),
    "W": ("bcc", 3.2), "Pt": ("fcc", 3.9), "Au": ("fcc", 4.1), "Mg": ("hcp", 3.2, 5.2), "Ti": ("hcp", 2.9, 4.7), "Zn": ("hcp", 2.7, 4.9),
    "C": ("diamond", 3.6), "Si": ("diamond", 5.4), "Ge": ("diamond", 5.6),
    "SiC": ("zincblende", 4.3), "BN": ("zincblende", 3.6), "AlP": ("zincblende", 5.4), "AlAs": ("zincblende", 5.6), "GaP": ("zincblende", 5.4),
    "GaAs": ("zincblende", 5.6), "InP": ("zincblende", 5.9), "CdTe": ("zincblende", 6.5), "ZnS": ("zincblende", 5.4),
    "AlN": ("wurtzite", 3.1, 5.0), "GaN": ("wurtzite", 3.2, 5.2), "ZnO": ("wurtzite", 3.25, 5.2),
    "LiF": ("rocksalt", 4.0), "NaCl": ("rocksalt", 5.6), "KBr": ("rocksalt", 6.6), "MgO": ("rocksalt", 4.2), "CaO": ("rocksalt", 4.8),
    "TiC": ("rocksalt", 4.3), "CsCl": ("cesiumchloride", 4.1), "NiAl": ("cesiumchloride", 2.9),
}  # fmt: skip

# Name: AFLOW's prototype.
PROTOTYPES = {
    "graphite": "A_hP4_194_bc", "As": "A_hR2_166_c", "Se": "A_hP3_152_a", "h-BN": "AB_hP4_194_c_d", "MoS2": "AB2_hP6_194_c_f",
    "Bi2Te3": "A2B3_hR5_166_c_ac", "Cu3Au": "AB3_cP4_221_a_c", "TiO2 (rutile)": "A2B_tP6_136_f_a", "TiO2 (anatase)": "A2B_tI12_141_e_a",
    "SiO2 (quartz)": "A2B_hP9_152_c_a", "SiO2 (cristobalite)": "A2B_tP12_92_b_a", "Al2O3": "A2B3_hR10_167_c_e", "ZrO2": "A2B_mP12_14_2e_e",
    "Cu2O": "A2B_cP6_224_b_a", "CaF2": "AB2_cF12_225_a_c", "FeS2": "AB2_cP12_205_a_c", "CaTiO3": "AB3C_oP20_62_c_cd_a",
    "MgAl2O4": "A2BC4_cF56_227_d_a_e", "ZrSiO4": "A4BC_tI24_141_h_b_a", "CaCO3": "ABC3_hR10_167_a_b_e",
}  # fmt: skip

# Measured lattice constants, Å, extrapolated to 0 K and without zero-point motion: P. Hao, Y. Fang, J. Sun, G. I. Csonka,
# P. H. T. Philipsen, J. P. Perdew, Phys. Rev. B 85, 014111 (2012), table III.
MEASURED = {
    "Li": 3.451, "Na": 4.207, "K": 5.211, "Al": 4.019, "Ca": 5.555, "V": 3.024, "Fe": 2.855, "Ni": 3.509, "Cu": 3.595, "Nb": 3.293,
    "Mo": 3.141, "Pd": 3.876, "Ag": 4.063, "Ta": 3.299, "W": 3.161, "Pt": 3.913, "Au": 4.061, "C": 3.555, "Si": 5.422, "Ge": 5.644,
    "SiC": 4.348, "BN": 3.594, "AlP": 5.450, "AlAs": 5.649, "GaP": 5.441, "GaAs": 5.641, "InP": 5.858, "LiF": 3.974, "NaCl": 5.565,
    "MgO": 4.188, "CaO": 4.781, "TiC": 4.318,
}  # fmt: skip

# Measured at room temperature, Å. Those of PROTOTYPES are AFLOW's: M. J. Mehl et al., Comput. Mater. Sci. 136, S1 (2017).
# Here: Mg, Ti, Zn as in ase.data.reference_states (N. W. Ashcroft, N. D. Mermin, Solid State Physics, 1976); AlN, GaN
# H. Schulz, K. H. Thiemann, Solid State Commun. 23, 815 (1977); ZnO E. H. Kisi, M. M. Elcombe, Acta Cryst. C 45, 1867 (1989);
# ZnS, CdTe, KBr, CsCl, SrTiO3 R. W. G. Wyckoff, Crystal Structures (1963); LiFePO4 V. A. Streltsov et al., Acta Cryst. B 49, 147
# (1993); LiCoO2 H. J. Orman, P. J. Wiseman, Acta Cryst. C 40, 12 (1984); sodalite as in the program's library.
WARM = {
    "Mg": (3.21, 5.21), "Ti": (2.95, 4.68), "Zn": (2.66, 4.95), "AlN": (3.110, 4.980), "GaN": (3.190, 5.189), "ZnO": (3.250, 5.207),
    "ZnS": (5.409,), "CdTe": (6.48,), "KBr": (6.600,), "CsCl": (4.123,), "SrTiO3": (3.905,), "LiFePO4": (10.332, 6.010, 4.692),
    "LiCoO2": (2.816, 14.054), "sodalite": (8.836,),
}  # fmt: skip


@functools.cache
def _prototypes():
    from pymatgen.analysis.prototypes import AFLOW_PROTOTYPE_LIBRARY

    return {entry["tags"]["aflow"]: entry["snl"].structure for entry in AFLOW_PROTOTYPE_LIBRARY}


def _conventional(structure):
    """The conventional cell of a structure of pymatgen."""
    from pymatgen.symmetry.analyzer import SpacegroupAnalyzer

    cell = SpacegroupAnalyzer(structure).get_conventional_standard_structure()
    return Atoms([site.specie.symbol for site in cell], scaled_positions=cell.frac_coords, cell=cell.lattice.matrix, pbc=True)


def _perovskite(a, b, x, length):
    return Atoms(f"{a}{b}{x}3", scaled_positions=[(0, 0, 0), (0.5, 0.5, 0.5), (0.5, 0.5, 0), (0.5, 0, 0.5), (0, 0.5, 0.5)], cell=[length] * 3, pbc=True)


def _olivine():
    return crystal(
        ["Li", "Fe", "P", "O", "O", "O"],
        [(0, 0, 0), (0.2822, 0.25, 0.9747), (0.0948, 0.25, 0.4182), (0.0968, 0.25, 0.7428), (0.4571, 0.25, 0.2060), (0.1656, 0.0465, 0.2848)],
        spacegroup=62, cellpar=[10.33, 6.01, 4.69, 90, 90, 90],
    )  # fmt: skip


def _layered_oxide():
    return crystal(["Li", "Co", "O"], [(0, 0, 0.5), (0, 0, 0), (0, 0, 0.24)], spacegroup=166, cellpar=[2.82, 2.82, 14.05, 90, 90, 120])


def _sodalite():
    return crystal(["Si", "O"], [(0.25, 0.5, 0), (0.1475, 0.1475, 0.5)], spacegroup=229, cellpar=[8.84, 8.84, 8.84, 90, 90, 90])


OTHERS = {
    "SrTiO3": lambda: _perovskite("Sr", "Ti", "O", 3.9), "BaTiO3": lambda: _perovskite("Ba", "Ti", "O", 4.0), "KMgF3": lambda: _perovskite("K", "Mg", "F", 4.0),
    "LiFePO4": _olivine, "LiCoO2": _layered_oxide, "sodalite": _sodalite,
}  # fmt: skip
NAMES = [*STARTS, *PROTOTYPES, *OTHERS]


@functools.cache
def _built(name):
    if name in PROTOTYPES:
        return _conventional(_prototypes()[PROTOTYPES[name]])
    if name in OTHERS:
        return OTHERS[name]()
    structure, a, *c = STARTS[name]
    if c:
        return bulk(name, structure, a=a, c=c[0])
    return bulk(name, structure, a=a, cubic=True)


def conventional(name):
    """The conventional cell of a crystal."""
    return _built(name).copy()


def primitive(name):
    """The primitive cell of a crystal."""
    import spglib

    atoms = _built(name)
    cell, positions, numbers = spglib.find_primitive((atoms.cell[:], atoms.get_scaled_positions(), atoms.numbers), symprec=1e-3)
    return Atoms(numbers, scaled_positions=positions, cell=cell, pbc=True)


def axes(name):
    """The axes of the conventional cell whose lengths are independent: 0 for a, 1 for b, 2 for c."""
    lengths = conventional(name).cell.lengths()
    return [k for k in range(3) if all(abs(lengths[k] / before - 1) > 1e-4 for before in lengths[:k])]


def measured(name):
    """Measured lengths of the independent axes, Å, or None."""
    if name in MEASURED:
        return np.array([MEASURED[name]])
    if name in WARM:
        return np.array(WARM[name])
    return conventional(name).cell.lengths()[axes(name)] if name in PROTOTYPES else None
