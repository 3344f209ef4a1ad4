"""The rehearsal as text for people. Pure: the same rehearsal gives the same text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from azure_facts.guids import is_guid
from rehearsal.access import plural, render_access
from rehearsal.cloud.catalogue.latencies import ESTIMATE
from rehearsal.lifecycle.report import summary
from rehearsal.model.finding import Finding
from rehearsal.model.policy import EnforcementLevel, PolicyFinding
from rehearsal.model.resource import Resource
from rehearsal.model.urns import short_type
from rehearsal.model.world import World
from rehearsal.quotas import totals, unknown_sizes
from rehearsal.rules import all_rules
from rehearsal.run import Rehearsal

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


_NAME_KEYS = ("displayName", "label", "path", "key", "comment")
"""Where the service-side name of a type stands that has no `name` and no `…Name` input."""


def render(rehearsal: Rehearsal, *, colour: bool = False) -> str:
    """The whole report; ends in the verdict line."""
    world = rehearsal.world
    lines = [_header(rehearsal)]
    if rehearsal.error is None and world.resources:
        lines += ["", *_tree(world), "", *_counts(world), "", *_first_deployment(rehearsal)]
        access = render_access(rehearsal.inventory.access)
        lines += ["", *access] if access else []
        lines += _section("Azure would refuse", rehearsal.refusals)
        lines += _section("Warnings", rehearsal.warnings)
        lines += _policies(rehearsal)
        acts = summary(rehearsal.acts)
        lines += ["", *acts] if acts else []
        lines += _outside(rehearsal)
        lines += _quotas(rehearsal.world)
        lines += ["", _checked(rehearsal)]
    lines += [
        "",
        _coloured(verdict(rehearsal), _GREEN if rehearsal.ok else _RED) if colour else verdict(rehearsal),
    ]
    return "\n".join(lines) + "\n"


def verdict(rehearsal: Rehearsal) -> str:
    """One line: whether this stack could be deployed."""
    prefix = f"{rehearsal.project}/{rehearsal.stack}: "
    if rehearsal.error is not None:
        return f"{prefix}the program failed ({rehearsal.error.kind})"
    refusals, violations = len(rehearsal.refusals), len(rehearsal.violations)
    acts = len(rehearsal.refused_acts)
    said = [
        *([plural(refusals, "refusal")] if refusals else []),
        *([plural(violations, "policy violation")] if violations else []),
        *([f"{plural(acts, 'act')} refused"] if acts else []),
        *([plural(len(rehearsal.warnings), "warning")] if rehearsal.warnings else []),
    ]
    if rehearsal.ok:
        return f"{prefix}{', '.join(['clean', *said])}"
    return f"{prefix}{', '.join(said)}: it would not deploy"


def _header(rehearsal: Rehearsal) -> str:
    resources = rehearsal.world.resources
    components = sum(resource.is_component for resource in resources)
    return (
        f"{rehearsal.project}/{rehearsal.stack}: {plural(len(resources) - components, 'resource')}, "
        f"{plural(components, 'component')}, as of {rehearsal.inventory.today}"
    )


def _tree(world: World) -> list[str]:
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
    short = short_type(resource.type)
    if resource.is_component:
        return f"{short} {resource.name}"
    marks = [
        word for word, on in (("protected", resource.options.protect), ("existing", resource.external)) if on
    ]
    suffix = f" [{', '.join(marks)}]" if marks else ""
    return f"{short} {service_name(resource)}{suffix}"


def service_name(resource: Resource) -> str:
    """The name that the service shows; the logical name where the service has none, or only a GUID."""
    if resource.package == "azure-native" and resource.id:
        name = resource.id.rpartition("/")[2]
        return resource.name if is_guid(name) else name
    name = resource.text("name")
    if name:
        return name
    own = [key for key in sorted(resource.plain_inputs) if key.endswith("Name") and resource.text(key)]
    for key in (*own, *_NAME_KEYS):
        if resource.text(key):
            return resource.text(key)
    return resource.name


def _counts(world: World) -> list[str]:
    counts = Counter(short_type(resource.type) for resource in world.resources if resource.custom)
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
    lines = ["", f"{title} ({len(findings)}):"]
    for finding in findings:
        place = f" {finding.path}" if finding.path else ""
        answer = " ".join(filter(None, [str(finding.status or ""), finding.code]))
        lines.append(f"  {finding.rule} {finding.urn}{place}")
        lines.append(f"    {f'{answer}: ' if answer else ''}{finding.message}")
        if finding.source:
            lines.append(f"    source: {finding.source}")
    return lines


def _policies(rehearsal: Rehearsal) -> list[str]:
    lines: list[str] = []
    for result in rehearsal.policies:
        version = f" {result.version}" if result.version else ""
        found = len(result.findings) - result.not_evaluated
        counts = [plural(result.policies, "policy", "policies"), plural(found, "finding")]
        if result.not_evaluated:
            counts.append(f"{result.not_evaluated} not evaluated")
        lines += ["", f"Policy pack {result.name}{version}: {', '.join(counts)}"]
        for finding in sorted(result.findings, key=_gravity):
            severity = f", {finding.severity}" if finding.severity else ""
            lines.append(f"  {finding.policy} ({finding.level}{severity}) {finding.urn or 'the stack'}")
            lines += [f"    {line}" for line in finding.message.splitlines()]
    return lines


def _gravity(finding: PolicyFinding) -> tuple[int, int, str, str]:
    """What stops a deployment first, then the gravest."""
    return (
        _LEVELS.index(finding.level),
        _SEVERITIES.index(finding.severity) if finding.severity in _SEVERITIES else len(_SEVERITIES),
        finding.policy,
        finding.urn,
    )


def _outside(rehearsal: Rehearsal) -> list[str]:
    ids = rehearsal.inventory.external_ids
    return (
        ["", f"Taken to exist outside this stack ({len(ids)}):", *(f"  {arm_id}" for arm_id in ids)]
        if ids
        else []
    )


def _quotas(world: World) -> list[str]:
    """What to ask for before the first deployment, by region and quota."""
    lines: list[str] = []
    for total in totals(world):
        default = total.quota.default_limit
        allowed = (
            f"a new subscription has about {default}" if total.limit is None else f"allowed {total.limit}"
        )
        service = "Azure ML" if total.quota.machine_learning else "VMs"
        lines.append(
            f"  {total.region} {total.quota.title} ({service}): {total.now} at deployment, {total.most} at most; "
            f"{allowed}"
        )
    lines += [f"  {size} is in no table of VM sizes, and not counted" for size in unknown_sizes(world)]
    return ["", "vCPU quotas needed:", *lines] if lines else []


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


def _coloured(text: str, code: int) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"
