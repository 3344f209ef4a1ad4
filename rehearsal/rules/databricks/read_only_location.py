"""Nobody is granted writing on a location that is read-only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_WRITING = ("CREATE_MANAGED_STORAGE", "WRITE_FILES")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    named = resource.text("externalLocation")
    read_only = any(
        named in (location.id, location.text("name")) and location.value("readOnly") is True
        for location in world.of_types((tokens.EXTERNAL_LOCATION,))
    )
    if not named or not read_only:
        return
    lists: list[tuple[str, Mapping[str, object]]] = [("", resource.plain_inputs)]
    lists += [(f"grants[{index}].", grant) for index, grant in enumerate(resource.items("grants"))]
    for path, grant in lists:
        privileges = grant.get("privileges")
        for index, privilege in enumerate(privileges if isinstance(privileges, list) else ()):
            if isinstance(privilege, str) and privilege.upper().replace(" ", "_") in _WRITING:
                yield Violation(
                    f"{path}privileges[{index}]",
                    f"{privilege} on a location that is read-only lets nobody write; leave it out, or set readOnly to "
                    "false",
                )


def _case(privilege: str) -> Case:
    location = {
        "name": "raw",
        "url": "abfss://raw@dlsmldev7k2ap.dfs.core.windows.net/",
        "credentialName": "connector",
        "readOnly": True,
    }
    grants = [{"principal": "data-engineers", "privileges": [privilege]}]
    return Case(
        (
            Declared(tokens.EXTERNAL_LOCATION, location, "raw"),
            Declared(tokens.GRANTS, {"externalLocation": Ref("raw"), "grants": grants}),
        )
    )


RULE = Rule(
    id="DBX283",
    service="Unity Catalog",
    title="no privilege to write on a read-only location",
    applies_to=(tokens.GRANTS, tokens.GRANT),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/external_location.md (read_only)",
    check=_check,
    trips=_case("WRITE_FILES"),
    passes=_case("READ_FILES"),
    severity=Severity.WARNING,
)
