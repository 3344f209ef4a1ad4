"""The page of one stack: what it tells, and that it needs nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from rehearsal.changes.model import ComponentNode
from rehearsal.changes.picture import reduced
from rehearsal.cli import main
from rehearsal.model.inventory import Inventory
from rehearsal.model.promised import OpenRoad, Promised
from rehearsal.page.page import render_page
from rehearsal.page.picture import svg
from tests.rehearsal.changes.inventories import account, costs, grant, inventory, resource

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


def document() -> Inventory:
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
        policies=[{"pack": "ours", "findings": [finding]}],
        firstDeployment={"minutes": 2.0, "criticalPath": [step]},
        externalIds=["/subscriptions/x/resourceGroups/hub"],
    )


def test_it_tells_everything_that_the_inventory_holds() -> None:
    page = Page(render_page(document()))
    text = " ".join(page.words)
    for words in (
        "2 resources; 1 would be refused, 1 mandatory policy violation",
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
    assert {"script", "link", "img", "iframe", "object", "base", "form"} & {
        tag for tag, _ in page.tags
    } == set()
    assert not {key for _, attributes in page.tags for key in attributes if key.startswith("on")}
    loading = {"src", "href", "srcset", "data", "action", "style"}
    values = {
        value or "" for _, attributes in page.tags for key, value in attributes.items() if key in loading
    }
    # Links lead to places on the page.
    assert values
    assert {value for value in values if not value.startswith("#")} == set()
    style = render_page(document()).partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_its_security_policy_lets_nothing_in_but_its_own_style() -> None:
    text = render_page(document())
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert " style=" not in text


def test_every_link_leads_somewhere_and_every_place_is_one() -> None:
    page = Page(render_page(document()))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {attributes["href"] for tag, attributes in page.tags if tag == "a"}
    assert {"#refused", "#access", "#resources", "#resource-1"} <= links
    assert {str(link).removeprefix("#") for link in links} <= set(ids)
    named = {attributes["aria-labelledby"] for _, attributes in page.tags if "aria-labelledby" in attributes}
    assert named <= set(ids)


def test_it_reads_without_sight_and_without_a_mouse() -> None:
    page = Page(render_page(document()))
    assert ("html", {"lang": "en"}) in page.tags
    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert headings[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(headings))
    headers = [attributes for tag, attributes in page.tags if tag == "th"]
    assert headers
    assert all(attributes.get("scope") in ("col", "rowgroup") for attributes in headers)
    scrolled = [attributes for _, attributes in page.tags if attributes.get("class") == "scroll"]
    assert scrolled
    assert all(attributes.get("tabindex") == "0" for attributes in scrolled)
    assert {"header", "nav", "main", "footer"} <= {tag for tag, _ in page.tags}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_colours_can_be_told_from_the_page(scheme: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1 for text."""
    style = render_page(document()).partition("<style>")[2].partition("</style>")[0]
    block = style.split(":root {")[1 if scheme == "light" else 2].partition("}")[0]
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]+)", block))
    for name in ("text", "quiet", "link", "good", "bad"):
        for ground in ("page", "soft"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_it_tells_costs_by_part_with_what_counts_as_0() -> None:
    outputs = costs(serving={"AKS": 18.0, "GPU pool": 0.0, "odd": None})
    outputs["monthly_cost"]["counted_as_0"] = {"GPU pool": "cost.hours.gpu"}
    text = " ".join(Page(render_page(inventory(account("lake"), outputs=outputs))).words)
    assert "Costs: 18 USD a month" in text
    assert "serving: 18 USD" in text
    assert "cost.hours.gpu" in text
    assert "no price" in text


def test_the_gravest_comes_first_and_what_is_empty_is_hidden_and_named_at_the_end() -> None:
    page = render_page(document())
    headings = re.findall(r'<h2 id="(\w+)">', page)
    assert headings == ["refused", "violated", "access", "components", "timeline", "resources", "outside"]
    nothing = (
        "The program failed, Promises that are not kept, Warnings, Advice of policies, Costs, Promises and "
        "requirements, Open roads without a promise"
    )
    assert f"<p>Nothing to tell of: {nothing}.</p>" in page
    assert "None." not in page


def test_a_program_that_failed_has_a_page_that_says_why() -> None:
    page = render_page(inventory(account("lake"), error="mlplatform:ml: <b> is missing"))
    assert '<p class="verdict bad">1 resource; the program failed, and nothing was checked</p>' in page
    assert re.findall(r'<h2 id="(\w+)">', page)[0] == "failed"
    assert "mlplatform:ml: &lt;b&gt; is missing" in page


def test_half_of_a_surrogate_pair_can_be_written() -> None:
    render_page(inventory(resource("databricks:index/cluster:Cluster", "a\ud800b"))).encode()


def test_a_picture_leaves_out_needs_that_follow_from_others() -> None:
    nodes = (ComponentNode("a", 0), ComponentNode("b", 0, ("a",)), ComponentNode("c", 0, ("a", "b")))
    assert [node.needs for node in reduced(nodes)] == [(), ("a",), ("b",)]


def test_components_that_need_each_other_keep_their_needs() -> None:
    nodes = (ComponentNode("a", 0, ("b",)), ComponentNode("b", 0, ("a",)))
    assert reduced(nodes) == nodes
    assert svg(nodes).count("<path") == 2


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


def test_it_tells_promises_the_failing_first_and_roads_that_nobody_is_promised() -> None:
    failing = Promised("promise", "writes", "analyst: write blobs", "closed", missing="no right: none")
    kept = Promised(
        "promise", "reads", "analyst: read blobs", "open", road=("the endpoint",), right=("Reader",)
    )
    roads = (
        OpenRoad("anywhere", "lake (blob)", promised=False),
        OpenRoad("hub", "lake (dfs)", promised=True),
    )
    page = render_page(Inventory("dev", promises=(kept, failing), roads=roads))
    assert page.index("no right: none") < page.index("the endpoint; Reader")
    assert "1 promise not kept" in page
    assert "lake (blob)" in page
    assert "lake (dfs)" not in page
