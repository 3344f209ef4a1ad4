"""No secret is where everybody can read it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.paths import texts
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_LOOKS_SECRET = re.compile(
    r"dapi[0-9a-f]{32}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|-----BEGIN [A-Z ]*PRIVATE KEY|"
    r"AccountKey=[A-Za-z0-9+/=]{40,}|SharedAccessKey=[A-Za-z0-9+/=]{20,}|[?&]sig=[A-Za-z0-9%+/=]{20,}|"
    r"(?:Password|Pwd)=[^;{}\s]{4,};|AKIA[0-9A-Z]{16}",
    re.IGNORECASE,
)
_NAMED_SECRET = re.compile(r"(secret|password|passwd|token|account\.key|api_?key|access_?key)", re.IGNORECASE)
_REFERENCE = re.compile(
    r"^\{\{secrets/[^/{}]+/[^/{}]+\}\}$|^@Microsoft\.KeyVault\(|^https://[^/]+\.vault\.azure\.net/"
)
_SHOWN = (
    "tags",
    "description",
    "sparkConf",
    "sparkEnvVars",
    "customTags",
    "jobClusters",
    "tasks",
    "configurationSettings",
)
_VARIABLES = ("sparkConf", "sparkEnvVars")


def _check(judged: Judged) -> Iterator[str]:
    for place in _SHOWN:
        for at, text in texts(judged.value(place), place):
            key = at.rpartition(".")[2] if ".key." not in at else "account.key"
            named = any(name in at for name in _VARIABLES) and _NAMED_SECRET.search(key)
            if _LOOKS_SECRET.search(text) or (named and text and not _REFERENCE.match(text)):
                yield f"{at} holds a secret"


RULE = Rule(
    id="AMLP-SC-001",
    title="No secret is where everybody can read it",
    severity=Severity.CRITICAL,
    types=("*",),
    check=_check,
    why=(
        "Tags, environment variables, spark settings and descriptions are shown in portals, logs and states."
    ),
    fix=("Keep it in Key Vault and refer to it ({{secrets/scope/key}}, a Key Vault reference, secureValue)"),
    anchors=Anchors(benchmark=("IM-8",), azure_policy=("127ef6d7-242f-43b3-9eef-947faf1725d0",)),
    cases=Cases(
        allowed=(
            {"tags": {"owner": "a"}},
            {"sparkEnvVars": {"AZURE_CLIENT_SECRET": "{{secrets/scope/key}}"}},
        ),
        denied=(
            {"tags": {"token": "dapi0123456789abcdef0123456789abcdef"}},
            {"sparkEnvVars": {"AZURE_CLIENT_SECRET": "hunter2hunter2"}},
            {"sparkConf": {"fs.azure.account.key.x.dfs.core.windows.net": "abc"}},
            {"description": "AccountName=a;AccountKey=0123456789012345678901234567890123456789012="},
        ),
        omitted={},
        unknown={"sparkEnvVars": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
