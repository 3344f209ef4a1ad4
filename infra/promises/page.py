"""The page of promises: the form of the output, the words of actions, and what each stack promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.actions import ACTIONS, Action, ClusterContent
from infra.promises.made import NODES, REGISTRY_FILES, REGISTRY_IMAGES
from infra.promises.places import places
from infra.promises.platform import promises
from infra.promises.promise import Promise
from infra.promises.site import Site
from infra.settings.platform import PlatformSettings

_INTRODUCTION = """\
A promise says who can do something on the deployed platform, and from where. Each line is one promise. The
program computes them from its settings (`infra/promises/`) and exports them as the output `promises`. Before
anything is deployed, the rehearsal judges each by its road (is there a way through the network?) and its
right (is the permission granted?). After a deployment, `make verify` tries the same on the real platform.
Only parts that the settings declare have promises. *Road* and *right* name the declared resources that keep
the promise. Facts outside the program are taken *as the settings say*.

Promises follow from what people and services need, not from the grants that serve them: several grants may
serve one promise. A grant that serves no promise and that no service needs is superfluous."""

_FORM: tuple[tuple[str, str], ...] = (
    ("form", "1"),
    (
        "places.<name>",
        "a place outside the program: `kind` `network` (with `network`, its ARM id) or `internet`; `ranges` of its "
        "addresses; `resolves`, the private DNS zones that its resolver answers for; `peered_back`; `source`, the "
        "setting that says so",
    ),
    (
        "promises.<name>.who",
        "exactly one of `persona` (with `group`, the Entra group's object id, and `databricks`, the group's name "
        "there), `identity` (ARM id of a user-assigned identity), `system` (ARM id of the resource whose own identity "
        "it is), "
        "`application` (client id, with `object_id`), `group` (object id, or a name in Databricks); and `name` for "
        "readers",
    ),
    (
        "promises.<name>.from",
        "exactly one of `place` (a key of `places`), `subnet`, `managed_network` (of an ML workspace), `databricks` "
        "(with `plane`: `classic`, `serverless` or `control`), `service` (the network that a service is in), "
        "`kubernetes` (a cluster's pods); each but the first by ARM id",
    ),
    ("promises.<name>.does", "a word of the table below"),
    (
        "promises.<name>.on",
        "an ARM id, or `databricks:<kind>/<name>@<ARM id of the workspace>`; empty with `reach` and a host",
    ),
    (
        "promises.<name>.over",
        "`group` (a sub-resource of private link) or `host`, and `port`; left out = the word's own",
    ),
    ("promises.<name>.setting", "the configuration key that gives road and right"),
)

Kept = Mapping[str, tuple[str, str]]
"""By a promise's name: what makes its road, and what gives its right."""

_MADE = (
    "Values that only the service knows, such as the id of a cluster's nodes, are there after its creation."
)
_WORDS = """\
The table lists the rights that each word needs. A right is an operation of Azure (**data** for a data
action), a permission or entitlement of Databricks, or privileges of Unity Catalog. The owner of an object
needs no privileges on it."""


def promises_page(stacks: Mapping[str, PlatformSettings], kept: Mapping[str, Kept], written_by: str) -> str:
    """The page; `stacks` by their names, `kept` says of each what keeps its promises, `written_by` is the line that
    says how the page is made. Raises KeyError for a promise of which `kept` says nothing."""
    lines = ["# Promises", "", written_by, "", _INTRODUCTION, ""]
    for stack, settings in stacks.items():
        lines += [f"## {stack}", "", *_places(Site(settings)), "", *_stack(settings, kept[stack]), ""]
    lines += ["## The output", "", "Any Pulumi program may export `promises`. Form 1:", "", *_form(), ""]
    lines += [_MADE, "", "## Words", "", _WORDS, "", *_words(), ""]
    return "\n".join(lines).rstrip() + "\n"


def _form() -> Iterator[str]:
    yield "| key | what it says |"
    yield "|---|---|"
    for key, text in _FORM:
        yield f"| `{key}` | {text} |"


def _places(site: Site) -> Iterator[str]:
    yield "| place | what it is | as the settings say |"
    yield "|---|---|---|"
    for key, place in places(site).items():
        where = str(place.get("network", "")).rpartition("/")[2]
        ranges = place.get("ranges")
        addresses = ", ".join(str(item) for item in ranges) if isinstance(ranges, list) else ""
        what = " ".join(part for part in (where or str(place["kind"]), addresses) if part)
        yield f"| {key} | {what} | {_code(str(place.get('source', '')))} |"


def _stack(settings: PlatformSettings, kept: Kept) -> Iterator[str]:
    words = {key: key.replace("-", " ") for key in (REGISTRY_FILES, REGISTRY_IMAGES, NODES)}
    yield "| promise | who | from | does | on | over | road | right | setting |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for item in sorted(promises(settings, words), key=lambda promise: promise.name):
        cells = (
            item.name,
            item.who.name,
            _from(item),
            item.does,
            _on(item),
            _over(item),
            *kept[item.name],
            _code(item.setting),
        )
        yield f"| {' | '.join(cells)} |"


def _from(item: Promise) -> str:
    plane = f", {item.origin.plane} plane" if item.origin.plane else ""
    kind = "" if item.origin.kind == "place" else f"{item.origin.kind.replace('_', ' ')} "
    return f"{kind}{item.origin.id.rpartition('/')[2]}{plane}"


def _on(item: Promise) -> str:
    """An object of Databricks by kind and name, a resource by its own name and what it is part of."""
    text = item.on if isinstance(item.on, str) else ""
    if text.startswith("databricks:"):
        kind, _, name = text.partition("@")[0].removeprefix("databricks:").partition("/")
        return f"{kind} {name}".strip()
    if "/" not in text:
        return text
    _, _, tail = text.partition("/providers/")
    parts = tail.split("/")
    # Provider, type, name, and pairs below.
    names = [name for name in parts[2::2] if name != "default"] if tail else [text.rpartition("/")[2]]
    return "/".join(names)


def _over(item: Promise) -> str:
    over = item.over()
    return " ".join(str(over[key]) for key in ("group", "host", "port") if key in over)


def _words() -> Iterator[str]:
    yield "| word | right | over | tried by | source |"
    yield "|---|---|---|---|---|"
    for row in sorted(ACTIONS.values(), key=lambda action: action.word):
        over = row.groups[0] if row.groups else row.host
        door = f"{over} {row.port}" if over and row.needs_road else ""
        yield f"| {row.word} | {_right(row)} | {door} | {row.trial} | {row.source} |"


def _right(row: Action) -> str:
    parts = [
        *(f"{operation.name}{' **data**' if operation.data else ''}" for operation in row.operations),
        *((row.level,) if row.level else ()),
        *((f"entitlement {row.entitlement}",) if row.entitlement else ()),
        *(privilege.name for privilege in row.privileges),
        *(_content(row.cluster) if row.cluster else ()),
    ]
    return "<br>".join(parts)


def _content(content: ClusterContent) -> Iterator[str]:
    yield from (f"package {package}" for package in content.packages)
    yield from (f"variable {variable}, where the workspace is not linked" for variable in content.variables)


def _code(text: str) -> str:
    return f"`{text}`" if text else ""
