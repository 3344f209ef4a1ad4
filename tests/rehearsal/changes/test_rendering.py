"""The report: golden files, hostile names, limits."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.reports import harmless
from rehearsal.changes.from_engine import from_preview_json
from rehearsal.changes.from_inventories import compare
from rehearsal.changes.markdown import LIMIT, MARKER, MarkdownStyle, render_markdown
from rehearsal.changes.mermaid import mermaid
from rehearsal.changes.model import AccessChange, ComponentNode, PropertyChange, ResourceChange, StackChange
from rehearsal.changes.text import render_text
from rehearsal.model.change_kind import ChangeKind
from tests.rehearsal.changes.inventories import account, costs, grant, inventory, resource

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
    return [
        compare(
            inventory(*old, outputs=costs(data={"lake": 10.0}, Databricks={"pool training, idle": 99.0})),
            inventory(
                *new,
                outputs=costs(
                    data={"lake": 20.0},
                    Databricks={"cluster shared, machines": 298.0, "cluster shared, Databricks units": None},
                ),
            ),
        ),
        replace(from_preview_json(DATA / "preview.json"), stack="prod"),
    ]


@pytest.mark.parametrize(("name", "render"), [("report.md", render_markdown), ("report.txt", render_text)])
def test_a_report_reads_as_its_file(name: str, render: object) -> None:
    assert callable(render)
    expected = (DATA / name).read_text(encoding="utf-8")
    assert render(example()) == expected, f"read it, then: python -m {__name__} (writes tests/data/changes)"


def test_the_verdict_is_the_first_line_and_says_what_matters() -> None:
    first = render_text(example()).splitlines()[0]
    assert first.startswith("dev: would be REFUSED (1): 2 deleted, 1 replaced, 1 updated, 2 created, ")
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
        assert not re.search(r"(?<!\\)\|", MarkdownStyle().cell(name))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_report_with_hostile_names_keeps_its_lines(name: str) -> None:
    harmless = StackChange("dev", (ResourceChange(ChangeKind.DELETE, "urn", POOL, "harmless"),))
    hostile = StackChange("dev", (ResourceChange(ChangeKind.DELETE, "urn", POOL, name),))
    assert render_markdown([hostile]).count("\n") == render_markdown([harmless]).count("\n")
    assert render_text([hostile]).count("\n") == render_text([harmless]).count("\n")
    assert render_markdown([hostile]).count("\n<!--") == 0


def many(kind: ChangeKind, count: int) -> tuple[ResourceChange, ...]:
    properties = tuple(
        PropertyChange(f"tags.key-{index}", '"old"', '"new"', replaces=True) for index in range(3)
    )
    return tuple(
        ResourceChange(kind, f"urn-{index}", POOL, f"pool-{kind}-{index:05}", properties=properties)
        for index in range(count)
    )


def test_every_deletion_and_replacement_is_named_while_names_fit() -> None:
    changes = (*many(ChangeKind.DELETE, 300), *many(ChangeKind.REPLACE, 300), *many(ChangeKind.CREATE, 3_000))
    report = render_markdown([StackChange("dev", changes)])
    assert len(report.encode()) <= LIMIT
    assert all(f"pool-{kind}-{index:05}" in report for kind in ("delete", "replace") for index in range(300))


@pytest.mark.parametrize("count", [1_000, 20_000])
def test_thousands_of_changes_stay_within_the_limit_with_their_counts(count: int) -> None:
    stacks = [
        StackChange(name, (*many(ChangeKind.DELETE, count), *many(ChangeKind.UPDATE, count)))
        for name in ("dev", "prod")
    ]
    report = render_markdown(stacks)
    assert len(report.encode()) <= LIMIT
    assert f"dev: {count} deleted, {count} updated" in report.splitlines()[1]
    assert report.count(f"**deleted** {count} `databricks.InstancePool`") == 2


def test_what_is_cut_is_said() -> None:
    stack = StackChange(
        "dev",
        tuple(
            ResourceChange(
                ChangeKind.UPDATE,
                f"u{index}",
                POOL,
                f"pool-{index}",
                properties=(PropertyChange("x", None, f'"{index}"'),),
            )
            for index in range(5_000)
        ),
    )
    report = render_markdown([stack])
    assert "- **updated** and 4990 more, below\n" in report
    assert re.search(r"- … \d+ more; the whole report: `--format json`", report)


def test_deletions_beyond_every_limit_are_counted_and_the_cut_is_said() -> None:
    types = [f"databricks:index/type{number}:Type{number}{'x' * 300}" for number in range(400)]
    changes = tuple(ResourceChange(ChangeKind.DELETE, f"urn-{name}", name, name) for name in types)
    report = render_markdown([StackChange("dev", changes)])
    assert len(report.encode()) <= LIMIT
    assert "- **dev: 400 deleted, 0 unchanged**" in report


def test_a_report_in_any_script_stays_within_the_limit_in_bytes() -> None:
    changes = tuple(
        ResourceChange(ChangeKind.DELETE, f"urn-{number}", POOL, "\N{SNOWMAN}" * 200)
        for number in range(2_000)
    )
    report = render_markdown([StackChange("dev", changes)])
    assert len(report.encode()) <= LIMIT
    assert "deleted** 2000 `databricks.InstancePool`" in report


def test_updates_that_say_the_same_are_one_line() -> None:
    def update(number: int, *more: PropertyChange) -> ResourceChange:
        tag = PropertyChange(f"place{number}.tags.owner", '"ml"', '"ai"', tag="owner")
        return ResourceChange(
            ChangeKind.UPDATE, f"urn-{number}", POOL, f"pool-{number}", properties=(tag, *more)
        )

    stack = StackChange("dev", (*map(update, range(199)), update(199, PropertyChange("size", "1", "2"))))
    opened = render_markdown([stack]).partition("<details>")[0]
    assert [line for line in opened.splitlines() if "**updated**" in line] == [
        '- **updated** tag `owner` `"ml"` → `"ai"` on 200 resources',
        "- **updated** `databricks.InstancePool pool-199`: `size` `1` → `2`",
    ]


def test_a_long_part_does_not_hide_the_next_stack_in_a_terminal() -> None:
    rows = tuple(
        AccessChange(f"group-{number:03}", "Group", "place", "Reader", gains=True) for number in range(200)
    )
    lines = render_text([StackChange("dev", access=rows), StackChange("prod", access=rows)]).splitlines()
    assert lines.index("prod") < 20
    assert sum("group-199 gains Reader" in line for line in lines) == 2


def test_two_long_values_are_shown_where_they_differ() -> None:
    before, after = ('"' + "a" * 500 + middle + "z" * 500 + '"' for middle in ("OLD", "NEW"))
    change = ResourceChange(
        ChangeKind.UPDATE, "urn", POOL, "p", properties=(PropertyChange("text", before, after),)
    )
    report = render_text([StackChange("dev", (change,))])
    assert f"…{'a' * 24}OLD{'z' * 24}… → …{'a' * 24}NEW{'z' * 24}…" in report


def test_a_hidden_comment_hides_nothing() -> None:
    """A pipeline that takes HTML comments out of a stranger's report must not find one."""
    names = ("<!--", "gone", "-->")
    changes = tuple(ResourceChange(ChangeKind.DELETE, name, POOL, name) for name in names)
    report = render_markdown([StackChange("dev", changes)])
    assert harmless(report.removeprefix(MARKER)).count("**deleted**") == 3


def test_a_table_keeps_its_columns_whatever_a_name_holds() -> None:
    for name in (r"a|b", r"a\|b", r"a\\|b", "|", "``|``"):
        row = AccessChange(name, "Group", name, name, gains=True)
        report = render_markdown([StackChange("dev", access=(row,))])
        (line,) = (line for line in report.splitlines() if "**gains**" in line)
        # GitHub reads a backslash together with what follows it, before it looks for the cell's end.
        assert re.sub(r"\\.", "", line).count("|") == 6


def test_a_program_s_own_text_is_told_line_by_line() -> None:
    report = render_text(
        [StackChange("dev", problem="this change's program: two problems\n  a: one\n  b: two\n")]
    )
    assert [line.strip() for line in report.splitlines()[3:]] == [
        "not compared this change's program: two problems",
        "not compared   a: one",
        "not compared   b: two",
    ]


@pytest.mark.parametrize(
    "name", ['a"]; click c0 "https://example.com"', "end", "x" * 500, "%% comment", "{}", "日本"]
)
def test_a_picture_s_labels_are_only_text(name: str) -> None:
    nodes = (ComponentNode(name, 1), ComponentNode("other", 0, (name,)))
    lines = mermaid(nodes).splitlines()
    assert lines[0] == "```mermaid"
    assert lines[-1] == "```"
    labels = [line for line in lines if line.startswith("  c0[")]
    assert len(labels) == 1
    assert re.fullmatch(r'  c0\["[\w .:/()-]{1,60}<br/>1 changed"\]:::changed', labels[0])


def test_a_picture_too_large_shows_what_changes_or_nothing() -> None:
    every = tuple(f"n{number}" for number in range(100))
    crowded = tuple(ComponentNode(name, int(name in every[:3]), every) for name in every)
    assert mermaid(crowded).count(":::changed") == 3
    assert mermaid(crowded).count("[") == 3
    assert mermaid(tuple(ComponentNode(name, 1, every) for name in every)) == ""


def test_a_secret_is_masked_whatever_form_it_has() -> None:
    sealed = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": "hunter2"}
    change = compare(
        inventory(resource(POOL, "p", {"a": 1})), inventory(resource(POOL, "p", {"a": 1, "b": sealed}))
    )
    for report in (render_text([change]), render_markdown([change]), json.dumps(change.to_json())):
        assert "hunter2" not in report
        assert "[secret]" in report


def main() -> None:
    """Writes the golden files."""
    (DATA / "report.md").write_text(render_markdown(example()), encoding="utf-8")
    (DATA / "report.txt").write_text(render_text(example()), encoding="utf-8")


if __name__ == "__main__":
    main()
