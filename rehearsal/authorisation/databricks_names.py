"""How a program's inputs name objects of Databricks: securables, what is permitted, git hosts."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_acting import SECURED
from azure_facts.databricks_git import GitProvider
from azure_facts.unity_catalog import Securable
from rehearsal.authorisation.sent import Sent
from rehearsal.cloud.catalogue.databricks import PERMISSION_OBJECTS
from rehearsal.model.paths import walk

METASTORE = "metastore"
_HOSTS = {
    "github.com": GitProvider.GITHUB,
    "dev.azure.com": GitProvider.AZURE_DEVOPS,
    "gitlab.com": GitProvider.GITLAB,
    "bitbucket.org": GitProvider.BITBUCKET,
}
_ARGUMENTS = {
    "catalog": Securable.CATALOG,
    "schema": Securable.SCHEMA,
    "table": Securable.TABLE,
    "volume": Securable.VOLUME,
    "model": Securable.MODEL,
    "externalLocation": Securable.EXTERNAL_LOCATION,
    "storageCredential": Securable.STORAGE_CREDENTIAL,
}


def securable_of(sent: Sent) -> str:
    """`schema lake.predictions`: the kind, and the name with what it lies in."""
    secured = SECURED[sent.type]
    parts = [sent.text(key) for _, key in secured.above]
    return f"{secured.securable} {'.'.join([*parts, sent.text('name')])}"


def above_of(securable: str) -> str:
    """The schema of a table, the catalog of a schema; empty for what lies in nothing."""
    _, _, name = securable.partition(" ")
    parent, _, _ = name.rpartition(".")
    kind = Securable.SCHEMA if parent.count(".") else Securable.CATALOG
    return f"{kind} {parent}" if parent else ""


def granted_on(sent: Sent) -> str:
    """The object of Grants or Grant."""
    for key, kind in _ARGUMENTS.items():
        if sent.text(key):
            return f"{kind} {sent.text(key)}"
    return METASTORE if sent.text("metastore") else ""


def permitted_on(sent: Sent) -> str:
    """The object of Permissions, as `object_id` names it; `tokens` for who may make tokens."""
    if sent.text("authorization"):
        return sent.text("authorization")
    return next((sent.text(key) for key in PERMISSION_OBJECTS if sent.text(key)), "")


def object_id(sent: Sent) -> str:
    """By which permissions name an object: a directory by its path."""
    return sent.text("path") if sent.type.endswith((":Directory", ":Notebook")) else sent.id


def git_host_of(sent: Sent) -> str:
    """The git provider of a git folder; empty where its URL does not tell."""
    if sent.text("gitProvider"):
        return git_host(sent.text("gitProvider"))
    host = sent.text("url").partition("://")[2].partition("/")[0].rpartition("@")[2].lower()
    return _HOSTS.get(host, GitProvider.AZURE_DEVOPS if host.endswith(".visualstudio.com") else "")


def git_host(provider: str) -> str:
    """One name for a provider and its spellings."""
    known = next((one for one in GitProvider if one.lower() == provider.lower()), None)
    return known.host_provider if known is not None else provider


def listed(value: object) -> list[object]:
    """A list, else an empty one."""
    return value if isinstance(value, list) else []


def maps(value: object) -> Iterator[dict[str, object]]:
    """The maps of a list."""
    return (one for one in listed(value) if isinstance(one, dict))


def text_at(sent: Sent, path: str) -> str:
    """A text deeper in the inputs, else empty."""
    found = walk(dict(sent.inputs), path)
    return found if isinstance(found, str) else ""
