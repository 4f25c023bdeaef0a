"""Writes assets/structures/: all built-in structures and their index.

    pip install ase==3.29.0 rdkit==2026.9.1 tblite==0.8.0 numpy scipy
    python scripts/make_library.py [key ...]      (all of them: some minutes)

No coordinates are copied from anywhere. Molecules are embedded by RDKit (ETKDGv3 and MMFF94, seed 1)
and relaxed with GFN2-xTB by tblite; crystals are built from published cells and parameters, which are
facts and whose papers are named; clusters, slabs and surfaces are built by ASE or by the geometry
written below; liquids are run from a lattice with the named model and a fixed seed. `source` in the
index says which. With keys named, only those files are made again; the index always holds all.
"""

import itertools
import json
import os
import pathlib
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from ase import Atoms, units
from ase.build import add_adsorbate, bulk, fcc111, graphene, nanotube
from ase.calculators.emt import EMT
from ase.calculators.lj import LennardJones
from ase.calculators.tip3p import TIP3P, angleHOH, rOH
from ase.cluster import Icosahedron
from ase.constraints import FixAtoms
from ase.data import covalent_radii
from ase.io import read, write
from ase.md.langevin import Langevin
from ase.md.velocitydistribution import MaxwellBoltzmannDistribution
from ase.neighborlist import neighbor_list
from ase.optimize import BFGS
from ase.spacegroup import crystal
from rdkit import Chem
from rdkit.Chem import AllChem, rdMolTransforms
from scipy.optimize import minimize
from tblite.ase import TBLite

FOLDER = pathlib.Path(__file__).parent.parent / "assets" / "structures"
LICENSE = "MIT OR Apache-2.0"
EMBEDDED = "SMILES {smiles} by RDKit ETKDGv3, relaxed with GFN2-xTB"
ENTRIES = {}


def entry(key, title, tags, source, temperature=300, potential="auto", charge=0, multiplicity=1):
    """Registers the function below it as the maker of a structure."""

    def register(make):
        ENTRIES[key] = dict(
            title=title, tags=tags.split(), source=source, temperature=temperature,
            potential=potential, charge=charge, multiplicity=multiplicity, make=make,
        )
        return make

    return register


# --- molecules ---------------------------------------------------------------------------------


def relaxed(atoms, charge=0, multiplicity=1, fmax=0.005, steps=1500):
    """The nearest minimum of GFN2-xTB (C. Bannwarth et al., JCTC 15, 1652 (2019))."""
    atoms = atoms.copy()
    atoms.calc = TBLite(method="GFN2-xTB", charge=charge, multiplicity=multiplicity, verbosity=0)
    optimizer = BFGS(atoms, logfile=None, maxstep=0.1)
    assert optimizer.run(fmax=fmax, steps=steps), f"not relaxed: {atoms}"
    print(f"    GFN2 fmax {np.linalg.norm(atoms.get_forces(), axis=1).max():.4f} eV/A after {optimizer.nsteps} steps")
    atoms.calc = None
    atoms.positions -= atoms.get_center_of_mass()
    return atoms


def embedded(smiles):
    molecule = Chem.AddHs(Chem.MolFromSmiles(smiles))
    assert AllChem.EmbedMolecule(molecule, randomSeed=1) == 0, smiles
    if AllChem.MMFFHasAllMoleculeParams(molecule):
        AllChem.MMFFOptimizeMolecule(molecule, maxIters=2000)
    symbols = [atom.GetSymbol() for atom in molecule.GetAtoms()]
    return Atoms(symbols, molecule.GetConformer().GetPositions())


def from_smiles(key, title, tags, smiles, charge=0, multiplicity=1, fmax=0.005, **more):
    entry(
        key, title, "molecule " + tags, EMBEDDED.format(smiles=smiles),
        charge=charge, multiplicity=multiplicity, **more,
    )(lambda: relaxed(embedded(smiles), charge, multiplicity, fmax))


from_smiles("water", "Water", "small solvent hydrogen-bond", "O")
from_smiles("methane", "Methane", "small alkane", "C")
from_smiles("ammonia", "Ammonia", "small inversion", "N")
from_smiles("ethanol", "Ethanol", "small alcohol solvent", "CCO")
from_smiles("oxygen", "Oxygen (triplet)", "small radical triplet diatomic", "[O][O]", multiplicity=3)
from_smiles("methyl", "Methyl radical", "small radical doublet", "[CH3]", multiplicity=2)
from_smiles("benzene", "Benzene", "aromatic ring", "c1ccccc1")
from_smiles("naphthalene", "Naphthalene", "aromatic ring", "c1ccc2ccccc2c1")
from_smiles("imidazole", "Imidazole", "aromatic ring heterocycle", "c1c[nH]cn1")
from_smiles("cyclohexane", "Cyclohexane chair", "ring alkane conformer", "C1CCCCC1")
from_smiles("cubane", "Cubane", "strained cage", "C12C3C4C1C5C2C3C45")
from_smiles("azomethane", "Azomethane", "azo isomerisation photochemistry", "C/N=N/C")
from_smiles("benzoyl-peroxide", "Benzoyl peroxide", "peroxide initiator bond-breaking",
            "O=C(OOC(=O)c1ccccc1)c1ccccc1")
from_smiles("roy", "ROY (27 atoms)", "polymorph conformer drug",
            "Cc1cc(C#N)c(Nc2ccccc2[N+](=O)[O-])s1")
from_smiles("caffeine", "Caffeine", "drug heterocycle", "Cn1cnc2c1c(=O)n(C)c(=O)n2C")
from_smiles("aspirin", "Aspirin", "drug ester", "CC(=O)Oc1ccccc1C(=O)O")
from_smiles("glucose", "beta-D-Glucose", "sugar biomolecule chiral",
            "OC[C@H]1O[C@@H](O)[C@H](O)[C@@H](O)[C@@H]1O")
from_smiles("alanine-dipeptide", "Alanine dipeptide", "peptide biomolecule conformer chiral",
            "CC(=O)N[C@@H](C)C(=O)NC")
from_smiles("rna-fragment", "RNA fragment ApU (anion)", "nucleic-acid biomolecule ion chiral",
            "OC[C@H]1O[C@@H](n2cnc3c(N)ncnc32)[C@H](O)[C@@H]1OP(=O)([O-])"
            "OC[C@H]1O[C@@H](n2ccc(=O)[nH]c2=O)[C@H](O)[C@@H]1O", charge=-1, fmax=0.05)


@entry("ferrocene", "Ferrocene", "molecule organometallic sandwich iron",
       "built with D5h symmetry, relaxed with GFN2-xTB")
def ferrocene():
    ring = np.exp(2j * np.pi * np.arange(5) / 5)
    atoms = Atoms("Fe", [(0, 0, 0)])
    for z in (-1.66, 1.66):
        for symbol, radius in (("C", 1.22), ("H", 2.30)):
            atoms += Atoms([symbol] * 5, [(radius * r.real, radius * r.imag, z) for r in ring])
    return relaxed(atoms)


@entry("c60", "Buckminsterfullerene C60", "molecule carbon cage fullerene nano",
       "vertices of a truncated icosahedron, relaxed with GFN2-xTB")
def c60():
    golden = (1 + 5**0.5) / 2
    corners = set()
    for x, y, z in [(0, 1, 3 * golden), (1, 2 + golden, 2 * golden), (golden, 2, 2 * golden + 1)]:
        for signs in itertools.product((1, -1), repeat=3):
            x1, y1, z1 = (s * v for s, v in zip(signs, (x, y, z)))
            corners |= {(x1, y1, z1), (y1, z1, x1), (z1, x1, y1)}
    corners = np.unique(np.round(sorted(corners), 9) + 0.0, axis=0)
    return relaxed(Atoms("C60", 0.715 * corners))


@entry("alanine-helix", "Alanine decapeptide helix", "molecule peptide protein biomolecule helix chiral",
       "Ace-Ala10-NMe by RDKit set to phi = -57, psi = -47 degrees (alpha helix), relaxed with GFN2-xTB")
def alanine_helix():
    molecule = Chem.AddHs(Chem.MolFromSmiles("CC(=O)" + "N[C@@H](C)C(=O)" * 10 + "NC"))
    assert AllChem.EmbedMolecule(molecule, randomSeed=1) == 0
    conformer = molecule.GetConformer()
    for pattern, angle in (
        ("[CX4]C(=O)[NX3][CX4]", 180),
        ("C(=O)[NX3][CX4H1]C(=O)", -57),
        ("[NX3][CX4H1]C(=O)[NX3]", -47),
    ):
        chain = [i for i, atom in enumerate(Chem.MolFromSmarts(pattern).GetAtoms()) if atom.GetSymbol() != "O"]
        for match in molecule.GetSubstructMatches(Chem.MolFromSmarts(pattern)):
            a, b, c, d = [match[i] for i in chain][:4]
            rdMolTransforms.SetDihedralDeg(conformer, a, b, c, d, angle)
    symbols = [atom.GetSymbol() for atom in molecule.GetAtoms()]
    return relaxed(Atoms(symbols, conformer.GetPositions()), fmax=0.05)


# --- pairs and reactions -----------------------------------------------------------------------


@entry("water-dimer", "Water dimer", "cluster hydrogen-bond small",
       "two waters built 2.9 A apart, relaxed with GFN2-xTB")
def water_dimer():
    donor = Atoms("OH2", [(0, 0, 0), (0.97, 0, 0), (-0.24, 0.94, 0)])
    acceptor = Atoms("OH2", [(2.9, 0, 0), (3.2, -0.5, 0.76), (3.2, -0.5, -0.76)])
    return relaxed(donor + acceptor)


@entry("two-methanes", "Two methanes", "cluster dispersion van-der-waals small",
       "two methanes built 3.7 A apart, relaxed with GFN2-xTB", temperature=50)
def two_methanes():
    one, other = embedded("C"), embedded("C")
    other.positions = -other.positions + (3.7, 0, 0)
    return relaxed(one + other)


@entry("formic-acid-dimer", "Formic acid dimer", "cluster hydrogen-bond proton-transfer",
       "two planar molecules built face to face, relaxed with GFN2-xTB")
def formic_acid_dimer():
    half = np.array([(1.92, 0.12, 0), (1.18, -1.10, 0), (1.32, 1.18, 0), (0.20, -1.05, 0), (3.0, 0.05, 0)])
    # The acid hydrogen (fourth) points at the other molecule's carbonyl oxygen.
    half[:, 0] += 0.18
    return relaxed(Atoms("COOHH", half) + Atoms("COOHH", -half))


@entry("hydronium-hydroxide", "Hydronium and hydroxide", "cluster ion proton-transfer reaction acid base",
       "the two ions relaxed with GFN2-xTB, set 3.5 A apart (not relaxed: they would react)")
def hydronium_hydroxide():
    hydronium = relaxed(Atoms("OH3", [(0, 0, 0), (0.95, 0, 0.2), (-0.48, 0.83, 0.2), (-0.48, -0.83, 0.2)]), 1)
    hydroxide = relaxed(Atoms("OH", [(0, 0, 0), (0.97, 0, 0)]), -1)
    hydronium.positions -= hydronium.positions[0]
    hydronium.rotate(hydronium.positions[1], (1, 0, 0))
    hydroxide.positions -= hydroxide.positions[0]
    hydroxide.rotate(hydroxide.positions[1], (0.4, 0, 1))
    hydroxide.positions += (3.5, 0, 0)
    return hydronium + hydroxide


@entry("sn2", "SN2 complex: chloride and bromomethane", "cluster ion reaction substitution",
       "built collinear with Cl-C 3.1 A, relaxed with GFN2-xTB", charge=-1)
def sn2():
    hydrogens = [(-0.33, 1.03 * np.cos(a), 1.03 * np.sin(a)) for a in 2 * np.pi * np.arange(3) / 3]
    return relaxed(Atoms("CBrClH3", [(0, 0, 0), (1.96, 0, 0), (-3.1, 0, 0)] + hydrogens), -1)


# --- molecular crystals and liquids ------------------------------------------------------------


@entry("urea-crystal", "Urea crystal", "crystal molecular-crystal hydrogen-bond organic",
       "neutron structure at 12 K: S. Swaminathan, B. M. Craven, R. K. McMullan, Acta Cryst. B 40, 300 (1984)",
       temperature=123)
def urea():
    atoms = crystal(
        ["C", "O", "N", "H", "H"],
        [(0, 0.5, 0.3260), (0, 0.5, 0.5953), (0.1459, 0.6459, 0.1766),
         (0.2575, 0.7575, 0.2827), (0.1441, 0.6441, -0.0380)],
        spacegroup=113, cellpar=[5.565, 5.565, 4.684, 90, 90, 90],
    )
    carbons = [0, 1]
    for index in range(2, len(atoms)):  # molecules stay whole, their carbons inside
        to_carbons = atoms.get_distances(index, carbons, mic=True, vector=True)
        nearest = np.argmin(np.linalg.norm(to_carbons, axis=1))
        atoms.positions[index] = atoms.positions[carbons[nearest]] - to_carbons[nearest]
    return atoms


@entry("acetic-acid-crystal", "Acetic acid crystal", "crystal molecular-crystal hydrogen-bond organic",
       "cell and space group Pna2_1 of I. Nahringbauer, Acta Chem. Scand. 24, 453 (1970); "
       "the GFN2-xTB molecule packed as a rigid body by a point-charge and Lennard-Jones model (OPLS-like)",
       temperature=250)
def acetic_acid():
    molecule = relaxed(embedded("CC(=O)O"))
    cell = np.array([13.32, 4.08, 5.77])
    # CH3, C, =O, O, H x 3, H(O): charges (e), sigma (A) and epsilon (kcal/mol) of OPLS-AA,
    # W. L. Jorgensen et al., JACS 118, 11225 (1996).
    charge = np.array([-0.18, 0.52, -0.44, -0.53, 0.06, 0.06, 0.06, 0.45])
    sigma = np.array([3.5, 3.75, 2.96, 3.0, 2.42, 2.42, 2.42, 0.0])
    epsilon = np.array([0.066, 0.105, 0.21, 0.17, 0.015, 0.015, 0.015, 0.0])
    operations = [((1, 1, 1), (0, 0, 0)), ((-1, -1, 1), (0, 0, 0.5)),
                  ((1, -1, 1), (0.5, 0.5, 0)), ((-1, 1, 1), (0.5, 0.5, 0.5))]
    shifts = np.array(list(itertools.product((-1, 0, 1), (-3, -2, -1, 0, 1, 2, 3), (-2, -1, 0, 1, 2)))) * cell

    def molecules(x):
        body = molecule.copy()
        body.euler_rotate(*np.degrees(x[:3]), center=(0, 0, 0))
        base = body.positions + np.array([x[3], x[4], 0]) * cell
        return [base * np.array(s) + np.array(t) * cell for s, t in operations]

    well = np.sqrt(np.outer(epsilon, epsilon))
    size = np.sqrt(np.outer(sigma, sigma))
    cutoff, damping = 10.0, 0.2

    def energy(x):
        copies = molecules(x)
        total = 0.0
        for index, copy in enumerate(copies):
            images = copy[None] + shifts[:, None]
            if index == 0:
                images = images[np.any(shifts != 0, axis=1)]
            near = np.linalg.norm(images.mean(1) - copies[0].mean(0), axis=1) < cutoff + 4
            r = np.linalg.norm(copies[0][:, None, None] - images[near].transpose(1, 0, 2)[None], axis=-1)
            r = np.maximum(r, 0.6).transpose(0, 2, 1)  # molecule atom, image, image atom
            inside = r < cutoff
            power = (size[:, None, :] / r) ** 6
            lennard = 4 * well[:, None, :] * (power**2 - power)
            coulomb = 332.06 * charge[:, None, None] * charge[None, None] * (
                np.exp(-(damping * r) ** 2) / r - np.exp(-(damping * cutoff) ** 2) / cutoff)
            total += np.sum(np.where(inside, lennard + coulomb, 0))
        return total / 2

    random = np.random.default_rng(1)
    best = None
    for _ in range(60):
        start = np.append(random.uniform(0, 2 * np.pi, 3), random.uniform(0, 0.5, 2))
        found = minimize(energy, start, method="Nelder-Mead", options=dict(maxfev=300))
        if best is None or found.fun < best.fun:
            best = found
    best = minimize(energy, best.x, method="Nelder-Mead", options=dict(maxfev=2000, xatol=1e-5, fatol=1e-6))
    atoms = Atoms(molecule.get_chemical_symbols() * 4, np.concatenate(molecules(best.x)), cell=cell, pbc=True)
    oxygens = [i for i in range(len(atoms)) if i % 8 in (2, 3)]
    i, j, d = neighbor_list("ijd", atoms[oxygens], 3.2)
    bonds = sorted(d[i // 2 != j // 2])
    print(f"    packing energy {best.fun:.2f} kcal/mol, O...O {np.round(bonds[:4], 2)}")
    assert 2.5 < bonds[0] < 2.8, "the hydrogen-bonded chain of the published structure has O...O 2.63 A"
    return atoms


def lattice_of_waters(side, box, random):
    angle = np.radians(angleHOH)
    water = np.array([(0, 0, 0), (rOH, 0, 0), (rOH * np.cos(angle), rOH * np.sin(angle), 0)])
    atoms = Atoms(cell=[box] * 3, pbc=True)
    for node in itertools.product(range(side), repeat=3):
        body = Atoms("OH2", water)
        body.euler_rotate(*np.degrees(random.uniform(0, 2 * np.pi, 3)), center=(0, 0, 0))
        body.positions += (np.array(node) + 0.5) * box / side
        atoms += body
    return atoms


class FlexibleTIP3P(TIP3P):
    """TIP3P whose three distances are stiff springs (20 eV/A2), for lack of fast constraints."""

    def calculate(self, atoms, properties, changes):
        super().calculate(atoms, properties, changes)
        first = np.arange(0, len(atoms), 3)
        rest = {(0, 1): rOH, (0, 2): rOH, (1, 2): 2 * rOH * np.sin(np.radians(angleHOH) / 2)}
        for (a, b), length in rest.items():
            bond = atoms.positions[first + b] - atoms.positions[first + a]
            stretch = np.linalg.norm(bond, axis=1)
            pull = 20 * (1 - length / stretch)[:, None] * bond
            self.results["forces"][first + a] += pull
            self.results["forces"][first + b] -= pull
            self.results["energy"] += 10 * np.sum((stretch - length) ** 2)


@entry("water-box", "Water box (64 molecules)", "liquid solvent periodic hydrogen-bond",
       "64 waters at 0.997 g/cm3 run from a lattice with flexible TIP3P for 1.5 ps at 300 K, seed 1")
def water_box():
    random = np.random.default_rng(1)
    box = (64 * 18.015 / 0.997 * 1.66053907) ** (1 / 3)
    atoms = lattice_of_waters(4, box, random)
    atoms.calc = FlexibleTIP3P(rc=5.8)
    MaxwellBoltzmannDistribution(atoms, temperature_K=300, rng=random)
    Langevin(atoms, 0.5 * units.fs, temperature_K=300, friction=0.02 / units.fs, rng=random).run(3000)
    atoms.calc = None
    for o in range(0, 192, 3):  # molecules stay whole, their oxygens inside
        atoms.positions[o : o + 3] -= box * np.floor(atoms.positions[o] / box)
    return atoms


@entry("ice-ih", "Ice Ih", "crystal molecular-crystal hydrogen-bond water",
       "a = 4.4969, c = 7.3211 A at 10 K: K. Roettger et al., Acta Cryst. B 50, 644 (1994), as a 16-molecule "
       "orthorhombic cell; hydrogens by the ice rules, without net dipole, seed 1",
       temperature=200)
def ice():
    a, c = 4.4969, 7.3211
    z = 0.0625
    cell = np.array([2 * a, a * 3**0.5, c])
    # Orthohexagonal cell: fractional (x, y) of the hexagonal sites (1/3, 2/3) and (2/3, 1/3).
    sites = []
    for height, site in ((z, (1 / 3, 2 / 3)), (0.5 - z, (1 / 3, 2 / 3)), (-z, (2 / 3, 1 / 3)), (0.5 + z, (2 / 3, 1 / 3))):
        plane = np.array([a * (site[0] - site[1] / 2), a * site[1] * 3**0.5 / 2])
        for image in ((0, 0), (a, 0), (a / 2, a * 3**0.5 / 2), (3 * a / 2, a * 3**0.5 / 2)):
            sites.append((*(plane + image), height * c))
    frame = Atoms("O16", sites, cell=cell, pbc=True)
    frame.wrap()
    i, j, vector = neighbor_list("ijD", frame, 3.0)
    bonds = [(p, q, v) for p, q, v in zip(i, j, vector) if (p, q) < (q, p) and p != q]
    assert len(bonds) == 32
    random = np.random.default_rng(1)
    while True:  # each bond's hydrogen belongs to one end; walk until each oxygen owns two
        owner = random.integers(0, 2, 32)
        for _ in range(20000):
            count = np.bincount([b[o] for b, o in zip(bonds, owner)], minlength=16)
            wrong = np.flatnonzero(count != 2)
            if len(wrong) == 0:
                break
            oxygen = random.choice(wrong)
            mine = [k for k, b in enumerate(bonds) if oxygen in b[:2]
                    and (b[owner[k]] == oxygen) == (count[oxygen] > 2)]
            flip = random.choice(mine)
            owner[flip] = 1 - owner[flip]
        moment = sum(v * (1 - 2 * o) for (_, _, v), o in zip(bonds, owner))
        if len(wrong) == 0 and np.linalg.norm(moment) < 1e-6:
            break
    hydrogens = []
    for (p, q, v), o in zip(bonds, owner):
        start, direction = (frame.positions[p], v) if o == 0 else (frame.positions[q], -v)
        hydrogens.append((p if o == 0 else q, start + 0.985 * direction / np.linalg.norm(direction)))
    order = sorted(hydrogens, key=lambda item: item[0])
    atoms = Atoms(cell=cell, pbc=True)
    for oxygen in range(16):
        own = [place for parent, place in order if parent == oxygen]
        atoms += Atoms("OH2", [frame.positions[oxygen], *own])
    return atoms


@entry("argon-liquid", "Liquid argon (108 atoms)", "liquid noble-gas periodic lennard-jones",
       "Lennard-Jones argon (3.40 A, 120 K) at 1.374 g/cm3 run from the crystal for 4 ps at 95 K, seed 1 "
       "(state of A. Rahman, Phys. Rev. 136, A405 (1964))", temperature=95, potential="lj")
def argon_liquid():
    random = np.random.default_rng(1)
    a = (4 * 39.948 / 1.374 * 1.66053907) ** (1 / 3)
    atoms = bulk("Ar", "fcc", a=a, cubic=True) * (3, 3, 3)
    atoms.rattle(0.3, seed=1)
    atoms.calc = LennardJones(sigma=3.40, epsilon=120 * units.kB, rc=8.0, smooth=False)
    MaxwellBoltzmannDistribution(atoms, temperature_K=190, rng=random)
    Langevin(atoms, 8 * units.fs, temperature_K=95, friction=0.005 / units.fs, rng=random).run(500)
    atoms.wrap()
    return Atoms(atoms.get_chemical_symbols(), atoms.positions, cell=atoms.cell, pbc=True)


# --- crystals ----------------------------------------------------------------------------------

WYCKOFF = "R. W. G. Wyckoff, Crystal Structures, 2nd ed., vol. 1 (Interscience, 1963)"


def cubic(key, title, tags, symbol, structure, a, repeat=1, **more):
    entry(key, title, "crystal " + tags, f"{structure} cell, a = {a} A: {WYCKOFF}", **more)(
        lambda: bulk(symbol, structure, a=a, cubic=True).repeat(repeat))


cubic("copper", "Copper (32 atoms)", "metal fcc", "Cu", "fcc", 3.615, 2, potential="emt")
cubic("aluminium", "Aluminium (32 atoms)", "metal fcc aluminum", "Al", "fcc", 4.0495, 2, potential="emt")
cubic("gold", "Gold (32 atoms)", "metal fcc", "Au", "fcc", 4.0782, 2, potential="emt")
cubic("iron", "Iron", "metal bcc", "Fe", "bcc", 2.8664, 2)
cubic("silicon", "Silicon", "semiconductor covalent", "Si", "diamond", 5.4309)
cubic("diamond", "Diamond", "carbon covalent insulator", "C", "diamond", 3.5669)
cubic("salt", "Rock salt NaCl", "ionic sodium chloride halide", "NaCl", "rocksalt", 5.6402)
cubic("magnesia", "Magnesium oxide MgO", "oxide ionic periclase", "MgO", "rocksalt", 4.212)
cubic("argon-crystal", "Solid argon (108 atoms)", "noble-gas lennard-jones fcc", "Ar", "fcc", 5.256, 3,
      temperature=20, potential="lj")


@entry("rutile", "Rutile TiO2", "crystal oxide titania",
       "a = 4.5937, c = 2.9587 A, u = 0.3048: J. K. Burdett et al., JACS 109, 3639 (1987)")
def rutile():
    return crystal(["Ti", "O"], [(0, 0, 0), (0.3048, 0.3048, 0)], spacegroup=136,
                   cellpar=[4.5937, 4.5937, 2.9587, 90, 90, 90])


@entry("quartz", "alpha-Quartz SiO2", "crystal oxide silica chiral",
       "P3_221, a = 4.916, c = 5.4054 A: L. Levien, C. T. Prewitt, D. J. Weidner, Am. Mineral. 65, 920 (1980)")
def quartz():
    return crystal(["Si", "O"], [(0.4697, 0, 2 / 3), (0.4135, 0.2669, 0.1191 + 2 / 3)], spacegroup=154,
                   cellpar=[4.916, 4.916, 5.4054, 90, 90, 120])


@entry("sodalite", "Silica sodalite (zeolite SOD)", "crystal zeolite porous oxide silica framework",
       "Im-3m, a = 8.836 A: J. W. Richardson et al., J. Phys. Chem. 92, 243 (1988), empty cage; "
       "oxygen placed for Si-O 1.587 A")
def sodalite():
    a, bond = 8.836, 1.587
    y = 0.375 - (0.5 * (bond / a) ** 2 - 0.125**2) ** 0.5
    return crystal(["Si", "O"], [(0.25, 0.5, 0), (y, y, 0)], spacegroup=229, cellpar=[a, a, a, 90, 90, 90])


@entry("mof-5", "MOF-5 (IRMOF-1)", "crystal mof porous framework zinc metal-organic",
       "built from Zn4O clusters and benzenedicarboxylates in the cell a = 25.832 A of "
       "M. Eddaoudi et al., Science 295, 469 (2002), primitive")
def mof5():
    a = 25.832
    atoms = Atoms()
    diagonal = np.array([(1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1)])
    for node, sense in (((0.25,) * 3, 1), ((0.75,) * 3, -1)):
        center = np.array(node) * a
        atoms += Atoms("OZn4", [center, *(center + sense * 1.936 / 3**0.5 * diagonal)])
    axes = np.eye(3)
    for axis in range(3):
        along = axes[axis]
        for side in (1, -1):
            middle = np.full(3, 0.25) * a + side * along * a / 4
            # The zinc pair that faces the linker lies on this diagonal, at both of its ends.
            span = (axes[(axis + 1) % 3] + side * axes[(axis + 2) % 3]) / 2**0.5
            for u, v, symbol in [(1.39, 0, "C"), (0.695, 1.204, "C"), (0.695, -1.204, "C"), (1.235, 2.142, "H"),
                                 (1.235, -2.142, "H"), (2.885, 0, "C"), (3.46, 1.112, "O"), (3.46, -1.112, "O")]:
                for end in (1, -1):
                    atoms.append(symbol)
                    atoms.positions[-1] = middle + end * u * along + v * span
    atoms.cell = 0.5 * a * np.array([(0, 1, 1), (1, 0, 1), (1, 1, 0)])
    atoms.pbc = True
    return atoms


# --- surfaces and nanostructures ---------------------------------------------------------------


@entry("graphene", "Graphene (32 atoms)", "carbon sheet two-dimensional nano", "built by ASE, a = 2.460 A")
def sheet():
    atoms = graphene(a=2.460, size=(4, 4, 1), vacuum=8)
    atoms.pbc = (True, True, False)
    return atoms


@entry("nanotube", "Carbon nanotube (6,6)", "carbon tube nano", "built by ASE, C-C 1.42 A")
def tube():
    atoms = nanotube(6, 6, length=4, bond=1.42)
    atoms.center(vacuum=6, axis=(0, 1))
    atoms.pbc = (False, False, True)
    return atoms


@entry("copper-surface", "Cu(111) with carbon monoxide", "surface slab adsorbate catalysis metal",
       "built by ASE, a = 3.615 A, lower two layers fixed; CO on top, Cu-C 1.91 and C-O 1.14 A: "
       "E. J. Moler et al., Phys. Rev. B 54, 10862 (1996)", potential="emt")
def slab():
    atoms = fcc111("Cu", (3, 3, 4), a=3.615, vacuum=8, periodic=False)
    add_adsorbate(atoms, Atoms("CO", [(0, 0, 0), (0, 0, 1.14)]), 1.91, "ontop")
    atoms.center(vacuum=8, axis=2)
    atoms.set_constraint(FixAtoms(mask=np.isin(atoms.get_tags(), (3, 4))))
    atoms.set_tags(None)
    return atoms


@entry("copper-cluster", "Copper cluster Cu55", "cluster metal nano icosahedron",
       "Mackay icosahedron built by ASE, relaxed with EMT", potential="emt")
def cu55():
    atoms = Icosahedron("Cu", 3, 3.615)
    atoms.calc = EMT()
    assert BFGS(atoms, logfile=None).run(fmax=0.001, steps=500)
    atoms.calc = None
    atoms.positions -= atoms.get_center_of_mass()
    return Atoms(atoms.get_chemical_symbols(), atoms.positions)


# --- writing -----------------------------------------------------------------------------------


def check(key, atoms):
    """No two atoms closer than three quarters of the sum of their covalent radii."""
    i, j, d = neighbor_list("ijd", atoms, 3.0)
    reach = covalent_radii[atoms.numbers[i]] + covalent_radii[atoms.numbers[j]]
    # The bond of H2 and multiple bonds are the shortest: 0.75 of the sum.
    assert len(d) == 0 or (d / reach).min() > 0.75, (key, (d / reach).min())
    density = atoms.get_masses().sum() / atoms.get_volume() * 1.66053907 if all(atoms.pbc) else float("nan")
    print(f"{key:22s} {atoms.get_chemical_formula():24s} closest {d.min() if len(d) else 0:.3f} A  {density:.3f} g/cm3")


def main(keys):
    FOLDER.mkdir(parents=True, exist_ok=True)
    for key, fields in ENTRIES.items():
        path = FOLDER / f"{key}.xyz"
        if (keys and key not in keys) or (not keys and "--missing" in sys.argv and path.exists()):
            continue
        atoms = fields["make"]()
        check(key, atoms)
        for name in set(atoms.arrays) - {"numbers", "positions"}:
            del atoms.arrays[name]
        atoms.info = {"charge": fields["charge"], "multiplicity": fields["multiplicity"]}
        columns = ["symbols", "positions"] + (["move_mask"] if atoms.constraints else [])
        write(path, atoms, format="extxyz", columns=columns)
    if not all((FOLDER / f"{key}.xyz").exists() for key in ENTRIES):
        sys.exit("some structures are not made yet: no index")
    index = []
    for key, fields in ENTRIES.items():
        index.append(dict(
            key=key, title=fields["title"], tags=fields["tags"], source=fields["source"], licence=LICENSE,
            formula=read(FOLDER / f"{key}.xyz").get_chemical_formula("hill"), temperature=fields["temperature"],
            potential=fields["potential"], file=f"{key}.xyz",
        ))
    with open(FOLDER / "index.json", "w") as file:
        file.write(json.dumps(index, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main([argument for argument in sys.argv[1:] if not argument.startswith("-")])
