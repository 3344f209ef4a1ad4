"""A stack file's YAML, as strict as Pulumi's own reader."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

import yaml
from typing_extensions import override

_MERGE = "tag:yaml.org,2002:merge"


class _StrictLoader(yaml.SafeLoader):
    """PyYAML takes the last of two equal keys without a word; the Pulumi CLI (gopkg.in/yaml.v3) refuses them."""

    @override
    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,
    ) -> dict[Hashable, object]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = None if key_node.tag == _MERGE else self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key is not None:
                if key in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"key {key!r} stands there twice", key_node.start_mark
                    )
                seen.add(key)
        return super().construct_mapping(node, deep)


def read_stack_file(path: Path) -> object:
    """What the file holds.

    Raises `ValueError`, in one line: no such file, no UTF-8, no YAML, or a scalar that YAML takes for a date or number
    and Python cannot make (2026-02-30).
    """
    try:
        # Safe: a subclass of PyYAML's safe loader.
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ValueError(f"is not YAML: {error}") from error
