"""How a named secret becomes its value, and how a stack file's ciphertext is passed over offline."""

from __future__ import annotations

import os
import re

from infra.settings.base import SECRET_REFERENCE_PATTERN
from pulumi_stack_files.secure import is_secure

UNSET_IN_AZURE_PIPELINES = r"\$\([^)]*\)"
"""`$(NAME)` stays as it is where no variable has that name (learn.microsoft.com, Azure Pipelines, Define variables)."""

CIPHERTEXT = "encrypted config"
"""The placeholder for `{secure: …}`, which only the engine can decrypt."""


def secret_of_the_process(text: str, *, encrypted: bool) -> str:
    """The value behind `env:NAME`, or `text` itself where the engine decrypted it.

    Pulumi marks a whole area as encrypted, not a value in it, so clear text beside a ciphertext of the same area
    passes here; reading the stack file offline refuses it. Raises ValueError.
    """
    if re.fullmatch(SECRET_REFERENCE_PATTERN, text):
        name = text.removeprefix("env:")
        value = os.environ.get(name)
        if not value:
            raise ValueError(f"the environment variable {name} is not set; export it before running pulumi")
        if re.fullmatch(UNSET_IN_AZURE_PIPELINES, value):
            raise ValueError(
                f"the environment variable {name} is the text {value}, which Azure Pipelines leaves where a variable "
                "is not set; add it to the variable group, as a secret"
            )
        return value
    if not encrypted:
        _refuse_name(text)
        raise ValueError(
            "is written in the stack file in clear; name it as env:NAME, or encrypt it: "
            "pulumi config set --path --secret KEY"
        )
    return text


def stand_in(text: str) -> str:
    """What a secret is offline. Raises ValueError for one that is written in clear."""
    if not re.fullmatch(SECRET_REFERENCE_PATTERN, text) and text != CIPHERTEXT:
        _refuse_name(text)
        raise ValueError("is written in the stack file in clear; name it as env:NAME, or encrypt it")
    return f"stand-in for {text}"


def _refuse_name(text: str) -> None:
    """A name that no shell could export. Raises ValueError, which does not show what may be a secret after all."""
    if text.startswith("env:"):
        raise ValueError("names no environment variable; give env:NAME, with letters, digits and underscores")


def without_ciphertext(value: object) -> object:
    """Replace `{secure: …}`, which only the engine can decrypt, by a marker that a secret field accepts."""
    if isinstance(value, dict):
        if is_secure(value):
            return CIPHERTEXT
        return {str(key): without_ciphertext(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_ciphertext(item) for item in value]
    return value
