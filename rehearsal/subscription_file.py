"""Reading the file of `--subscription`: what the subscription really has, typed and checked at once.

```yaml
resource_groups: [rg-hub-weu]              # exist beforehand
registered_providers: [Microsoft.Storage]  # az provider list --query "[?registrationState=='Registered'].namespace"
registered_features: [Microsoft.Compute/EncryptionAtHost]  # az feature list, those whose state is Registered
soft_deleted:                              # az keyvault list-deleted, the ML studio's recently deleted workspaces
  - {type: Microsoft.KeyVault/vaults, name: kv-forecast-dev}
taken_names:                               # global names that somebody else has
  - {type: Microsoft.Storage/storageAccounts, name: stforecast}
vcpu_quotas:                               # az vm list-usage --location westeurope
  westeurope: {standardDDSv5Family: 300, total: 350, spot: 100}
ml_vcpu_quotas:                            # the ML studio's quota page
  westeurope: {standardDDSv5Family: 100, total: 100, low_priority: 0}
```
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from pulumi_stack_files.document import read_mapping
from rehearsal.model.errors import RehearsalError, refused_files
from rehearsal.model.subscription import Quotas, SoftDeleted, Subscription, TakenName

_Namespace = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+$")]
_ArmType = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+(/[A-Za-z0-9]+)+$")]
_Region = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]+$")]
_Name = Annotated[str, StringConstraints(min_length=1)]
_Limits = dict[_Region, dict[_Name, Annotated[int, Field(ge=0)]]]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Held(_Model):
    type: _ArmType
    name: _Name
    resource_group: str = ""


class _Taken(_Model):
    type: _ArmType
    name: _Name


class _File(_Model):
    resource_groups: list[_Name] = []
    registered_providers: list[_Namespace] | None = None
    registered_features: list[_ArmType] | None = None
    soft_deleted: list[_Held] = []
    taken_names: list[_Taken] = []
    vcpu_quotas: _Limits = {}
    ml_vcpu_quotas: _Limits = {}


def read_subscription(path: Path) -> Subscription:
    """What the file says. Raises `RehearsalError` naming every wrong key at once."""
    try:
        with refused_files():
            file = _File.model_validate(read_mapping(path))
    except ValidationError as error:
        problems = [
            f"{'.'.join(map(str, found['loc']))}: {found['msg']}"
            + (f"; there is {', '.join(_File.model_fields)}" if found["type"] == "extra_forbidden" else "")
            for found in error.errors()
        ]
        raise RehearsalError("\n".join(f"{path}: {problem}" for problem in problems)) from error
    return Subscription(
        resource_groups=tuple(file.resource_groups),
        registered_providers=_lower(file.registered_providers),
        registered_features=_lower(file.registered_features),
        soft_deleted=tuple(
            SoftDeleted(held.type, held.name, held.resource_group) for held in file.soft_deleted
        ),
        taken_names=tuple(TakenName(taken.type, taken.name) for taken in file.taken_names),
        quotas=Quotas(file.vcpu_quotas, file.ml_vcpu_quotas),
    )


def _lower(names: list[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(map(str.lower, names))
