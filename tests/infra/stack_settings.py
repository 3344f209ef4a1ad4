"""Settings without a rehearsal: of the reference stacks, of scenarios, and of dev with a patch of a test's own."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra.settings.load import load_from_stack_file
from infra.settings.platform import PlatformSettings
from tests.infra.platforms import STACKS, TODAY, merge_patch, scenario_patch
from tests.reference_platform import read_stack, stack_file, write_stack


@functools.cache
def settings_of(name: str) -> PlatformSettings:
    """Of a reference stack, or of a scenario."""
    if name in STACKS:
        return load_from_stack_file(stack_file(name), today=TODAY).settings
    return patched_settings(scenario_patch(name))


def patched_settings(patch: Mapping[str, Any], *, base: str = "dev") -> PlatformSettings:
    """Of the reference `base` with `patch` applied to its areas, as a stack named test."""
    document = read_stack(base)
    patched = {f"mlplatform:{area}": value for area, value in patch.items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Pulumi.test.yaml"
        config = {"config": merge_patch(document["config"], patched)}
        write_stack(path, config)
        return load_from_stack_file(path, today=TODAY).settings
