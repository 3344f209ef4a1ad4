"""Which test process rehearses which platform."""

from __future__ import annotations

import pytest

from tests.infra.platforms import ALL


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that look at one platform run in one process, so that each platform is rehearsed once.

    A test that names no platform compares with dev, or rehearses its own: it goes with dev.
    """
    for item in items:
        if isinstance(item, pytest.Function) and _looks_at_platforms(item):
            parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
            group = next((value for value in parameters if value in ALL), "dev")
            item.add_marker(pytest.mark.xdist_group(str(group)))


def _looks_at_platforms(item: pytest.Function) -> bool:
    used = vars(item.module).values()
    return any(getattr(value, "__module__", "") == "tests.infra.platforms" for value in used)
