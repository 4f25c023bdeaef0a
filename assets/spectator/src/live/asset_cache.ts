// Meshes of assets for the preview, from the metadata of runs, or of a configuration that is stopped at once.

import { draft } from "./body_draft";
import { LiveConnection } from "./connection";
import { parseMessage, type Asset } from "./messages";
import type { Units } from "./setup";

export class AssetCache {
  private readonly byUnits: Record<Units, Map<string, Asset>> = { m: new Map(), Å: new Map() };
  // Assets that were asked for: each once.
  private readonly requested = new Set<string>();

  constructor(
    private readonly address: () => string,
    private readonly loaded: () => void,
  ) {}

  known(units: Units): ReadonlyMap<string, Asset> {
    return this.byUnits[units];
  }

  add(assets: readonly Asset[], units: Units): void {
    for (const asset of assets) this.byUnits[units].set(asset.name, asset);
  }

  // Loads those of these assets that are missing. Without them there is no preview, which is no error.
  load(names: readonly string[], units: Units): void {
    const missing = [...new Set(names)].filter((name) => !this.byUnits[units].has(name) && !this.requested.has(`${units} ${name}`));
    if (missing.length === 0) return;
    for (const name of missing) this.requested.add(`${units} ${name}`);
    // Far from each other; the ground is of the environment.
    const bodies = missing.map((asset, index) => draft(asset, { position: [1000 * index, 0, 0], isEnvironment: true }));
    const setup = { bodies, gravity: [0, 0, 0] as [number, number, number], units, cell: undefined, seed: 0, timestep: 16, duration: 1 };
    const connection = LiveConnection.configure(this.address(), setup, {
      parse: parseMessage,
      received: (message) => {
        if (message.type === "metadata") {
          this.add(message.assets, units);
          connection.stop();
          this.loaded();
        } else {
          connection.discard();
        }
      },
      closed: () => {},
    });
  }
}
