"""Paths of one coordinate along which GFN2-xTB relaxes all others: turned bonds, and substitutions by anions.

Barriers of rotation are a tenth of the energies of other deformations; these frames teach them.
"""

import numpy as np

import gfn2
import molecules
import sampling

# Molecules with turnable bonds; the first 33 are drawn more often.
ROTORS = """CC CO CN CCC CC=C CC=O CCCC CCO OO CF CCl NN NO CS SS CP C[SiH3] COC CNC CSC CC(C)C CC(C)=O CCF CCCl CCBr CCS
CCN OCCO CSSC C=CC=C OC=O NC=O CC(=O)O CCCCC CCCO CN(C)C CC(C)(C)C CCC=O C=CC=O CC(F)F CC(F)(F)F FCCF ClCCCl BrCCBr
NCCO NCCN FCO COCOC FCOC FC(F)OC FC(F)(F)CO COC(F)(F)F FC(F)(F)C(F)(F)F COC=O CC(=O)OC CNC=O CN(C)C=O CC(N)=O CNC(C)=O
OC(=O)C(=O)O O=CC=O CCC#N CC(=N)C CN=NC C=NO CC=NO ON=O C[N+](=O)[O-] CO[N+](=O)[O-] Cc1ccccc1 Oc1ccccc1 Nc1ccccc1
COc1ccccc1 CCc1ccccc1 C=Cc1ccccc1 O=Cc1ccccc1 OC(=O)c1ccccc1 c1ccc(cc1)c1ccccc1 Cc1ccncc1 NC(=O)c1ccccc1 CCI CCP CPC CPP
CCSC CCOC CCNC CS(C)=O CS(C)(=O)=O CS(N)(=O)=O COP(=O)(O)O CP(C)(C)=O C[Si](C)(C)O C[SiH2]C CO[SiH3] OB(O)O CB(O)O
CC(=C)C CC=CC CC(C)=C CC=C=C CC#CC C=COC C=CO C=CN CCC=C CC(=O)C=O COC(N)=O NC(N)=O CNC(N)=O CC(S)=O CSC(C)=O NS
CONC CON CNN CNO COO COOC CC(=O)OO OO CC[N+](C)(C)C CC[NH3+] C[NH3+] CC(=O)[O-] CC[O-] OC(=O)[O-] NCC(=O)O CC(O)C(=O)O
CC(=O)NC CC(=O)NCC(=O)NC CNC(=O)CN OCC(O)CO C1CCCCC1C C1CC1C""".split()
COMMON = 33


def _rotor(made, rng):
    """The angle about a random turnable bond of a frame; None if there is none."""
    numbers, x, _, bonds = made
    neighbors = [[] for _ in numbers]
    for a, b, _ in bonds:
        neighbors[a].append(b)
        neighbors[b].append(a)
    options = []
    for b, c, free in bonds:
        ends = [[k for k in neighbors[i] if k != j] for i, j in ((b, c), (c, b))]
        if free and all(ends):
            a, d = (end[rng.integers(len(end))] for end in ends)
            bent = lambda i, j, k: np.linalg.norm(np.cross(x[i] - x[j], x[k] - x[j])) > 0.4 * np.linalg.norm(x[i] - x[j])
            if bent(a, b, c) and bent(d, c, b):
                options.append(gfn2.Dihedral([a, b, c, d], sampling._side(bonds, b, c)))
    return options[rng.integers(len(options))] if options else None


def rotor(rng, count):
    """Bonds turned by uniform angles, all else relaxed; and frames of the relaxation and beside it."""
    frames = []
    while len(frames) < count:
        kind = rng.random()
        words = ROTORS[rng.integers(COMMON if kind < 0.35 else len(ROTORS))] if kind < 0.75 else molecules.random_smiles(rng, rng.choice([10, 13, 16]))
        made = molecules.conformer(words, rng.integers(1 << 31))
        coordinate = made and _rotor(made, rng)
        if coordinate is None:
            continue
        numbers, x, charge, bonds = made
        angle = rng.uniform(-np.pi, np.pi)
        engine = gfn2.Engine(numbers, charge)
        for turn in range(9 if len(numbers) < 12 else 6):
            trail = gfn2.relaxation(engine, coordinate.moved(x, angle), coordinate, 24 if turn else 40)
            if len(trail) < 2:
                break
            x = trail[-1][0]
            near = x + rng.normal(size=x.shape) * rng.choice([0.005, 0.015, 0.03])
            frames += [(numbers, y, charge, bonds) for y in (x, trail[rng.integers(len(trail) - 1)][0], near)]
            angle += rng.uniform(0.3, 0.9)
    return frames


NUCLEOPHILES = {"[F-]": 0.3, "[Cl-]": 0.2, "[Br-]": 0.12, "[I-]": 0.06, "[OH-]": 0.12, "[C-]#N": 0.06, "C[O-]": 0.07, "[SH-]": 0.07}
SUBSTRATES = {"CCl": 0.4, "CBr": 0.15, "CF": 0.15, "CI": 0.08, "CCCl": 0.08, "CCBr": 0.04, "ClCCl": 0.05, "CO": 0.05}


def substitution(rng, count):
    """An anion that approaches a carbon from behind until the leaving group departs, all else relaxed."""
    frames = []
    draw = lambda table: str(rng.choice(list(table), p=list(table.values())))
    while len(frames) < count:
        anion = molecules.conformer(draw(NUCLEOPHILES), rng.integers(1 << 31))
        halide = molecules.conformer(draw(SUBSTRATES), rng.integers(1 << 31))
        if anion is None or halide is None:
            continue
        (z1, x1, _, b1), (z2, x2, q2, _) = halide, anion
        leaving = max((i for i in range(len(z1)) if z1[i] not in (1, 6)), key=lambda i: z1[i])
        carbon = next(a if b == leaving else b for a, b, _ in b1 if leaving in (a, b))
        attacker = int(np.argmax(np.where(z2 > 6, z2, 0))) if (z2 > 7).any() else int(np.argmax(z2 == 6))
        back = (x1[carbon] - x1[leaving]) / np.linalg.norm(x1[carbon] - x1[leaving])
        y2 = sampling._rotated(x2, rng)
        start = rng.uniform(2.6, 3.8)
        y2 += x1[carbon] + start * back - y2[attacker]
        numbers, x, n = np.concatenate([z1, z2]), np.concatenate([x1, y2]), len(z1)
        coordinate = gfn2.Distance([carbon, n + attacker], list(range(n, len(numbers))))
        x = x + rng.normal(size=x.shape) * rng.choice([0.02, 0.1])
        value, engine = coordinate.value(x), gfn2.Engine(numbers, q2)
        while value > 1.3:
            trail = gfn2.relaxation(engine, coordinate.moved(x, value), coordinate, 14)
            if len(trail) < 2:
                break
            x = trail[-1][0]
            for y in (x, trail[rng.integers(len(trail) - 1)][0], x + rng.normal(size=x.shape) * rng.choice([0.02, 0.06])):
                frames.append((numbers, y, q2, []))
            if np.linalg.norm(x[carbon] - x[leaving]) > 4.5:
                break
            value -= rng.uniform(0.1, 0.3)
    return frames
