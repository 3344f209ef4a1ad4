"""What the commands that ask the real cloud exit with."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The numbers agree with the rehearsal's where the meaning does."""

    PASSED = 0
    """Everything that was asked holds."""
    ERROR = 1
    """Anything else, such as a package that is missing."""
    BAD_SETTINGS = 2
    """The settings are refused, a file has another form, or the arguments are wrong."""
    FAILED = 4
    """A promise is broken, or Azure would refuse a resource."""
    UNASKED = 5
    """Nobody is signed in, the sign-in has ended or is another tenant's, there is no network, Azure gave no answer, or
    the time was up: not everything that can be asked was asked."""
