// A mock of `mlipview serve` for work on the page: the same protocol, a simple simulation.
//
// Usage: server.mjs FILE [--listen HOST:PORT] [--driver-token T] [--owner-token T] [--rate N] [--script JSON]
// JSON: a ScriptState for each of some indices of recorded frames.

import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, fromBinary, fromJson, toBinary, type JsonValue, type MessageInitShape } from "@bufbuild/protobuf";
import { WebSocketServer, type WebSocket } from "ws";
import { pack } from "../../src/vectors";
import { Recording, type State } from "./recording";
import {
  Activity,
  ClientActionSchema,
  Role,
  ScriptStateSchema,
  ServerResultSchema,
  type Attach,
  type ClientAction,
  type Presence,
} from "../../src/wire/session_pb";
import { Simulation } from "./simulation";

// Value of an option of the command line.
const option = (name: string, otherwise: string) => {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1]! : otherwise;
};
const file = process.argv[2] === "serve" ? process.argv[3]! : process.argv[2]!;
const [host = "127.0.0.1", port = "0"] = option("listen", "127.0.0.1:0").split(":");
const tokens = new Map([
  [option("driver-token", "drive"), Role.DRIVER],
  [option("owner-token", "own"), Role.OWNER],
]);
const script = JSON.parse(option("script", "{}")) as Record<number, JsonValue>;
const dist = join(dirname(fileURLToPath(import.meta.url)), "../dist");
const simulation = Simulation.read(file);
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES: Record<string, string> = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css" };

type Payload = NonNullable<MessageInitShape<typeof ServerResultSchema>["payload"]>;

class Client {
  seq = 0;
  acknowledged = 0;
  clientSeq = 0n;
  attach: Attach | undefined;
  presence: Presence | undefined;
  lastFrame = 0;
  paused = false;
  // Index of the recorded frame that the client looks back at.
  looksBackAt: number | undefined;
  constructor(
    readonly socket: WebSocket,
    readonly id: number,
    public role: Role,
  ) {}

  send(payload: Payload): void {
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
    this.send({ case: "notice", value: { message } });
  }

  welcome(): void {
    this.send({
      case: "welcome",
      value: { role: this.role, room: "main", version: "mock", person: BigInt(this.id), rooms: ["main"] },
    });
  }
}

const clients = new Set<Client>();
let lastId = 0;
let frameCount = 0;
const recording = new Recording();
record();

function record(): void {
  frameCount += 1;
  recording.add(simulation, frameCount);
}

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
  const client = new Client(socket, (lastId += 1), tokens.get(token) ?? Role.SPECTATOR);
  clients.add(client);
  client.welcome();
  client.send({
    case: "snapshot",
    value: {
      revision: 1n,
      title: simulation.title,
      atomicNumbers: simulation.numbers,
      positions: [...simulation.positions],
      ...(simulation.cell ? { cell: { m: simulation.cell }, pbc: [true, true, true] } : {}),
      model: "mock",
    },
  });
  sendPeople();
  sendFrame(client);
  socket.on("message", (data: Buffer) => {
    const action = fromBinary(ClientActionSchema, data);
    client.clientSeq = action.seq > client.clientSeq ? action.seq : client.clientSeq;
    client.acknowledged = Math.max(client.acknowledged, Number(action.ack ?? 0n));
    if (client.paused && client.seq - client.acknowledged < 10) {
      client.paused = false;
      client.notice("ACK_CLEARED");
      sendFrame(client);
    }
    answer(client, action);
  });
  socket.on("close", () => {
    clients.delete(client);
    simulation.hands = simulation.hands.filter((hand) => hand.person !== client.id);
    sendPeople();
  });
});

function answer(client: Client, action: ClientAction): void {
  const { case: kind, value } = action.payload;
  if (kind === undefined) return;
  if (kind === "attach") {
    client.attach = value;
    if (value.timeline) sendTimeline(client);
    if (value.bonds) client.send({ case: "bonds", value: { revision: 1n, ...simulation.bonds() } });
    sendPeople();
    sendFrame(client);
    return;
  }
  if (kind === "presence") {
    client.presence = value;
    sendPeople();
    return;
  }
  if (kind === "lookBack") {
    const index = recording.indexOf(value.address);
    if (value.address && index === undefined) client.notice("LOOK_BACK_ENDED: there is no such frame");
    client.looksBackAt = index;
    return sendFrame(client);
  }
  if (client.role === Role.SPECTATOR) return client.notice("FORBIDDEN: your role is spectator, this requires driver");
  const otherHands = (hand: number) => simulation.hands.filter((one) => one.person !== client.id || one.hand !== hand);
  if (kind === "grab") {
    const first = value.atoms[0] ?? 0;
    const target = [...simulation.positions.slice(3 * first, 3 * first + 3)];
    const hand = { person: client.id, hand: value.hand, atoms: value.atoms, target, holds: value.grip.case === "hold" };
    simulation.hands = [...otherHands(value.hand), hand];
  } else if (kind === "move") {
    const hand = simulation.hands.find((one) => one.person === client.id && one.hand === value.hand);
    if (hand) hand.target = [value.x, value.y, value.z];
  } else if (kind === "release") {
    simulation.hands = otherHands(value.hand);
  } else if (kind === "start") {
    simulation.temperature = value.simulationParams?.temperature ?? 300;
    simulation.activity = value.simulationType === 0 ? "dynamics" : "relaxation";
  } else if (kind === "stop") {
    simulation.activity = "idle";
    for (const one of clients) one.notice("SIMULATION_STOPPED");
  } else if (kind === "showFrame" || kind === "play" || kind === "endPlayback" || kind === "continueFrom") {
    client.looksBackAt = undefined;
    if (kind === "showFrame") recording.show(recording.indexOf(value.address));
    else if (kind === "play") recording.setPlay(value.pause ? undefined : value);
    else if (kind === "endPlayback") recording.end();
    else {
      const state = recording.state(recording.indexOf(value.address));
      if (state) simulation.restore(state);
      simulation.activity = "idle";
      recording.continueFrom(recording.indexOf(value.address));
      record();
    }
    frameCount += 1;
    for (const one of clients) sendFrame(one);
    return;
  } else if (kind === "admit") {
    const other = [...clients].find((one) => BigInt(one.id) === value.person);
    if (other) {
      other.role = value.role;
      other.welcome();
    }
    sendPeople();
  } else if (kind === "remove") {
    [...clients].find((one) => BigInt(one.id) === value.person)?.socket.close(1008, "removed by the owner");
  }
  if (simulation.activity === "idle") advance();
}

const COLORS = [0x66a9e8, 0xee7763, 0xd8d28c, 0x7fc98f, 0xb58ae0];

function sendPeople(): void {
  const list = [...clients].map((one) => ({
    id: BigInt(one.id),
    name: one.attach?.name ?? "",
    color: one.attach?.color || COLORS[one.id % COLORS.length]!,
    role: one.role,
    ...(one.presence ? { presence: one.presence } : {}),
  }));
  for (const client of clients) client.send({ case: "people", value: { people: list } });
}

function advance(): void {
  if (recording.shown !== undefined) return;
  simulation.advance();
  record();
  for (const client of clients) sendFrame(client);
}

function sendTimeline(client: Client): void {
  const activity = recording.shown === undefined ? ACTIVITIES[simulation.activity] : Activity.PLAYBACK;
  client.send({ case: "timeline", value: { ...recording.summary(), activity } });
}

const ACTIVITIES = { idle: Activity.IDLE, dynamics: Activity.DYNAMICS, relaxation: Activity.RELAXATION };

function sendFrame(client: Client): void {
  const index = client.looksBackAt ?? recording.shown;
  const recorded = recording.state(index);
  const now = performance.now();
  const rate = client.attach?.maxRate || 60;
  if (!recorded && simulation.activity !== "idle" && now - client.lastFrame < 1000 / rate - 4) return;
  if (client.seq - client.acknowledged >= 10) {
    if (!client.paused) {
      client.paused = true;
      client.seq -= 1;
      client.notice("WAITING_FOR_ACK");
    }
    return;
  }
  client.lastFrame = now;
  const state: State = recorded ?? simulation;
  const { numbers, origin, extent } = pack(state.positions);
  const isPlayback = recorded !== undefined && client.looksBackAt === undefined;
  client.send({
    case: "frame",
    value: {
      compactPositions: { u16: new Uint8Array(numbers.buffer), origin, extent },
      ...(client.attach?.forces
        ? { compactForces: { f32: new Uint8Array(Float32Array.from(simulation.forces).buffer) } }
        : {}),
      ...(simulation.cell ? { cell: { m: simulation.cell }, pbc: [true, true, true] } : {}),
      energy: state.energy,
      ...(recorded ? { shown: recording.address(index!), position: BigInt(index!) } : {}),
      ...(recorded && script[index!] ? { script: fromJson(ScriptStateSchema, script[index!]!) } : {}),
      ...(isPlayback && recording.play ? { playing: recording.play } : {}),
      ...(simulation.activity === "dynamics" ? { temperature: simulation.temperature * (0.9 + 0.2 * Math.random()) } : {}),
      model: "mock",
      number: BigInt(frameCount),
      timeFs: state.step,
      revision: 1n,
      activity: isPlayback ? Activity.PLAYBACK : ACTIVITIES[state.activity],
      grasps: simulation.hands.map((hand) => ({ ...hand, person: BigInt(hand.person) })),
      step: BigInt(state.step),
    },
  });
}

setInterval(() => {
  for (const client of clients) if (client.attach?.timeline) sendTimeline(client);
}, 500);

setInterval(() => {
  if (!recording.advance()) return;
  frameCount += 1;
  for (const client of clients) if (client.looksBackAt === undefined) sendFrame(client);
}, 50);

setInterval(() => {
  if (simulation.activity !== "idle") advance();
}, 1000 / Number(option("rate", "30")));

process.on("SIGTERM", () => process.exit(0));
http.listen(Number(port), host, () => {
  const at = http.address();
  const where = `http://${host}:${typeof at === "object" && at ? at.port : port}/`;
  console.log(`Watch: ${where}\nDrive: ${where}#token=${[...tokens.keys()][0]}\nOwn: ${where}#token=${[...tokens.keys()][1]}`);
});
