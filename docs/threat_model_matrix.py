"""Who could harm what, and which controls hold in each case: the first table of docs/threat-model.md."""

from __future__ import annotations

from collections.abc import Mapping

TARGETS = (
    "resources and roles",
    "state and secrets",
    "data",
    "models that serve",
    "logs and alerts",
    "copies",
)
ACTORS: Mapping[str, str] = {
    "outsider": "no account in the tenant",
    "fork": "opens a pull request from a fork",
    "branch": "may push a branch, of the platform or of the notebooks; nobody has read the code yet",
    "reviewer": "approves and merges",
    "people": "a data scientist, engineer or analyst, in one environment",
    "administrator": "a platform administrator of one environment",
    "jobs": "code in a training or a scoring job",
    "caller": "an application or a person that may call an endpoint",
    "reading identity": "gate, drift, plan or preview",
    "deploying identity": "deploys, with main's approved code",
    "owner": "Owner of the subscription, account admin of Databricks, or an emergency account",
}

MATRIX: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "outsider": (
        ("entra", "closed"),
        ("entra", "state"),
        ("entra", "closed"),
        ("entra", "closed"),
        ("entra",),
        ("entra",),
    ),
    "fork": (
        ("no-identity",),
        ("no-identity",),
        ("no-identity",),
        ("no-identity", "owners"),
        ("no-identity", "comment"),
        ("no-identity",),
    ),
    "branch": (
        ("places", "owners"),
        ("places", "no-preview", "handed"),
        ("smoke",),
        ("smoke", "registered"),
        ("places",),
        ("places",),
    ),
    "reviewer": (
        ("owners", "two-reviewers"),
        ("places", "plan"),
        ("plan",),
        ("registered", "scan"),
        ("told",),
        ("vault",),
    ),
    "people": (
        ("looks", "apart"),
        ("no-secret",),
        ("catalog", "apart"),
        ("registered",),
        ("looks",),
        ("vault", "looks"),
    ),
    "administrator": (
        ("looks", "nonprod"),
        ("no-secret",),
        ("catalog",),
        ("registered",),
        ("told", "looks"),
        ("vault",),
    ),
    "jobs": (
        ("tracker",),
        ("no-secret", "egress"),
        ("writes-data", "way-out", "open-way-out", "packages", "landing", "losses"),
        ("registered", "scan", "approved-models"),
        ("tracker",),
        ("vault",),
    ),
    "caller": (
        ("reads-only", "assigned"),
        ("reads-only",),
        ("reads-only", "whole-account"),
        ("reads-only",),
        ("signal",),
        ("reads-only",),
    ),
    "reading identity": (
        ("reading",),
        ("decrypts", "reading"),
        ("reading",),
        ("reading",),
        ("reading",),
        ("reading",),
    ),
    "deploying identity": (
        ("plan", "delegation", "side-doors"),
        ("home", "places", "plan"),
        ("contributor", "locks", "losses", "watched"),
        ("registered",),
        ("activity", "told"),
        ("vault",),
    ),
    "owner": (
        ("owns", "told"),
        ("owns", "emergency"),
        ("owns", "vault"),
        ("owns",),
        ("activity", "told"),
        ("vault",),
    ),
}
"""Actor to the controls of each target, in the order of `TARGETS`."""
