"""What is valid today and will not stay so: every setting, and the API versions of the pinned provider."""

from __future__ import annotations

import re
from collections.abc import Iterator

from azure_facts.retirements import RetirementFinding, RetirementKind, find_retirements
from azure_facts.vm_sizes import unknown_series
from infra.conventions.provider_versions import PROVIDER
from infra.settings.base import VM_SIZE_PATTERN, Problem, SettingsModel
from infra.settings.data_warnings import data_warnings
from infra.settings.databricks import RUNTIME_PATTERN
from infra.settings.declared_services import declared_services
from infra.settings.operating_cross_checks import assumptions_of_absent_areas
from infra.settings.platform import PlatformSettings
from infra.settings.refusals import key_of

RETIRABLE = (
    (RetirementKind.VM_SIZE, VM_SIZE_PATTERN),
    (RetirementKind.DATABRICKS_RUNTIME, RUNTIME_PATTERN),
)
"""Texts that Azure or Databricks may announce the end of, told by their form."""


def warnings_of(settings: PlatformSettings) -> Iterator[str]:
    """One line each, with its config key."""
    for path, value in _walk(settings, ""):
        if isinstance(value, SettingsModel):
            for problem in value.warn():
                yield f"{key_of(f'{path}.{problem.path}')}: {problem.message}"
        else:
            if re.fullmatch(VM_SIZE_PATTERN, value) and (problem := unknown_series(value)):
                yield f"{key_of(path)}: {problem}"
            for kind, pattern in RETIRABLE:
                if re.fullmatch(pattern, value):
                    for finding in find_retirements(kind, value, settings.today):
                        yield f"{key_of(path)}: {finding.message}"
    for problem in (*data_warnings(settings), *assumptions_of_absent_areas(settings)):
        yield f"{key_of(problem.path)}: {problem.message}"
    for finding in _provider_findings(settings):
        yield f"{PROVIDER}: {finding.message}"


def provider_problems(settings: PlatformSettings) -> Iterator[Problem]:
    """API versions that Azure no longer answers, of services that the stack makes: no setting helps, a newer provider
    does."""
    for finding in _provider_findings(settings):
        if finding.is_past:
            yield Problem(PROVIDER, finding.message)


def _provider_findings(settings: PlatformSettings) -> Iterator[RetirementFinding]:
    for resource_type, version in declared_services(settings).items():
        yield from find_retirements(RetirementKind.API_VERSION, f"{resource_type}@{version}", settings.today)


def _walk(value: object, path: str) -> Iterator[tuple[str, SettingsModel | str]]:
    """Every model and every text below `value`, with its path."""
    if isinstance(value, SettingsModel):
        yield path, value
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, f"{path}[{index}]")
    elif isinstance(value, str):
        yield path, value
