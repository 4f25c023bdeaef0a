"""What is made of a crystal at rest: strained and rattled frames, vacancies, slabs, adatoms, liquids, colliding pairs.

All functions take and return (numbers, positions [atoms, 3] in Å, cell [3, 3] in Å).
"""

import numpy as np
from ase.data import covalent_radii

from prototypes import ELEMENTS, repeat, weight
from ase.data import atomic_numbers

MAX_ATOMS = 32


def strained(crystal, rng, length=0.0, shear=0.0):
    """The cell stretched by a factor 1 + `length`, and by random strains of standard deviation `shear`."""
    numbers, positions, cell = crystal
    deformation = np.eye(3) * (1 + length) + rng.normal(size=(3, 3)) * shear
    return numbers, positions @ deformation, cell @ deformation


def rattled(crystal, rng, amplitude):
    """Each atom displaced by a normal deviate of standard deviation `amplitude`, Å."""
    numbers, positions, cell = crystal
    return numbers, positions + rng.normal(size=positions.shape) * amplitude, cell


def enlarged(crystal, rng, minimum):
    """A supercell of at least `minimum` atoms, if it has no more than MAX_ATOMS."""
    numbers, positions, cell = crystal
    repeats = np.ones(3, int)
    while len(numbers) * repeats.prod() < minimum:
        more = repeats.copy()
        more[np.argmin(np.linalg.norm(cell, axis=1) * repeats + rng.random(3))] += 1
        if len(numbers) * more.prod() > MAX_ATOMS:
            break
        repeats = more
    numbers, fractional, cell = repeat(numbers, positions @ np.linalg.inv(cell), cell, repeats)
    return numbers, fractional @ cell, cell


def vacancy(crystal, rng):
    """One atom fewer, or one exchanged with another (an antisite), in a supercell."""
    numbers, positions, cell = enlarged(crystal, rng, 8)
    if len(numbers) < 3:
        return None
    if rng.random() < 0.3 and len(set(numbers)) > 1:
        numbers = numbers.copy()
        i = rng.integers(len(numbers))
        j = rng.choice(np.flatnonzero(numbers != numbers[i]))
        numbers[[i, j]] = numbers[[j, i]]
        return rattled((numbers, positions, cell), rng, 0.05)
    keep = np.arange(len(numbers)) != rng.integers(len(numbers))
    return rattled((numbers[keep], positions[keep], cell), rng, 0.05)


def slab(crystal, rng):
    """Some layers and a vacuum of 7 to 10 Å across a random lattice plane of low index."""
    numbers, positions, cell = enlarged(crystal, rng, 6)
    cell = cell[rng.permutation(3)]
    if rng.random() < 0.5:
        cell = cell.copy()
        cell[0] += rng.integers(-1, 2) * cell[1]
        cell[2] += rng.integers(-1, 2) * cell[0] + rng.integers(-1, 2) * cell[1]
    fractional = (positions @ np.linalg.inv(cell) + [0, 0, rng.random()]) % 1.0
    normal = np.cross(cell[0], cell[1])
    normal /= np.linalg.norm(normal)
    height = abs(cell[2] @ normal)
    cell = cell.copy()
    vacuum = rng.uniform(7, 10)
    positions = fractional @ cell
    cell[2] *= (height + vacuum) / height
    return rattled((numbers, positions, cell), rng, 0.05)


def adatom(crystal, rng):
    """A slab with one more atom above it, of one of its elements or of any."""
    numbers, positions, cell = slab(crystal, rng)
    normal = np.cross(cell[0], cell[1])
    normal *= np.sign(normal @ cell[2]) / np.linalg.norm(normal)
    top = int(np.argmax(positions @ normal))
    weights = np.array([weight(symbol) for symbol in ELEMENTS])
    any_element = atomic_numbers[ELEMENTS[rng.choice(len(ELEMENTS), p=weights / weights.sum())]]
    added = int(rng.choice(numbers)) if rng.random() < 0.6 else any_element
    away = normal + rng.normal(size=3) * 0.5
    distance = (covalent_radii[added] + covalent_radii[numbers[top]]) * rng.uniform(0.85, 1.3)
    place = positions[top] + away / np.linalg.norm(away) * distance
    return np.append(numbers, added), np.vstack([positions, place]), cell


def liquid(crystal, rng):
    """Large displacements in an expanded supercell, overlaps pushed apart."""
    numbers, positions, cell = strained(enlarged(crystal, rng, 10), rng, rng.uniform(0.0, 0.08), 0.04)
    positions = positions + rng.normal(size=positions.shape) * rng.uniform(0.3, 0.8)
    return numbers, pushed_apart(numbers, positions, cell, rng.uniform(0.75, 0.9)), cell


def pushed_apart(numbers, positions, cell, fraction, rounds=30):
    """Positions of which no two are closer than `fraction` of the sum of their covalent radii, nearly."""
    from matscipy.neighbours import neighbour_list

    radii = covalent_radii[numbers] * fraction
    for _ in range(rounds):
        i, j, distance, vector = neighbour_list(
            "ijdD", cutoff=2 * radii.max(), positions=positions, cell=cell, pbc=[True] * 3, numbers=np.asarray(numbers, np.int32)
        )
        missing = radii[i] + radii[j] - distance
        close = missing > 0
        if not close.any():
            break
        moves = np.zeros_like(positions)
        away = vector[close] / np.maximum(distance[close], 0.1)[:, None]
        np.add.at(moves, i[close], -0.3 * missing[close, None] * away)
        positions = positions + moves
    return positions


def collision(crystal, rng):
    """One atom moved towards a neighbor, to 0.5 to 0.85 of their distance."""
    from matscipy.neighbours import neighbour_list

    numbers, positions, cell = enlarged(crystal, rng, 6)
    i, j, distance, vector = neighbour_list(
        "ijdD", cutoff=4.0, positions=positions, cell=cell, pbc=[True] * 3, numbers=np.asarray(numbers, np.int32)
    )
    near = np.flatnonzero((i == rng.integers(len(numbers))) & (i != j))
    if len(near) == 0:
        return None
    pair = near[np.argmin(distance[near] + rng.random(len(near)))]
    moved = positions.copy()
    moved[i[pair]] += vector[pair] * (1 - rng.uniform(0.5, 0.85))
    return numbers, moved, cell


def cluster(crystal, rng):
    """Two to six atoms of the crystal in a vacuum."""
    numbers, positions, cell = enlarged(crystal, rng, 8)
    center = positions[rng.integers(len(positions))]
    difference = (positions - center) @ np.linalg.inv(cell)
    images = (difference - np.round(difference)) @ cell
    chosen = np.argsort(np.linalg.norm(images, axis=1))[: rng.integers(2, 7)]
    spread = images[chosen] * rng.uniform(0.85, 1.25)
    size = np.ptp(spread, axis=0) + 7.0
    return rattled((numbers[chosen], spread, np.diag(size)), rng, 0.08)


# Kind, function, share.
VARIANTS = [
    ("vacancy", vacancy, 0.2),
    ("slab", slab, 0.25),
    ("adatom", adatom, 0.2),
    ("liquid", liquid, 0.15),
    ("collision", collision, 0.1),
    ("cluster", cluster, 0.1),
]


def variant(crystal, rng):
    """A random kind of change: (kind, structure), or None if it cannot be made of this crystal."""
    kind, make, _ = VARIANTS[rng.choice(len(VARIANTS), p=[share for _, _, share in VARIANTS])]
    made = make(crystal, rng)
    return None if made is None else (kind, made)
