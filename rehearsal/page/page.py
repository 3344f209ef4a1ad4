"""The page of one stack, gravest first: what is refused and violated, costs, access, picture, timeline, inventory.

Self-contained: no script, nothing loaded from anywhere, and a content security policy that would not let it. Parts
without content are hidden, and named at the end so that nothing is mistaken for missing. Costs are those that the
program says.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.resources
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from rehearsal.access import plural
from rehearsal.changes.picture import component_names, picture
from rehearsal.model.access import AccessGrant
from rehearsal.model.costs import money
from rehearsal.model.finding import Finding
from rehearsal.model.inventory import FirstDeployment, Inventory, InventoryResource
from rehearsal.model.policy import EnforcementLevel, PolicyFinding
from rehearsal.model.urns import short_type
from rehearsal.page.azure_policy import azure_policy_part
from rehearsal.page.costs import cost_part
from rehearsal.page.parts import Part, code, rows_of, section, table
from rehearsal.page.picture import svg
from rehearsal.page.promises import PROMISE_COLUMNS, broken, promise_rows, road_rows


@dataclass(frozen=True)
class _Places:
    """Where on the page each resource (by URN) is, and how it is called."""

    anchors: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)

    def link(self, urn: str) -> str:
        """A link to the resource; the name alone where it is none of this stack."""
        name = self.labels.get(urn) or urn.rpartition("::")[2] or "the stack"
        anchor = self.anchors.get(urn)
        return f'<a href="#{anchor}">{code(name)}</a>' if anchor else code(name)


def render_page(inventory: Inventory) -> str:
    """The HTML of one inventory. The same inventory gives the same bytes."""
    title = f"{inventory.project} {inventory.stack}".strip()
    style = importlib.resources.files("rehearsal.page").joinpath("style.css").read_text(encoding="utf-8")
    told = list(_parts(inventory))
    parts = [part for part in told if part.lines]
    empty = ", ".join(part.title.partition(" (")[0] for part in told if not part.lines)
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_security_policy(style)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style></head><body>",
            f"<header><h1>{escape(title)}</h1>",
            *_verdict(inventory),
            '<nav aria-label="Contents"><ul>',
            *(f'<li><a href="#{part.anchor}">{escape(part.title)}</a></li>' for part in parts),
            "</ul></nav></header><main>",
            *(line for part in parts for line in section(part)),
            "</main><footer>",
            *([f"<p>Nothing to tell of: {escape(empty)}.</p>"] if empty else []),
            "<p>Secrets are masked. To look for a name, use the browser's search: it opens what is folded.</p>",
            "</footer></body></html>",
            "",
        ]
    )


def _security_policy(style: str) -> str:
    """Nothing but this very style sheet."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _parts(inventory: Inventory) -> Iterator[Part]:
    """Gravest first."""
    found = inventory.resources
    custom = [item for item in found if item.custom]
    places = _Places(
        {item.urn: f"resource-{number}" for number, item in enumerate(custom, 1)},
        {item.urn: item.label for item in found},
    )
    yield _failure(inventory.error)
    columns = ("rule", "resource", "why")
    yield table("refused", "Would be refused", columns, _findings(inventory.refusals, places))
    policies = ("policy", "level", "resource", "what")
    judged = inventory.policy_findings
    violated = [one for one in judged if one.level is EnforcementLevel.MANDATORY]
    advice = [one for one in judged if one.level is not EnforcementLevel.MANDATORY]
    yield table("violated", "Policies that are violated", policies, _policy_rows(violated, places))
    yield table("broken", "Promises that are not kept", PROMISE_COLUMNS, promise_rows(broken(inventory)))
    yield table("warnings", "Warnings", columns, _findings(inventory.warnings, places))
    yield table("policies", "Advice of policies", policies, _policy_rows(advice, places))
    if inventory.azure_policies:
        yield azure_policy_part(inventory.azure_policies)
    yield cost_part(inventory.costs)
    yield _access(inventory.access)
    yield table("promises", "Promises and requirements", PROMISE_COLUMNS, promise_rows(inventory.promises))
    yield table("roads", "Open roads without a promise", ("from", "to"), road_rows(inventory.roads))
    yield Part("components", "Components", _drawing(svg(picture(found, ()))))
    yield _timeline(inventory.first_deployment, places)
    deployed = sum(item.is_deployed for item in custom)
    title = f"Resources ({deployed} and {plural(len(custom) - deployed, 'provider')})"
    yield Part("resources", title, tuple(_resources(custom, component_names(found), places)))
    outside = ([code(name)] for name in inventory.external_ids)
    yield table("outside", "Assumed to exist outside this stack", ("id",), outside)


def _failure(error: str) -> Part:
    lines = (f"<pre><code>{escape(error)}</code></pre>",) if error else ()
    return Part("failed", "The program failed", lines)


def _verdict(inventory: Inventory) -> Iterator[str]:
    refusals = len(inventory.refusals)
    mandatory = sum(row.level is EnforcementLevel.MANDATORY for row in inventory.policy_findings)
    count = plural(sum(item.is_deployed for item in inventory.resources), "resource")
    found = (
        (refusals, f"{refusals} would be refused"),
        (mandatory, plural(mandatory, "mandatory policy violation")),
        (len(broken(inventory)), f"{plural(len(broken(inventory)), 'promise')} not kept"),
    )
    told = ", ".join(text for number, text in found if number) or "nothing is refused"
    if inventory.error:
        told = "the program failed, and nothing was checked"
    bad = bool(inventory.error or any(number for number, _ in found))
    yield f'<p class="verdict {"bad" if bad else "good"}">{count}; {told}</p>'
    if costs := inventory.costs:
        month = escape(money(costs.total, costs.currency))
        yield f'<p class="verdict">{month} a month, estimated</p>'
    yield f'<p class="quiet">Rehearsed for {escape(inventory.today)}, without a cloud.</p>'


def _findings(findings: Iterable[Finding], places: _Places) -> Iterator[list[str]]:
    for row in findings:
        path = f" {code(row.path)}" if row.path else ""
        yield [code(row.rule), places.link(row.urn) + path, escape(row.message)]


def _policy_rows(findings: Iterable[PolicyFinding], places: _Places) -> Iterator[list[str]]:
    """Gravest first."""
    levels = list(EnforcementLevel)
    for row in sorted(findings, key=lambda one: levels.index(one.level)):
        yield [code(row.policy), escape(row.level), places.link(row.urn), escape(row.message)]


def _drawing(drawn: str) -> tuple[str, ...]:
    if not drawn:
        return ()
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-labelledby="components">{drawn}</div>',
        '<p class="quiet">Each is right of what it needs; needs that follow from others are not drawn.</p>',
    )


def _access(found: Iterable[AccessGrant]) -> Part:
    """By principal; roles that are granted together are told together."""
    by_principal: dict[str, dict[tuple[str, str, str], list[str]]] = {}
    count = 0
    for grant in found:
        count += 1
        who = f"{grant.principal_type} {grant.principal}".strip()
        where = (grant.scope, grant.description, "under a condition" if grant.condition else "")
        by_principal.setdefault(who, {}).setdefault(where, []).append(grant.role)
    rows: list[list[str]] = []
    for who, places in by_principal.items():
        rows.append([code(who)])
        for (scope, description, limit), roles in places.items():
            why = "; ".join(part for part in (description, limit) if part)
            rows.append([escape(", ".join(roles)), code(scope), escape(why)])
    lines = tuple(rows_of("access", ("what", "on", "why"), rows)) if rows else ()
    return Part("access", f"Access ({count})", lines)


def _timeline(deployment: FirstDeployment, places: _Places) -> Part:
    """The critical path as bars; times are estimates where no service states one."""
    total = deployment.minutes
    rows = []
    for step in deployment.critical_path:
        left, width = (100 * value / total if total else 0.0 for value in (step.starts, step.minutes))
        bar = (
            '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect x="{left:.1f}" y="0" width="{max(width, 0.5):.1f}" height="8"/></svg>'
        )
        rows.append([places.link(step.urn), f"{step.starts:.1f} min", f"{step.minutes:.1f} min", bar])
    columns = ("step", "starts at", "takes", "when")
    return table("timeline", f"First deployment: about {total:.0f} min", columns, rows)


def _resources(
    custom: Sequence[InventoryResource], component: Mapping[str, str], places: _Places
) -> Iterator[str]:
    """Every resource under its component, its inputs folded away."""
    by_component: dict[str, list[InventoryResource]] = {}
    for item in custom:
        by_component.setdefault(component[item.urn] or "the program itself", []).append(item)
    for name, items in sorted(by_component.items()):
        yield f"<details><summary>{escape(name)} ({len(items)})</summary>"
        for item in items:
            mark = " · protected" if item.options.protect else ""
            inputs = json.dumps(item.inputs, indent=2, sort_keys=True, ensure_ascii=False)
            yield (
                f'<details id="{places.anchors[item.urn]}"><summary>{code(short_type(item.type))} '
                f"{code(item.name)}{mark}"
                f"</summary><pre><code>{escape(item.id)}\n{escape(inputs)}</code></pre></details>"
            )
        yield "</details>"
