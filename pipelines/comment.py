"""Show a run's reports on its pull request: `python3 -m pipelines.comment FOLDER`.

Run by a job that may write comments, on texts that a stranger's code may have written: the pull request is the one that
the pipeline service names, never one that a report names.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipelines.azure_devops import AzureDevOps, Build
from pipelines.github import GitHub, Run
from pipelines.reports import environments_of, pull_request_reports, said


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """The service is the one whose variables are set."""
    reports = pull_request_reports(Path(arguments[0]), environments_of(Path("environments.json")))
    if environment.get("TF_BUILD"):
        said(AzureDevOps.of(environment).show(_build(environment), reports))
    else:
        said(GitHub.of(environment).show(_run(environment), reports))
    return 0


def _run(environment: Mapping[str, str]) -> Run:
    return Run(
        environment["HEAD_OWNER"], environment["HEAD_BRANCH"], environment["HEAD_SHA"], environment["RUN_URL"]
    )


def _build(environment: Mapping[str, str]) -> Build:
    return Build(
        environment["BUILD_REPOSITORY_ID"],
        int(environment["SYSTEM_PULLREQUEST_PULLREQUESTID"]),
        environment["SYSTEM_PULLREQUEST_SOURCECOMMITID"],
        environment["RUN_URL"],
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
