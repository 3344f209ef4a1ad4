"""A stack's preview on one screen of 80 columns: what there is, what it needs, and what is wrong with it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from rehearsal.access import plural
from rehearsal.azure_policy.report import verdict_line as policies_line
from rehearsal.lifecycle.report import acts_verdict, missing_rights
from rehearsal.model.costs import MonthlyCost, money
from rehearsal.model.finding import Finding
from rehearsal.model.policy import EnforcementLevel, PolicyFinding
from rehearsal.model.resource import Resource
from rehearsal.model.urns import short_type
from rehearsal.model.world import World
from rehearsal.placeholders import placeholders
from rehearsal.promises.report import promises_verdict
from rehearsal.quotas import totals
from rehearsal.run import Rehearsal
from rehearsal.sections import Section
from rehearsal.service_names import titled

_Same = TypeVar("_Same")

_COLUMNS = 80
_LABEL_COLUMNS = 14
_MOST_PARTS = 9
_MOST_FINDINGS = 5


def summary(rehearsal: Rehearsal, shown: Collection[Section]) -> list[str]:
    """A line or two for each part, and the first findings unless all of them are shown."""
    rows = [*_rows(rehearsal), ("more", _options(shown))]
    lines = [line for label, text in rows for line in _row(label, text)]
    if Section.FINDINGS not in shown:
        lines += _first_findings("Azure would refuse", rehearsal.refusals, rehearsal.world)
        lines += _first_violations(rehearsal.violations, rehearsal.world)
        broken = rehearsal.broken_promises
        lines += _first_findings("Promises that are not kept", broken, rehearsal.world, Section.PROMISES)
        lines += _listed("Rights that acts lack", missing_rights(rehearsal.acts), Section.ACTS)
        lines += _first_findings("Warnings", rehearsal.warnings, rehearsal.world)
    return lines


def _rows(rehearsal: Rehearsal) -> Iterator[tuple[str, str]]:
    inventory = rehearsal.inventory
    yield "parts", _parts(rehearsal.world)
    yield "deployment", f"the first one takes about {rehearsal.timeline.minutes:.0f} min"
    if costs := inventory.costs:
        yield "costs", _costs(costs)
    if inventory.access:
        principals = {(grant.principal_type, grant.principal) for grant in inventory.access}
        grants = plural(len(inventory.access), "role or permission", "roles and permissions")
        yield "access", f"{grants} of {plural(len(principals), 'principal')}"
    if quotas := totals(rehearsal.world):
        short = [one for one in quotas if one.limit is not None and one.most > one.limit]
        regions = ", ".join(dict.fromkeys(one.region for one in quotas))
        missing = f", of which {len(short)} too small" if short else ""
        yield "quotas", f"{plural(len(quotas), 'vCPU quota')} to request in {regions}{missing}"
    if inventory.external_ids:
        yield (
            "outside",
            f"{plural(len(inventory.external_ids), 'resource')} assumed to exist outside this stack",
        )
    for pack in rehearsal.policies:
        counts = Counter(finding.level for finding in pack.findings)
        found = [f"{counts[level]} {level}" for level in EnforcementLevel if counts[level]]
        yield "policies", f"{pack.policies} of {pack.name}: {', '.join(found) or 'no finding'}"
    if rehearsal.azure_policies:
        yield "Azure Policy", policies_line(rehearsal.azure_policies)
    if rehearsal.promises.answers:
        yield "promises", promises_verdict(rehearsal.promises)
    if rehearsal.acts:
        yield "acts", acts_verdict(rehearsal.acts)
    if examples := placeholders(inventory.resources):
        shown = " and ".join(dict.fromkeys((examples[-1], examples[0])))
        yield "placeholders", f"{len(examples)} still in place, such as {shown}"


def parts(world: World) -> list[tuple[str, int]]:
    """How many resources each part has, most first: the components below the one that holds all others, or the
    packages of a program without components."""
    counts = Counter(
        _part(resource, world)
        for resource in world.resources
        if not resource.is_component and not resource.is_provider
    )
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _parts(world: World) -> str:
    largest = parts(world)
    named = [f"{name} {count}" for name, count in largest[:_MOST_PARTS]]
    rest = largest[_MOST_PARTS:]
    if rest:
        named.append(f"{sum(count for _, count in rest)} in {plural(len(rest), 'other part')}")
    return ", ".join(named)


def _costs(costs: MonthlyCost) -> str:
    unset, missing = len(costs.counted_as_0), len(costs.without_price)
    dated = f" by prices of {costs.as_of}" if costs.as_of else ""
    told = [f"{money(costs.total, costs.currency)} a month{dated}"]
    told += [f"{plural(unset, 'item')} counted as 0"] if unset else []
    told += [f"{plural(missing, 'item')} without a price"] if missing else []
    return ", ".join(told)


def _part(resource: Resource, world: World) -> str:
    above = list(_components_above(resource, world))
    if above:
        # The outermost component often holds the whole program; the one below it is the part.
        return above[-2].name if len(above) > 1 else above[-1].name
    return short_type(resource.type).partition(".")[0]


def _components_above(resource: Resource, world: World) -> Iterator[Resource]:
    parent = world.by_urn.get(resource.parent)
    while parent is not None:
        if parent.is_component:
            yield parent
        parent = world.by_urn.get(parent.parent)


def _first_findings(
    title: str, findings: Sequence[Finding], world: World, section: Section = Section.FINDINGS
) -> list[str]:
    groups = _grouped(((finding.rule, finding.path, finding.message), finding.urn) for finding in findings)
    said = [
        f"{rule} {_place(urns, world)}{f' {path}' if path else ''}: {message}"
        for (rule, path, message), urns in groups.items()
    ]
    return _listed(f"{title} ({len(findings)})", said, section)


def _first_violations(violations: Sequence[PolicyFinding], world: World) -> list[str]:
    groups = _grouped(((finding.policy, finding.message), finding.urn) for finding in violations)
    said = [
        f"{policy} {_place(urns, world)}: {' '.join(message.split())}"
        for (policy, message), urns in groups.items()
    ]
    return _listed(f"Policies that are violated ({len(violations)})", said)


def _grouped(found: Iterable[tuple[_Same, str]]) -> dict[_Same, list[str]]:
    """The URNs of which the same is said."""
    groups: dict[_Same, list[str]] = {}
    for same, urn in found:
        groups.setdefault(same, []).append(urn)
    return groups


def _place(urns: Sequence[str], world: World) -> str:
    first = urns[0]
    name = titled(world.by_urn[first]) if first in world.by_urn else first or "the stack"
    return f"{name} and {plural(len(urns) - 1, 'other')}" if len(urns) > 1 else name


def _listed(title: str, said: Sequence[str], section: Section = Section.FINDINGS) -> list[str]:
    if not said:
        return []
    lines = ["", f"{title}:"]
    for text in said[:_MOST_FINDINGS]:
        lines += textwrap.wrap(
            text,
            _COLUMNS,
            initial_indent="  ",
            subsequent_indent="    ",
            max_lines=3,
            placeholder=" …",
            break_on_hyphens=False,
        )
    if len(said) > _MOST_FINDINGS:
        lines.append(f"  and {len(said) - _MOST_FINDINGS} more kinds: --{section}")
    return lines


def _options(shown: Collection[Section]) -> str:
    return ", ".join([*(f"--{section}" for section in Section if section not in shown), "--all"])


def _row(label: str, text: str) -> list[str]:
    return textwrap.wrap(
        text,
        _COLUMNS,
        initial_indent=f"  {label:<{_LABEL_COLUMNS}}",
        subsequent_indent=" " * (_LABEL_COLUMNS + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
