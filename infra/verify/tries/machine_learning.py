"""Tries of Azure ML: an endpoint's swagger, and a job that does nothing."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Mapping

from azure.core.exceptions import AzureError
from azure.core.rest import HttpResponse

from infra.live.errors import CannotLookError
from infra.live.json_values import mapping
from infra.verify.estate import at
from infra.verify.outcome import Step, Verdict, elsewhere, failed, passed
from infra.verify.tries.attempt import CALL, Attempt
from infra.verify.tries.azure import ARM_SCOPE, ask_permissions, cannot

ML_SCOPE = "https://ml.azure.com/.default"
_ENDED = ("Completed", "Failed", "Canceled", "NotResponding")
_CREDENTIAL = {"key": ("listKeys", "primaryKey"), "amltoken": ("token", "accessToken")}
"""Of each authentication mode but Entra's: the action that tells the credential, and where its answer has it
(learn.microsoft.com azure/machine-learning/how-to-authenticate-online-endpoint)."""


def swagger(attempt: Attempt) -> Step:
    """The endpoint describes itself to whom it would score for: to an Entra token, or to its own key or token, which
    Azure tells those who may have it."""
    what, endpoint = "the swagger", attempt.promise.on
    if "/onlineendpoints/" not in endpoint.lower():
        return ask_permissions(attempt)
    try:
        properties = attempt.estate.properties(endpoint)
        url = str(properties.get("swaggerUri") or "")
        if not url:
            return failed(
                CALL, f"{endpoint.rpartition('/')[2]} tells no swagger", "deploy the stack, then a model"
            )
        mode = str(properties.get("authMode")).lower()
        if mode == "aadtoken":
            return attempt.graded(attempt.send("GET", url, ML_SCOPE), what)
        told = _credential(attempt, mode)
        if isinstance(told, HttpResponse):
            return attempt.graded(told, "the endpoint's key or token")
        headers = {"Authorization": f"Bearer {told}"}
        return attempt.graded(attempt.session.send_plain("GET", url, headers), what)
    except CannotLookError as error:
        return cannot(attempt, error)
    except AzureError as error:
        return attempt.unanswered(error, what)


def _credential(attempt: Attempt, mode: str) -> str | HttpResponse:
    """The endpoint's key or token, or the answer that refuses it."""
    action, place = _CREDENTIAL.get(mode, _CREDENTIAL["key"])
    answer = attempt.send("POST", _url(attempt, attempt.promise.on, f"/{action}"), ARM_SCOPE)
    return answer if answer.status_code >= 300 else str(answer.json().get(place, ""))


def run_job(attempt: Attempt) -> Step:
    """The caller may submit jobs; where runs may be started, a job that does nothing runs on the first training cluster
    in the first environment of the workspace."""
    allowed = ask_permissions(attempt)
    if allowed.verdict is not Verdict.PASSED or not attempt.run:
        return allowed
    try:
        compute, environment = _first_cluster(attempt), _first_environment(attempt)
        if not compute or not environment:
            return elsewhere(CALL, f"{allowed.found}; no cluster or no environment to run in", "declare both")
        body = {
            "properties": {
                "jobType": "Command",
                "displayName": "verify: does nothing",
                "command": "true",
                "computeId": compute,
                "environmentId": environment,
                "limits": {"jobLimitsType": "Command", "timeout": "PT10M"},
            }
        }
        job = f"{attempt.resource}/jobs/{new_name()}"
        answer = attempt.send("PUT", _url(attempt, job), ARM_SCOPE, body)
        if answer.status_code >= 300:
            return attempt.graded(answer, "a job that does nothing")
        return _watched(attempt, job)
    except CannotLookError as error:
        return cannot(attempt, error)
    except AzureError as error:
        return attempt.unanswered(error, "a job that does nothing")


def new_name() -> str:
    """Of a job: another one in each run."""
    return f"verify-{uuid.uuid4().hex[:12]}"


def _watched(attempt: Attempt, job: str) -> Step:
    name, status = job.rpartition("/")[2], "not started"
    look = f"az ml job show --name {name} --workspace-name {attempt.resource_name} --resource-group {job.split('/')[4]}"
    while time.monotonic() < attempt.until:
        answer = attempt.send("GET", _url(attempt, job), ARM_SCOPE)
        if answer.status_code < 300:
            status = str(at(answer.json(), "properties.status"))
        if status == "Completed":
            return passed(CALL, f"job {name} has run")
        if status in _ENDED:
            return failed(CALL, f"job {name}: {status}", look)
        time.sleep(min(attempt.poll_seconds, max(0.0, attempt.until - time.monotonic())))
    return failed(
        CALL, f"job {name} is {status} as the time is up", f"{look}; or give --time-limit more seconds"
    )


def _first_cluster(attempt: Attempt) -> str:
    for compute in _listed(attempt, f"{attempt.resource}/computes"):
        if at(compute, "properties.computeType") == "AmlCompute":
            return str(compute.get("id", ""))
    return ""


def _first_environment(attempt: Attempt) -> str:
    """The newest version of the first one that is the workspace's own."""
    for environment in _listed(attempt, f"{attempt.resource}/environments"):
        version = at(environment, "properties.latestVersion")
        if isinstance(version, str) and version:
            return f"{environment.get('id', '')}/versions/{version}"
    return ""


def _listed(attempt: Attempt, path: str) -> Iterator[Mapping[str, object]]:
    """The first page, which is enough for the first one."""
    answer = attempt.send("GET", _url(attempt, path), ARM_SCOPE)
    if answer.status_code < 300:
        yield from (mapping(one) for one in answer.json().get("value", []))


def _url(attempt: Attempt, path: str, action: str = "") -> str:
    """The URL of a child of the workspace, whose type's newest API version counts."""
    arm_id = path if path.count("/") % 2 == 0 else f"{path}/any"
    return f"{attempt.session.base_url}{path}{action}?api-version={attempt.estate.version(arm_id)}"
