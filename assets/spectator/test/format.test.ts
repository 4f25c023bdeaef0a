// Texts: notices, addresses, axes, formulas.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Address } from "../src/address";
import { formula, palette, defaultRepresentation } from "../src/appearance";
import { describeNotice, closeReason } from "../src/notices";
import { axis } from "../src/panel/axis";
import { formatNumber, formatTime } from "../src/panel/format";

test("notices about acknowledgements are not shown", () => {
  assert.equal(describeNotice("WAITING_FOR_ACK"), undefined);
  assert.equal(describeNotice("ACK_CLEARED"), undefined);
});

test("keywords are not shown", () => {
  const notices = ["SIMULATION_STOPPED", "COMPUTE_ERROR: no such element", "FORBIDDEN", "FORBIDDEN: you may only watch", "TOO_MANY_MESSAGES", "LIMIT: at most 200 messages a second", "CONVERGED"];
  for (const notice of notices) {
    const text = describeNotice(notice)!.text;
    assert.doesNotMatch(text, /[A-Z]{3}|_/, text);
    assert.match(text, /[.a-zé]$/, text);
  }
  assert.deepEqual(describeNotice("EXTERNAL: attached to LAMMPS"), { text: "Attached to LAMMPS.", tone: "quiet" });
  assert.equal(describeNotice("COMPUTE_ERROR: no such element")!.text, "The forces could not be computed: no such element");
});

test("a closed connection has a reason as text", () => {
  assert.equal(closeReason(1008, "removed by the owner"), "Removed by the owner.");
  assert.match(closeReason(1013, ""), /full/);
  assert.match(closeReason(1006, ""), /lost/);
});

test("the token is stored for the tab, sent to the socket and removed from the address", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const open = (page: string) => new Address(new URL(page), storage);
  const address = open("https://example.org:8443/atoms/?room=blue#token=a%2Bb");
  assert.equal(address.socket, "wss://example.org:8443/atoms/ws?room=blue&token=a%2Bb");
  assert.equal(address.withoutToken, "/atoms/?room=blue");
  assert.equal(open("https://example.org:8443/atoms/?room=blue").token, "a+b");
  address.forgetToken();
  assert.equal(open("http://example.org/").socket, "ws://example.org/ws?room=main");
  assert.equal(address.socket, "wss://example.org:8443/atoms/ws?room=blue");
});

test("axes have two to seven round ticks, relative to a round base if they are long", () => {
  for (const [low, high] of [[-100, -99], [-21146.082, -21146.08], [0, 0], [1e5, 1e5 + 3], [-3, 2e4]] as const) {
    const found = axis(low, high);
    assert.ok(found.low <= low && found.high >= high);
    assert.ok(found.ticks.length >= 2 && found.ticks.length <= 7, `${low} to ${high}: ${found.ticks.length}`);
    for (const tick of found.ticks) assert.ok(tick.label.length <= 8, tick.label);
    assert.equal(new Set(found.ticks.map((tick) => tick.label)).size, found.ticks.length);
  }
  assert.deepEqual(axis(Infinity, -Infinity).ticks, []);
});

test("a label and the number in the title add up to the energy", () => {
  const found = axis(-21146.0819, -21146.0701);
  const base = Number(/\+ ([\d.]+)/.exec(found.title)![1]);
  for (const tick of found.ticks) {
    assert.ok(Math.abs(Number(tick.label.replace("−", "-")) - base - tick.value) < 1e-6);
  }
});

test("numbers have their unit, and missing ones are a dash", () => {
  assert.equal(formatNumber(-1.5, 2, "eV"), "−1.50 eV");
  assert.equal(formatNumber(undefined, 2, "eV"), "–");
  assert.equal(formatNumber(NaN, 0, "K"), "–");
  assert.equal(formatTime(999), "999 fs");
  assert.equal(formatTime(2090), "2.090 ps");
});

test("formulas are in Hill order", () => {
  assert.equal(formula(new Uint8Array([8, 1, 1])), "H₂O");
  assert.equal(formula(new Uint8Array([7, 1, 6, 1, 1, 8])), "CH₃NO");
});

test("metals and large structures are space filling, molecules are balls and sticks", () => {
  assert.equal(defaultRepresentation(new Uint8Array([6, 1, 1])), "ball-and-stick");
  assert.equal(defaultRepresentation(new Uint8Array([29, 29, 8])), "space-filling");
  assert.equal(defaultRepresentation(new Uint8Array(5001).fill(8)), "space-filling");
  assert.equal(palette("space-filling").length, 4 * 119);
});
