"""Dates and times of YAML as Go's `time.Time` writes them: the text that an unquoted date of a stack file becomes."""

from __future__ import annotations

import calendar
import re

_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2}):(?P<second>\d{1,2})(?:[.,](?P<fraction>\d+))?"
_DATE = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
_FORMS = (
    # The three forms that gopkg.in/yaml.v3 knows (resolve.go `allowedTimestampFormats`): an offset only after T.
    re.compile(rf"{_DATE}[Tt]{_TIME}(?:Z|(?P<sign>[-+])(?P<hours>\d\d):(?P<minutes>\d\d))", re.ASCII),
    re.compile(rf"{_DATE} +{_TIME}", re.ASCII),
    re.compile(_DATE, re.ASCII),
)


def go_time(text: str) -> str | None:
    """`2026-11-15` as "2026-11-15 00:00:00 +0000 UTC"; None for what is no time to Go (2026-02-30, a time without
    seconds), which stays text.

    An offset is written as Go writes it where the machine's clock runs on UTC: elsewhere the name of the machine's own
    zone replaces an offset that equals it.
    """
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        return None
    found = match.groupdict()
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    hour, minute, second = (int(found.get(name) or 0) for name in ("hour", "minute", "second"))
    if not 1 <= month <= 12 or not 1 <= day <= _days(year, month) or hour > 23 or minute > 59 or second > 59:
        return None
    fraction = (found.get("fraction") or "")[:9].rstrip("0")
    zone = _zone(found.get("sign"), found.get("hours"), found.get("minutes"))
    if zone is None:
        return None
    date = f"{year:04}-{month:02}-{day:02}"
    return f"{date} {hour:02}:{minute:02}:{second:02}{'.' if fraction else ''}{fraction} {zone}"


def _days(year: int, month: int) -> int:
    # Python's own dates begin with the year 1, Go's with 0, which is a leap year as 4 is.
    return calendar.monthrange(year or 4, month)[1]


def _zone(sign: str | None, hours: str | None, minutes: str | None) -> str | None:
    if sign is None or hours is None or minutes is None or hours == minutes == "00":
        return "+0000 UTC"
    if int(hours) > 24 or int(minutes) > 60:
        return None
    offset = int(hours) * 60 + int(minutes)
    text = f"{sign}{offset // 60:02}{offset % 60:02}"
    return f"{text} {text}"
