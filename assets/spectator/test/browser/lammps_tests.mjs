// Tests of the page with a running LAMMPS (lmp), which `mlipview attach` follows.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Server, TOKENS } from "./server.mjs";
import { farthest } from "./wait.mjs";

// A cluster of 13 argon atoms at 5 K, each on a spring to its place: LAMMPS moves it and takes forces by IMD.
const INPUT = (port) => `
units real
atom_style atomic
boundary f f f
read_data argon.data
pair_style lj/cut 12.0
pair_coeff 1 1 0.238 3.405
velocity all create 5.0 4711
fix 1 all nve
fix 2 all langevin 5.0 5.0 200.0 4712
fix 3 all spring/self 2.0
fix 4 all imd ${port} unwrap on trate 5
timestep 2.0
thermo 100000
run 100000000
`;

// The centers of twelve spheres around one.
function cluster() {
  const golden = (1 + Math.sqrt(5)) / 2;
  const corners = [[0, 0, 0]];
  for (const one of [1, -1]) for (const two of [golden, -golden]) corners.push([0, one, two], [one, two, 0], [two, 0, one]);
  return corners.map((corner) => corner.map((coordinate) => 1.95 * coordinate));
}

function writeCluster(folder, port) {
  const atoms = cluster();
  const head = `argon\n\n${atoms.length} atoms\n1 atom types\n\n${["x", "y", "z"].map((axis) => `-60 60 ${axis}lo ${axis}hi\n`).join("")}`;
  const rows = atoms.map((place, index) => `${index + 1} 1 ${place.join(" ")}\n`).join("");
  writeFileSync(join(folder, "argon.data"), `${head}\nMasses\n\n1 39.948\n\nAtoms # atomic\n\n${rows}`);
  writeFileSync(join(folder, "argon.xyz"), `${atoms.length}\n\n${atoms.map((place) => `Ar ${place.join(" ")}\n`).join("")}`);
  writeFileSync(join(folder, "in.argon"), INPUT(port));
}

async function freePort() {
  const listener = createServer();
  await new Promise((ready) => listener.listen(0, "127.0.0.1", ready));
  const { port } = listener.address();
  await new Promise((closed) => listener.close(closed));
  return port;
}

export const lammpsTests = {
  "LAMMPS moves under a pull from the page": async ({ open }) => {
    const folder = mkdtempSync(join(tmpdir(), "mlipview-lammps-"));
    const port = await freePort();
    writeCluster(folder, port);
    const lammps = spawn("lmp", ["-in", "in.argon", "-log", "none"], { cwd: folder, stdio: "ignore" });
    const failed = new Promise((_, fail) => lammps.once("error", () => fail(new Error("LAMMPS (lmp) does not start: install the package lammps"))));
    let server;
    try {
      const attach = Server.attach(`imd://127.0.0.1:${port}`, join(folder, "argon.xyz"), ["--program", "lammps"]);
      server = await Promise.race([attach, failed]);
      const visitor = await open({ link: server.link, token: TOKENS.driver });
      const start = await visitor.inspect("frame");
      await visitor.until((spectator, frame) => spectator.frame > frame + 5, start);
      assert.equal(await visitor.page.textContent("#model"), "LAMMPS");
      // Version 2 sends neither.
      for (const id of ["energy", "temperature-now", "time"]) assert.equal(await visitor.page.textContent(`#${id}`), "–", id);
      await visitor.screenshot("lammps");
      // The atom that is the nearest to the viewer moves with the pointer, in LAMMPS.
      const atom = await visitor.page.evaluate(() => {
        const { positions, camera } = window.spectator;
        const distance = (index) => Math.hypot(...[0, 1, 2].map((axis) => positions[3 * index + axis] - camera.position[axis]));
        const atoms = [...Array(positions.length / 3).keys()];
        return atoms.reduce((best, next) => (distance(next) < distance(best) ? next : best));
      });
      const places = cluster();
      const farthestMove = async () => {
        const positions = await visitor.inspect("positions");
        return places.map((place, index) => farthest(place, positions.slice(3 * index, 3 * index + 3)));
      };
      const at = await visitor.screenPosition(atom);
      await visitor.drag(atom, { x: 0, y: -160 }, async () => {
        // The spring of the hand is stronger than its own: it is near the pointer.
        const near = (spectator, { index, x, y }) => Math.hypot(spectator.screen(index).x - x, spectator.screen(index).y - y) < 50;
        await visitor.until(near, { index: atom, x: at.x, y: at.y - 160 });
        await visitor.screenshot("lammps-pulled");
        const moved = await farthestMove();
        assert.ok(moved[atom] > 0.8 && moved.every((distance, index) => index === atom || distance < 0.8), moved.join(" "));
      });
      const returned = (spectator, { index, place }) => [0, 1, 2].every((axis) => Math.abs(spectator.positions[3 * index + axis] - place[axis]) < 1);
      await visitor.until(returned, { index: atom, place: places[atom] });
    } finally {
      await server?.kill("SIGTERM");
      lammps.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    }
  },
};
