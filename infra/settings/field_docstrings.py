"""The docstrings below a model's fields, read from its source when a schema is made.

Pydantic's own `use_attribute_docstrings` reads them whenever the models are imported, and that took half of the time in
which a stack's program imports its settings.
"""

from __future__ import annotations

import ast
import functools
import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path


def field_docstrings(model: type) -> Mapping[str, str]:
    """Field to docstring, inherited ones included. A field that is declared anew has the new docstring or none."""
    found: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        declared = inspect.get_annotations(owner)
        own = _of_module(inspect.getfile(owner)).get(owner.__qualname__, {}) if declared else {}
        for name in declared:
            found.pop(name, None)
        found.update(own)
    return found


@functools.cache
def _of_module(path: str) -> Mapping[str, Mapping[str, str]]:
    """Class to its own fields' docstrings."""
    module = ast.parse(Path(path).read_text(encoding="utf-8"))
    return {node.name: dict(_of_class(node)) for node in module.body if isinstance(node, ast.ClassDef)}


def _of_class(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(node.body, node.body[1:], strict=False):
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if not (isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)):
            continue
        if isinstance(below.value.value, str):
            yield field.target.id, inspect.cleandoc(below.value.value)
