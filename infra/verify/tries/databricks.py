"""Tries of Databricks: entering, reading an object, the caller's own permission on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from azure.core.exceptions import AzureError
from azure.core.rest import HttpResponse

from azure_facts.databricks_groups import EVERYBODY
from azure_facts.databricks_lookups import LOOKUPS, SECURABLES, Lookup
from azure_facts.databricks_permissions import PERMISSION_LEVELS
from azure_facts.unity_catalog import EVERYTHING
from infra.live.databricks import DatabricksWorkspace
from infra.live.errors import CannotLookError
from infra.live.json_values import mapping
from infra.verify.estate import at
from infra.verify.outcome import Step, Verdict, elsewhere, failed, passed
from infra.verify.promise import DATABRICKS
from infra.verify.sign_in import stop_if_ended
from infra.verify.tries.attempt import CALL, Attempt
from infra.verify.tries.azure import cannot

_ME = "/api/2.0/preview/scim/v2/Me"
_ADMINS_ONLY = "/api/2.0/workspace-conf"


@dataclass(frozen=True)
class Room:
    """The workspace as it answers the caller, and the object of the promise in it. `me`: the caller as it is known
    there."""

    attempt: Attempt
    workspace: DatabricksWorkspace
    kind: str
    name: str
    me: Mapping[str, object]

    @property
    def principals(self) -> tuple[str, ...]:
        """The caller's name, then the groups that it is in."""
        groups = self.me.get("groups")
        listed = groups if isinstance(groups, list) else []
        own = (str(self.me.get("userName", "")), *(str(mapping(one).get("display")) for one in listed))
        return tuple(dict.fromkeys((*own, EVERYBODY)))

    def ask(self, path: str, *, method: str = "GET", body: object = None, **query: str) -> HttpResponse:
        """Any status is an answer, but one that says that the sign-in has ended."""
        answer = self.workspace.ask(path, method=method, body=body, **query)
        if answer.status_code == 401:
            stop_if_ended(answer.text())
        return answer


def inside(look: Callable[[Room], Step]) -> Callable[[Attempt], Step]:
    """A try of somebody who is let in; who is not, is told so. Raises ValueError for another form of answer."""

    def tried(attempt: Attempt) -> Step:
        kind, _, rest = attempt.promise.on.removeprefix(DATABRICKS).partition("/")
        name, _, arm_id = rest.rpartition("@")
        if not attempt.promise.on.startswith(DATABRICKS):
            kind, name, arm_id = "workspace", "", attempt.promise.on
        workspace = DatabricksWorkspace(attempt.session, arm_id, attempt.host)
        try:
            answer = workspace.ask(_ME)
            if answer.status_code == 401:
                stop_if_ended(answer.text())
            if answer.status_code >= 300:
                return attempt.graded(answer, "entering the workspace")
            me = mapping(answer.json())
            if "userName" not in me:
                raise ValueError("it names no user")
            room = Room(attempt, workspace, kind, name, me)
            who = attempt.promise.who
            if who.is_of_databricks and who.id not in room.principals:
                return elsewhere(
                    "who", f"it is asked by the Databricks group {who}", f"run it as one of {who.id}"
                )
            return look(room)
        except CannotLookError as error:
            return cannot(attempt, error)
        except AzureError as error:
            return attempt.unanswered(error, "the workspace")

    return tried


def read_object(room: Room) -> Step:
    """The workspace, one of its entitlements, or an object in it, as the caller sees it."""
    action = room.attempt.promise.action
    if action.level == "ADMIN":
        answer = room.ask(_ADMINS_ONLY, keys="enableIpAccessLists")
        return room.attempt.graded(answer, "a setting that admins alone read")
    if action.entitlement:
        return _entitled(room, action.entitlement)
    lookup = LOOKUPS.get(room.kind)
    if lookup is None:
        return passed(CALL, "the workspace lets this identity in")
    found = find(room, lookup)
    return found if isinstance(found, Step) else passed(CALL, f"{room.kind} {room.name}: seen")


def _entitled(room: Room, entitlement: str) -> Step:
    """Entitlements of the caller itself; those of its groups are not in the answer, so that one that is missing tells
    nothing."""
    listed = room.me.get("entitlements")
    held = [mapping(one).get("value") for one in listed] if isinstance(listed, list) else []
    word = entitlement.replace("_", "-")
    if word in held:
        return passed(CALL, f"{word}: held")
    return elsewhere(
        CALL, f"{word} is not this identity's own; a group may give it", "open the workspace in a browser"
    )


def ask_permission(room: Room) -> Step:
    """The caller's level on the object, or its privileges in Unity Catalog."""
    if room.attempt.promise.action.privileges:
        return _privileged(room)
    lookup = LOOKUPS.get(room.kind)
    if lookup is None or not lookup.access or lookup.levels is None:
        return read_object(room)
    found = find(room, lookup)
    if isinstance(found, Step):
        return found
    answer = room.ask(f"/api/2.0/permissions/{lookup.access}/{at(found, lookup.id)}")
    if answer.status_code == 403:
        who = "who may manage it sees the list"
        return elsewhere(
            CALL, f"{room.kind} {room.name}: seen; its access list is not this identity's to read", who
        )
    if answer.status_code >= 300:
        return room.attempt.graded(answer, f"the access list of {room.kind} {room.name}")
    return _levelled(room, answer.json(), PERMISSION_LEVELS[lookup.levels].levels)


def _levelled(room: Room, body: object, levels: tuple[str, ...]) -> Step:
    """`levels`: weakest first. Admins, who hold every level, are listed too."""
    wanted = room.attempt.promise.action.level
    enough = levels[levels.index(wanted) :] if wanted in levels else (wanted,)
    held: set[str] = set()
    listed = mapping(body).get("access_control_list")
    for one in map(mapping, listed if isinstance(listed, list) else ()):
        named = {one.get("user_name"), one.get("group_name"), one.get("service_principal_name")}
        given = one.get("all_permissions")
        if named & {*room.principals} and isinstance(given, list):
            held |= {str(mapping(each).get("permission_level")) for each in given}
    if held & {*enough}:
        return passed(CALL, f"{room.kind} {room.name}: {', '.join(sorted(held))}")
    shown = ", ".join(sorted(held)) or "none"
    return failed(
        CALL, f"{room.kind} {room.name}: {wanted} is needed, held is {shown}", room.attempt.grant_it
    )


def find(room: Room, lookup: Lookup) -> Mapping[str, object] | Step:
    """The object by the name that users see; a step that says why there is none."""
    path = lookup.path
    if not lookup.by and not lookup.listed:
        path = f"{path}/{quote(room.name, safe='')}"
    answer = room.ask(path, **({lookup.by: room.name} if lookup.by else {}))
    if answer.status_code >= 300:
        return room.attempt.graded(answer, f"{room.kind} {room.name}")
    body = mapping(answer.json())
    if not lookup.listed:
        return body
    listed = body.get(lookup.listed)
    for one in listed if isinstance(listed, list) else ():
        if at(one, lookup.name) == room.name:
            return mapping(one)
    mend = f"deploy the stack; {room.attempt.grant_it}"
    return failed(CALL, f"this identity sees no {room.kind} {room.name}", mend)


def _privileged(room: Room) -> Step:
    """Each privilege on the object or on what contains it; who owns one of them needs none."""
    if room.kind not in SECURABLES:
        return elsewhere(
            CALL, f"nothing tells an identity its own privileges on a {room.kind}", "use it once"
        )
    wanted = {one.name for one in room.attempt.promise.action.privileges}
    held: set[str] = set()
    for kind, name in _securables(room):
        securable, folder = SECURABLES[kind]
        shown = room.ask(f"/api/2.1/unity-catalog/{folder}/{quote(name, safe='')}")
        if shown.status_code == 200 and str(mapping(shown.json()).get("owner")) in room.principals:
            return passed(CALL, f"this identity owns {kind} {name}")
        for principal in room.principals:
            told = room.workspace.privileges(securable, name, principal)
            held |= told or set()
        if wanted <= held or held & {*EVERYTHING[:1]}:
            return passed(
                CALL, f"{room.kind} {room.name}: {', '.join(sorted(wanted & held) or sorted(held))}"
            )
    missing = ", ".join(sorted(wanted - held))
    return failed(CALL, f"{room.kind} {room.name}: {missing} is not held", room.attempt.grant_it)


def _securables(room: Room) -> Iterator[tuple[str, str]]:
    """The object, then its schema and its catalog."""
    yield room.kind, room.name
    if room.kind in ("table", "volume"):
        yield "schema", room.name.rpartition(".")[0]
    if room.kind in ("table", "volume", "schema"):
        yield "catalog", room.name.partition(".")[0]


def read_table(room: Room) -> Step:
    """The table's own description, which is for those who may select from it (databricks-sdk-py catalog.TablesAPI.get);
    no warehouse starts for it."""
    if room.kind != "table":
        return _privileged(room)
    answer = room.ask(f"/api/2.1/unity-catalog/tables/{quote(room.name, safe='')}")
    graded = room.attempt.graded(answer, f"table {room.name}")
    return graded if graded.verdict is not Verdict.PASSED else passed(CALL, f"table {room.name}: described")
