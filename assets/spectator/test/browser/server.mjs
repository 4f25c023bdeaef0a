// A server for the tests: mlipview, or the mock if MLIPVIEW_BINARY is "mock".

import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildMock } from "../../scripts/mock.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, "../../../..");
const BINARY = process.env.MLIPVIEW_BINARY ?? join(repository, "target/debug/mlipview");

export const TOKENS = { driver: "driver-token-of-the-test", owner: "owner-token-of-the-test" };

export class Server {
  // Serves a file on a port [default: a free one]; the mock takes options of its own.
  static async start(file, port = 0, options = []) {
    const binary = options.length > 0 ? "mock" : BINARY;
    const [program, ...first] = binary === "mock" ? [process.execPath, await buildMock()] : [binary];
    return Server.run(program, [...first, "serve", file, ...options], port);
  }

  // Serves the simulation of another program, which is followed by IMD.
  static attach(address, topology, options = []) {
    return Server.run(BINARY, ["attach", address, "--topology", topology, "--headless", ...options], 0);
  }

  static async run(program, words, port) {
    const given = [...words, "--listen", `127.0.0.1:${port}`, "--driver-token", TOKENS.driver, "--owner-token", TOKENS.owner];
    const server = new Server();
    server.process = spawn(program, given, { stdio: ["ignore", "pipe", "pipe"] });
    server.output = "";
    await new Promise((ready, fail) => {
      const timer = setTimeout(() => fail(new Error(`no link after 30 s: ${server.output}`)), 30_000);
      const read = (bytes) => {
        server.output += bytes;
        const link = /http:\/\/[\d.]+:(\d+)\//.exec(server.output);
        if (!link) return;
        clearTimeout(timer);
        server.link = link[0];
        server.port = Number(link[1]);
        ready();
      };
      server.process.stdout.on("data", read);
      server.process.stderr.on("data", read);
      server.process.once("exit", (code) => fail(new Error(`ended with ${code}: ${server.output}`)));
    });
    return server;
  }

  // What the server reports of itself, for the report of a failed test.
  async health() {
    try {
      const response = await fetch(`${this.link}serve/health`, { signal: AbortSignal.timeout(5_000) });
      return await response.text();
    } catch (error) {
      return String(error);
    }
  }

  // Kills the server without a shutdown.
  async kill(signal = "SIGKILL") {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill(signal);
    await gone;
  }
}
