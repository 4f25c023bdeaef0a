"""Runs Autobahn's WebSocket cases against an echo: every case passes, or its reason is written below.

    python tests/python/conformance.py HOST:PORT

The suite is kosoku, which drives the case files of the Autobahn TestSuite. `cargo test --workspace
--lib conformance -- --ignored` starts an echo on this server's socket stack and then this program.
"""

import asyncio
import sys
import time
from collections import Counter
from fnmatch import fnmatch

from kosoku import FailureError, run_fuzzingclient

# The behavior and the closing behavior of cases that are not "OK", and why that is right.
REASONS = {
    # Text that is not UTF-8 is refused with 1007 when its frame is whole, not at the first part of a frame
    # that comes: no frame is larger than 16 MiB.
    "6.4.[34]": ("NON-STRICT", "OK"),
    # A close frame right behind 256 KiB of text, without waiting for the echo: either may come first.
    "7.1.6": ("INFORMATIONAL", "INFORMATIONAL"),
    # Close codes 5000 and 65535, about which RFC 6455 says nothing.
    "7.13.*": ("INFORMATIONAL", "INFORMATIONAL"),
    # permessage-deflate (RFC 7692) is not implemented by tungstenite: the offer is declined by not being
    # named in the answer, and the connection works without.
    "12.*": ("UNIMPLEMENTED", "OK"),
    "13.*": ("UNIMPLEMENTED", "OK"),
}


def expected(case):
    for pattern, verdict in REASONS.items():
        if fnmatch(case, pattern):
            return verdict
    return ("OK", "OK")


async def run(address):
    begun = time.monotonic()
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
    print(f"{len(results)} cases in {time.monotonic() - begun:.1f} s:", dict(verdicts))
    print("\n".join(wrong))
    return len(results) > 500 and not wrong


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(run(sys.argv[1])) else 1)
