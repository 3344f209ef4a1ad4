"""docs/lifecycle.md: each act of the reference stacks' lives, and the rights without which it fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from azure_facts.roles import built_in_roles
from docs.generated import ROOT, WRITTEN_BY
from rehearsal.authorisation.acts_file import acts_path, read_acts
from rehearsal.authorisation.azure_needs import ROLE_ASSIGNMENT
from rehearsal.authorisation.model import Act, Lifecycle
from rehearsal.authorisation.sent import Sent
from rehearsal.lifecycle.program import sent_by
from rehearsal.lifecycle.rights import NeededRight, needed_rights
from rehearsal.model.world import World

PAGE = ROOT / "docs/lifecycle.md"
REFERENCE = ROOT / "tests/data/reference_platform"
_STACKS = ("prod", "dev")

_INTRODUCTION = f"""\
# Who does what in a platform's life

{WRITTEN_BY}

This page lists the acts of the two stacks' lives, and the rights that each act needs. `make preview` plays the acts and
counts the refusals; `python -m rehearsal lifecycle --stack prod` shows all ([rehearsal.md](rehearsal.md#acts)).
The rights are listed once: `bootstrap/identities.py` has those that the bootstrap gives, `bootstrap/lent.py` those that
other teams give.

Each right of the tables below was removed, one at a time, and all acts were played again; *needed by* lists the acts
that then failed. For a right that no act needs, the column would say **nothing**, and a test refuses that. An Owner
defines custom roles, and grants the backup vault its role on the lake ([bootstrap.md](bootstrap.md)): so `change` and
`first-up-alone` do neither."""


def lifecycle_page(worlds: Mapping[str, World]) -> str:
    """The page, for the rehearsed stacks of the reference platform."""
    lines = [_INTRODUCTION]
    for stack in _STACKS:
        lifecycle = read_acts(acts_path(REFERENCE / f"Pulumi.{stack}.yaml"))
        program = sent_by(worlds[stack])
        lines += ["", f"## {stack}", "", *_acts(lifecycle), "", *_rights(needed_rights(lifecycle, program))]
        lines += ["", *_delegated(lifecycle, program)]
    return "\n".join(lines) + "\n"


def _acts(lifecycle: Lifecycle) -> Iterator[str]:
    yield "| act | what | by | after |"
    yield "|---|---|---|---|"
    for act in lifecycle.acts:
        yield f"| `{act.name}` | {_what(act)} | {act.by} | {f'`{act.after}`' if act.after else ''} |"


def _what(act: Act) -> str:
    if act.operations:
        return ", ".join(f"`{one.operation}`" for one in act.operations)
    only = f" of {', '.join(kind.rpartition(':')[2] for kind in act.only)}" if act.only else ""
    return f"{act.does}{only}{'' if act.writes_state else ', without writing the state'}"


def _rights(needed: tuple[NeededRight, ...]) -> Iterator[str]:
    yield "| identity | right | where | for | needed by | source |"
    yield "|---|---|---|---|---|---|"
    for one in needed:
        right = one.right
        acts = ", ".join(f"`{name}`" for name in one.acts) or "**nothing**"
        where = f"`{_short(right.where)}`" if right.where else ""
        yield f"| {right.identity} | {right.what} | {where} | {right.why} | {acts} | {_link(right.source)} |"


def _short(where: str) -> str:
    """An ARM id by its end: which subscription it is, the whole id says in the file."""
    parts = where.strip("/").split("/")
    return "/".join(parts[-2:]) if where.startswith("/") else where


def _link(source: str) -> str:
    """A page of ours as a link."""
    name = source.removeprefix("docs/")
    return f"[{name}]({name})" if name != source else source


def _delegated(lifecycle: Lifecycle, program: tuple[Sent, ...]) -> Iterator[str]:
    """The condition of the right to assign roles is written by kind of environment, so it may list more than one stack
    assigns."""
    used = {
        sent.text("roleDefinitionId").rpartition("/")[2].lower()
        for sent in program
        if sent.type == ROLE_ASSIGNMENT
    }
    text = Path(lifecycle.place).read_text(encoding="utf-8")
    unused = sorted(
        role.name for role in built_in_roles().values() if role.guid in text and role.guid not in used
    )
    yield (
        f"The stack assigns {len(used)} roles. "
        + (
            f"The condition lists besides, for settings that it does not have: {', '.join(unused)}."
            if unused
            else ""
        )
    ).strip()
