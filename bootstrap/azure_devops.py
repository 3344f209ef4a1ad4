"""Azure DevOps: the checks on service connections and environments, before anything trusts their jobs.

Forms of the REST API 7.1 (approvalsandchecks/check-configurations), with the ids that microsoft/terraform-provider-
azuredevops sends (internal/service/approvalsandchecks), read 2026-11-30.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from azure_facts.federated_subjects import names_service_connection
from azure_facts.well_known_applications import AZURE_DEVOPS
from bootstrap.access import Trust
from bootstrap.commands import CannotError, Command, Json, Shell, field, items, text
from bootstrap.piece import MISSING, RIGHT, Look

_TASK_CHECK = "fe1de3ee-a436-41b4-bb20-f6eb4cb879a7"
_BRANCH_CONTROL = "86b05a0c-73e6-4f7d-b3cf-e38f3b39a75b"
_APPROVAL = "8c6f20a7-a545-4486-9777-f762fafe0d4d"
_MAIN = "refs/heads/main"
_CHECKS_VERSION = "7.1-preview.1"
_MINUTES = {"branch control": 1440, "approval": 43_200}

_KINDS = {
    "endpoint": "service connection",
    "environment": "environment",
    "variablegroup": "variable group",
    "queue": "agent pool",
}
"""The types of protected resources, as the checks' API calls them, that are held to main here."""

_LISTS = {
    "endpoint": ("serviceendpoint/endpoints", "endpointNames"),
    "environment": ("distributedtask/environments", "name"),
    "variablegroup": ("distributedtask/variablegroups", "groupName"),
    "queue": ("distributedtask/queues", "queueName"),
}


@dataclass(frozen=True)
class Project:
    """ORGANISATION/PROJECT."""

    name: str

    def address(self, path: str, version: str = "7.1", **query: str) -> str:
        """Of the project's API."""
        organisation, _, project = self.name.partition("/")
        asked = urlencode({**query, "api-version": version}, safe="$")
        return f"https://dev.azure.com/{quote(organisation)}/{quote(project)}/_apis/{path}?{asked}"

    def look(self, shell: Shell, path: str, version: str = "7.1", **query: str) -> list[Json]:
        """The list that it answers."""
        found = shell.look(*_rest("get", self.address(path, version, **query)), "--output", "json")
        return items(found, "value")

    def trust(self, shell: Shell, connection: str) -> Trust:
        """Issuer and subject, as the connection shows them."""
        found = self.find(shell, "endpoint", connection)
        parameters = field(found, "authorization", "parameters")
        subject = text(parameters, "workloadIdentityFederationSubject")
        if not names_service_connection(subject):
            raise CannotError(
                f"service connection {connection} shows the subject {subject!r}: no workload identity of it"
            )
        return Trust(text(parameters, "workloadIdentityFederationIssuer"), subject)

    def find(self, shell: Shell, kind: str, name: str) -> Json:
        """A protected resource by its name; None where there is none."""
        path, key = _LISTS[kind]
        found = self.look(shell, path, **{key: name})
        return next((one for one in found if text(one, "name") == name), None)


@dataclass(frozen=True)
class MadeByHand:
    """A service connection, whose issuer and subject people see first; a variable group, whose secrets they have; an
    agent pool."""

    project: Project
    kind: str
    of: str
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As other pieces need it."""
        return f"{_KINDS[self.kind]} {self.of}"

    def look(self, shell: Shell) -> Look:
        """Whether it is there."""
        if self.project.find(shell, self.kind, self.of) is None:
            how = " (workload identity federation, manual)" if self.kind == "endpoint" else ""
            by_hand = f"it is not there: make it{how}, then run this again"
            return Look(there=True, differences=(by_hand,))
        return RIGHT

    def make(self, shell: Shell) -> list[Command]:
        """Never asked for."""
        return []

    def repair(self, shell: Shell) -> list[Command]:
        """Only people make it."""
        return []


@dataclass(frozen=True)
class PipelineEnvironment:
    """The environment of a deployment job. A run that names one which is not there makes it, without any check."""

    project: Project
    environment: str
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As other pieces need it."""
        return f"pipeline environment {self.environment}"

    def look(self, shell: Shell) -> Look:
        """Whether it is there."""
        return RIGHT if self.project.find(shell, "environment", self.environment) else MISSING

    def make(self, shell: Shell) -> list[Command]:
        """Its name is all that it has."""
        body = json.dumps({"name": self.environment})
        address = self.project.address("distributedtask/environments")
        return [(*_rest("post", address), "--body", body, "--output", "none")]

    def repair(self, shell: Shell) -> list[Command]:
        """There is nothing to differ."""
        return []


@dataclass(frozen=True)
class Check:
    """Branch control (main, protected) or an approval on a protected resource."""

    project: Project
    kind: str
    on: str
    of: str
    reviewers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As other pieces need it."""
        return f"{self.kind} on {_KINDS[self.on]} {self.of}"

    def look(self, shell: Shell) -> Look:
        """Every check of the kind: a second branch control with other branches would open nothing, but confuses."""
        resource = self.project.find(shell, self.on, self.of)
        found = self._found(shell, resource) if resource is not None else []
        if not found:
            return MISSING
        wrong = [
            f"{key} is {_shown(field(found[0], *path))}, not {_shown(value)}"
            for key, path, value in self._wrong(found[0])
        ]
        more = [f"check {field(one, 'id')} is a second one" for one in found[1:]]
        return Look(there=True, differences=(*wrong, *more))

    def make(self, shell: Shell) -> list[Command]:
        """With its settings."""
        resource = self.project.find(shell, self.on, self.of)
        if resource is None:
            raise CannotError(f"{self.name}: there is nothing to check")
        address = self.project.address("pipelines/checks/configurations", _CHECKS_VERSION)
        return [(*_rest("post", address), "--body", self._body(resource), "--output", "none")]

    def repair(self, shell: Shell) -> list[Command]:
        """The first is set right, others go."""
        resource = self.project.find(shell, self.on, self.of)
        found = self._found(shell, resource)
        commands: list[Command] = []
        for place, one in enumerate(found):
            address = self.project.address(
                f"pipelines/checks/configurations/{field(one, 'id')}", _CHECKS_VERSION
            )
            if place:
                commands.append((*_rest("delete", address), "--output", "none"))
            elif self._wrong(one):
                body = self._body(resource, field(one, "id"))
                commands.append((*_rest("patch", address), "--body", body, "--output", "none"))
        return commands

    def _found(self, shell: Shell, resource: Json) -> list[Json]:
        path = "pipelines/checks/configurations"
        of = {"resourceType": self.on, "resourceId": str(field(resource, "id")), "$expand": "settings"}
        return [one for one in self.project.look(shell, path, _CHECKS_VERSION, **of) if self._is(one)]

    def _is(self, check: Json) -> bool:
        if self.kind == "approval":
            return text(check, "type", "id").lower() == _APPROVAL
        return text(check, "settings", "definitionRef", "id").lower() == _BRANCH_CONTROL

    @property
    def _settings(self) -> dict[str, Json]:
        if self.kind == "approval":
            return {
                "approvers": [{"id": one} for one in self.reviewers],
                "minRequiredApprovers": 1,
                "requesterCannotBeApprover": True,
                "instructions": "The plan is in the run's summary (docs/pipelines.md).",
            }
        return {
            "definitionRef": {"id": _BRANCH_CONTROL, "name": "evaluatebranchProtection", "version": "0.0.1"},
            "displayName": "Branch control",
            "inputs": {
                "allowedBranches": _MAIN,
                "ensureProtectionOfBranch": "true",
                "allowUnknownStatusBranch": "false",
            },
        }

    def _wrong(self, check: Json) -> list[tuple[str, tuple[str, ...], Json]]:
        if self.kind == "approval":
            named = sorted(text(one, "id") for one in items(check, "settings", "approvers"))
            wrong: list[tuple[str, tuple[str, ...], Json]] = []
            if named != sorted(self.reviewers):
                wrong.append(("approvers", ("settings", "approvers"), list(self.reviewers)))
            if field(check, "settings", "requesterCannotBeApprover") is not True:
                wrong.append(("requesterCannotBeApprover", ("settings", "requesterCannotBeApprover"), True))
            return wrong
        inputs = ("allowedBranches", "ensureProtectionOfBranch", "allowUnknownStatusBranch")
        wanted = [(key, ("settings", "inputs", key), field(self._settings, "inputs", key)) for key in inputs]
        return [
            (key, path, value)
            for key, path, value in wanted
            if str(field(check, *path)).lower() != value_of(value)
        ]

    def _body(self, resource: Json, number: Json = None) -> str:
        kind = (
            {"id": _APPROVAL, "name": "Approval"}
            if self.kind == "approval"
            else {"id": _TASK_CHECK, "name": "Task Check"}
        )
        body: dict[str, Json] = {
            "type": dict(kind),
            "settings": self._settings,
            "resource": {"type": self.on, "id": str(field(resource, "id")), "name": self.of},
            "timeout": _MINUTES[self.kind],
        }
        return json.dumps(body if number is None else {**body, "id": number})


def value_of(value: Json) -> str:
    """As Azure DevOps writes it back: in any case."""
    return str(value).lower()


def _shown(value: Json) -> str:
    return json.dumps(value)


def _rest(method: str, address: str) -> tuple[str, ...]:
    return ("az", "rest", "--method", method, "--resource", AZURE_DEVOPS, "--url", address)
