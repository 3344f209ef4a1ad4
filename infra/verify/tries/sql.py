"""Tries of SQL: SELECT 1 on a warehouse of Databricks; a token for Synapse's SQL."""

from __future__ import annotations

from azure_facts.databricks_lookups import LOOKUPS
from infra.live.errors import SOME_MINUTES
from infra.live.json_values import mapping
from infra.verify.estate import at
from infra.verify.outcome import Step, Verdict, elsewhere, failed, passed
from infra.verify.promise import DATABRICKS
from infra.verify.tries.attempt import CALL, Attempt
from infra.verify.tries.databricks import Room, find, inside

SQL_SCOPE = "https://database.windows.net/.default"
"""Of Azure SQL and Synapse: what Microsoft's drivers are given tokens of."""
_WAIT = "25s"
"""Less than a request may take; the statement is cancelled then."""


def select_one(attempt: Attempt) -> Step:
    """On a warehouse SELECT 1, which starts a stopped one; of Synapse whether Entra grants a token: its protocol
    takes a driver that is not part of this project (docs/decisions/0085-synapse-sql-is-asked-by-hand.md)."""
    if attempt.promise.on.startswith(DATABRICKS):
        return inside(_on_warehouse)(attempt)
    granted = attempt.token(SQL_SCOPE)
    if granted.verdict is not Verdict.PASSED:
        return granted
    query = f'sqlcmd -S {attempt.host} -d master -G -Q "SELECT 1"'
    found = f"{attempt.host} answers, and a token for it is granted; its protocol takes a driver"
    return elsewhere(CALL, found, f"run {query}")


def _on_warehouse(room: Room) -> Step:
    found = find(room, LOOKUPS["warehouse"])
    if isinstance(found, Step):
        return found
    body = {
        "warehouse_id": str(found.get("id")),
        "statement": "SELECT 1",
        "wait_timeout": _WAIT,
        "on_wait_timeout": "CANCEL",
    }
    answer = room.ask("/api/2.0/sql/statements", method="POST", body=body)
    if answer.status_code >= 300:
        return room.attempt.graded(answer, f"SELECT 1 on {room.name}")
    state = str(at(answer.json(), "status.state"))
    if state == "SUCCEEDED":
        return passed(CALL, f"SELECT 1 on {room.name}: answered")
    if state == "CANCELED":
        return elsewhere(CALL, f"{room.name} is still starting after {_WAIT}", SOME_MINUTES)
    reason = str(mapping(at(answer.json(), "status.error")).get("message", ""))[:160]
    return failed(CALL, f"SELECT 1 on {room.name}: {state} {reason}".rstrip(), room.attempt.grant_it)
