"""Where the logs go that a deploying identity must not be able to take away, and what holds their senders there.

The activity log of the environment's subscription, and the logs of the state account and the vault. The workspace lies
with them, out of the deploying identity's reach. The sender of the activity log cannot: it belongs to the subscription
itself. There a policy refuses its deletion; Contributor may neither change nor remove policies.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bootstrap.commands import Command, Json, Shell, field, items, text
from bootstrap.names import Names
from bootstrap.piece import MISSING, Look, Piece
from bootstrap.state import Resource, Wanted

_RETENTION_DAYS = 365
_SETTING = "bootstrap"
_DIAGNOSTICS_API = "2021-05-01-preview"
_POLICY_API = "2023-04-01"
_POLICY = "keep-activity-log-diagnostics"
_SUBSCRIPTION_DIAGNOSTICS = "Microsoft.Resources/subscriptions/providers/diagnosticSettings"
"""The type as Azure Policy names it (Azure/Enterprise-Scale, DenyAction-ActivityLogs.json, read 2026-11-30)."""


@dataclass(frozen=True)
class Diagnostics:
    """One diagnostic setting (learn.microsoft.com rest/api/monitor/diagnostic-settings/create-or-update, read
    2026-11-30)."""

    name: str
    target: str
    workspace: str
    categories: tuple[str, ...]
    needs: tuple[str, ...]

    def look(self, shell: Shell) -> Look:
        """Another workspace, or a category that is off, is a difference; one more category is not."""
        found = shell.look(*_rest("get", self._url), "--output", "json")
        if found is None:
            return MISSING
        workspace = text(found, "properties", "workspaceId")
        wrong = (
            [] if workspace.lower() == self.workspace.lower() else [f"it sends to {workspace or 'nowhere'}"]
        )
        logs = items(found, "properties", "logs")
        sent = {text(one, "category") for one in logs if field(one, "enabled") is True}
        return Look(
            there=True, differences=(*wrong, *(f"{one} is off" for one in self.categories if one not in sent))
        )

    def make(self, shell: Shell) -> list[Command]:
        """The whole setting."""
        logs = [{"category": category, "enabled": True} for category in self.categories]
        body = {"properties": {"workspaceId": self.workspace, "logs": logs}}
        return [(*_rest("put", self._url), "--body", json.dumps(body), "--output", "none")]

    def repair(self, shell: Shell) -> list[Command]:
        """A setting is written as a whole."""
        return self.make(shell)

    @property
    def _url(self) -> str:
        return _url(
            f"{self.target}/providers/Microsoft.Insights/diagnosticSettings/{_SETTING}", _DIAGNOSTICS_API
        )


@dataclass(frozen=True)
class Policy:
    """A policy definition or its assignment. Azure adds properties of its own; ours are compared."""

    name: str
    id: str
    properties: Mapping[str, Json]
    needs: tuple[str, ...] = ()

    def look(self, shell: Shell) -> Look:
        """A rule that lets more pass, or an assignment that is not enforced, is a difference."""
        found = shell.look(*_rest("get", _url(self.id, _POLICY_API)), "--output", "json")
        if found is None:
            return MISSING
        wrong = [
            f"{key} is {json.dumps(field(found, 'properties', key))}, not {json.dumps(value)}"
            for key, value in self.properties.items()
            if _lowered(field(found, "properties", key)) != _lowered(value)
        ]
        return Look(there=True, differences=tuple(wrong))

    def make(self, shell: Shell) -> list[Command]:
        """With its properties."""
        body = json.dumps({"properties": dict(self.properties)})
        return [(*_rest("put", _url(self.id, _POLICY_API)), "--body", body, "--output", "none")]

    def repair(self, shell: Shell) -> list[Command]:
        """As it is made."""
        return self.make(shell)


def log_pieces(names: Names, location: str) -> list[Piece]:
    """The workspace, its senders, and the policy."""
    senders = (
        ("logs of the state", f"{names.account_id}/blobServices/default", "state account", _STORAGE),
        ("logs of the vault", names.vault_id, "vault", _VAULT),
        ("logs of the log workspace", names.log_workspace_id, "log workspace", _WORKSPACE),
        ("activity log", names.subscription_id, "log workspace", _ACTIVITY),
    )
    return [
        Resource(
            "log workspace",
            ("monitor", "log-analytics", "workspace"),
            ("--workspace-name", names.log_workspace, *names.inside),
            ("--location", location),
            (
                Wanted(
                    ("retentionInDays",),
                    _RETENTION_DAYS,
                    ("--retention-time", str(_RETENTION_DAYS)),
                ),
            ),
            ("resource group",),
        ),
        *(
            Diagnostics(
                name,
                target,
                names.log_workspace_id,
                categories,
                tuple(dict.fromkeys(("log workspace", needed))),
            )
            for name, target, needed, categories in senders
        ),
        *_kept(names),
    ]


_STORAGE = ("StorageRead", "StorageWrite", "StorageDelete")
_VAULT = ("AuditEvent", "AzurePolicyEvaluationDetails")
_WORKSPACE = ("Audit",)
_ACTIVITY = ("Administrative", "Security", "Policy", "Alert")


def _kept(names: Names) -> tuple[Policy, Policy]:
    """Nobody deletes the sender of the activity log while this is assigned
    (learn.microsoft.com azure/governance/policy/concepts/effect-deny-action, read 2026-11-30)."""
    of = f"{names.subscription_id}/providers/Microsoft.Authorization"
    definition = f"{of}/policyDefinitions/{_POLICY}"
    rule: Json = {
        "if": {"field": "type", "equals": _SUBSCRIPTION_DIAGNOSTICS},
        "then": {"effect": "denyAction", "details": {"actionNames": ["delete"]}},
    }
    title = "The activity log's diagnostic settings stay"
    return (
        Policy(
            "policy on the activity log",
            definition,
            {"policyType": "Custom", "mode": "All", "displayName": title, "policyRule": rule},
        ),
        Policy(
            "assignment of the policy on the activity log",
            f"{of}/policyAssignments/{_POLICY}",
            {
                "displayName": title,
                "policyDefinitionId": definition,
                "enforcementMode": "Default",
                "notScopes": [],
            },
            ("policy on the activity log", "activity log"),
        ),
    )


def _lowered(value: Json) -> str:
    """Azure writes ids and nothings back in forms of its own."""
    return json.dumps(value or None, sort_keys=True).lower()


def _url(resource_id: str, version: str) -> str:
    return f"https://management.azure.com{resource_id}?api-version={version}"


def _rest(method: str, url: str) -> Command:
    return ("az", "rest", "--method", method, "--url", url)
