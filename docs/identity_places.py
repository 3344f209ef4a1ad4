"""The places that let jobs become an identity, and what is found of a job that can: the words of identity_reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from bootstrap.identities import MAIN, PULL_REQUESTS, Identity, identities
from bootstrap.options import Kind, Options, Previews

Node: TypeAlias = Any
"""A node of a YAML file, of any shape."""

BRANCH = "a branch of the repository, merged with main"
ASKED = Options(
    "w",
    "ENVIRONMENT",
    Kind.PROD,
    "",
    "",
    "o/r",
    "",
    ("somebody",),
    Previews.REVIEWED,
    hub_network="HUB",
)
"""All that the bootstrap can be asked for."""


@dataclass(frozen=True)
class Place:
    """What lets a job become an identity. `reference` is what its rules let in."""

    name: str
    connection: str
    identity: str
    reference: str


def places() -> tuple[Place, ...]:
    """Of the platform's repository, and of the notebooks' own."""
    return (
        *(_place(identity) for identity in identities(ASKED)),
        Place("smoke", "notebooks-smoke", "smoke (notebooks)", PULL_REQUESTS),
        Place("", "notebooks-sync-ENVIRONMENT", "deploy (notebooks)", MAIN),
    )


def _place(identity: Identity) -> Place:
    return Place(identity.place, identity.connection, identity.purpose, identity.reference)


@dataclass(frozen=True)
class Reach:
    """One job that can become an identity, and by whose code. `refused`: why it must not be so; empty where it may.

    A job without an identity is one only where something is refused.
    """

    path: str
    job: str
    asks: str
    place: str
    identity: str
    code: str
    refused: tuple[str, ...] = ()


_FETCHES = re.compile(
    r"\bgit\s+(?:\S+\s+)?(fetch|checkout|pull|clone|worktree)\b|\bgh\s+(pr\s+checkout|run\s+download)\b"
)


def fetches_code(script: str) -> str:
    """The command with which a script brings code of its own choice; empty where it has none."""
    found = _FETCHES.search(script)
    return found[0] if found else ""


def texts(node: Node, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text below a node, with the key that it is the value of."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from texts(value, str(name))
    elif isinstance(node, list):
        for one in node:
            yield from texts(one, key)
    elif isinstance(node, str):
        yield key, node
