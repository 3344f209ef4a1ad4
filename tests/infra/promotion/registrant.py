"""Whose versions the tests' prod stack promotes, and a version of theirs."""

from __future__ import annotations

from infra.settings.promotion import Registrant

REGISTRANT = Registrant(
    application_id="c0000000-0000-4000-8000-000000000001",
    object_id="c0000000-0000-4000-8000-000000000011",
)
"""Dev's jobs, as tests/data/reference_platform/Pulumi.prod.yaml names them."""

BY_DEVS_JOBS = {
    "created_at": "2026-11-21T03:31:04.465194+00:00",
    "created_by": REGISTRANT.application_id,
    "created_by_type": "Application",
}
"""As `az ml model show` prints it."""

CONTENT = "ab" * 32
"""A digest of files."""
