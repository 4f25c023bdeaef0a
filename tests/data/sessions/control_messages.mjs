// Writes control_messages.json: node control_messages.mjs FOLDER, with the folder `public` of
// github.com/misko/mlipview at commit fbd90eb38a08b54a45f122c835423e0b38d3191e.
import fs from 'fs';
import path from 'path';
const load = (file) => import(path.resolve(process.argv[2], file));
const { createControlMessageEngine } = await load('core/controlMessageEngine.js');
const { createCalloutLayer } = await load('render/calloutLayer.js');
let s = 12345; const rnd = () => { s = (s * 1103515245 + 12345) % 2147483648; return s / 2147483648; };
const int = (a, b) => a + Math.floor(rnd() * (b - a + 1));
const pick = (l) => l[int(0, l.length - 1)];
const positions = [[0, 0, 0], [2, 2, 0], [-1, 1, 0.5], [0.25, -3, 4]];
const P = (i) => positions[i] ? { x: positions[i][0], y: positions[i][1], z: positions[i][2] } : null;
function reference(count) {
  const r = {};
  const kind = int(0, 6);
  if (kind === 0 || kind === 4 || kind === 6) r.frameId = `frame-${String(int(0, count + 2)).padStart(5, '0')}`;
  if (kind === 1 || kind === 4 || kind === 5) r.frameIndex = int(-2, count + 2) + (rnd() < 0.2 ? 0.5 : 0);
  if (kind === 2 || kind === 5 || kind === 6) r.offset = int(-count - 2, 1) + (rnd() < 0.2 ? 0.25 : 0);
  return r;
}
function action() {
  switch (int(0, 4)) {
    case 0: return { type: 'timeline.playbackSpeed', fps: int(1, 60) };
    case 1: return { type: 'timeline.playbackSpeed', speedMultiplier: pick([0.25, 0.5, 2, 3]), transitionMs: int(0, 900), easing: pick(['linear', 'ease-in']) };
    case 2: {
      const a = { type: 'overlay.callout', text: pick(['A', 'B\nC']), anchor: pick([
        { mode: 'atom', atoms: [int(0, 3)] }, { mode: 'atom', atom: int(0, 3), offset: [0, 0.8, 0] },
        { mode: 'bond', atoms: [int(0, 1), int(2, 3)] }, { mode: 'bond', i: 0, j: 3 },
        { mode: 'world', position: [int(-3, 3), 1.5, 0] }, { mode: 'xyz', value: [1, 2, 3] }]) };
      if (rnd() < 0.5) a.offset = [int(-2, 2), 2, 0.5];
      if (rnd() < 0.3) a.panelSize = { width: 3, height: 1.5 };
      if (rnd() < 0.3) a.textSize = 0.45;
      if (rnd() < 0.3) a.style = { color: '#f6fbff', cornerRadius: 24 };
      return a;
    }
    default: {
      const a = { type: 'visual.opacityFocus', focus: { atoms: [int(0, 1), int(2, 3)], includeBonds: pick(['none', 'connected', 'exact']) } };
      if (rnd() < 0.5) a.focus.bonds = [[0, 1], { i: 2, j: 3 }];
      if (rnd() < 0.5) { a.focusOpacity = { atoms: 1, bonds: 0.95 }; a.backgroundOpacity = { atoms: 0.2, bonds: 0.1 }; }
      if (rnd() < 0.4) a.mode = { focus: 'solid', background: 'soft' };
      if (rnd() < 0.2) a.applyTo = { primaryBonds: false };
      if (rnd() < 0.3) a.transitionMs = 180;
      return a;
    }
  }
}
const cases = [];
for (let k = 0; k < 60; k++) {
  const count = int(1, 12);
  const ids = Array.from({ length: count }, (_, i) => `frame-${String(i + 1).padStart(5, '0')}`);
  const messages = Array.from({ length: int(1, 6) }, (_, m) => {
    const msg = { id: `m${m}`, priority: int(-1, 2), range: {}, actions: Array.from({ length: int(1, 3) }, action) };
    if (rnd() < 0.9) msg.range.start = reference(count);
    if (rnd() < 0.9) msg.range.end = reference(count);
    if (msg.range.end && rnd() < 0.4) msg.range.end.inclusive = rnd() < 0.5;
    return msg;
  });
  const engine = createControlMessageEngine({
    resolveFrameIndexById: (id) => { const i = ids.indexOf(id); return i < 0 ? null : i; },
    offsetToIndex: (offset) => { const off = Math.floor(Number(offset)); if (off >= -1) return count - 1; return Math.max(0, Math.min(count - 1, count + off)); },
    getFrameCount: () => count,
  });
  engine.setMessages(messages); engine.updateFrameCount(count);
  const plane = { scaling: {}, position: {}, setEnabled() {} };
  const B = { MeshBuilder: { CreatePlane: () => plane }, Mesh: {} };
  const layer = createCalloutLayer({ scene: {}, babylon: B, getAtomPositionWorld: P, getBondMidpointWorld: (i, j) => { const a = P(i), b = P(j); return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, z: (a.z + b.z) / 2 }; } });
  const frames = ids.map((_, i) => {
    const r = engine.evaluate(i);
    return {
      active: r.activeMessages.map((m) => m.id),
      speed: r.speed && { source: r.speed.sourceId, fps: r.speed.fps ?? null, multiplier: r.speed.speedMultiplier ?? null },
      opacity: r.opacity && r.opacity.sourceId,
      callouts: r.callouts.map((c) => { layer.show(c); const out = { key: c.key, text: c.text, position: [plane.position.x, plane.position.y, plane.position.z], panel: [plane.scaling.x, plane.scaling.y] }; layer.hide(); return out; }),
    };
  });
  cases.push({ ids, messages, frames });
}
const lines = cases.map((c) => JSON.stringify(c)).join(',\n');
fs.writeFileSync('control_messages.json', JSON.stringify({ source: 'Answers of public/core/controlMessageEngine.js and public/render/calloutLayer.js of github.com/misko/mlipview (commit fbd90eb) to random messages', positions }).slice(0, -1) + ',"cases":[\n' + lines + '\n]}\n');
