// Playback: what is requested of the server, for the room and for this page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type { Payload } from "../src/connection";
import { advance, Playback } from "../src/playback";
import { Room } from "../src/room";
import { Activity, Play_Repeat as Repeat, Role, ServerResultSchema } from "../src/wire/session_pb";

type Message = NonNullable<MessageInitShape<typeof ServerResultSchema>["payload"]>;
const memory = (value: bigint) => ({ at: { case: "memory" as const, value } });

// A room of one atom with the recorded frames 1 to 100, and what is sent to the server.
function open(role: Role) {
  const room = new Room();
  const receive = (payload: Message) => room.apply(create(ServerResultSchema, { payload }));
  const sent: Payload[] = [];
  const playback = new Playback(room, { send: (payload) => BigInt(sent.push(payload)) });
  receive({ case: "welcome", value: { role } });
  receive({ case: "snapshot", value: { revision: 1n, atomicNumbers: Uint8Array.of(1), positions: [0, 0, 0] } });
  receive({ case: "timeline", value: { memoryFrames: 100n, first: 1n, last: 100n, runs: [{ first: 1n, frames: 100n }] } });
  playback.onTimeline();
  const frame = (number: bigint, activity: Activity, now: number, more = {}) => {
    receive({ case: "frame", value: { revision: 1n, positions: [0, 0, 0], number, activity, ...more } });
    playback.onFrame(now);
  };
  frame(100n, Activity.IDLE, 0);
  const requested = () =>
    sent.map(({ case: kind, value }) => {
      const address = (value as { address?: { at: { value: bigint } } }).address;
      return address ? `${kind} ${address.at.value}` : kind;
    });
  return { room, playback, sent, requested, receive, frame };
}

test("a driver shows frames to the room, a spectator to this page", () => {
  const driver = open(Role.DRIVER);
  driver.playback.seek(9, 1000);
  assert.deepEqual(driver.requested(), ["showFrame 10"]);
  const spectator = open(Role.SPECTATOR);
  spectator.playback.seek(9, 1000);
  assert.deepEqual(spectator.requested(), ["lookBack 10"]);
  driver.playback.forEveryone = false;
  driver.playback.seek(19, 2000);
  assert.deepEqual(driver.requested().slice(1), ["lookBack 20"]);
});

test("quick scrubbing requests at most 30 frames per second, and the last one always", () => {
  const { playback, requested } = open(Role.SPECTATOR);
  for (let ms = 0; ms < 1000; ms++) {
    playback.seek(Math.floor(ms / 10), 5000 + ms);
    playback.tick(5000 + ms);
  }
  playback.tick(6040);
  assert.ok(requested().length >= 28 && requested().length <= 32, String(requested().length));
  assert.equal(requested().at(-1), "lookBack 100");
});

test("the marker is where it was put until the frame arrives", () => {
  const { playback, frame } = open(Role.SPECTATOR);
  assert.equal(playback.position, 99);
  assert.equal(playback.isBack, false);
  playback.seek(40, 1000);
  assert.equal(playback.position, 40);
  frame(31n, Activity.DYNAMICS, 1010, { shown: memory(31n), position: 30n });
  assert.equal(playback.position, 40);
  frame(41n, Activity.DYNAMICS, 1020, { shown: memory(41n), position: 40n });
  assert.equal(playback.position, 40);
  frame(51n, Activity.DYNAMICS, 1030, { shown: memory(51n), position: 50n });
  assert.equal(playback.position, 50);
});

test("a frame that does not arrive is not waited for", () => {
  const { playback, frame } = open(Role.DRIVER);
  playback.seek(40, 1000);
  frame(200n, Activity.PLAYBACK, 2000, { shown: memory(71n), position: 70n });
  assert.equal(playback.position, 70);
});

test("following ends the own look back, or the playback of the room", () => {
  const spectator = open(Role.SPECTATOR);
  spectator.playback.seek(5, 1000);
  spectator.playback.follow();
  assert.deepEqual(spectator.requested(), ["lookBack 6", "lookBack"]);
  const driver = open(Role.DRIVER);
  driver.playback.seek(5, 1000);
  driver.playback.follow();
  assert.deepEqual(driver.requested(), ["showFrame 6", "endPlayback"]);
  // A driver who looks back alone.
  driver.frame(6n, Activity.IDLE, 1100, { shown: memory(6n), position: 5n });
  assert.ok(driver.room.looksBack);
  driver.playback.follow();
  assert.equal(driver.requested().at(-1), "lookBack");
});

test("a driver's playback is the server's, with speed and repetition", () => {
  const { playback, sent, frame } = open(Role.DRIVER);
  playback.rate = 60;
  playback.repeat = Repeat.LOOP;
  playback.toggle(1000);
  assert.deepEqual(sent, [{ case: "play", value: { rate: 60, repeat: Repeat.LOOP } }]);
  frame(101n, Activity.PLAYBACK, 1100, { shown: memory(1n), position: 0n, playing: { rate: 60 } });
  assert.ok(playback.plays);
  playback.rate = 5;
  playback.changed();
  playback.toggle(1200);
  assert.deepEqual(sent.slice(1), [
    { case: "play", value: { rate: 5, repeat: Repeat.LOOP } },
    { case: "play", value: { pause: true } },
  ]);
});

test("a spectator's playback goes at its speed, no faster than frames arrive, and ends at the newest", () => {
  const { playback, requested, frame } = open(Role.SPECTATOR);
  playback.rate = 100;
  playback.toggle(0);
  const shown = new Set<string>();
  for (let now = 0; now < 2000 && playback.plays; now += 10) {
    playback.tick(now);
    const last = requested().at(-1)!;
    if (shown.has(last)) continue;
    shown.add(last);
    const number = BigInt(last.split(" ")[1]!);
    frame(number, Activity.IDLE, now, { shown: memory(number), position: number - 1n });
  }
  const numbers = [...shown].map((request) => Number(request.split(" ")[1]));
  assert.equal(numbers[0], 1);
  assert.equal(numbers.at(-1), 100);
  assert.ok(numbers.every((number, index) => index === 0 || number > numbers[index - 1]!));
  assert.ok(numbers.length >= 20 && numbers.length <= 36, String(numbers.length));
  // Nothing arrives: nothing more is requested.
  const before = requested().length;
  playback.toggle(3000);
  for (let now = 3000; now < 3400; now += 10) playback.tick(now);
  assert.equal(requested().length, before + 1);
});

test("the script at the shown frame sets the speed of playback on this page", () => {
  // Positions that are passed in a second after frame 11 has arrived, with a script of this rate.
  const passed = (rate: number | undefined) => {
    const { playback, frame } = open(Role.SPECTATOR);
    playback.rate = 10;
    const show = (position: number, now: number) => {
      const script = rate === undefined ? {} : { script: { rate } };
      frame(BigInt(position + 1), Activity.IDLE, now, { shown: memory(BigInt(position + 1)), position: BigInt(position), ...script });
    };
    playback.seek(10, 0);
    show(10, 1);
    playback.toggle(1000);
    show(10, 1001);
    for (let now = 1010; now <= 2010; now += 10) {
      playback.tick(now);
      show(playback.position!, now);
    }
    return playback.position! - 10;
  };
  assert.equal(passed(undefined), 10);
  assert.equal(passed(2), 2);
  assert.equal(passed(50), 50);
  // Rates that are no speed.
  for (const rate of [0, -3, NaN]) assert.equal(passed(rate), 10);
});

test("playback on this page repeats as in the room", () => {
  const walk = (repeat: Repeat, steps: number) => {
    const positions = [];
    let [position, direction] = [2, 1];
    for (let step = 0; step < steps; step++) {
      const next = advance(position, direction, 5, repeat);
      if (!next) break;
      if (next.turned) direction *= -1;
      position = next.position;
      positions.push(position);
    }
    return positions;
  };
  assert.deepEqual(walk(Repeat.ONCE, 9), [3, 4]);
  assert.deepEqual(walk(Repeat.LOOP, 6), [3, 4, 0, 1, 2, 3]);
  assert.deepEqual(walk(Repeat.BACK_AND_FORTH, 8), [3, 4, 3, 2, 1, 0, 1, 2]);
  // The last frame is shown, even if the step would leave it out.
  assert.deepEqual(advance(3, 4, 5, Repeat.ONCE), { position: 4, turned: false });
});

test("a range and interpolation are passed to the room's playback", () => {
  const { playback, sent, frame } = open(Role.DRIVER);
  playback.interpolate = true;
  playback.markRange(39, 19);
  assert.deepEqual(playback.range, [19, 39]);
  playback.toggle(1000);
  const ends = { first: memory(20n), last: memory(40n) };
  assert.deepEqual(sent, [{ case: "play", value: { rate: 20, repeat: Repeat.ONCE, interpolate: true, ...ends } }]);
  frame(101n, Activity.PLAYBACK, 1100, { shown: memory(20n), position: 19n, playing: { rate: 20, ...ends } });
  playback.interpolate = false;
  playback.clearRange();
  assert.deepEqual(sent[1], { case: "play", value: { rate: 20, repeat: Repeat.ONCE } });
});

test("the range of somebody else's playback is shown", () => {
  const { playback, frame } = open(Role.SPECTATOR);
  assert.equal(playback.range, undefined);
  const playing = { rate: 20, first: memory(11n), last: memory(31n) };
  frame(101n, Activity.PLAYBACK, 1000, { shown: memory(12n), position: 11n, playing });
  assert.deepEqual(playback.range, [10, 30]);
});

test("a range begins and ends at the shown frame, and stays at its frames while others are dropped", () => {
  const { playback, frame, receive } = open(Role.SPECTATOR);
  const show = (position: number, now: number) => {
    playback.seek(position, now);
    frame(BigInt(position + 1), Activity.IDLE, now, { shown: memory(BigInt(position + 1)), position: BigInt(position) });
  };
  show(30, 1000);
  playback.beginRange();
  assert.deepEqual(playback.range, [30, 99]);
  show(60, 2000);
  playback.endRange();
  assert.deepEqual(playback.range, [30, 60]);
  const without = (first: bigint) => {
    const frames = 101n - first;
    receive({ case: "timeline", value: { memoryFrames: frames, first, last: 100n, runs: [{ first, frames }] } });
    playback.onTimeline();
  };
  without(11n);
  assert.deepEqual(playback.range, [20, 50]);
  // Its first frame is dropped: all are played.
  without(41n);
  assert.equal(playback.range, undefined);
});

test("a spectator's playback stays in its range", () => {
  const { playback, requested, frame } = open(Role.SPECTATOR);
  playback.markRange(10, 14);
  playback.rate = 20;
  playback.repeat = Repeat.LOOP;
  playback.toggle(0);
  for (let now = 0; now < 2000; now += 10) {
    playback.tick(now);
    const number = BigInt(requested().at(-1)!.split(" ")[1]!);
    frame(number, Activity.IDLE, now, { shown: memory(number), position: number - 1n });
  }
  const numbers = new Set(requested().map((request) => Number(request!.split(" ")[1])));
  assert.deepEqual([...numbers].sort((a, b) => a - b), [11, 12, 13, 14, 15]);
  assert.ok(requested().length > 20, "again and again");
});

test("a frame of another run is shown to the room by a driver, to this page by a spectator", () => {
  for (const [role, kind] of [[Role.DRIVER, "showFrame"], [Role.SPECTATOR, "lookBack"]] as const) {
    const { playback, requested, frame } = open(role);
    playback.showFrame(memory(500n), 1000);
    assert.deepEqual(requested(), [`${kind} 500`]);
    frame(500n, Activity.PLAYBACK, 1010, { shown: memory(500n) });
    assert.equal(playback.position, undefined);
  }
});

test("the room's activity is known while this page looks back", () => {
  const { room, frame, receive } = open(Role.SPECTATOR);
  frame(5n, Activity.DYNAMICS, 10, { shown: memory(5n), position: 4n });
  assert.equal(room.activity, Activity.IDLE);
  receive({ case: "timeline", value: { activity: Activity.RELAXATION } });
  assert.equal(room.activity, Activity.RELAXATION);
});
