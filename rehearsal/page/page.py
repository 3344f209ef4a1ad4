"""The page: inventory, picture, access, policy findings and the first deployment's timeline of one stack.

Works on the document that `preview --json` writes. Self-contained: no script, nothing loaded from anywhere.
"""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from rehearsal.access import AccessGrant, Described, mapping, short_type
from rehearsal.changes.documents import grants, label, listed, resources, text, texts
from rehearsal.changes.picture import component_names, picture
from rehearsal.page.picture import svg


def render_page(document: Mapping[str, object]) -> str:
    """The HTML of one inventory. The same document gives the same bytes."""
    found = resources(document)
    title = f"{text(document, 'project')} {text(document, 'stack')}"
    style = importlib.resources.files("rehearsal.page").joinpath("style.css").read_text(encoding="utf-8")
    body = [
        f"<h1>{escape(title)}</h1>",
        _verdict(document, found),
        *_section("Would be refused", _finding_rows(document, "refusals"), ("rule", "resource", "why")),
        *_section("Warnings", _finding_rows(document, "warnings"), ("rule", "resource", "why")),
        *_section("Policy findings", _policy_rows(document), ("policy", "level", "resource", "what")),
        "<h2>Components</h2>",
        f'<div class="scroll">{svg(picture(found, ()))}</div>',
        *_timeline(document, found),
        *_section("Access", _access_rows(grants(document)), ("who", "role", "on", "why")),
        "<h2>Resources</h2>",
        *_inventory(found),
        *_section(
            "Taken to exist outside this stack",
            ([_code(name)] for name in texts(document, "externalIds")),
            ("id",),
        ),
    ]
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>\n{style}</style></head><body>",
            *(line for line in body if line),
            "</body></html>",
            "",
        ]
    )


def _verdict(document: Mapping[str, object], found: Sequence[Described]) -> str:
    refusals = len(list(listed(document, "refusals")))
    mandatory = sum(
        text(row, "level") == "mandatory"
        for pack in listed(document, "policies")
        for row in listed(pack, "findings")
    )
    count = sum(item["custom"] is True and not text(item, "type").startswith("pulumi:") for item in found)
    bad = refusals or mandatory
    told = (
        f"{refusals} would be refused, {mandatory} mandatory policy violations"
        if bad
        else "nothing is refused"
    )
    return (
        f'<p class="verdict {"bad" if bad else "good"}">{count} resources; {told}</p>'
        f"<p>Rehearsed for {escape(text(document, 'today'))}, without a cloud.</p>"
    )


def _section(title: str, rows: Iterable[Sequence[str]], headings: Sequence[str]) -> Iterator[str]:
    """A table; an empty one says so, so that nothing is mistaken for missing."""
    listed_rows = list(rows)
    yield f"<h2>{escape(title)} ({len(listed_rows)})</h2>"
    if not listed_rows:
        yield "<p>None.</p>"
        return
    yield '<div class="scroll"><table><thead><tr>' + "".join(f"<th>{name}</th>" for name in headings)
    yield "</tr></thead><tbody>"
    for row in listed_rows:
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>"
    yield "</tbody></table></div>"


def _finding_rows(document: Mapping[str, object], key: str) -> Iterator[list[str]]:
    for row in listed(document, key):
        place = f"{text(row, 'urn').rpartition('::')[2]} {text(row, 'path')}".strip()
        yield [_code(text(row, "rule")), _code(place), escape(text(row, "message"))]


def _policy_rows(document: Mapping[str, object]) -> Iterator[list[str]]:
    for pack in listed(document, "policies"):
        for row in listed(pack, "findings"):
            subject = text(row, "urn").rpartition("::")[2] or "the stack"
            yield [
                _code(text(row, "policy")),
                escape(text(row, "level")),
                _code(subject),
                escape(text(row, "message")),
            ]


def _access_rows(found: Iterable[AccessGrant]) -> Iterator[list[str]]:
    for grant in found:
        limit = " (under a condition)" if grant.condition else ""
        yield [
            _code(f"{grant.principal_type} {grant.principal}".strip()),
            escape(grant.role) + limit,
            _code(grant.scope),
            escape(grant.description),
        ]


def _timeline(document: Mapping[str, object], found: Sequence[Described]) -> Iterator[str]:
    """The critical path as bars; times are estimates where no service states one."""
    deployment = mapping(document, "firstDeployment")
    total = _number(deployment, "minutes")
    labels = {text(item, "urn"): label(item) for item in found}
    rows = []
    for step in listed(deployment, "criticalPath"):
        starts, minutes = _number(step, "starts"), _number(step, "minutes")
        left, width = (100 * value / total if total else 0.0 for value in (starts, minutes))
        bar = f'<span class="bar" style="margin-left:{left:.1f}%;width:{width:.1f}%"></span>'
        rows.append([_code(labels.get(text(step, "urn"), "")), f"{starts:.1f}", f"{minutes:.1f}", bar])
    yield from _section(f"First deployment: about {total:.0f} min", rows, ("step", "starts", "takes", ""))


def _inventory(found: Sequence[Described]) -> Iterator[str]:
    """Every resource under its component, its inputs folded away."""
    component = component_names(found)
    by_component: dict[str, list[Described]] = {}
    for item in found:
        if item["custom"] is True:
            by_component.setdefault(component[text(item, "urn")] or "the program itself", []).append(item)
    for name, items in sorted(by_component.items()):
        yield f"<details><summary>{escape(name)} ({len(items)})</summary>"
        for item in items:
            mark = " · protected" if item.get("protect") is True else ""
            inputs = json.dumps(item.get("inputs"), indent=2, sort_keys=True, ensure_ascii=False)
            yield (
                f"<details><summary>{_code(short_type(text(item, 'type')))} {_code(text(item, 'name'))}{mark}"
                f"</summary><pre><code>{escape(text(item, 'id'))}\n{escape(inputs)}</code></pre></details>"
            )
        yield "</details>"


def _code(value: str) -> str:
    return f"<code>{escape(value)}</code>"


def _number(item: Mapping[str, object], key: str) -> float:
    found = item.get(key)
    return float(found) if isinstance(found, (int, float)) else 0.0
