"""Builds and runs Rust benches from Python."""

import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def build(bench, selection="--package mlipview-core --no-default-features"):
    """Builds a bench of the selected packages and features, and returns the path of its binary.

    The environment variable MLIPVIEW_BENCH names a binary that is built already.
    """
    if binary := os.environ.get("MLIPVIEW_BENCH"):
        return binary
    command = f"cargo bench --locked {selection} --bench {bench} --no-run --message-format=json"
    output = subprocess.run(command.split(), cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    messages = [json.loads(line) for line in output.splitlines()]
    return [
        message["executable"]
        for message in messages
        if message.get("target", {}).get("name") == bench and message.get("executable")
    ][-1]


def run(*command):
    """Runs a command and returns the numbers that it prints."""
    words = [str(word) for word in command]
    output = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    return [float(word) for word in output.split()]
