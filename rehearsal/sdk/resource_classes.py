"""From a Pulumi type token to the class of the installed SDK that registers it."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType

import pulumi

from rehearsal.sdk.problems import ProblemKind, SdkProblem
from rehearsal.sdk.suggestions import did_you_mean, same_name

PROVIDER_PREFIX = "pulumi:providers:"

_API_VERSION = re.compile(r"v\d{1,2}((alpha|beta)\d+)?")


def resource_class(type_token: str) -> type[pulumi.Resource] | None:
    """The class that the installed SDK registers under this token, None if there is none.

    Imports only the module that the token names: `azure-native:storage:StorageAccount` is in
    `pulumi_azure_native.storage`, `databricks:index/clusterPolicy:ClusterPolicy` in `pulumi_databricks`.
    """
    located = _locate(type_token)
    if located is None:
        return None
    module_name, class_name = located
    candidate = _named(module_name, class_name)
    # The generated classes carry their own token. It tells an alias or another API version
    # (azure-native:storage/v20230101:StorageAccount) from the type that this SDK registers.
    if isinstance(candidate, type) and issubclass(candidate, pulumi.Resource):
        return candidate if _registers(candidate, type_token) else None
    return None


def function_result_class(token: str) -> type | None:
    """The class of what a provider function returns, None where no installed SDK has the function or it returns no
    object: `azure-native:storage:listStorageAccountKeys` is `ListStorageAccountKeysResult`."""
    located = _locate(token)
    if located is None:
        return None
    module_name, function = located
    candidate = _named(module_name, f"{function[:1].upper()}{function[1:]}Result")
    return candidate if isinstance(candidate, type) else None


def _named(module_name: str, name: str) -> object:
    """What a module of an SDK holds under the name, None where there is no such module or name."""
    module = _import(module_name)
    return getattr(module, name, None) if module else None


def arguments_class(resource: type[pulumi.Resource]) -> type:
    """The generated class of a resource's constructor arguments.

    Where the schema also has a nested type of the resource's name, the generator calls it `…InitArgs`
    (for instance machinelearningservices.LabelingJobInitArgs).
    """
    module = sys.modules[resource.__module__]
    for name in (f"{resource.__name__}InitArgs", f"{resource.__name__}Args"):
        candidate = getattr(module, name, None)
        # A nested type of that name is imported into the same module from `_inputs`.
        if isinstance(candidate, type) and candidate.__module__ == resource.__module__:
            return candidate
    raise TypeError(f"{resource.__module__} has no arguments class for {resource.__name__}")


def unknown_type(type_token: str) -> SdkProblem:
    """The problem to report where `resource_class` finds nothing, with the nearest token that exists."""
    message = f"no installed Pulumi SDK registers the type '{type_token}'"
    return SdkProblem(
        ProblemKind.UNKNOWN_TYPE, "", message + did_you_mean(type_token, _neighbours(type_token))
    )


def _registers(resource: type[pulumi.Resource], type_token: str) -> bool:
    """Whether the class is that of the token. SDKs generated before 2025 do not say their token, but hold it as a
    constant of their constructor."""
    stated = _type_token(resource)
    if stated:
        return stated == type_token
    constructor = getattr(resource, "_internal_init", None)
    code = getattr(constructor, "__code__", None)
    token = type_token.removeprefix(PROVIDER_PREFIX)
    return code is not None and token in code.co_consts


def _type_token(each: type) -> str:
    """What the class says of itself; empty where it, or the installed pulumi, is older than that."""
    stated = getattr(each, "pulumi_type", "")
    return stated if isinstance(stated, str) else ""


def _locate(type_token: str) -> tuple[str, str] | None:
    if type_token.startswith(PROVIDER_PREFIX):
        return _package(type_token.removeprefix(PROVIDER_PREFIX)), "Provider"
    parts = type_token.split(":")
    if len(parts) != 3 or not all(parts):
        return None
    package, module, class_name = parts
    # Bridged packages put a file's name after a slash ("index/clusterPolicy"); "index" is the package's root.
    # Kubernetes puts the version there, and the group may be a host name ("networking.k8s.io/v1").
    folder, _, below = module.partition("/")
    folder = folder.partition(".")[0]
    if folder == "index":
        return _package(package), class_name
    version = f".{below}" if _API_VERSION.fullmatch(below) else ""
    return f"{_package(package)}.{folder}{version}", class_name


def _package(name: str) -> str:
    return "pulumi_" + name.replace("-", "_")


def _import(module_name: str) -> ModuleType | None:
    try:
        return importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        # Only the module itself, or a package on the way to it, may be missing: a component's token
        # ("platform:ml:Workspace") names no SDK. A module that fails on an import of its own is broken.
        if error.name is not None and f"{module_name}.".startswith(f"{error.name}."):
            return None
        raise


def _neighbours(type_token: str) -> list[str]:
    """Tokens worth suggesting: those of the same module, else (no such module) those of the same class name."""
    located = _locate(type_token)
    if located is None:
        return []
    module_name, class_name = located
    if module := _import(module_name):
        classes = (getattr(module, name) for name in dir(module) if not name.startswith("_"))
        tokens = (_type_token(each) for each in classes if isinstance(each, type))
        return [token for token in tokens if token]
    package = _import(module_name.split(".")[0])
    if package is None or package.__file__ is None:
        return []
    # One file per class: the file names answer without an import of some 250 modules.
    files = Path(package.__file__).parent.glob("*/*.py")
    modules = sorted(each.parent.name for each in files if same_name(each.stem, class_name))
    return [f"{type_token.split(':')[0]}:{each}:{class_name}" for each in modules]
