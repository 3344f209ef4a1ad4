"""The page: inventory, picture, access, policy findings and the first deployment's timeline of one stack.

Self-contained: no script, nothing loaded from anywhere, and a
content security policy that would not let it. What a deployment costs is left out: prices are the program's business.
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
from rehearsal.model.finding import Finding
from rehearsal.model.inventory import FirstDeployment, Inventory, InventoryResource
from rehearsal.model.policy import EnforcementLevel, PolicyFinding
from rehearsal.model.promised import VERDICTS
from rehearsal.model.urns import short_type
from rehearsal.page.picture import svg


@dataclass(frozen=True)
class _Part:
    """One part of the page; `anchor` is what a link names it by."""

    anchor: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class _Places:
    """Where on the page each resource (by URN) stands, and how it is called."""

    anchors: Mapping[str, str]
    labels: Mapping[str, str] = field(default_factory=dict)

    def link(self, urn: str) -> str:
        """A link to the resource; the name alone where it is none of this stack."""
        name = self.labels.get(urn) or urn.rpartition("::")[2] or "the stack"
        anchor = self.anchors.get(urn)
        return f'<a href="#{anchor}">{_code(name)}</a>' if anchor else _code(name)


def render_page(inventory: Inventory) -> str:
    """The HTML of one inventory. The same inventory gives the same bytes."""
    title = f"{inventory.project} {inventory.stack}".strip()
    style = importlib.resources.files("rehearsal.page").joinpath("style.css").read_text(encoding="utf-8")
    parts = list(_parts(inventory))
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
            *(line for part in parts for line in _section(part)),
            "</main><footer><p>Costs are left out. Secrets are masked. To look for a name, use the browser's search: "
            "it opens what is folded.</p></footer></body></html>",
            "",
        ]
    )


def _security_policy(style: str) -> str:
    """Nothing but this very style sheet."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _parts(inventory: Inventory) -> Iterator[_Part]:
    found = inventory.resources
    custom = [item for item in found if item.custom]
    places = _Places(
        {item.urn: f"resource-{number}" for number, item in enumerate(custom, 1)},
        {item.urn: item.label for item in found},
    )
    columns = ("rule", "resource", "why")
    yield _table("refused", "Would be refused", columns, _findings(inventory.refusals, places))
    yield _table("warnings", "Warnings", columns, _findings(inventory.warnings, places))
    yield _promises(inventory)
    yield _roads(inventory)
    columns = ("policy", "level", "resource", "what")
    yield _table("policies", "Policy findings", columns, _policy_rows(inventory.policy_findings, places))
    yield _Part("components", "Components", _drawing(svg(picture(found, ()))))
    yield _timeline(inventory.first_deployment, places)
    yield _access(inventory.access)
    deployed = sum(item.is_deployed for item in custom)
    title = f"Resources ({deployed} and {plural(len(custom) - deployed, 'provider')})"
    yield _Part("resources", title, tuple(_resources(custom, component_names(found), places)))
    outside = ([_code(name)] for name in inventory.external_ids)
    yield _table("outside", "Taken to exist outside this stack", ("id",), outside)


def _verdict(inventory: Inventory) -> Iterator[str]:
    refusals = len(inventory.refusals)
    mandatory = sum(row.level is EnforcementLevel.MANDATORY for row in inventory.policy_findings)
    count = sum(item.is_deployed for item in inventory.resources)
    broken = sum(one.grave and one.verdict == "closed" for one in inventory.promises)
    bad = refusals or mandatory or broken
    told = (
        f"{refusals} would be refused, {plural(mandatory, 'mandatory policy violation')}, "
        f"{plural(broken, 'promise')} not kept"
        if bad
        else "nothing is refused"
    )
    yield f'<p class="verdict {"bad" if bad else "good"}">{plural(count, "resource")}; {told}</p>'
    yield f'<p class="quiet">Rehearsed for {escape(inventory.today)}, without a cloud.</p>'


def _section(part: _Part) -> Iterator[str]:
    yield f'<section aria-labelledby="{part.anchor}"><h2 id="{part.anchor}">{escape(part.title)}</h2>'
    yield from part.lines
    yield "</section>"


def _table(anchor: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> _Part:
    """A table; an empty one says so, so that nothing is mistaken for missing."""
    taken = list(rows)
    lines = _rows(anchor, columns, taken) if taken else ("<p>None.</p>",)
    return _Part(anchor, f"{title} ({len(taken)})", tuple(lines))


def _rows(anchor: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A row of one cell is the heading of those after it."""
    yield f'<div class="scroll" tabindex="0" role="group" aria-labelledby="{anchor}">'
    yield f'<table class="{anchor}"><thead><tr>'
    yield "".join(f'<th scope="col">{name}</th>' for name in columns) + "</tr></thead><tbody>"
    for row in rows:
        if len(row) == 1 and len(columns) > 1:
            yield f'<tr><th scope="rowgroup" colspan="{len(columns)}">{row[0]}</th></tr>'
            continue
        cells = zip(columns, row, strict=True)
        yield "<tr>" + "".join(f'<td data-column="{name}">{cell}</td>' for name, cell in cells) + "</tr>"
    yield "</tbody></table></div>"


def _findings(findings: Iterable[Finding], places: _Places) -> Iterator[list[str]]:
    for row in findings:
        path = f" {_code(row.path)}" if row.path else ""
        yield [_code(row.rule), places.link(row.urn) + path, escape(row.message)]


def _policy_rows(findings: Iterable[PolicyFinding], places: _Places) -> Iterator[list[str]]:
    for row in findings:
        yield [_code(row.policy), escape(row.level), places.link(row.urn), escape(row.message)]


_WORDS: Mapping[str, str] = {"closed": "fails", "unknown": "not known from the program alone", "open": "kept"}


def _promises(inventory: Inventory) -> _Part:
    """Those that fail first. A road and a right are told in the words of the rehearsal, what is missing too."""
    found = sorted(inventory.promises, key=lambda one: (VERDICTS.index(one.verdict), one))
    rows = (
        [
            _code(one.name),
            escape(one.question),
            escape(_WORDS[one.verdict]),
            escape(one.missing or "; ".join((*one.road, *one.right))),
        ]
        for one in found
    )
    columns = ("promise", "what", "verdict", "why")
    return _table("promises", "Promises and requirements", columns, rows)


def _roads(inventory: Inventory) -> _Part:
    """What is reached though nobody is promised it, by place."""
    by_source: dict[str, list[str]] = {}
    for road in inventory.roads:
        if not road.promised:
            by_source.setdefault(road.source, []).append(road.target)
    rows = (
        [escape(source), ", ".join(_code(target) for target in targets)]
        for source, targets in by_source.items()
    )
    return _table("roads", "Open roads that nobody is promised", ("from", "to"), rows)


def _drawing(drawn: str) -> tuple[str, ...]:
    if not drawn:
        return ("<p>None.</p>",)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-labelledby="components">{drawn}</div>',
        '<p class="quiet">Each stands right of what it needs; needs that follow from others are left out.</p>',
    )


def _access(found: Iterable[AccessGrant]) -> _Part:
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
        rows.append([_code(who)])
        for (scope, description, limit), roles in places.items():
            why = "; ".join(part for part in (description, limit) if part)
            rows.append([escape(", ".join(roles)), _code(scope), escape(why)])
    lines = tuple(_rows("access", ("what", "on", "why"), rows)) if rows else ("<p>None.</p>",)
    return _Part("access", f"Access ({count})", lines)


def _timeline(deployment: FirstDeployment, places: _Places) -> _Part:
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
    return _table("timeline", f"First deployment: about {total:.0f} min", columns, rows)


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
                f'<details id="{places.anchors[item.urn]}"><summary>{_code(short_type(item.type))} '
                f"{_code(item.name)}{mark}"
                f"</summary><pre><code>{escape(item.id)}\n{escape(inputs)}</code></pre></details>"
            )
        yield "</details>"


def _code(value: str) -> str:
    return f"<code>{escape(value)}</code>"
