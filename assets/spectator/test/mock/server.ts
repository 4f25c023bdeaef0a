// A mock of `mlipview serve` for work on the page: the same protocol, a simple simulation.
//
// Usage: server.mjs FILE [--listen HOST:PORT] [--driver-token T] [--owner-token T] [--rate N]

import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, fromBinary, toBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { WebSocketServer, type WebSocket } from "ws";
import { pack } from "../../src/vectors";
import {
  Activity,
  ClientActionSchema,
  Role,
  ServerResultSchema,
  type Attach,
  type ClientAction,
  type Presence,
} from "../../src/wire/session_pb";
import { Simulation } from "./simulation";

const given = (name: string, otherwise: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1]! : otherwise;
};
const file = process.argv[2] === "serve" ? process.argv[3]! : process.argv[2]!;
const [host = "127.0.0.1", port = "0"] = given("listen", "127.0.0.1:0").split(":");
const tokens = new Map([
  [given("driver-token", "drive"), Role.DRIVER],
  [given("owner-token", "own"), Role.OWNER],
]);
const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const simulation = Simulation.read(file);
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES: Record<string, string> = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css" };

type Payload = NonNullable<MessageInitShape<typeof ServerResultSchema>["payload"]>;

class Guest {
  seq = 0;
  acknowledged = 0;
  clientSeq = 0n;
  attach: Attach | undefined;
  presence: Presence | undefined;
  lastFrame = 0;
  waits = false;
  constructor(
    readonly socket: WebSocket,
    readonly id: number,
    public role: Role,
  ) {}

  say(payload: Payload): void {
    this.seq += 1;
    const message = create(ServerResultSchema, {
      seq: BigInt(this.seq),
      clientSeq: this.clientSeq,
      schemaVersion: 1,
      payload,
    });
    if (this.socket.readyState === 1) this.socket.send(toBinary(ServerResultSchema, message));
  }

  notice(message: string): void {
    this.say({ case: "notice", value: { message } });
  }

  welcome(): void {
    this.say({
      case: "welcome",
      value: { role: this.role, room: "main", version: "mock", person: BigInt(this.id), rooms: ["main"] },
    });
  }
}

const guests = new Set<Guest>();
let names = 0;
let frames = 0;

const http = createServer((request, response) => {
  const name = new URL(request.url ?? "/", "http://mock").pathname.slice(1) || "index.html";
  const path = join(dist, name);
  if (name.includes("/") || !existsSync(path)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "content-type": TYPES[name.split(".").pop()!] ?? "application/octet-stream",
    "content-security-policy": POLICY,
  });
  response.end(readFileSync(path));
});

new WebSocketServer({ server: http, path: "/ws" }).on("connection", (socket, request) => {
  const token = new URL(request.url ?? "/", "http://mock").searchParams.get("token") ?? "";
  if (token && !tokens.has(token)) {
    socket.close(1008, "FORBIDDEN: unknown token");
    return;
  }
  const guest = new Guest(socket, (names += 1), tokens.get(token) ?? Role.SPECTATOR);
  guests.add(guest);
  guest.welcome();
  guest.say({
    case: "snapshot",
    value: {
      revision: 1n,
      title: simulation.title,
      atomicNumbers: simulation.numbers,
      positions: [...simulation.positions],
      ...(simulation.cell ? { cell: { m: simulation.cell }, pbc: [true, true, true] } : {}),
      model: "make-believe",
    },
  });
  people();
  show(guest);
  socket.on("message", (data: Buffer) => {
    const action = fromBinary(ClientActionSchema, data);
    guest.clientSeq = action.seq > guest.clientSeq ? action.seq : guest.clientSeq;
    guest.acknowledged = Math.max(guest.acknowledged, Number(action.ack ?? 0n));
    if (guest.waits && guest.seq - guest.acknowledged < 10) {
      guest.waits = false;
      guest.notice("ACK_CLEARED");
      show(guest);
    }
    answer(guest, action);
  });
  socket.on("close", () => {
    guests.delete(guest);
    simulation.hands = simulation.hands.filter((hand) => hand.person !== guest.id);
    people();
  });
});

function answer(guest: Guest, action: ClientAction): void {
  const { case: kind, value } = action.payload;
  if (kind === undefined) return;
  if (kind === "attach") {
    guest.attach = value;
    if (value.bonds) guest.say({ case: "bonds", value: { revision: 1n, ...simulation.bonds() } });
    people();
    show(guest);
    return;
  }
  if (kind === "presence") {
    guest.presence = value;
    people();
    return;
  }
  if (guest.role === Role.SPECTATOR) return guest.notice("FORBIDDEN: your role is spectator, this requires driver");
  const mine = (hand: number) => simulation.hands.filter((one) => one.person !== guest.id || one.hand !== hand);
  if (kind === "grab") {
    const first = value.atoms[0] ?? 0;
    const target = [...simulation.positions.slice(3 * first, 3 * first + 3)];
    const hand = { person: guest.id, hand: value.hand, atoms: value.atoms, target, holds: value.grip.case === "hold" };
    simulation.hands = [...mine(value.hand), hand];
  } else if (kind === "move") {
    const hand = simulation.hands.find((one) => one.person === guest.id && one.hand === value.hand);
    if (hand) hand.target = [value.x, value.y, value.z];
  } else if (kind === "release") {
    simulation.hands = mine(value.hand);
  } else if (kind === "start") {
    simulation.temperature = value.simulationParams?.temperature ?? 300;
    simulation.activity = value.simulationType === 0 ? "dynamics" : "relaxation";
  } else if (kind === "stop") {
    simulation.activity = "idle";
    for (const one of guests) one.notice("SIMULATION_STOPPED");
  } else if (kind === "admit") {
    const other = [...guests].find((one) => BigInt(one.id) === value.person);
    if (other) {
      other.role = value.role;
      other.welcome();
    }
    people();
  } else if (kind === "remove") {
    [...guests].find((one) => BigInt(one.id) === value.person)?.socket.close(1008, "removed by the owner");
  }
  if (simulation.activity === "idle") tick();
}

const COLORS = [0x66a9e8, 0xee7763, 0xd8d28c, 0x7fc98f, 0xb58ae0];

function people(): void {
  const list = [...guests].map((one) => ({
    id: BigInt(one.id),
    name: one.attach?.name ?? "",
    color: one.attach?.color || COLORS[one.id % COLORS.length]!,
    role: one.role,
    ...(one.presence ? { presence: one.presence } : {}),
  }));
  for (const guest of guests) guest.say({ case: "people", value: { people: list } });
}

function tick(): void {
  simulation.advance();
  frames += 1;
  for (const guest of guests) show(guest);
}

function show(guest: Guest): void {
  const now = performance.now();
  const rate = guest.attach?.maxRate || 60;
  if (simulation.activity !== "idle" && now - guest.lastFrame < 1000 / rate - 4) return;
  if (guest.seq - guest.acknowledged >= 10) {
    if (!guest.waits) {
      guest.waits = true;
      guest.seq -= 1;
      guest.notice("WAITING_FOR_ACK");
    }
    return;
  }
  guest.lastFrame = now;
  const { numbers, origin, extent } = pack(simulation.positions);
  guest.say({
    case: "frame",
    value: {
      compactPositions: { u16: new Uint8Array(numbers.buffer), origin, extent },
      ...(guest.attach?.forces
        ? { compactForces: { f32: new Uint8Array(Float32Array.from(simulation.forces).buffer) } }
        : {}),
      ...(simulation.cell ? { cell: { m: simulation.cell }, pbc: [true, true, true] } : {}),
      energy: simulation.energy,
      ...(simulation.activity === "dynamics" ? { temperature: simulation.temperature * (0.9 + 0.2 * Math.random()) } : {}),
      model: "make-believe",
      number: BigInt(frames),
      timeFs: simulation.step,
      revision: 1n,
      activity: { idle: Activity.IDLE, dynamics: Activity.DYNAMICS, relaxation: Activity.RELAXATION }[simulation.activity],
      grasps: simulation.hands.map((hand) => ({ ...hand, person: BigInt(hand.person) })),
      step: BigInt(simulation.step),
    },
  });
}

setInterval(() => {
  if (simulation.activity !== "idle") tick();
}, 1000 / Number(given("rate", "30")));

process.on("SIGTERM", () => process.exit(0));
http.listen(Number(port), host, () => {
  const at = http.address();
  const where = `http://${host}:${typeof at === "object" && at ? at.port : port}/`;
  console.log(`Watch: ${where}\nDrive: ${where}#token=${[...tokens.keys()][0]}\nOwn: ${where}#token=${[...tokens.keys()][1]}`);
});
