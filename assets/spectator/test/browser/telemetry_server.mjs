// A server of trainings for the tests: mlipview telemetry, which gets its feed from the test.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { TOKENS } from "./server.mjs";

const here = dirname(fileURLToPath(import.meta.url));

export class TelemetryServer {
  // Serves a training on a port [default: a free one]. With a folder its events survive a restart.
  static async start({ port = 0, folder, options = [] } = {}) {
    const binary = process.env.MLIPVIEW_BINARY ?? join(here, "../../../../target/debug/mlipview");
    const given = ["telemetry", "--feed", "-", "--name", "ethanol", "--listen", `127.0.0.1:${port}`, "--driver-token", TOKENS.driver];
    const server = new TelemetryServer();
    server.process = spawn(binary, [...given, ...(folder ? ["--run", folder] : []), ...options], { stdio: ["pipe", "pipe", "pipe"] });
    server.output = "";
    await new Promise((ready, fail) => {
      const timer = setTimeout(() => fail(new Error(`no link after 30 s: ${server.output}`)), 30_000);
      const read = (bytes) => {
        server.output += bytes;
        const link = /page {4}(http:\/\/[\d.]+:(\d+)\/training)\n/.exec(server.output);
        if (!link) return;
        clearTimeout(timer);
        [server.link, server.port] = [link[1], Number(link[2])];
        ready();
      };
      server.process.stdout.on("data", read);
      server.process.stderr.on("data", read);
      server.process.once("exit", (code) => fail(new Error(`ended with ${code}: ${server.output}`)));
    });
    return server;
  }

  // Reports of a trainer.
  feed(...reports) {
    this.process.stdin.write(reports.map((report) => `${JSON.stringify(report)}\n`).join(""));
  }

  // Commands that the trainer has received.
  get commands() {
    const lines = this.output.split("\n").filter((line) => line.startsWith("{"));
    return lines.map((line) => JSON.parse(line));
  }

  async kill() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGKILL");
    await gone;
  }
}

// Runs a test with a folder that is removed afterwards.
export async function withFolder(test) {
  const folder = mkdtempSync(join(tmpdir(), "mlipview-page-"));
  try {
    return await test(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const status = (name, message) => ({ callback: "status", status: name, message });

// A step of a training with 4 epochs of 250 steps.
export const step = (number) => ({
  callback: "progress",
  epoch: Math.floor(number / 250),
  epoch_step: number % 250,
  global_step: number,
  max_step: 250,
  max_epoch: 4,
  loss: 0.004 + 0.8 * Math.exp(-number / 160),
  learning_rate: 1e-3 * (1 - number / 1000),
});

export const validation = (number) => ({
  callback: "validation",
  step: number,
  epoch: Math.floor(number / 250),
  validation_loss: 0.006 + 0.9 * Math.exp(-number / 160),
  force_rmse: 0.03 + 0.5 * Math.exp(-number / 200),
  energy_rmse: 1.2 + 20 * Math.exp(-number / 150),
});
