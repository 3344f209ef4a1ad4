"""The landing zone is read-only in Unity Catalog."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import must_be
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_READ_ONLY = must_be("readOnly", True)


def _check(judged: Judged) -> Iterator[str]:
    if judged.text("url").startswith("abfss://raw@"):
        yield from _READ_ONLY(judged)


RULE = Rule(
    id="AMLP-DO-049",
    title="The landing zone is read-only in Unity Catalog",
    severity=Severity.MEDIUM,
    types=("databricks:index/externalLocation:ExternalLocation",),
    check=_check,
    why="What has arrived must stay as it arrived: it is what everything else can be made from again.",
    fix="Set read_only=True on the location of the raw zone",
    anchors=Anchors(
        benchmark=("DP-2",), source="docs.databricks.com connect/unity-catalog/external-locations"
    ),
    cases=Cases(
        allowed=({"url": "abfss://raw@st.dfs.core.windows.net/", "readOnly": True},),
        denied=({"url": "abfss://raw@st.dfs.core.windows.net/", "readOnly": False},),
        omitted={"url": "abfss://raw@st.dfs.core.windows.net/"},
        unknown={"url": "abfss://raw@st.dfs.core.windows.net/", "readOnly": UNKNOWN_STRING},
    ),
)
