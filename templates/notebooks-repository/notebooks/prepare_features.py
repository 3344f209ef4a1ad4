# Databricks notebook source
"""Features of the demand forecast: plain functions here, so that tests need no workspace."""

from __future__ import annotations

from datetime import date


def week_of_year(day: date) -> int:
    """ISO week, 1 to 53: the season that demand follows."""
    return day.isocalendar().week
