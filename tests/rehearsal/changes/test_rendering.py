"""The report: golden files, hostile names, limits."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rehearsal.changes.from_engine import from_preview_json
from rehearsal.changes.from_inventories import compare
from rehearsal.changes.markdown import LIMIT, MarkdownStyle, render_markdown
from rehearsal.changes.model import Kind, PropertyChange, ResourceChange, StackChange
from rehearsal.changes.text import render_text
from tests.rehearsal.changes.inventories import account, grant, inventory, resource

DATA = Path(__file__).parents[2] / "data" / "changes"
POOL = "databricks:index/instancePool:InstancePool"


def example() -> list[StackChange]:
    """A change with something of everything, and a real preview beside it."""
    old = [
        account("lake", isHnsEnabled=False),
        account("models"),
        grant("old", "analysts"),
        resource(POOL, "training"),
    ]
    new = [
        account("lake", isHnsEnabled=True, tags={"owner": "ai"}),
        account("models", enableNfsV3=True, tags={"owner": "ai"}),
        grant("new", "engineers"),
        resource("databricks:index/cluster:Cluster", "shared"),
    ]
    return [compare(inventory(*old), inventory(*new)), from_preview_json(DATA / "preview.json", "prod")]


@pytest.mark.parametrize(("name", "render"), [("report.md", render_markdown), ("report.txt", render_text)])
def test_a_report_reads_as_its_file(name: str, render: object) -> None:
    assert callable(render)
    expected = (DATA / name).read_text(encoding="utf-8")
    assert render(example()) == expected, f"read it, then: python -m {__name__} (writes tests/data/changes)"


def test_the_verdict_is_the_first_line_and_says_what_matters() -> None:
    first = render_text(example()).splitlines()[0]
    assert first.startswith("dev: 2 deleted, 1 replaced, 1 updated, 2 created, ")
    assert "1 would be REFUSED" in first
    assert "access: 1 gained, 1 lost" in first


def test_the_same_changes_give_the_same_bytes() -> None:
    assert render_markdown(example()) == render_markdown(example())


HOSTILE = [
    "`code`",
    "```\nfence\n```",
    "a | b",
    "<img src=x onerror=alert(1)>",
    "@everyone",
    "[click](https://example.com)",
    "line\nbreak\r\n# heading",
    "\x1b[31mred",
    "\u202egnp.exe",
    "<!-- rehearsal: changes -->",
    "",
    "   ",
    "x" * 100_000,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_inside_one_code_span(name: str) -> None:
    shown = MarkdownStyle().code(name)
    assert "\n" not in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert len(shown) < 1_000
    if name.strip():
        fence = re.match(r"`+", shown)
        assert fence
        inside = shown[len(fence[0]) : -len(fence[0])]
        assert fence[0] not in inside
        assert not re.search(r"(?<!\\)\|", inside)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_report_with_hostile_names_keeps_its_lines(name: str) -> None:
    harmless = StackChange("dev", (ResourceChange(Kind.DELETE, "urn", POOL, "harmless"),))
    hostile = StackChange("dev", (ResourceChange(Kind.DELETE, "urn", POOL, name),))
    assert render_markdown([hostile]).count("\n") == render_markdown([harmless]).count("\n")
    assert render_text([hostile]).count("\n") == render_text([harmless]).count("\n")
    assert render_markdown([hostile]).count("\n<!--") == 0


def many(kind: Kind, count: int) -> tuple[ResourceChange, ...]:
    properties = tuple(
        PropertyChange(f"tags.key-{index}", '"old"', '"new"', replaces=True) for index in range(3)
    )
    return tuple(
        ResourceChange(kind, f"urn-{index}", POOL, f"pool-{kind}-{index:05}", properties=properties)
        for index in range(count)
    )


def test_every_deletion_and_replacement_is_named_while_names_fit() -> None:
    changes = (*many(Kind.DELETE, 300), *many(Kind.REPLACE, 300), *many(Kind.CREATE, 3_000))
    report = render_markdown([StackChange("dev", changes)])
    assert len(report) <= LIMIT
    assert all(f"pool-{kind}-{index:05}" in report for kind in ("delete", "replace") for index in range(300))


@pytest.mark.parametrize("count", [1_000, 20_000])
def test_thousands_of_changes_stay_within_the_limit_with_their_counts(count: int) -> None:
    stacks = [
        StackChange(name, (*many(Kind.DELETE, count), *many(Kind.UPDATE, count))) for name in ("dev", "prod")
    ]
    report = render_markdown(stacks)
    assert len(report) <= LIMIT
    assert f"dev: {count} deleted, {count} updated" in report.splitlines()[1]
    assert report.count(f"**deleted** {count} `databricks.InstancePool`") == 2


def test_what_is_cut_is_said() -> None:
    stack = StackChange(
        "dev",
        tuple(
            ResourceChange(
                Kind.UPDATE,
                f"u{index}",
                POOL,
                f"pool-{index}",
                properties=(PropertyChange("x", None, f'"{index}"'),),
            )
            for index in range(5_000)
        ),
    )
    report = render_markdown([stack])
    assert re.search(r"… \d+ more lines; the whole report", report)


def test_a_secret_is_masked_whatever_form_it_has() -> None:
    sealed = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "hunter2"}
    change = compare(
        inventory(resource(POOL, "p", {"a": 1})), inventory(resource(POOL, "p", {"a": 1, "b": sealed}))
    )
    for report in (render_text([change]), render_markdown([change]), json.dumps(change.to_json())):
        assert "hunter2" not in report
        assert "[secret]" in report


def main() -> None:
    """Writes the golden files anew."""
    (DATA / "report.md").write_text(render_markdown(example()), encoding="utf-8")
    (DATA / "report.txt").write_text(render_text(example()), encoding="utf-8")


if __name__ == "__main__":
    main()
