"""What people call the groups and persons that settings name by object id."""

from __future__ import annotations

from collections.abc import Mapping

from infra.settings.access import Access
from infra.settings.platform import PlatformSettings


def principal_names(settings: PlatformSettings) -> Mapping[str, str]:
    """Object ids, and names of groups in Databricks, to persona and group. The stack exports it as `principal_names`:
    reports then say who gains or loses access by name (docs/rehearsal.md, Names of people)."""
    names: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for persona, principal in settings.access.personas.items():
        for key in filter(None, (principal.object_id, principal.databricks_group)):
            names.setdefault(key, []).append(persona)
            shown[key] = principal.databricks_group or ""
    told = {
        key: f"{' and '.join(personas)} ({shown[key]})" if shown[key] else " and ".join(personas)
        for key, personas in names.items()
    }
    return {**_owners_of_instances(settings), **_readers(settings.access), **told}


def _readers(access: Access) -> Mapping[str, str]:
    return {
        reader.object_id: f"reader {key} of {reader.environment}"
        for key, reader in access.cross_environment_readers.items()
    }


def _owners_of_instances(settings: PlatformSettings) -> Mapping[str, str]:
    instances = settings.ml.compute_instances if settings.ml else {}
    return {
        instance.assigned_user_object_id: f"owner of compute instance {key}"
        for key, instance in instances.items()
    }
