"""Tries of storage, vaults, registries and logs, over plain HTTPS."""

from __future__ import annotations

from azure.core.exceptions import AzureError

from infra.verify.outcome import Step, Verdict, elsewhere, passed
from infra.verify.tries.attempt import CALL, Attempt
from infra.verify.tries.azure import ARM_SCOPE, ask_permissions

STORAGE_SCOPE = "https://storage.azure.com/.default"
VAULT_SCOPE = "https://vault.azure.net/.default"
LOGS_SCOPE = "https://api.loganalytics.io/.default"
_STORAGE_VERSION = {"x-ms-version": "2024-11-04"}
_READING = frozenset(("read", "readMetadata", "readFileBackupSemantics", "getSecret"))
"""Operations that a listing of one entry tries, or that a secret's metadata proves: its value is never read
here."""


def list_blobs(attempt: Attempt) -> Step:
    """One blob of the container, or one container of the account; as paths where the promise goes over `dfs`."""
    container = attempt.part("containers")
    if ".dfs." in attempt.host:
        path = (
            f"{container}?resource=filesystem&recursive=false&maxResults=1"
            if container
            else "?resource=account&maxResults=1"
        )
    else:
        path = (
            f"{container}?restype=container&comp=list&maxresults=1"
            if container
            else "?comp=list&maxresults=1"
        )
    what = f"one entry of {container or attempt.resource_name}"
    return _listed(attempt, what, f"/{path}", STORAGE_SCOPE, _STORAGE_VERSION)


def list_files(attempt: Attempt) -> Step:
    """One file of the share. Shares themselves are not listed with a token (learn.microsoft.com azure/storage/files/
    authorize-oauth-rest): of an account the permissions are asked."""
    share = attempt.part("shares")
    if not share:
        return ask_permissions(attempt)
    headers = {**_STORAGE_VERSION, "x-ms-file-request-intent": "backup"}
    path = f"/{share}?restype=directory&comp=list&maxresults=1"
    return _listed(attempt, f"one file of {share}", path, STORAGE_SCOPE, headers)


def list_queues(attempt: Attempt) -> Step:
    """One queue of the account."""
    what = f"one queue of {attempt.resource_name}"
    return _listed(attempt, what, "/?comp=list&maxresults=1", STORAGE_SCOPE, _STORAGE_VERSION)


def list_tables(attempt: Attempt) -> Step:
    """One table of the account."""
    headers = {**_STORAGE_VERSION, "Accept": "application/json;odata=nometadata"}
    what = f"one table of {attempt.resource_name}"
    return _listed(attempt, what, "/Tables?$top=1", STORAGE_SCOPE, headers)


def list_secrets(attempt: Attempt) -> Step:
    """Metadata of one secret, or of one version of the secret that is named; never a value."""
    secret = attempt.part("secrets")
    path = f"/secrets/{secret}/versions" if secret else "/secrets"
    what = f"the metadata of {secret or 'one secret'} in {attempt.resource_name}"
    return _listed(attempt, what, f"{path}?maxresults=1&api-version=7.4", VAULT_SCOPE, {})


def query_logs(attempt: Attempt) -> Step:
    """One constant row, which reads no table."""
    url = f"https://{attempt.host}/v1{attempt.promise.on}/query"
    try:
        return attempt.graded(
            attempt.send("POST", url, LOGS_SCOPE, {"query": "print 1"}), "a query of one row"
        )
    except AzureError as error:
        return attempt.unanswered(error, "a query of one row")


def registry_token(attempt: Attempt) -> Step:
    """The registry exchanges the caller's token for one of its own (github.com/Azure/acr docs/AAD-OAuth.md). What that
    one allows is what Resource Manager says of the caller."""
    what = "the registry's token"
    try:
        entra = attempt.session.credential.get_token(ARM_SCOPE).token
        asked = {
            "grant_type": "access_token",
            "service": attempt.host,
            "tenant": attempt.session.caller().tenant_id,
            "access_token": entra,
        }
        answer = attempt.session.send_plain("POST", f"https://{attempt.host}/oauth2/exchange", form=asked)
    except AzureError as error:
        return attempt.unanswered(error, what)
    return _with_rights(attempt, attempt.graded(answer, what))


def _listed(attempt: Attempt, what: str, path: str, scope: str, headers: dict[str, str]) -> Step:
    """The listing, which is all of an action that reads."""
    try:
        answer = attempt.send("GET", f"https://{attempt.host}{path}", scope, headers=headers)
    except AzureError as error:
        return attempt.unanswered(error, what)
    graded = attempt.graded(answer, what)
    reads_only = all(_READING & {*one.name.split("/")[-2:]} for one in attempt.promise.action.operations)
    return graded if reads_only else _with_rights(attempt, graded)


def _with_rights(attempt: Attempt, answered: Step) -> Step:
    """The caller's permissions besides, where an answer does not tell them: nothing is written to see whether it can
    be."""
    if answered.verdict is not Verdict.PASSED:
        return answered
    more = ask_permissions(attempt)
    if more.verdict is Verdict.PASSED:
        return passed(CALL, f"{answered.found}; {more.found}")
    if more.verdict is Verdict.ELSEWHERE:
        return elsewhere(CALL, f"{answered.found}; the rest is not tried: {more.found}", more.to_do)
    return more
