"""The page of one stack: what it tells, and that it needs nothing from anywhere."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from rehearsal.cli import main
from rehearsal.page.page import render_page
from tests.rehearsal.changes.inventories import account, grant, inventory, resource

VOID = {"meta", "br", "rect", "path"}


class Page(HTMLParser):
    """Tags and attributes, the text under each heading, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def document() -> dict[str, object]:
    refusal = {"rule": "KV001", "urn": account("lake")["urn"], "path": "sku", "message": "<b>no</b>"}
    finding = {"urn": "", "policy": "budget-exists", "level": "mandatory", "message": "there is none"}
    step = {"urn": account("lake")["urn"], "starts": 0.0, "minutes": 2.0}
    return inventory(
        {**resource("shop:data:Data", "data"), "custom": False},
        {**account("lake"), "protect": True},
        grant("reader", "analysts"),
        project="shop",
        today="2026-11-21",
        refusals=[refusal],
        policies=[{"findings": [finding]}],
        firstDeployment={"minutes": 2.0, "criticalPath": [step]},
        externalIds=["/subscriptions/x/resourceGroups/hub"],
    )


def test_it_tells_everything_that_the_inventory_holds() -> None:
    page = Page(render_page(document()))
    text = " ".join(page.words)
    for words in (
        "2 resources; 1 would be refused, 1 mandatory policy violations",
        "KV001",
        "<b>no</b>",
        "budget-exists",
        "First deployment: about 2 min",
        "Group analysts",
        "storage.StorageAccount",
        "· protected",
        "/subscriptions/x/resourceGroups/hub",
    ):
        assert words in text
    assert page.open == []


def test_it_loads_nothing_and_runs_nothing() -> None:
    page = Page(render_page(document()))
    assert {"script", "link", "img", "iframe", "object", "base"} & {tag for tag, _ in page.tags} == set()
    loading = {"src", "href", "srcset", "data", "action", "style"}
    values = [
        value or "" for _, attributes in page.tags for key, value in attributes.items() if key in loading
    ]
    assert values
    assert [value for value in values if "url(" in value or "//" in value] == []
    style = render_page(document()).partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_it_fits_a_phone_and_the_dark() -> None:
    text = render_page(document())
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in text
    assert "@media (max-width: 40rem)" in text
    assert "prefers-color-scheme: dark" in text
    page = Page(text)
    tables = sum(tag == "table" for tag, _ in page.tags)
    scrolling = sum(tag == "div" and attributes.get("class") == "scroll" for tag, attributes in page.tags)
    assert tables >= 4
    assert scrolling >= tables


@pytest.mark.parametrize("name", ["</style><script>alert(1)</script>", '"><img src=x>', "a&b", "\u202e"])
def test_hostile_names_are_text(name: str) -> None:
    hostile = inventory(resource("databricks:index/cluster:Cluster", name, {"clusterName": name}))
    page = Page(render_page(hostile))
    assert page.open == []
    assert not {"script", "img"} & {tag for tag, _ in page.tags}
    assert name in "".join(page.words)


def test_the_same_inventory_gives_the_same_bytes() -> None:
    assert render_page(document()) == render_page(document())


def test_the_command_writes_a_page_for_each_inventory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "dev.json").write_text('{"format": 1, "stack": "dev", "resources": []}')
    assert main(["report", str(tmp_path / "dev.json"), "--output", str(tmp_path / "pages")]) == 0
    assert (tmp_path / "pages" / "dev.html").read_text().startswith("<!doctype html>")
    assert main(["report", str(tmp_path / "none.json")]) == 1
    assert "none.json: No such file" in capsys.readouterr().err
