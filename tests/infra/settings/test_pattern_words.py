"""What a refusal says of a pattern: words, for each pattern that a setting has."""

from __future__ import annotations

from collections.abc import Iterator

from infra.settings.messages import show
from infra.settings.pattern_words import PATTERN_WORDS
from infra.settings.platform import PlatformSettings


def patterns(schema: object) -> Iterator[str]:
    """Of values and of keys."""
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        yield from schema.get("patternProperties", {})
        for part in schema.values():
            yield from patterns(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from patterns(part)


def test_each_pattern_of_a_setting_has_words_and_no_other() -> None:
    assert set(patterns(PlatformSettings.model_json_schema())) == PATTERN_WORDS.keys()


def test_a_token_in_an_address_is_not_shown() -> None:
    assert show("https://user:token@github.com/contoso/x") == "'https://[hidden]@github.com/contoso/x'"
    assert show("git+https://token@github.com/x") == "'git+https://[hidden]@github.com/x'"
    assert show("https://contoso.com/@team") == "'https://contoso.com/@team'"
