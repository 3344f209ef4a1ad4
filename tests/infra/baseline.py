"""The baseline of the last release: what every scenario is known by, in `releases/VERSION/`.

`prod` and dev under the scenarios' stack name (`dev-as-test`) are written in full. A scenario is dev with a patch, so
its file says what differs: resources that are `gone`, and `resources` that are new or others. `~` in an id stands for
the file's `prefix`, with which most ids begin.

A release writes its own with `python -m tests.infra.baseline`; between releases nobody writes there.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

import yaml

from rehearsal.changes.compatibility import Break, Identities, from_document, identities, to_document
from rehearsal.inventory import write_atomically
from rehearsal.model.inventory import Inventory
from rehearsal.model.json_reader import JsonReader, parse_json
from tests.infra.platforms import ALL, ROOT, dev_as_test, rehearsed

RELEASES = ROOT / "releases"
DEV = "dev-as-test"
COMPARED = (DEV, *(name for name in ALL if name != "dev"))
"""Dev under its own name deploys the same, so it is not compared twice."""


_GROUP = re.compile(r"^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/")


@dataclass(frozen=True)
class Migration:
    """One documented change of what a release must not change (`releases/migrations.yaml`). `since` is the release
    that makes it; `resource` a pattern of the URN without stack and project; `what` is urn, id or a property path."""

    since: str
    resource: str
    what: str
    why: str

    def allows(self, one: Break) -> bool:
        """Whether this break is the documented one."""
        return self.what == one.what and fnmatchcase(one.resource, self.resource)


def migrations(path: Path = RELEASES / "migrations.yaml") -> list[Migration]:
    """Those of the release that is being made: older ones are part of the baseline."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    return [one for one in (Migration(**entry) for entry in listed) if one.since == this_version()]


def undocumented(found: Iterable[Break], documented: Iterable[Migration]) -> Iterator[str]:
    """What is broken and no migration says so."""
    listed = list(documented)
    yield from (str(one) for one in found if not any(migration.allows(one) for migration in listed))


def last_release() -> str:
    """The newest version that has a baseline."""
    return max((path.name for path in RELEASES.iterdir() if path.is_dir()), key=_numbers)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def this_version() -> str:
    """Of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def inventory_of(name: str) -> Inventory:
    """What this checkout would deploy."""
    return (dev_as_test() if name == DEV else rehearsed(name)).inventory


def baseline_of(name: str, version: str, releases: Path = RELEASES) -> Identities:
    """What that release deployed."""
    gone, own = _read(releases / version / f"{name}.json")
    if name in (DEV, "prod"):
        return own
    _, shared = _read(releases / version / f"{DEV}.json")
    return {**{urn: one for urn, one in shared.items() if urn not in gone}, **own}


def _read(path: Path) -> tuple[set[str], Identities]:
    document = parse_json(path.read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    reader = JsonReader(document)
    prefix, found = reader.text("prefix"), from_document(reader.reader("resources"))
    whole = {urn: replace(one, id=re.sub(r"^~", prefix, one.id)) for urn, one in found.items()}
    return set(reader.texts("gone")), whole


def render(found: Identities, base: Identities | None) -> str:
    """One line a resource, so that a difference between two releases reads as one."""
    gone = sorted(base.keys() - found.keys()) if base else []
    own = {urn: one for urn, one in found.items() if not base or base.get(urn) != one}
    prefix = _commonest_prefix(own)
    short = {urn: replace(one, id=one.id.replace(prefix, "~", 1)) for urn, one in own.items()}
    sections: Mapping[str, object] = {"prefix": prefix, "gone": gone, "resources": to_document(short)}
    lines = [f'"{name}":{_lines(section)}' for name, section in sections.items()]
    return "{" + ",\n".join(lines) + "}\n"


def _commonest_prefix(found: Identities) -> str:
    """`/subscriptions/…/resourceGroups/…/providers/`."""
    count = Counter(match[0] for one in found.values() if (match := _GROUP.match(one.id)))
    return count.most_common(1)[0][0] if count else "~"


def _lines(section: object) -> str:
    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    if isinstance(section, dict):
        return "{\n" + ",\n".join(f"{text(key)}:{text(value)}" for key, value in section.items()) + "}"
    return "[\n" + ",\n".join(map(text, section)) + "]" if isinstance(section, list) else text(section)


def main() -> None:
    """Write this version's baseline."""
    folder = RELEASES / this_version()
    base = identities(inventory_of(DEV))
    for name in COMPARED:
        found = identities(inventory_of(name))
        text = render(found, None if name in (DEV, "prod") else base)
        write_atomically(folder / f"{name}.json", text)


if __name__ == "__main__":
    main()
