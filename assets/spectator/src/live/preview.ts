// Preview of a list of objects: bodies and states as a run would begin with them.

import type { BodyDraft } from "./body_draft";
import { BodySet } from "./body_set";
import type { Asset, Body, BodyState } from "./messages";
import { rotationOf } from "./rotation";

const REST = { x: 0, y: 0, z: 0 };

// Objects whose assets are not known yet are left out.
export function previewSet(drafts: readonly BodyDraft[], assets: ReadonlyMap<string, Asset>): BodySet {
  const set = new BodySet();
  const bodies: Body[] = [];
  const states: BodyState[] = [];
  drafts.forEach(({ asset: name, position: [x, y, z], orientation, isEnvironment, mass, restitution, friction }, index) => {
    const asset = assets.get(name);
    if (!asset) return;
    bodies.push({ body_id: index, asset_id: asset.asset_id, asset_name: name, mass: mass ?? 0, restitution, friction, is_environment: isEnvironment });
    states.push({ body_id: index, position: { x, y, z }, orientation: rotationOf(orientation), velocity: REST, angular_velocity: REST, is_environment: isEnvironment });
  });
  set.add({ type: "metadata", bodies, assets: [...new Set(drafts.flatMap(({ asset }) => assets.get(asset) ?? []))] });
  set.apply({ frame_id: 0, simulation_time: 0, states, collisions: [] });
  return set;
}
