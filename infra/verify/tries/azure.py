"""Tries through Resource Manager: reading a resource, and asking which operations the caller holds on it."""

from __future__ import annotations

from collections.abc import Iterator

from azure.core.exceptions import AzureError

from azure_facts.action_tables.action import Operation, Where
from azure_facts.arm_id_parsing import arm_type_of, levels
from azure_facts.roles import Permission
from infra.live.errors import CannotLookError, Trouble
from infra.live.json_values import mapping
from infra.live.session import ARM
from infra.verify.outcome import Step, elsewhere, failed, passed
from infra.verify.sign_in import stop_if_ended
from infra.verify.tries.attempt import CALL, Attempt

ARM_SCOPE = f"{ARM}/.default"
_PERMISSIONS_VERSION = "2022-04-01"
_MOST_PAGES = 20


def read_resource(attempt: Attempt) -> Step:
    """The resource is there, and the caller may read it."""
    name = attempt.promise.on.rpartition("/")[2]
    try:
        found = attempt.estate.resource(attempt.promise.on)
    except CannotLookError as error:
        return cannot(attempt, error)
    if found is None:
        return failed(CALL, f"there is no {attempt.promise.on}", "deploy the stack")
    return passed(CALL, f"{name}: read")


def ask_permissions(attempt: Attempt) -> Step:
    """The caller's own permissions on the object hold every operation that the action needs (learn.microsoft.com
    rest/api/authorization/permissions, List For Resource: all permissions the caller has)."""
    lacking: list[str] = []
    for scope, operations in _by_scope(attempt):
        try:
            held = list(_held(attempt, scope))
        except AzureError as error:
            return attempt.unanswered(error, "the caller's permissions")
        except _NotToldError as told:
            return told.step
        lacking += [
            one.name for one in operations if not any(each.permits(one.name, data=one.data) for each in held)
        ]
    if lacking:
        return failed(CALL, f"not allowed: {', '.join(lacking)}", attempt.grant_it)
    return passed(CALL, f"{len(attempt.promise.action.operations)} operations are allowed")


class _NotToldError(Exception):
    def __init__(self, step: Step) -> None:
        super().__init__(step.found)
        self.step = step


def _by_scope(attempt: Attempt) -> Iterator[tuple[str, list[Operation]]]:
    """Each scope with the operations that Azure asks for there, their types filled in."""
    by_scope: dict[str, list[Operation]] = {}
    for operation in attempt.promise.action.operations:
        scope = scope_of(attempt, operation.at)
        name = operation.name.replace("{type}", arm_type_of(scope))
        by_scope.setdefault(scope, []).append(Operation(name, operation.data, operation.at))
    yield from by_scope.items()


def scope_of(attempt: Attempt, where: Where) -> str:
    """The ARM id at which an operation of the action is asked for. That of a Databricks object is its workspace."""
    on = attempt.promise.on.rpartition("@")[2]
    if where is Where.OBJECT:
        return on
    depth = 3 if where is Where.RESOURCE else 2
    return on[: len(levels(on)[:depth][-1])]


def _held(attempt: Attempt, scope: str) -> Iterator[Permission]:
    path = f"{scope}/providers/Microsoft.Authorization/permissions?api-version={_PERMISSIONS_VERSION}"
    url = f"{attempt.session.base_url}{path}"
    for _ in range(_MOST_PAGES):
        answer = attempt.send("GET", url, ARM_SCOPE)
        if answer.status_code == 403:
            raise _NotToldError(
                elsewhere(
                    CALL,
                    "this identity may not read its own permissions there",
                    "ask it with what it is for, or give it Microsoft.Authorization/permissions/read",
                )
            )
        if answer.status_code >= 300:
            raise _NotToldError(attempt.graded(answer, "the caller's permissions"))
        body = answer.json()
        for one in body.get("value", []):
            yield Permission(
                _texts(one, "actions"),
                _texts(one, "notActions"),
                _texts(one, "dataActions"),
                _texts(one, "notDataActions"),
            )
        url = str(body.get("nextLink") or "")
        if not url:
            return


def _texts(one: object, key: str) -> tuple[str, ...]:
    found = mapping(one).get(key)
    return tuple(map(str, found)) if isinstance(found, list) else ()


def cannot(attempt: Attempt, error: CannotLookError) -> Step:
    """What a failed look at a resource says of the promise."""
    stop_if_ended(str(error))
    if error.trouble is Trouble.THROTTLED:
        return elsewhere(CALL, str(error), error.run)
    if error.trouble is Trouble.FORBIDDEN:
        return failed(CALL, str(error), attempt.grant_it)
    return failed(CALL, str(error), "see the road to management.azure.com, then the same again")
