// Presets: setups that show something at once.

import { draft, type BodyDraft, type Triple } from "./body_draft";
import { EARTH, type Setup } from "./setup";

export interface Preset {
  key: string;
  label: string;
  // The assets that it needs.
  assets: readonly string[];
  setup: () => Setup;
}

// Numbers from 0 to 1 that are the same each time (Lehmer, modulus 2³¹ − 1).
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const setup = (bodies: BodyDraft[], more: Partial<Setup> = {}): Setup => ({
  bodies,
  gravity: EARTH,
  units: "m",
  cell: undefined,
  seed: 1,
  timestep: 16,
  duration: 30,
  ...more,
});

const ground = (orientation: Triple = [0, 0, 0]) => draft("ground", { position: [0, 0, 0], orientation, isEnvironment: true });

// Positions on a grid of layers, `gap` apart, the lowest at `height`, each moved by up to `jitter`.
function grid([nx, ny, nz]: Triple, gap: number, height: number, jitter: number, random: () => number): Triple[] {
  const places: Triple[] = [];
  const at = (index: number, count: number) => (index - (count - 1) / 2) * gap + (2 * random() - 1) * jitter;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++) places.push([at(x, nx), at(y, ny), height + z * gap + random() * jitter]);
    }
  }
  return places;
}

const turned = (random: () => number): Triple => [360 * random(), 360 * random(), 360 * random()];

function bouncingCubes(): Setup {
  const random = randomNumbers(7);
  const cubes = grid([3, 3, 2], 2.2, 4, 0.3, random).map((position, index) =>
    draft("cube", { position, orientation: turned(random), restitution: 0.3 + 0.1 * (index % 6), friction: 0.4 }),
  );
  return setup([ground(), ...cubes]);
}

function pileOfSpheres(): Setup {
  const random = randomNumbers(11);
  const spheres = grid([4, 4, 8], 1.15, 1.5, 0.06, random).map((position) => draft("sphere", { position, mass: 5, restitution: 0.2, friction: 0.6 }));
  const block = draft("large_cube", { position: [0.4, 0.2, 14], orientation: [20, 10, 0], mass: 80, restitution: 0.1 });
  return setup([ground(), ...spheres, block]);
}

function tower(): Setup {
  const blocks: BodyDraft[] = [];
  for (let level = 0; level < 8; level++) {
    const isAcross = level % 2 === 1;
    for (const side of [-1.1, 1.1]) {
      const position: Triple = isAcross ? [side, 0, 0.5 + level] : [0, side, 0.5 + level];
      blocks.push(draft("cube", { position, orientation: [0, 0, isAcross ? 90 : 0], restitution: 0, friction: 0.8 }));
      const second: Triple = isAcross ? [side, side, 0.5 + level] : [-side, side, 0.5 + level];
      blocks.push(draft("cube", { position: second, restitution: 0, friction: 0.8 }));
    }
  }
  const ball = draft("sphere", { position: [0.3, 0.2, 14], mass: 60, restitution: 0.4 });
  return setup([ground(), ...blocks, ball]);
}

// Four walls of large cubes around a square.
function walls(half: number): BodyDraft[] {
  const cubes: BodyDraft[] = [];
  const wall = (x: number, y: number) => cubes.push(draft("large_cube", { position: [x, y, 1], isEnvironment: true }));
  for (let at = -half; at <= half; at += 2) {
    wall(at, half + 1);
    wall(at, -half - 1);
    wall(half + 1, at);
    wall(-half - 1, at);
  }
  return cubes;
}

function boxOfWaters(): Setup {
  const random = randomNumbers(5);
  const waters = grid([5, 5, 5], 0.75, 1, 0.12, random).map((position) =>
    draft("molecule:water", { position, orientation: turned(random), mass: 1, restitution: 0.5, friction: 0.1 }),
  );
  return setup([ground(), ...walls(2), ...waters]);
}

function moleculesOnASlope(names: readonly string[]): Setup {
  const random = randomNumbers(3);
  const molecules = grid([3, 5, 1], 1.6, 4, 0.3, random).map(([x, y, z], index) =>
    draft(names[index % names.length]!, { position: [x - 4, y, z], orientation: turned(random), mass: 2, restitution: 0.3, friction: 0.3 }),
  );
  return setup([ground([20, 0, 0]), ...molecules]);
}

// Molecules in a periodic cell without gravity, which keep their energy. Speeds are those at some 300 K.
function gas(names: readonly string[]): Setup {
  const random = randomNumbers(17);
  const around = (size: number): Triple => [0, 1, 2].map(() => (2 * random() - 1) * size) as Triple;
  const molecules = grid([3, 3, 3], 8, 4, 0.3, random).map(([x, y, z], index) =>
    draft(names[index % names.length]!, {
      position: [x + 12, y + 12, z],
      orientation: turned(random),
      mass: undefined,
      restitution: 1,
      friction: 0,
      velocity: around(8),
      angularVelocity: around(3),
    }),
  );
  return setup(molecules, { gravity: [0, 0, 0], units: "Å", cell: [24, 24, 24] });
}

const GAS_MOLECULES = ["molecule:water", "molecule:methane", "molecule:ammonia"];
const SLOPE_MOLECULES = ["molecule:water", "molecule:benzene", "molecule:ethanol", "molecule:caffeine"];

// The presets whose assets the server has.
export function presetsFor(assets: readonly string[]): Preset[] {
  const sliding = SLOPE_MOLECULES.filter((name) => assets.includes(name));
  const all: Preset[] = [
    { key: "cubes", label: "Bouncing cubes", assets: ["ground", "cube"], setup: bouncingCubes },
    { key: "spheres", label: "Pile of spheres", assets: ["ground", "sphere", "large_cube"], setup: pileOfSpheres },
    { key: "tower", label: "Tower", assets: ["ground", "cube", "sphere"], setup: tower },
    { key: "waters", label: "Box of waters", assets: ["ground", "large_cube", "molecule:water"], setup: boxOfWaters },
    { key: "gas", label: "Gas in a cell", assets: GAS_MOLECULES, setup: () => gas(GAS_MOLECULES) },
    { key: "slope", label: "Molecules on a slope", assets: ["ground", ...(sliding.length > 0 ? sliding : SLOPE_MOLECULES)], setup: () => moleculesOnASlope(sliding) },
  ];
  return all.filter((preset) => preset.assets.every((name) => assets.includes(name)));
}
