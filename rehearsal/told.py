"""Everything that a rehearsal may tell beside its service rules: generic checks, acts, promises, requirements
and Azure Policy."""

from __future__ import annotations

from rehearsal.authorisation.table import TOLD_OF_ACTS
from rehearsal.azure_policy.table import TOLD_OF_AZURE_POLICY
from rehearsal.checks.table import CHECKED
from rehearsal.promises.table import TOLD_OF_PROMISES
from rehearsal.requirements.table import TOLD_OF_REQUIREMENTS

TOLD = (*CHECKED, *TOLD_OF_ACTS, *TOLD_OF_PROMISES, *TOLD_OF_REQUIREMENTS, *TOLD_OF_AZURE_POLICY)
"""Each with its id, which no service rule has."""
