"""Git folders are fetched over HTTPS."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    url = judged.text("url")
    if not url.startswith("https://") or "@" in url:
        yield "url must be https:// without credentials"


RULE = Rule(
    id="AMLP-WH-005",
    title="Git folders are fetched over HTTPS",
    severity=Severity.MEDIUM,
    types=("databricks:index/repo:Repo",),
    check=_check,
    why="Credentials in the URL, or plain HTTP, hand the repository to the network.",
    fix="Use https://host/organisation/repository and a GitCredential",
    anchors=Anchors(benchmark=("DP-3",), source="docs.databricks.com repos/"),
    cases=Cases(
        allowed=({"url": "https://github.com/o/r"},),
        denied=(
            {"url": "http://github.com/o/r"},
            {"url": "https://user:token@github.com/o/r"},
        ),
        omitted={},
        unknown={"url": UNKNOWN_STRING},
    ),
)
