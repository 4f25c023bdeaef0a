"""Crystals of the model card: structures, and measured lattice constants and bulk moduli.

Cubic crystals: lattice constants at 0 K without zero-point expansion, Å, and bulk moduli, GPa, from the collection of
P. Haas, F. Tran, P. Blaha, Phys. Rev. B 79, 085104 (2009), tables II and III, where it has them. Others: measured at
room temperature, as in the reference beside them; those have no bulk modulus here.
"""

import numpy as np
from ase import Atoms
from ase.build import bulk, graphene
from ase.spacegroup import crystal

# Name: (prototype, a in Å, B in GPa or None).
CUBIC = {
    "Li": ("bcc", 3.451, 13), "Na": ("bcc", 4.209, 7.5), "K": ("bcc", 5.212, 3.7), "Al": ("fcc", 4.018, 79), "Ca": ("fcc", 5.556, 18),
    "V": ("bcc", 3.024, 162), "Fe": ("bcc", 2.853, 172), "Ni": ("fcc", 3.508, 187), "Cu": ("fcc", 3.595, 142), "Nb": ("bcc", 3.294, 173),
    "Mo": ("bcc", 3.141, 272), "Pd": ("fcc", 3.876, 195), "Ag": ("fcc", 4.062, 109), "Ta": ("bcc", 3.299, 200), "W": ("bcc", 3.160, 323),
    "Pt": ("fcc", 3.913, 278), "Au": ("fcc", 4.062, 173), "C": ("diamond", 3.544, 443), "Si": ("diamond", 5.415, 99), "Ge": ("diamond", 5.639, 76),
    "SiC": ("zincblende", 4.340, 225), "BN": ("zincblende", 3.585, 400), "AlP": ("zincblende", 5.445, 86), "AlAs": ("zincblende", 5.649, 74),
    "GaP": ("zincblende", 5.435, 88), "GaAs": ("zincblende", 5.637, 76), "InP": ("zincblende", 5.856, 71), "ZnS": ("zincblende", 5.399, 77),
    "LiF": ("rocksalt", 3.960, 70), "NaCl": ("rocksalt", 5.565, 27), "MgO": ("rocksalt", 4.184, 170), "CaO": ("rocksalt", 4.781, 110),
    "TiC": ("rocksalt", 4.318, 242), "CsCl": ("cesiumchloride", 4.120, 17),
}  # fmt: skip


def cubic(name):
    """The conventional cell of a cubic crystal."""
    prototype, a, _ = CUBIC[name]
    return bulk(name, prototype, a=a, cubic=True)


def others():
    """Crystals that are not cubic, or of three elements: {name: structure at its measured lattice constants}."""
    rutile = crystal(["Ti", "O"], [(0, 0, 0), (0.3053, 0.3053, 0)], spacegroup=136, cellpar=[4.594, 4.594, 2.959, 90, 90, 90])
    quartz = crystal(["Si", "O"], [(0.4697, 0, 0), (0.4135, 0.2669, 0.1191)], spacegroup=152, cellpar=[4.913, 4.913, 5.405, 90, 90, 120])
    perovskite = Atoms("SrTiO3", scaled_positions=[(0, 0, 0), (0.5, 0.5, 0.5), (0.5, 0.5, 0), (0.5, 0, 0.5), (0, 0.5, 0.5)], cell=[3.905] * 3, pbc=True)
    olivine = crystal(
        ["Li", "Fe", "P", "O", "O", "O"],
        [(0, 0, 0), (0.2822, 0.25, 0.9747), (0.0948, 0.25, 0.4182), (0.0968, 0.25, 0.7428), (0.4571, 0.25, 0.2060), (0.1656, 0.0465, 0.2848)],
        spacegroup=62, cellpar=[10.334, 6.010, 4.693, 90, 90, 90],
    )  # fmt: skip
    sheet = graphene(a=2.464, vacuum=0)
    graphite = Atoms(
        "C4", scaled_positions=[(0, 0, 0.25), (0, 0, 0.75), (1 / 3, 2 / 3, 0.25), (2 / 3, 1 / 3, 0.75)],
        cell=[sheet.cell[0], sheet.cell[1], (0, 0, 6.711)], pbc=True,
    )  # fmt: skip
    return {"TiO2": rutile, "SiO2": quartz, "SrTiO3": perovskite, "LiFePO4": olivine, "graphite": graphite, "Mg": bulk("Mg", "hcp", a=3.209, c=5.211)}


def everything():
    """All crystals: {name: structure}."""
    return {name: cubic(name) for name in CUBIC} | others()


def equation_of_state(calculator, structure, span=0.03, points=7):
    """Volume at rest, Å^3, and bulk modulus, GPa, from a cubic polynomial of E(V) at scaled lengths."""
    from ase.units import GPa

    scales = np.linspace(1 - span, 1 + span, points)
    for _ in range(4):
        volumes, energies = [], []
        for scale in scales:
            atoms = structure.copy()
            atoms.set_cell(structure.cell * scale, scale_atoms=True)
            atoms.calc = calculator
            volumes.append(atoms.get_volume())
            energies.append(atoms.get_potential_energy())
        lowest = int(np.argmin(energies))
        if 0 < lowest < points - 1:
            break
        scales = scales * scales[lowest]
    else:
        return None, None
    fit = np.polynomial.Polynomial.fit(volumes, energies, 3)
    roots = [r.real for r in fit.deriv().roots() if abs(r.imag) < 1e-6 and volumes[0] < r.real < volumes[-1] and fit.deriv(2)(r.real) > 0]
    return (roots[0], roots[0] * fit.deriv(2)(roots[0]) / GPa) if roots else (None, None)
