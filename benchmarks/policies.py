"""How long the policy pack takes over one stack in the rehearsal, beside the program's own time.

The pack starts in its own process while the program runs; what counts is the time from the program's end to the last
finding: the analysis. Goal for production: 1.5 seconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOAL_SECONDS = 1.5


def main() -> None:
    """Rehearse in rounds and print the analysis' times."""
    sys.path.insert(0, str(ROOT))
    from rehearsal import run
    from rehearsal.policy_pack.pack import read_pack

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stack", default="prod")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    seconds: list[float] = []
    analyse = run.analyse

    def timed(*parts: object) -> object:
        start = time.perf_counter()
        result = analyse(*parts)  # pyright: ignore[reportArgumentType] - passed on as they come
        seconds.append(time.perf_counter() - start)
        return result

    run.analyse = timed
    pack = read_pack(ROOT / "policies")
    results = [run.rehearse(ROOT, arguments.stack, policy_packs=[pack]) for _ in range(arguments.rounds)]
    policies, resources = results[0].policies[0].policies, len(results[0].world.resources)
    print(f"stack {arguments.stack}: {policies} policies, {resources} resources")
    print(
        f"analysis {statistics.median(seconds):.2f} s (median of {arguments.rounds}; "
        f"{min(seconds):.2f} to {max(seconds):.2f}), goal {GOAL_SECONDS} s"
    )


if __name__ == "__main__":
    main()
