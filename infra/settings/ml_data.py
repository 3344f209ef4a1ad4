"""What jobs read, and what they run in: datastores, data assets, environments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field
from typing_extensions import override

from azure_facts.packages import conda_problem, pip_problem
from infra.settings.base import ArmIdOf, LoadingContext, Problem, Secret, SettingsModel, ZoneKey
from infra.settings.ml_compute import Image

AssetVersion = Annotated[str, Field(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9._-]{0,29}$")]
"""A version never changes once it exists: what changes gets a new one."""

SERVER = "azureml-inference-server-http"
SCHEMA = "inference-schema[numpy-support,pandas-support]"


class DatastoreKind(StrEnum):
    """`data_lake`: an account with a hierarchical namespace; `blob`: one without."""

    DATA_LAKE = "data_lake"
    BLOB = "blob"


class DatastoreAccess(StrEnum):
    """What the training identity is granted on the container's account."""

    READ = "read"
    WRITE = "write"
    BY_OWNER = "by_owner"


class Datastore(SettingsModel):
    """A zone of the lake or a container of another account, read with the reader's own identity: no key is
    kept."""

    kind: DatastoreKind = DatastoreKind.DATA_LAKE
    zone: ZoneKey | None = None
    """Key of `lake.zones`; then no account_id and no container."""
    account_id: Annotated[str, ArmIdOf("Microsoft.Storage/storageAccounts")] | None = None
    container: Annotated[str, Field(pattern=r"^[a-z0-9](-?[a-z0-9]){2,62}$")] | None = None
    access: DatastoreAccess = DatastoreAccess.READ
    """`by_owner`: the account's owner grants it, because the deployer may not."""
    description: str = ""
    sas_token: Secret | None = None
    """Only where the account cannot take Entra identities; Azure ML keeps it in the workspace's Key Vault."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.zone is None:
            for key in ("account_id", "container"):
                if getattr(self, key) is None:
                    yield Problem(
                        key, "is missing; give zone, or account_id and container of another account"
                    )
        else:
            for key in ("account_id", "container"):
                if getattr(self, key) is not None:
                    yield Problem(
                        key, "is given together with zone, which is a container of the lake; remove one"
                    )
            if self.kind is not DatastoreKind.DATA_LAKE:
                yield Problem("kind", "is blob, and a zone has a hierarchical namespace; leave kind out")
            if self.sas_token is not None:
                yield Problem(
                    "sas_token", "is given for a zone, and the lake takes identities only; remove it"
                )
            if self.access is DatastoreAccess.BY_OWNER:
                yield Problem("access", "is by_owner, and the lake is this stack's; give read or write")
        if self.sas_token is not None and self.access is not DatastoreAccess.BY_OWNER:
            yield Problem("access", "has no effect beside sas_token; give by_owner")

    @override
    def warn(self) -> Iterator[Problem]:
        if self.sas_token is not None:
            yield Problem("sas_token", "a credential that expires; without it jobs read with their identity")


class DataAssetKind(StrEnum):
    """One file, one folder, or a table definition (what AutoML reads)."""

    FILE = "uri_file"
    FOLDER = "uri_folder"
    TABLE = "mltable"


class DataAsset(SettingsModel):
    """A name for data, with versions."""

    kind: DataAssetKind = DataAssetKind.FOLDER
    datastore: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$|^workspaceblobstore$")]
    """Key of `datastores`, or workspaceblobstore, which every workspace has."""
    versions: Annotated[dict[AssetVersion, Annotated[str, Field(pattern=r"^[^/].*$")]], Field(min_length=1)]
    """Version to path within the datastore, such as sales/2026-11."""
    description: str = ""


def _pip(value: str) -> str:
    if problem := pip_problem(value):
        raise ValueError(problem)
    return value


def _conda(value: str) -> str:
    if problem := conda_problem(value):
        raise ValueError(problem)
    return value


PipPackage = Annotated[str, AfterValidator(_pip)]
CondaPackage = Annotated[str, AfterValidator(_conda)]


class MlEnvironment(SettingsModel):
    """The image that jobs or scoring run in: a base image, and packages on top of it."""

    image: Image
    """Base image, such as mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:20250601.v1."""
    version: AssetVersion
    python: Annotated[str, Field(pattern=r"^3\.(9|1[0-3])$")] = "3.11"
    conda_packages: list[CondaPackage] = []
    pip_packages: list[PipPackage] = []
    inference: bool = False
    """For scoring: must hold Azure ML's inference server, and the package whose decorators describe the
    columns in swagger."""
    description: str = ""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if not self.inference:
            return
        names = {_package(text) for text in self.pip_packages}
        for needed, why in (
            (SERVER, "nothing would answer requests"),
            (SCHEMA, "swagger would not describe the columns"),
        ):
            if _package(needed) not in names:
                yield Problem("pip_packages", f"lacks {needed}, without which {why}; add it with its version")

    @override
    def warn(self) -> Iterator[Problem]:
        if self.image.endswith(":latest"):
            yield Problem("image", "is ':latest', another image on every build; name a version")
        for text in self.pip_packages:
            if not re.search(r"[=<>~@]", text):
                yield Problem(
                    "pip_packages", f"'{text}' has no version: the same environment builds differently"
                )


def _package(requirement: str) -> str:
    return re.split(r"[\[=<>~@ ;]", requirement, maxsplit=1)[0].lower().replace("_", "-")
