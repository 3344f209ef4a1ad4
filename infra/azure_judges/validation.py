"""Asks ARM to validate a stack's deployments, and keeps what it answers. Nothing is created.

The request and its answers: Azure/azure-rest-api-specs Microsoft.Resources/deployments/stable/2025-04-01,
deployments.json, Deployments_Validate and its siblings: 200 with what was validated, 202 with Location and Retry-After
while it lasts, 400 with the errors (read 2026-11-30).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from azure.core.exceptions import AzureError
from azure.core.rest import HttpResponse

from azure_facts.deployment_errors import NO_JUDGEMENT, NOT_VALIDATED
from infra.azure_judges.arm_errors import ArmError, arm_errors
from infra.azure_judges.askable import askable
from infra.azure_judges.deployments import DEPLOYMENTS_VERSION, Deployment, MissingGroup, groups_of, plan
from infra.azure_judges.export_files import Export, ExportedResource, LeftOut
from infra.azure_judges.limits import too_large
from infra.live.errors import SOME_MINUTES, CannotLookError, Trouble, cannot_look, looking
from infra.live.json_values import JsonMap, mapping, mappings, text
from infra.live.session import ARM, Session

GROUPS_VERSION = "2021-04-01"
_OF_WHO_DEPLOYS = "make validate as the identity that deploys"
_PAUSE_SECONDS = 5
"""Between two looks at a validation that lasts, where ARM says nothing else."""
_MOST_PAUSE_SECONDS = 60
_REFUSED = (400, 403, 404, 409)
"""Statuses whose body is ARM's judgement of the templates."""


@dataclass(frozen=True)
class Answer:
    """What became of one deployment. `unasked`: why ARM did not judge it, empty where it did. `validated`: how many
    resources ARM says that it looked at. `notes`: its warnings, each with its code first. `whole`: whether it looked at
    everything."""

    scope: str
    resources: tuple[ExportedResource, ...]
    errors: tuple[ArmError, ...] = ()
    notes: tuple[str, ...] = ()
    validated: int = 0
    whole: bool = True
    unasked: str = ""
    run: str = ""


@dataclass(frozen=True)
class Validation:
    """The whole of a stack."""

    stack: str
    answers: tuple[Answer, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def refused(self) -> bool:
        """Whether ARM would refuse a deployment."""
        return any(one.errors for one in self.answers)

    @property
    def whole(self) -> bool:
        """Whether ARM has looked at everything that it was asked."""
        return all(one.whole for one in self.answers)

    @property
    def unasked(self) -> bool:
        """Whether a deployment was not judged."""
        return any(one.unasked for one in self.answers)


@dataclass(frozen=True)
class Judge:
    """`until`: when the time is up, of `time.monotonic`. `level`: how much ARM looks at (`ValidationLevel` of the
    specification)."""

    session: Session
    level: str
    location: str
    until: float

    def validation(self, whole: Export) -> Validation:
        """Every scope, one after the other; a scope without an answer hides none. Raises `CannotLookError` where
        nothing can be asked."""
        export = askable(whole)
        existing = [one for one in groups_of(export) if self._exists(one)]
        asked = plan(export, existing, self.level, self.location)
        answers: list[Answer] = [_missing(one, export.resources) for one in asked.missing]
        for deployment in asked.deployments:
            resources = tuple(one for one in export.resources if one.file in deployment.files)
            answers.append(self._answer(deployment, resources))
        return Validation(export.stack, tuple(answers), export.left_out)

    def _exists(self, group: str) -> bool:
        with looking(group, "Reader"):
            return self.session.ask_arm("GET", group, GROUPS_VERSION) is not None

    def _answer(self, deployment: Deployment, resources: tuple[ExportedResource, ...]) -> Answer:
        scope = deployment.scope
        if reason := too_large(deployment):
            return Answer(scope, resources, unasked=reason)
        try:
            response = self._asked(deployment)
        except CannotLookError as error:
            if error.trouble is Trouble.SIGN_IN:
                raise
            return Answer(scope, resources, unasked=str(error), run=error.run)
        body = mapping(_json(response))
        properties = mapping(body.get("properties"))
        error = mapping(body.get("error")) or mapping(properties.get("error"))
        if text(error.get("code")) in NO_JUDGEMENT:
            return Answer(
                scope, resources, unasked=" ".join(text(error.get("message")).split()), run=_OF_WHO_DEPLOYS
            )
        if error:
            return Answer(scope, resources, errors=arm_errors(error, resources))
        if response.status_code != 200:
            return Answer(scope, resources, unasked="Azure refuses and says no reason", run=SOME_MINUTES)
        if not properties:
            return Answer(
                scope, resources, unasked="the answer is not ARM's; does a proxy answer in its place?"
            )
        diagnostics = mappings(properties.get("diagnostics"))
        return Answer(
            scope,
            resources,
            notes=tuple(_notes(diagnostics)),
            whole=not any(text(one.get("code")) in NOT_VALIDATED for one in diagnostics),
            validated=len(mappings(properties.get("validatedResources"))),
        )

    def _asked(self, deployment: Deployment) -> HttpResponse:
        """The final answer. Raises `CannotLookError` where it is no judgement."""
        url = f"{self.session.base_url}{deployment.path}?api-version={DEPLOYMENTS_VERSION}"
        at = f"the deployment at {deployment.scope}"
        response = self._sent("POST", url, at, deployment.body)
        url = ""
        while response.status_code == 202:
            url = response.headers.get("Location") or url
            if not url:
                raise CannotLookError(
                    f"Azure does not say where the validation of {at} goes on", SOME_MINUTES
                )
            if not url.startswith(f"{self.session.base_url}/"):
                raise CannotLookError(f"the validation of {at} goes on at another host", SOME_MINUTES)
            pause = _pause(response)
            if time.monotonic() + pause > self.until:
                raise CannotLookError(
                    f"the time was up before ARM had validated {at}", "give TIME_LIMIT more seconds"
                )
            time.sleep(pause)
            response = self._sent("GET", url, at, None)
        return response

    def _sent(self, method: str, url: str, at: str, body: JsonMap | None) -> HttpResponse:
        if time.monotonic() > self.until:
            raise CannotLookError(f"the time was up before {at} was asked", "give TIME_LIMIT more seconds")
        try:
            response = self.session.within(self.until - time.monotonic()).send(
                method, url, f"{ARM}/.default", body
            )
            if response.status_code not in _REFUSED:
                response.raise_for_status()
        except AzureError as error:
            raise cannot_look(error, at, "Contributor") from error
        return response


def _missing(group: MissingGroup, resources: Iterable[ExportedResource]) -> Answer:
    message = f"there is no resource group {group.scope}, and the stack does not declare it"
    meant = tuple(one for one in resources if one.file == group.file)
    return Answer(group.scope, meant, errors=(ArmError("ResourceGroupNotFound", message),))


def _notes(diagnostics: Iterable[JsonMap]) -> Iterator[str]:
    for one in diagnostics:
        told = ": ".join(filter(None, (text(one.get("target")), " ".join(text(one.get("message")).split()))))
        if text(one.get("code")) in NOT_VALIDATED or text(one.get("level")) in ("Warning", "Error"):
            yield f"{text(one.get('code'))}: {told}"


def _pause(response: HttpResponse) -> float:
    try:
        said = float(response.headers.get("Retry-After") or _PAUSE_SECONDS)
    except ValueError:
        said = _PAUSE_SECONDS
    return min(max(said, 0), _MOST_PAUSE_SECONDS)


def _json(response: HttpResponse) -> object:
    try:
        return response.json()
    except ValueError:
        return None
