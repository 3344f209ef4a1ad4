"""The rehearsal as text for people. Pure: the same rehearsal gives the same text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping

from rehearsal.access import plural, render_access
from rehearsal.azure_policy.report import section as policy_section
from rehearsal.cloud.catalogue.latencies import ESTIMATE
from rehearsal.cost_table import render_costs
from rehearsal.lifecycle.report import acts_section
from rehearsal.model.finding import Finding
from rehearsal.model.policy import EnforcementLevel, PackResult, PolicyFinding
from rehearsal.model.resource import Resource
from rehearsal.model.urns import short_type
from rehearsal.promises.report import promises_section
from rehearsal.quotas import totals, unknown_sizes
from rehearsal.rules import all_rules
from rehearsal.run import Rehearsal
from rehearsal.sections import ALL, Section
from rehearsal.service_names import titled
from rehearsal.summary import summary
from rehearsal.tables import table

_GREEN, _RED = 32, 31

_SHOWN_MINUTES = 0.5
"""Shorter steps of the critical path are not shown."""

_LONG_MINUTES = 5.0

_LEVELS = (
    EnforcementLevel.MANDATORY,
    EnforcementLevel.REMEDIATED,
    EnforcementLevel.ADVISORY,
    EnforcementLevel.NOT_EVALUATED,
)
_SEVERITIES = ("critical", "high", "medium", "low")


def render(rehearsal: Rehearsal, shown: Collection[Section] = ALL, *, colour: bool = False) -> str:
    """The whole report; ends in the verdict line."""
    return f"{render_parts(rehearsal, shown)}\n{render_verdict(rehearsal, colour=colour)}\n"


def render_parts(rehearsal: Rehearsal, shown: Collection[Section] = ALL) -> str:
    """The report without its verdict. Unless all parts are `shown`, a summary tells of each in a line or two."""
    lines = [_header(rehearsal)]
    if rehearsal.error is None and rehearsal.world.resources:
        if set(shown) != ALL:
            lines += summary(rehearsal, shown)
        for section, part in _PARTS.items():
            if section in shown and (text := part(rehearsal)):
                lines += ["", *text]
        lines += ["", _checked(rehearsal)]
    return "\n".join(lines) + "\n"


def render_verdict(rehearsal: Rehearsal, *, colour: bool = False) -> str:
    """The verdict, green or red where it goes to a terminal."""
    text = verdict(rehearsal)
    return f"\x1b[{_GREEN if rehearsal.ok else _RED}m{text}\x1b[0m" if colour else text


def verdict(rehearsal: Rehearsal) -> str:
    """One line: whether this stack could be deployed."""
    prefix = f"{rehearsal.project}/{rehearsal.stack}: "
    if rehearsal.error is not None:
        return f"{prefix}the program failed ({rehearsal.error.kind})"
    refusals, violations = len(rehearsal.refusals), len(rehearsal.violations)
    acts, broken = len(rehearsal.refused_acts), len(rehearsal.broken_promises)
    said = [
        *([plural(refusals, "refusal")] if refusals else []),
        *([plural(violations, "policy violation")] if violations else []),
        *([f"{plural(acts, 'act')} refused"] if acts else []),
        *([f"{plural(broken, 'promise')} not kept"] if broken else []),
        *([plural(len(rehearsal.warnings), "warning")] if rehearsal.warnings else []),
    ]
    if rehearsal.ok:
        return f"{prefix}{', '.join(['clean', *said])}"
    deploys = broken and not (refusals or violations or acts)
    return f"{prefix}{', '.join(said)}: it would {'deploy and not work' if deploys else 'not deploy'}"


def _header(rehearsal: Rehearsal) -> str:
    resources = rehearsal.world.resources
    components = sum(resource.is_component for resource in resources)
    return (
        f"{rehearsal.project}/{rehearsal.stack}: {plural(len(resources) - components, 'resource')}, "
        f"{plural(components, 'component')}, as of {rehearsal.inventory.today}"
    )


def _tree(rehearsal: Rehearsal) -> list[str]:
    world = rehearsal.world
    children: dict[str, list[Resource]] = {}
    for resource in sorted(world.resources, key=lambda item: (item.name, item.type)):
        parent = resource.parent if resource.parent in world.by_urn else ""
        children.setdefault(parent, []).append(resource)
    lines: list[str] = []

    def draw(parent: str, indent: str) -> None:
        siblings = children.get(parent, [])
        for index, resource in enumerate(siblings):
            last = index == len(siblings) - 1
            lines.append(f"{indent}{'└─ ' if last else '├─ '}{_line(resource)}")
            draw(resource.urn, indent + ("   " if last else "│  "))

    draw("", "")
    return lines


def _line(resource: Resource) -> str:
    marks = [
        word for word, on in (("protected", resource.options.protect), ("existing", resource.external)) if on
    ]
    suffix = f" [{', '.join(marks)}]" if marks and not resource.is_component else ""
    return f"{titled(resource)}{suffix}"


def _counts(rehearsal: Rehearsal) -> list[str]:
    resources = rehearsal.world.resources
    counts = Counter(short_type(resource.type) for resource in resources if resource.custom)
    width = max((len(str(count)) for count in counts.values()), default=1)
    return ["By type:", *(f"  {count:>{width}} {name}" for name, count in sorted(counts.items()))]


def _first_deployment(rehearsal: Rehearsal) -> list[str]:
    """The critical path in the order of its steps, and what would shorten it."""
    found, world = rehearsal.timeline, rehearsal.world
    lines = [
        f"First deployment: about {found.minutes:.0f} min ({found.estimated_share:.0%} of that from estimates), along:"
    ]
    for step in found.path:
        if step.minutes >= _SHOWN_MINUTES:
            source = "" if step.source == ESTIMATE else f" ({step.source})"
            lines.append(
                f"  {step.starts:5.1f} min  +{step.minutes:.1f}  {_line(world.by_urn[step.urn])}{source}"
            )
    for saving in found.savings:
        name = _line(world.by_urn[saving.urn])
        what = f"if {name} existed already"
        if saving.waits_for:
            what = f"if {name} did not wait for {_line(world.by_urn[saving.waits_for])}"
        lines.append(f"  {saving.minutes:.0f} min shorter {what}")
    if found.minutes >= _LONG_MINUTES and not found.savings:
        lines.append("  no single step shortens it: another way takes as long")
    return lines


def _section(title: str, findings: tuple[Finding, ...]) -> list[str]:
    if not findings:
        return []
    lines = [f"{title} ({len(findings)}):"]
    for finding in findings:
        place = f" {finding.path}" if finding.path else ""
        answer = " ".join(filter(None, [str(finding.status or ""), finding.code]))
        lines.append(f"  {finding.rule} {finding.urn}{place}")
        lines.append(f"    {f'{answer}: ' if answer else ''}{finding.message}")
        if finding.source:
            lines.append(f"    source: {finding.source}")
    return lines


def _findings(rehearsal: Rehearsal) -> list[str]:
    """Refusals, warnings and what the packs say, each with a blank line between."""
    parts = [
        _section("Azure would refuse", rehearsal.refusals),
        _section("Promises that are not kept", rehearsal.broken_promises),
        _section("Warnings", rehearsal.warnings),
        *(_pack(result) for result in rehearsal.policies),
        policy_section(rehearsal.azure_policies) if rehearsal.azure_policies else [],
    ]
    return [line for part in parts if part for line in ("", *part)][1:]


def _pack(result: PackResult) -> list[str]:
    version = f" {result.version}" if result.version else ""
    found = len(result.findings) - result.not_evaluated
    counts = [plural(result.policies, "policy", "policies"), plural(found, "finding")]
    if result.not_evaluated:
        counts.append(f"{result.not_evaluated} not evaluated")
    lines = [f"Policy pack {result.name}{version}: {', '.join(counts)}"]
    for finding in sorted(result.findings, key=_gravity):
        severity = f", {finding.severity}" if finding.severity else ""
        lines.append(f"  {finding.policy} ({finding.level}{severity}) {finding.urn or 'the stack'}")
        lines += [f"    {line}" for line in finding.message.splitlines()]
    return lines


def _gravity(finding: PolicyFinding) -> tuple[int, int, str, str]:
    """First the findings that stop a deployment, then the most severe."""
    return (
        _LEVELS.index(finding.level),
        _SEVERITIES.index(finding.severity) if finding.severity in _SEVERITIES else len(_SEVERITIES),
        finding.policy,
        finding.urn,
    )


def _outside(rehearsal: Rehearsal) -> list[str]:
    ids = rehearsal.inventory.external_ids
    return (
        [f"Assumed to exist outside this stack ({len(ids)}):", *(f"  {arm_id}" for arm_id in ids)]
        if ids
        else []
    )


def _quotas(rehearsal: Rehearsal) -> list[str]:
    """What to ask for before the first deployment, by region and quota."""
    world = rehearsal.world
    rows = [
        (
            total.region,
            total.quota.title,
            "Azure ML" if total.quota.machine_learning else "VMs",
            str(total.now),
            str(total.most),
            f"about {total.quota.default_limit} in a new subscription"
            if total.limit is None
            else str(total.limit),
        )
        for total in totals(world)
    ]
    unknown = [f"  {size} is in no table of VM sizes, and not counted" for size in unknown_sizes(world)]
    if not rows:
        return ["vCPU quotas needed:", *unknown] if unknown else []
    columns = ("region", "quota", "of", "at deployment", "at most", "allowed")
    return ["vCPU quotas needed:", *table(columns, rows, numbers=("at deployment", "at most")), *unknown]


def _checked(rehearsal: Rehearsal) -> str:
    """What the verdict rests on: rules applied, and types that the simulated cloud only guesses at."""
    inventory = rehearsal.inventory
    types = {
        resource.type
        for resource in rehearsal.world.resources
        if resource.custom and not resource.is_provider
    }
    line = (
        f"Checked: {len(all_rules())} service rules, {plural(len(types), 'type')}, of which "
        f"{len(inventory.generic_types)} generic (outside the catalogue){_named(inventory.generic_types)}"
    )
    if inventory.generic_functions:
        count = plural(len(inventory.generic_functions), "generic function")
        line += f"; {count} (answered with the arguments){_named(inventory.generic_functions)}"
    return line


def _named(counts: Mapping[str, int]) -> str:
    return f": {', '.join(f'{name} ({count})' for name, count in counts.items())}" if counts else ""


_PARTS: Mapping[Section, Callable[[Rehearsal], list[str]]] = {
    Section.TREE: _tree,
    Section.TYPES: _counts,
    Section.DEPLOYMENT: _first_deployment,
    Section.ACCESS: lambda rehearsal: render_access(rehearsal.inventory.access),
    Section.PROMISES: lambda rehearsal: promises_section(rehearsal.promises),
    Section.FINDINGS: _findings,
    Section.ACTS: lambda rehearsal: acts_section(rehearsal.acts),
    Section.OUTSIDE: _outside,
    Section.QUOTAS: _quotas,
    Section.COSTS: lambda rehearsal: render_costs(rehearsal.inventory.costs),
}
"""In the order of the report. What the program logs is shown before it."""
