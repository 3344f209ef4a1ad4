"""The page: inventory, picture, access, policy findings and the first deployment's timeline of one stack.

Works on the document that `preview --json` writes. Self-contained: no script, nothing loaded from anywhere, and a
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

from rehearsal.access import AccessGrant, Described, mapping, plural, short_type
from rehearsal.changes.consequences import counts
from rehearsal.changes.documents import grants, label, listed, resources, text, texts
from rehearsal.changes.picture import component_names, picture
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


def render_page(document: Mapping[str, object]) -> str:
    """The HTML of one inventory. The same document gives the same bytes."""
    found = resources(document)
    title = f"{text(document, 'project')} {text(document, 'stack')}".strip()
    style = importlib.resources.files("rehearsal.page").joinpath("style.css").read_text(encoding="utf-8")
    parts = list(_parts(document, found))
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_security_policy(style)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style></head><body>",
            f"<header><h1>{escape(title)}</h1>",
            *_verdict(document, found),
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


def _parts(document: Mapping[str, object], found: Sequence[Described]) -> Iterator[_Part]:
    custom = [item for item in found if item["custom"] is True]
    places = _Places(
        {text(item, "urn"): f"resource-{number}" for number, item in enumerate(custom, 1)},
        {text(item, "urn"): label(item) for item in found},
    )
    yield _table(
        "refused", "Would be refused", ("rule", "resource", "why"), _findings(document, "refusals", places)
    )
    yield _table("warnings", "Warnings", ("rule", "resource", "why"), _findings(document, "warnings", places))
    columns = ("policy", "level", "resource", "what")
    yield _table("policies", "Policy findings", columns, _policy_rows(document, places))
    yield _Part("components", "Components", _drawing(svg(picture(found, ()))))
    yield _timeline(document, places)
    yield _access(grants(document))
    deployed = sum(map(counts, custom))
    title = f"Resources ({deployed} and {plural(len(custom) - deployed, 'provider')})"
    yield _Part("resources", title, tuple(_inventory(custom, component_names(found), places)))
    outside = ([_code(name)] for name in texts(document, "externalIds"))
    yield _table("outside", "Taken to exist outside this stack", ("id",), outside)


def _verdict(document: Mapping[str, object], found: Sequence[Described]) -> Iterator[str]:
    refusals = len(list(listed(document, "refusals")))
    mandatory = sum(
        text(row, "level") == "mandatory"
        for pack in listed(document, "policies")
        for row in listed(pack, "findings")
    )
    count = sum(map(counts, found))
    bad = refusals or mandatory
    told = (
        f"{refusals} would be refused, {plural(mandatory, 'mandatory policy violation')}"
        if bad
        else "nothing is refused"
    )
    yield f'<p class="verdict {"bad" if bad else "good"}">{plural(count, "resource")}; {told}</p>'
    yield f'<p class="quiet">Rehearsed for {escape(text(document, "today"))}, without a cloud.</p>'


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


def _findings(document: Mapping[str, object], key: str, places: _Places) -> Iterator[list[str]]:
    for row in listed(document, key):
        path = f" {_code(text(row, 'path'))}" if text(row, "path") else ""
        yield [_code(text(row, "rule")), places.link(text(row, "urn")) + path, escape(text(row, "message"))]


def _policy_rows(document: Mapping[str, object], places: _Places) -> Iterator[list[str]]:
    for pack in listed(document, "policies"):
        for row in listed(pack, "findings"):
            yield [
                _code(text(row, "policy")),
                escape(text(row, "level")),
                places.link(text(row, "urn")),
                escape(text(row, "message")),
            ]


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


def _timeline(document: Mapping[str, object], places: _Places) -> _Part:
    """The critical path as bars; times are estimates where no service states one."""
    deployment = mapping(document, "firstDeployment")
    total = _number(deployment, "minutes")
    rows = []
    for step in listed(deployment, "criticalPath"):
        starts, minutes = _number(step, "starts"), _number(step, "minutes")
        left, width = (100 * value / total if total else 0.0 for value in (starts, minutes))
        bar = (
            '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect x="{left:.1f}" y="0" width="{max(width, 0.5):.1f}" height="8"/></svg>'
        )
        rows.append([places.link(text(step, "urn")), f"{starts:.1f} min", f"{minutes:.1f} min", bar])
    columns = ("step", "starts at", "takes", "when")
    return _table("timeline", f"First deployment: about {total:.0f} min", columns, rows)


def _inventory(custom: Sequence[Described], component: Mapping[str, str], places: _Places) -> Iterator[str]:
    """Every resource under its component, its inputs folded away."""
    by_component: dict[str, list[Described]] = {}
    for item in custom:
        by_component.setdefault(component[text(item, "urn")] or "the program itself", []).append(item)
    for name, items in sorted(by_component.items()):
        yield f"<details><summary>{escape(name)} ({len(items)})</summary>"
        for item in items:
            mark = " · protected" if item.get("protect") is True else ""
            inputs = json.dumps(item.get("inputs"), indent=2, sort_keys=True, ensure_ascii=False)
            anchor = places.anchors[text(item, "urn")]
            yield (
                f'<details id="{anchor}"><summary>{_code(short_type(text(item, "type")))} '
                f"{_code(text(item, 'name'))}{mark}"
                f"</summary><pre><code>{escape(text(item, 'id'))}\n{escape(inputs)}</code></pre></details>"
            )
        yield "</details>"


def _code(value: str) -> str:
    return f"<code>{escape(value)}</code>"


def _number(item: Mapping[str, object], key: str) -> float:
    found = item.get(key)
    return float(found) if isinstance(found, (int, float)) else 0.0
