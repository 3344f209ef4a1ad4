"""Why a service gave no answer that a check could judge: one kind for each thing that somebody would do about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from json import JSONDecodeError

from azure.core.exceptions import AzureError, ClientAuthenticationError, HttpResponseError

LOGIN = "az login --tenant TENANT"
SOME_MINUTES = "the same again in some minutes"


class Trouble(StrEnum):
    """What a failure says about the next request."""

    SIGN_IN = "sign-in"
    """No token, or one that is not accepted: no other request will do better."""
    FORBIDDEN = "forbidden"
    THROTTLED = "throttled"
    """Still, after the retries that `Patience` allows."""
    REFUSED = "refused"
    """Any other status."""
    UNREACHABLE = "unreachable"
    """No answer: no route, a time-out, a connection that broke."""


class CannotLookError(Exception):
    """Azure gave no answer that a check could judge; `run` is what may help."""

    def __init__(self, message: str, run: str, trouble: Trouble = Trouble.REFUSED) -> None:
        super().__init__(message)
        self.run = run
        self.trouble = trouble


@contextmanager
def looking(at: str, role: str) -> Iterator[None]:
    """Turns Azure's errors, and answers that are no JSON, into `CannotLookError`; `role` is the least one that may
    look."""
    try:
        yield
    except AzureError as error:
        raise cannot_look(error, at, role) from error
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise CannotLookError(
            f"the answer about {at} is no JSON: a proxy may have given it",
            "az account show",
            Trouble.UNREACHABLE,
        ) from error


def cannot_look(error: AzureError, at: str, role: str) -> CannotLookError:
    """What an error of azure-core means for somebody who looked at `at`."""
    if isinstance(error, ClientAuthenticationError):
        return CannotLookError(
            f"Azure does not accept the sign-in ({_sign_in_problem(error)})", LOGIN, Trouble.SIGN_IN
        )
    if not isinstance(error, HttpResponseError):
        return CannotLookError(
            f"no answer about {at} ({short(error)})", "az account show", Trouble.UNREACHABLE
        )
    if error.status_code == 401:
        return CannotLookError(f"Azure does not accept the token ({short(error)})", LOGIN, Trouble.SIGN_IN)
    if error.status_code == 403:
        return CannotLookError(
            f"this identity may not look at {at}: it needs {role}",
            f'az role assignment create --assignee OBJECT_ID --role "{role}" --scope /subscriptions/SUBSCRIPTION',
            Trouble.FORBIDDEN,
        )
    if error.status_code == 429:
        return CannotLookError(f"Azure throttles the look at {at}", SOME_MINUTES, Trouble.THROTTLED)
    return CannotLookError(f"Azure answered {error.status_code} for {at} ({short(error)})", "az account show")


def short(error: AzureError) -> str:
    """The error's own words on one line, cut where they go on."""
    text = " ".join(str(error.message).split())
    return text if len(text) <= 160 else text[:159] + "…"


def _sign_in_problem(error: AzureError) -> str:
    """Entra's own sentence where there is one: DefaultAzureCredential puts every way that it tried before it."""
    text = " ".join(str(error.message).split())
    entra = re.search(r"AADSTS[0-9]+:[^.]*\.?", text)
    if entra:
        return entra[0]
    if "DefaultAzureCredential failed" in text:
        return "nobody is signed in: no az login, no managed identity, no AZURE_ variables"
    return short(error)
