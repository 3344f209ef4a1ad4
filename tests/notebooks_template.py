"""The template for the notebooks' own repository, and its modules."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

TEMPLATE = Path(__file__).parents[1] / "templates/notebooks-repository"


def template_module(path: str) -> ModuleType:
    """The module in a file of the template; it may import nothing of the template's own."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, TEMPLATE / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
