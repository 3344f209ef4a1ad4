"""How much processor time the acts add to a rehearsal of one stack: reading the file, and playing it.

Goal for production: 0.5 seconds.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOAL_SECONDS = 0.5


def main() -> None:
    """Rehearse once, play in rounds, and print the times."""
    sys.path.insert(0, str(ROOT))
    from rehearsal.authorisation.acts_file import acts_path, read_acts
    from rehearsal.lifecycle.acts import Played, play
    from rehearsal.lifecycle.program import sent_by
    from rehearsal.lifecycle.report import acts_verdict
    from rehearsal.program.garbage import no_collection
    from rehearsal.run import rehearse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stack", default="prod")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    world = rehearse(ROOT, arguments.stack).world
    path = acts_path(ROOT / f"Pulumi.{arguments.stack}.yaml")

    def once() -> tuple[float, tuple[Played, ...]]:
        start = time.process_time()
        played = play(read_acts(path), sent_by(world))
        return time.process_time() - start, played

    # As in a rehearsal, which puts the collector off; a preview plays once, so the first round is what it waits for.
    with no_collection():
        rounds = [once() for _ in range(max(1, arguments.rounds))]
    seconds, played = [one for one, _ in rounds], rounds[0][1]
    requests = sum(one.requests for one in played)
    print(f"stack {arguments.stack}: {requests} requests, {acts_verdict(played)}")
    print(
        f"acts {seconds[0]:.2f} s of processor time the first time, {statistics.median(seconds):.2f} s in the median "
        f"of {len(seconds)}; goal {GOAL_SECONDS} s"
    )


if __name__ == "__main__":
    main()
