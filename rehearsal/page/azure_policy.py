"""What the page says of Azure Policy beside its refusals and warnings."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rehearsal.access import plural
from rehearsal.azure_policy.report import verdict_line
from rehearsal.model.azure_policy import AzurePolicies
from rehearsal.page.parts import Part, table

_COLUMNS = ("policy", "resources", "why")


def azure_policy_part(found: AzurePolicies) -> Part:
    """The counts, and what could not be decided or evaluated."""
    rows = table("azure-policy", "Azure Policy", _COLUMNS, _rows(found))
    return Part(rows.anchor, "Azure Policy", (f"<p>{escape(verdict_line(found))}</p>", *rows.lines))


def _rows(found: AzurePolicies) -> Iterator[list[str]]:
    for one in found.undecided:
        count = plural(len(one.urns), "resource")
        yield [escape(f"{one.effect} of {one.policy}"), escape(f"{count}: undecided"), escape(one.reason)]
    for each in found.unevaluated:
        yield [escape(each.policy), "not evaluated", escape(each.reason)]
