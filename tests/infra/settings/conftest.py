"""Stack files to break: a copy of the reference one, changed at a key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from infra.settings.load import Loaded, SettingsError, load_from_stack_file
from tests.reference_platform import read_stack, write_stack

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 21)

Edit = Callable[[dict[str, Any]], None]


@pytest.fixture
def load_edited(tmp_path: Path) -> Callable[[Edit], Loaded]:
    """Load the reference dev stack after `edit` changed its areas (keys without the project's name)."""

    def load(edit: Edit, stack: str = "dev") -> Loaded:
        document = read_stack("dev")
        areas = {key.removeprefix("mlplatform:"): value for key, value in document["config"].items()}
        edit(areas)
        path = tmp_path / f"Pulumi.{stack}.yaml"
        config = {key if ":" in key else f"mlplatform:{key}": value for key, value in areas.items()}
        write_stack(path, {"config": config})
        return load_from_stack_file(path, today=TODAY)

    return load


@pytest.fixture
def refusals(load_edited: Callable[[Edit], Loaded]) -> Callable[[Edit], dict[str, str]]:
    """The refused keys of an edited dev stack, key to message, read from the lines that a user sees."""

    def refuse(edit: Edit) -> dict[str, str]:
        with pytest.raises(SettingsError) as caught:
            load_edited(edit)
        messages: dict[str, str] = {}
        for line in str(caught.value).splitlines()[1:]:
            key, _, message = line.strip().removeprefix("mlplatform:").partition(": ")
            messages[key] = f"{messages[key]}; {message}" if key in messages else message
        return messages

    return refuse
