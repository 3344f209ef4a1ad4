"""Answers to provider functions (`get_client_config`, `get_storage_account`, `list_…_keys`), by token."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from rehearsal.cloud.service_values import guid
from rehearsal.cloud.stand_in_texts import encoded, kubeconfig, mark, text_for
from rehearsal.model.system_groups import SYSTEM_GROUP_IDS
from rehearsal.model.values import STAND_IN, Secret

_CALLER = {
    "clientId": guid("rehearsal", "client"),
    "objectId": guid("rehearsal", "object"),
}

_DATABRICKS = "databricks:index/"

_LISTS_SECRETS = re.compile(r"(list|get)\w*(Keys?|Credentials?|Secrets?|ConnectionStrings?|Token|Sas|SAS)")
_SECRET_NAME = re.compile(
    r"^(value|token|secret|password|key\d?)$|Key$|[kK]ey\d$|ConnectionString|[pP]assword|[tT]oken$|Secret$|[sS]as"
)

_RUNTIME = "16.4.x-scala2.12"
_ML_RUNTIME = {False: "16.4.x-cpu-ml-scala2.12", True: "16.4.x-gpu-ml-scala2.12"}
_NODE_TYPE = "Standard_D4ds_v5"

_KEY_INPUTS = (
    "id",
    "clusterId",
    "clusterName",
    "jobId",
    "jobName",
    "policyId",
    "poolId",
    "name",
    "displayName",
    "applicationId",
    "userName",
    "path",
)
"""By which arguments Databricks functions find an object."""

_OWN_KEYS = {
    "clusterName": ("clusterName", "name"),
    "jobName": ("name",),
    "name": ("name", "instancePoolName", "displayName", "clusterName"),
}
"""What a resource calls the property that a function's argument names, where not the same."""

_OBJECT_TYPES = {"SqlWarehouse": "SqlEndpoint"}


def caller_answer(
    token: str, arguments: Mapping[str, object], subscription_id: str, tenant_id: str
) -> Mapping[str, object] | None:
    """Functions whose answer needs no resource: who is calling, Databricks' catalogue of sizes and runtimes.
    None for any other function."""
    function = token.rpartition(":")[2]
    if function in ("getClientConfig", "getSubscription"):
        return {"subscriptionId": subscription_id, "tenantId": tenant_id, **_CALLER}
    if function == "getClientToken":
        return {"token": f"{STAND_IN}client-token"}
    return _databricks_answer(function, arguments) if token.startswith(_DATABRICKS) else None


def lists_secrets(token: str) -> bool:
    """Whether the function gives keys, passwords or connection strings. They come in plain text, as pulumi-azure-native
    3.29.0 returns them: a program that does not wrap them in `pulumi.Output.secret` leaks them, and the check for
    secrets in plain text shall see it."""
    return _LISTS_SECRETS.fullmatch(token.rpartition(":")[2]) is not None


def secret_text(token: str) -> Callable[[str, str], str]:
    """The texts of such a function's answer, by the property's name and its owner."""
    secret = f"{STAND_IN}{token.rpartition(':')[2]}"

    def text(name: str, owner: str) -> str:
        if not _SECRET_NAME.search(name):
            return text_for(name, owner)
        if "kubeconfig" in owner.lower():
            return encoded(kubeconfig(owner, secret))
        if "connectionString" in name:
            return f"Endpoint=https://{mark(owner)}.invalid/;AccountName={mark(owner)};AccountKey={secret}"
        return secret

    return text


def _databricks_answer(function: str, arguments: Mapping[str, object]) -> Mapping[str, object] | None:
    if function == "getSparkVersion":
        version = _ML_RUNTIME[bool(arguments.get("gpu"))] if arguments.get("ml") else _RUNTIME
        return {**arguments, "id": version}
    if function == "getNodeType":
        return {**arguments, "id": _NODE_TYPE}
    if function == "getGroup" and arguments.get("displayName") in SYSTEM_GROUP_IDS:
        return {**arguments, "id": SYSTEM_GROUP_IDS[str(arguments["displayName"])]}
    if function == "getCurrentUser":
        user = "rehearsal@example.com"
        return {
            "id": "1000000000000001",
            "userName": user,
            "alphanumeric": "rehearsal",
            "home": f"/Users/{user}",
            "repos": f"/Repos/{user}",
            "externalId": _CALLER["objectId"],
        }
    return None


def looked_up_type(token: str) -> str:
    """The resource type that a `get…` function looks up, by its name; empty for any other function."""
    head, _, function = token.rpartition(":")
    if not function.startswith("get"):
        return ""
    name = function.removeprefix("get")
    if token.startswith(_DATABRICKS):
        name = _OBJECT_TYPES.get(name, name)
        return f"{_DATABRICKS}{name[:1].lower()}{name[1:]}:{name}"
    return f"{head}:{name}"


def find_databricks_object(
    arguments: Mapping[str, object], objects: Iterable[Mapping[str, object]]
) -> Mapping[str, object] | None:
    """The object (id, inputs and outputs as one map) that the arguments name."""
    for argument in _KEY_INPUTS:
        wanted = arguments.get(argument)
        if not wanted:
            continue
        keys = ("id",) if argument.endswith("Id") and argument != "applicationId" else (argument,)
        for found in objects:
            if any(found.get(key) == wanted for key in (*keys, *_OWN_KEYS.get(argument, ()))):
                return found
    return None


def shown(values: Mapping[str, object]) -> dict[str, object]:
    """What a function may return: services never give back a secret."""
    return {key: value for key, value in values.items() if not isinstance(value, Secret)}
