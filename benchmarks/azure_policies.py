"""How much processor time 300 assigned Azure policies take over one stack, beside the rehearsal itself.

The policies are those of the tests' catalogue, assigned again and again with ids of their own until there are 300:
every operator, effect and function is among them. Measured is what a preview does more because of the file: reading
it, forming the requests, evaluating. Goal for production: 1.5 seconds.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POLICIES = 300
GOAL_SECONDS = 1.5


def main() -> None:
    """Rehearse once, evaluate in rounds, print the times."""
    sys.path.insert(0, str(ROOT))
    from rehearsal.azure_policy.judging import judge_requests
    from rehearsal.azure_policy.policy_file import read_policy_file
    from rehearsal.model.azure_policy import AzurePolicies
    from rehearsal.run import rehearse
    from tests.rehearsal.azure_policy.catalogue import assigned_catalogue

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stack", default="prod")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--file", type=Path, help="a file of policies of your own instead")
    arguments = parser.parse_args()
    world = rehearse(ROOT, arguments.stack).world
    subscription = next(
        one.id.split("/")[2] for one in world.resources if one.id.startswith("/subscriptions/")
    )
    with tempfile.TemporaryDirectory() as folder:
        path = arguments.file or Path(folder) / "azure-policies.json"
        if arguments.file is None:
            path.write_text(json.dumps(assigned_catalogue(subscription, POLICIES)), encoding="utf-8")
        seconds: list[float] = []
        summaries: list[AzurePolicies] = []
        for _ in range(arguments.rounds):
            start = time.process_time()
            summaries.append(judge_requests(read_policy_file(path), world).summary)
            seconds.append(time.process_time() - start)
    summary = summaries[0]
    print(f"stack {arguments.stack}: {summary.policies} assigned policies, {summary.resources} resources")
    print(f"{summary.evaluated} concern the stack: {dict(summary.outcomes)}")
    print(
        f"processor time {statistics.median(seconds):.2f} s (median of {arguments.rounds}; "
        f"{min(seconds):.2f} to {max(seconds):.2f}), goal {GOAL_SECONDS} s"
    )


if __name__ == "__main__":
    main()
