"""What is behind an error of a program that Python's own words do not say: one sentence, or nothing."""

from __future__ import annotations

import gc
import importlib.util
import re
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path

import pulumi

from rehearsal.program.lifted import Applied

_SDK = "pulumi_azure_native"

_MOVED: Mapping[str, str] = {
    "insights": "monitor (alerts, diagnostic settings, autoscale) and applicationinsights (components, web tests)",
    "documentdb": "cosmosdb, and mongocluster for vCore clusters",
}
"""Modules of pulumi-azure-native 2 that 3 calls otherwise: both names can be looked up in the installed SDKs."""

_VERSIONED = re.compile(r"v\d{8}(preview|privatepreview|alpha|beta)?")
_NO_NAME = re.compile(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'")
_NO_MODULE = re.compile(r"No module named '(?P<module>[\w.]+)'")
_NO_ATTRIBUTE = re.compile(r"module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'")


def hint(error: BaseException) -> str:
    """The sentence for this error, empty where there is none to say."""
    return _about_names(str(error)) or _about_unknown(error)


def _about_names(text: str) -> str:
    found = _NO_NAME.search(text) or _NO_ATTRIBUTE.search(text) or _NO_MODULE.search(text)
    if found is None:
        return ""
    module = ".".join(filter(None, (found["module"], found.groupdict().get("name"))))
    package, _, below = module.partition(".")
    if package != _SDK or not below:
        return ""
    first, *rest = below.split(".")
    if first in _MOVED:
        return f"pulumi-azure-native 3 has no module {first}: it is {_MOVED[first]} now"
    version = next((part for part in rest if _VERSIONED.fullmatch(part)), "")
    if version:
        return (
            f"pulumi-azure-native 3 has one API version of each type: import it from {_SDK}.{first}, or make an SDK "
            f"of that version (pulumi package add azure-native {first} {version})"
        )
    if not rest:
        return ""
    if near := _near(f"{_SDK}.{first}", rest[-1]):
        return f"{_SDK}.{first} has {near}"
    places = _modules_with(rest[-1])
    return f"{rest[-1]} is in {', '.join(places)}" if places else ""


def _near(module: str, name: str) -> str:
    """The module's own names that differ in their letters' case, or by what the generator put before them to tell two
    of a name apart; empty where none does."""
    names = vars(sys.modules[module]) if module in sys.modules else {}
    near = [each for each in names if each.lower() == name.lower()]
    near = near or sorted(each for each in names if each.endswith(name))
    return " or ".join(near[:3])


def _modules_with(name: str) -> list[str]:
    """The modules of the installed SDK that have a class of this name: one file for each."""
    spec = importlib.util.find_spec(_SDK)
    if spec is None or spec.origin is None:
        return []
    wanted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.removesuffix("Args")).lower()
    files = Path(spec.origin).parent.glob(f"*/{wanted}.py")
    return sorted(f"{_SDK}.{file.parent.name}" for file in files)


def _about_unknown(error: BaseException) -> str:
    """Where the program did something with None, and that None is the output of a resource: which."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        asked = frame.f_locals.get("self")
        output = asked.output if isinstance(asked, Applied) else asked
        if not isinstance(output, pulumi.Output):
            continue
        if frame.f_locals.get("value", 0) is None and (name := _name_of(output)):
            return (
                f"an output that the simulated cloud does not know: {name}. The inputs leave it out, so a service may "
                "do so too; give it, or take None into account"
            )
    return ""


def _name_of(output: pulumi.Output[object]) -> str:
    for found in gc.get_objects():
        if isinstance(found, pulumi.Resource):
            for name, value in vars(found).items():
                if value is output:
                    type_ = getattr(found, "_type", type(found).__name__)
                    return f"{type_}.{name} of {getattr(found, '_name', '')}"
    return ""
