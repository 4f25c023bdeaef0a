"""Runs Autobahn's WebSocket cases against an echo server. Exceptions are listed with their reasons.

    python tests/python/conformance.py HOST:PORT

The suite kosoku runs the case files of the Autobahn TestSuite. `cargo test --workspace
--lib conformance -- --ignored` starts an echo on this server's WebSocket stack and then this program.
"""

import asyncio
import os
import sys
import time
from collections import Counter
from fnmatch import fnmatch

from kosoku import FailureError, run_fuzzingclient

# Behavior and closing behavior of the cases that are not "OK", with the reasons.
REASONS = {
    # Invalid UTF-8 is refused with 1007 when the frame is complete, not at its first invalid part: no frame
    # is larger than 16 MiB.
    "6.4.[34]": ("NON-STRICT", "OK"),
    # A close frame after 256 KiB of text, without waiting for the echo: either may arrive first.
    "7.1.6": ("INFORMATIONAL", "INFORMATIONAL"),
    # Close codes 5000 and 65535, which RFC 6455 leaves undefined.
    "7.13.*": ("INFORMATIONAL", "INFORMATIONAL"),
    # tungstenite does not implement permessage-deflate (RFC 7692): the answer omits the offer, which
    # declines it.
    "12.*": ("UNIMPLEMENTED", "OK"),
    "13.*": ("UNIMPLEMENTED", "OK"),
}


def expected(case):
    for pattern, verdict in REASONS.items():
        if fnmatch(case, pattern):
            return verdict
    return ("OK", "OK")


async def run(address):
    start = time.monotonic()
    try:
        results = await run_fuzzingclient(address)
    except FailureError as failure:
        results = failure.results
    verdicts = Counter()
    wrong = []
    for result in results:
        verdict = (result.behavior.value, result.behavior_close.value)
        verdicts[verdict] += 1
        if verdict != expected(result.case_id):
            wrong.append(f"{result.case_id}: {verdict}, {result.result} {result.result_close}")
    print(f"{len(results)} cases in {time.monotonic() - start:.1f} s:", dict(verdicts))
    print("\n".join(wrong), flush=True)
    return len(results) > 500 and not wrong


if __name__ == "__main__":
    is_conformant = asyncio.run(run(sys.argv[1]))
    # Without finalizing Python: the threads of kosoku's runtime abort about one run in 30 then.
    os._exit(0 if is_conformant else 1)
