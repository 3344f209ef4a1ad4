"""What stops a job, each with what to do about it."""

from __future__ import annotations


class WorkloadError(Exception):
    """A step that did not do its work; nothing is half written."""


class RejectedFilesError(WorkloadError):
    """Files that were not loaded. Every other file of the run is in the tables."""


class NoModelError(WorkloadError):
    """No version of the model may be used."""


class RegistryError(WorkloadError):
    """The registry did not take a model or did not answer."""


class ParameterError(WorkloadError):
    """A parameter of a job that is missing or cannot be used."""
