"""Show a run's reports on its pull request: `python3 -m pipelines.comment FOLDER`.

Run by a job that may write comments, on texts that a stranger's code may have written: the pull request is the one that
the pipeline service names, never one that a report names, and what became of a preview is what the service says.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipelines.azure_devops import AzureDevOps, Build
from pipelines.github import GitHub
from pipelines.reports import environments_of, pull_request_reports, said


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """The service is the one whose variables are set."""
    folder, names = Path(arguments[0]), environments_of(Path("environments.json"))
    if environment.get("TF_BUILD"):
        devops, build = AzureDevOps.of(environment), _build(environment)
        reports = pull_request_reports(folder, names, devops.previewed(build.number, names))
        said(devops.show(build, reports))
    else:
        github, number = GitHub.of(environment), int(environment["RUN_ID"])
        run = github.read_run(number)
        reports = pull_request_reports(folder, names, github.previewed(number, run, names))
        said(github.show(run, reports))
    return 0


def _build(environment: Mapping[str, str]) -> Build:
    return Build(
        environment["BUILD_REPOSITORY_ID"],
        int(environment["SYSTEM_PULLREQUEST_PULLREQUESTID"]),
        environment["SYSTEM_PULLREQUEST_SOURCECOMMITID"],
        environment["RUN_URL"],
        int(environment["BUILD_BUILDID"]),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
