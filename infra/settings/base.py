"""What every settings model shares: refusals that name the key, and the field types of Azure.

A model checks what its fields mean together in `check`; it yields every problem it finds, so that a
user sees all of them in one run instead of one at a time.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    SecretStr,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core.core_schema import CoreSchema, no_info_after_validator_function
from typing_extensions import override

from azure_facts.arm_id_parsing import ArmIdError, parse_arm_id
from azure_facts.arm_ids import RESOURCE_GROUP_ID_PATTERN
from azure_facts.guids import GUID_PATTERN, is_guid
from azure_facts.name_rules.tables import NAME_RULES
from azure_facts.regions import REGIONS, region_name
from azure_facts.retirements import RetirementKind, find_retirements
from azure_facts.vm_sizes import vm_size_problem
from infra.settings.field_docstrings import field_docstrings

PROJECT = "mlplatform"
"""The Pulumi project's name: the namespace of every key in a stack file."""


@dataclass(frozen=True)
class Problem:
    """One refused setting: `path` below the model that found it, and what is wrong and would be right."""

    path: str
    message: str


class ModelProblemsError(ValueError):
    """Everything one model's `check` found; pydantic carries it to the loader as one error."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{problem.path}: {problem.message}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class LoadingContext:
    """The clock, and how to get a secret: the facts that validation needs beyond the values."""

    today: date
    resolve_secret: Callable[[str], str]
    """Gives the value behind a secret's reference (`env:NAME`, or decrypted config)."""


class SettingsModel(BaseModel):
    """Frozen, and closed to unknown keys: a misspelt key is refused instead of ignored."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        allow_inf_nan=False,
    )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /
    ) -> JsonSchemaValue:
        """The docstring below a field is its description in the schema."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in field_docstrings(cls).items():
            if name in properties:
                properties[name]["description"] = text
        return schema

    def check(self, context: LoadingContext) -> Iterator[Problem]:  # noqa: ARG002  # overridden
        """Yield what is wrong between this model's own fields. Overridden where there is anything to say."""
        yield from ()

    def warn(self) -> Iterator[Problem]:
        """Yield what is allowed and worth a second look. Overridden where there is anything to say."""
        yield from ()

    @model_validator(mode="after")
    def _run_check(self, info: ValidationInfo) -> SettingsModel:
        if isinstance(info.context, LoadingContext):
            problems = tuple(self.check(info.context))
            if problems:
                raise ModelProblemsError(problems)
        return self


def _guid(value: str) -> str:
    if not is_guid(value):
        raise ValueError(
            f"'{value}' is not a GUID; give 8-4-4-4-12 hexadecimal digits, for example "
            "11111111-2222-3333-4444-555555555555"
        )
    parsed = UUID(value)
    if parsed.int == 0:
        raise ValueError("is the empty GUID; give the real object, application, tenant or subscription id")
    return str(parsed)


Guid = Annotated[
    str,
    AfterValidator(_guid),
    WithJsonSchema({"type": "string", "format": "uuid", "pattern": f"^{GUID_PATTERN}$"}),
]


def _region(value: str) -> str:
    if value not in REGIONS:
        name = region_name(value)
        hint = f"did you mean '{name}'?" if name in REGIONS else "list them: az account list-locations"
        raise ValueError(f"'{value}' is not an Azure region's name; {hint}")
    return value


RegionName = Annotated[
    str, AfterValidator(_region), WithJsonSchema({"type": "string", "enum": sorted(REGIONS)})
]


ADDRESS_RANGE_PATTERN = r"^\d+\.\d+\.\d+\.\d+/\d+$"


def _address_range(value: str) -> str:
    if not re.fullmatch(ADDRESS_RANGE_PATTERN, value):
        raise ValueError(
            f"'{value}' is not an IPv4 CIDR range with its prefix length; for example 203.0.113.0/24, or "
            "203.0.113.5/32 for one address"
        )
    try:
        network = ipaddress.IPv4Network(value, strict=True)
    except ValueError as error:
        raise ValueError(f"'{value}' is not a CIDR range ({error}); for example 203.0.113.0/24") from error
    if network.prefixlen == 0:
        raise ValueError(f"'{value}' is every address there is; list the ranges that are meant")
    return str(network)


AddressRange = Annotated[
    str,
    AfterValidator(_address_range),
    WithJsonSchema({"type": "string", "pattern": ADDRESS_RANGE_PATTERN}),
]


Fqdn = Annotated[str, Field(pattern=r"^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$")]
"""A host's name; `*.` means any name below a domain."""


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        raise ValueError(f"'{value}' is not an e-mail address")
    return value


Email = Annotated[
    str, AfterValidator(_email), WithJsonSchema({"type": "string", "format": "email", "pattern": "@"})
]

VM_SIZE_PATTERN = r"^(Basic|Standard)_[A-Z]+[0-9]+(-[0-9]+)?[a-z]*(_(cc|xl|[A-Z0-9]+))*(_v[0-9]+)?(_Promo)?$"


def _vm_size(value: str, info: ValidationInfo) -> str:
    if not re.fullmatch(VM_SIZE_PATTERN, value):
        raise ValueError(f"'{value}' is not an Azure VM size; for example Standard_D4ds_v5")
    if problem := vm_size_problem(value):
        raise ValueError(problem)
    return refuse_retired(RetirementKind.VM_SIZE, value, info)


def refuse_retired(kind: RetirementKind, value: str, info: ValidationInfo) -> str:
    """Refuse what Azure has retired by `today`; what it will retire is a warning of the loader's."""
    if not isinstance(info.context, LoadingContext):
        return value
    for finding in find_retirements(kind, value, info.context.today):
        if finding.is_past:
            raise ValueError(finding.message)
    return value


VmSize = Annotated[
    str, AfterValidator(_vm_size), WithJsonSchema({"type": "string", "pattern": VM_SIZE_PATTERN})
]


@dataclass(frozen=True)
class ArmIdOf:
    """Marks text as the full ARM id of an existing resource of one type, such as Microsoft.KeyVault/vaults."""

    resource_type: str

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self._validate, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, object]:
        pattern = f"^{RESOURCE_GROUP_ID_PATTERN}/providers/{self.resource_type}/[^/]+$"
        return {**handler(schema), "pattern": pattern}

    def _validate(self, value: str) -> str:
        try:
            parsed = parse_arm_id(value)
        except ArmIdError as error:
            raise ValueError(str(error)) from error
        if value.endswith("/"):
            raise ValueError(f"'{value}' ends in a slash; role assignments compare ids as text: remove it")
        if parsed.resource_type.lower() != self.resource_type.lower():
            raise ValueError(
                f"is the id of a {parsed.resource_type}; give the id of a {self.resource_type} "
                "(az resource show --query id)"
            )
        return value


def _day(value: object) -> object:
    """A day without quotes is a moment to YAML, which the engine hands over as 2027-05-31T00:00:00Z, or as
    2027-05-31 00:00:00 +0000 UTC inside a mapping."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(re.sub(r"(T00:00:00Z| 00:00:00 \+0000 UTC)$", "", value))
    except ValueError as error:
        raise ValueError(f"'{value}' is not a date; give one such as 2027-05-31") from error


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""2027-05-31, with or without quotes."""

SECRET_REFERENCE_PATTERN = r"^env:[A-Za-z_][A-Za-z0-9_]*$"


def _resolve_secret(value: object, info: ValidationInfo) -> object:
    if not isinstance(info.context, LoadingContext):
        return value
    if not isinstance(value, str):
        # The value is never repeated: it may be the secret itself, written in the wrong shape.
        raise ValueError("is not text; name the secret as env:NAME, or encrypt it")
    return info.context.resolve_secret(value)


Secret = Annotated[
    SecretStr,
    BeforeValidator(_resolve_secret),
    WithJsonSchema(
        {
            "description": "Named here, never written here: env:NAME, or encrypted by `pulumi config set --secret`",
            "oneOf": [
                {"type": "string", "pattern": SECRET_REFERENCE_PATTERN},
                {"type": "object", "required": ["secure"], "properties": {"secure": {"type": "string"}}},
            ],
        }
    ),
]


def _plain(value: str) -> str:
    if re.fullmatch(SECRET_REFERENCE_PATTERN, value):
        raise ValueError(
            f"'{value}' names a secret, and a variable is plain text that readers of the resource see: keep the value "
            "in the Key Vault, give its name here, and let the program read it with its identity"
        )
    return value


EnvironmentVariable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
"""A variable's name."""
PlainText = Annotated[str, AfterValidator(_plain)]
"""A variable's value as the resource shows it to its readers; `env:NAME` would be passed on as these letters."""

_SECRET = NAME_RULES["Microsoft.KeyVault/vaults/secrets"]
SecretName = Annotated[
    str,
    Field(min_length=_SECRET.min_length, max_length=_SECRET.max_length, pattern=f"^{_SECRET.pattern}$"),
]
"""Name of a secret in a Key Vault; its value is set there, never here."""

AvailabilityZone = Annotated[str, Field(pattern=r"^[1-3]$")]
"""A region's availability zone, as the subscription numbers it."""

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=24)]
"""A stable key of a map (clusters, jobs, …): it is part of the resource's name and never changes."""

ZoneKey = Annotated[str, Field(min_length=3, max_length=63, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A zone's key is its filesystem's name: 3 to 63 lower-case letters, digits and single dashes."""

Generation = Annotated[int, Field(ge=1, le=99)]
"""Part of the name from 2 on: raise it to build anew beside a name that a soft delete still blocks."""


class ExistingOrNew(SettingsModel):
    """A service that this stack creates, or that exists already and is given by its ARM id.

    With an id, nothing is created and nothing about the service itself may be set here.
    """

    generation: Generation = 1

    existing_resource_id: str | None = None

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        given = sorted(self.model_fields_set - {"existing_resource_id"})
        if self.existing_resource_id is not None and given:
            yield Problem(
                "existing_resource_id",
                f"is given together with {', '.join(given)}; an existing service is not configured here: "
                "remove those keys, or remove the id to create the service",
            )
