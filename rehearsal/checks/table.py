"""The checks of every resource, of any type. Their ids are permanent, as those of service rules are."""

from __future__ import annotations

from dataclasses import dataclass

_SDK = "the installed pulumi-azure-native and pulumi-databricks SDKs"
_ENGINE = "pulumi 3.260 pkg/resource/deploy"
_PROVIDER = "pulumi-azure-native 3.29.0: create reads the id first"
_NOT_FOUND = "learn.microsoft.com azure/azure-resource-manager/troubleshooting/error-not-found"
_LOCKS = "learn.microsoft.com azure/azure-resource-manager/management/lock-resources"


@dataclass(frozen=True)
class Checked:
    """`severity` is "refused", "warned", or both where it depends on the type."""

    id: str
    severity: str
    what: str
    source: str


CHECKED = (
    Checked("GEN300", "warned", "suppressions that have not ended", "rehearsal-suppressions.yaml"),
    Checked("GEN301", "warned", "suppressions that accept something", "rehearsal-suppressions.yaml"),
    Checked("ENG001", "refused", "one resource for each URN", _ENGINE),
    Checked("ENG002", "refused", "no default provider where the stack disables it", _ENGINE),
    Checked("ENG003", "refused", "nothing protected is deleted for a replacement", _ENGINE),
    Checked(
        "GEN302",
        "refused",
        "a resource group says where it is, or its provider does",
        "pulumi-azure-native 3.29.0 provider.go `validateType`",
    ),
    Checked(
        "GEN303", "refused", "names where names are wanted, no ARM ids", "by type: its ARM id's own form"
    ),
    Checked("GEN304", "refused", "ARM ids of the type that the property's name says", "by property"),
    Checked("SDK001", "refused", "types that the SDK has", _SDK),
    Checked(
        "SDK002",
        "refused or warned",
        "properties that the type has, at any depth (azure-native drops others without a word: a warning)",
        "the installed SDKs; pulumi-azure-native 3.29.0 provider.go `validateType`",
    ),
    Checked("SDK003", "refused", "values of the property's type", _SDK),
    Checked("SDK004", "refused", "required properties", _SDK),
    Checked(
        "SDK005",
        "refused or warned",
        "values of an enum: closed ones refuse, open ones and other letters' case warn",
        "the installed SDKs; pulumi-azure-native 3.29.0 provider.go `validateProperty`",
    ),
    Checked("SDK006", "refused", "paths in ignore_changes and replace_on_changes that the type has", _SDK),
    Checked(
        "SEC001",
        "warned",
        "no secret in plain text, in inputs, outputs and exports (services take it)",
        "the rehearsal's stand-ins",
    ),
    Checked(
        "OUT001",
        "refused",
        "no text of an Output in place of its value",
        "www.pulumi.com/docs/iac/concepts/inputs-outputs/apply",
    ),
    Checked("STA001", "refused", "one resource for each ARM id", _PROVIDER),
    Checked(
        "STA002",
        "refused",
        "names that are unique beyond their parent differ",
        "learn.microsoft.com azure/azure-resource-manager/management/resource-name-rules",
    ),
    Checked(
        "STA003", "refused", "no name that a soft-deleted resource holds (a cloud with a past)", "by service"
    ),
    Checked("STA004", "refused", "nothing deleted or written below a lock that forbids it", _LOCKS),
    Checked(
        "STA005", "refused", "nothing deleted that others use: subnets, networks, addresses", "by service"
    ),
    Checked("STA006", "refused", "children that a service wants deleted first", "by service"),
    Checked("STA007", "refused", "parents exist before what lies in them", _NOT_FOUND),
    Checked("REF001", "refused", "what a resource refers to, by id, name or host, it depends on", _NOT_FOUND),
    Checked(
        "REF002", "refused", "what a resource refers to in a group of this stack is declared", _NOT_FOUND
    ),
    Checked(
        "CHG001",
        "refused",
        "no change of what a service cannot change, though a preview shows an update",
        "by type",
    ),
    Checked(
        "CHG002",
        "refused",
        "one-way switches stay (isolation and kind of the managed network, the workspace's user-assigned identity)",
        "by type",
    ),
    Checked(
        "CHG003",
        "refused",
        "no replacement under a name that the deleted resource still holds",
        "pulumi-azure-native: a given name deletes first; learn.microsoft.com (soft delete of the service)",
    ),
)
