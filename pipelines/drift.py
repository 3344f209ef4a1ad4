"""Tell what a nightly look found: `python3 -m pipelines.drift FOLDER [ENVIRONMENT…]`.

One issue (GitHub) or work item (Azure DevOps) for each environment: opened when the cloud and the stack differ or when
nobody could look, brought up to date every night, closed when there is nothing left. Which of the three it is, the
engine's exit code says (pulumi.com docs/iac/cli/exit-codes: 7 is "no changes were expected"; since 3.226.1).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipelines.azure_devops import AzureDevOps
from pipelines.github import GitHub
from pipelines.reports import Report, environments_of, exit_code, said

UNEXPECTED_CHANGES = 7


def report_of(folder: Path, environment: str) -> Report:
    """What there is to tell of an environment; without a text: nothing."""
    code = exit_code(folder / f"drift-{environment}.code")
    return Report(f"drift {environment}", _told(code, folder / f"drift-{environment}.md"))


def _told(code: int | None, path: Path) -> str | None:
    if code == 0:
        return None
    if code != UNEXPECTED_CHANGES:
        return (
            f"Nobody could look: the engine {'did not start' if code is None else f'ended with {code}'}. "
            "Whether the cloud still is as the stack says is not known."
        )
    told = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else "No report."
    return (
        "The cloud is not as the stack says. What `pulumi up` would do about it; if the cloud is right, "
        f"change the stack file instead.\n\n{told}"
    )


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """The service is the one whose variables are set."""
    folder, names = Path(arguments[0]), arguments[1:] or environments_of(Path("environments.json"))
    said(_tell(folder, names, environment))
    return 0


def _tell(folder: Path, names: Sequence[str], environment: Mapping[str, str]) -> Iterator[str]:
    host = AzureDevOps.of(environment) if environment.get("TF_BUILD") else GitHub.of(environment)
    for name in names:
        yield host.tell_drift(f"Drift in {name}", report_of(folder, name), environment["RUN_URL"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
