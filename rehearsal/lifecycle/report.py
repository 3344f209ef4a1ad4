"""The acts as text: which passes, and of each that does not, what is refused, as whom, why, and what would let it
through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azure_facts.arm_id_parsing import resource_group_of
from rehearsal.access import plural
from rehearsal.authorisation.denial import Denial
from rehearsal.lifecycle.acts import Played
from rehearsal.model.urns import logical_name, short_type

_SHOWN = 20
"""Requests that one right would let through, before the rest is counted."""


def render_acts(played: Sequence[Played]) -> list[str]:
    """All acts, the verdict last."""
    lines = [f"Acts ({len(played)}):"]
    for one in played:
        lines += _act(one)
    return [*lines, acts_verdict(played)]


def acts_verdict(played: Sequence[Played]) -> str:
    """One line: how many acts pass."""
    refused = [one for one in played if one.refused]
    if not refused:
        return f"{plural(len(played), 'act')}: all pass"
    names = ", ".join(one.act.name for one in refused)
    requests = sum(len(one.refused) for one in refused)
    return f"{len(refused)} of {plural(len(played), 'act')} refused ({plural(requests, 'request')}): {names}"


def _act(one: Played) -> Iterator[str]:
    said = [
        *([f"{len(one.refused)} refused"] if one.refused else ["passes"]),
        *([f"{len(one.warned)} warned"] if one.warned else []),
    ]
    after = f", after {one.act.after}" if one.act.after else ""
    what = f"{one.act.name}: {one.act.does} by {one.act.by}{after}"
    yield f"  {what}: {plural(one.requests, 'request')}, {', '.join(said)}"
    for left, why in one.act.leaves.items():
        kind, _, name = left.partition("::")
        yield f"    left out: {short_type(kind)}{f' {name}' if name else ''}: {why}"
    for name in one.unmet:
        yield f"    {name}: nothing in the program is of this type or has this name; correct or drop it"
    for together in by_right(one.denials):
        yield from _group(one, together)


def by_right(denials: Sequence[Denial]) -> list[list[Denial]]:
    """One right in one resource group is named once, with all that it would let through."""
    found: dict[tuple[str, str, str], list[Denial]] = {}
    for denial in denials:
        key = (denial.rule, denial.right, resource_group_of(denial.scope) if denial.scope else "")
        found.setdefault(key, []).append(denial)
    return list(found.values())


def remedy_of(together: Sequence[Denial]) -> str:
    """The right of several refusals, and where: the resource group, for several resources in one."""
    scopes = {denial.scope.lower(): denial.scope for denial in together}
    if len(scopes) == 1:
        return together[0].remedy
    return f"{together[0].right} on {len(scopes)} resources in {_group_in(together[0].scope)}"


def _group_in(scope: str) -> str:
    return scope[: len(resource_group_of(scope))]


def _group(one: Played, denials: Sequence[Denial]) -> Iterator[str]:
    first = denials[0]
    yield f"    {first.rule} {first.status} {first.code}: {first.message}"
    yield f"      as {one.identity.name} ({one.identity.what}); let through by {remedy_of(denials)}"
    if first.source:
        yield f"      source: {first.source}"
    names = [_name(denial) for denial in denials if denial.urn]
    shown, more = names[:_SHOWN], len(names) - _SHOWN
    if shown:
        yield f"      {', '.join(shown)}{f' and {more} more' if more > 0 else ''}"


def _name(denial: Denial) -> str:
    kind = denial.urn.split("::")[2].rpartition("$")[2]
    return f"{short_type(kind)} {logical_name(denial.urn)}"


def acts_section(played: Sequence[Played]) -> list[str]:
    """A preview's section: the verdict, each refused act, and the rights that are missing; nothing without acts."""
    if not played:
        return []
    verdict = f"Acts, each by its identity (`rehearsal lifecycle`): {acts_verdict(played)}"
    return [verdict, *(f"  {line}" for line in missing_rights(played))]


def missing_rights(played: Sequence[Played]) -> list[str]:
    """A line for each right that an act lacks."""
    return [
        f"{one.act.name} by {one.act.by}: {plural(len(together), 'request')} let through by {remedy_of(together)}"
        for one in played
        for together in by_right(one.refused)
    ]
