"""Who is who: the Entra groups and applications behind each persona."""

from __future__ import annotations

from enum import StrEnum

from infra.settings.base import Guid, SettingsModel


class Persona(StrEnum):
    """Who works with the platform. What each may do is the table `infra.access.table`."""

    PLATFORM_ADMIN = "platform_admin"
    ML_ENGINEER = "ml_engineer"
    DATA_SCIENTIST = "data_scientist"
    DATA_ENGINEER = "data_engineer"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    CI = "ci"


class PersonaPrincipal(SettingsModel):
    """One Entra group, or for `ci` one service principal, by object id (not application id)."""

    object_id: Guid
    """az ad group show --group NAME --query id (for `ci`: az ad sp show --id APPLICATION_ID --query id)."""


class Access(SettingsModel):
    """The personas of this environment; a persona that is left out has no access."""

    personas: dict[Persona, PersonaPrincipal]
