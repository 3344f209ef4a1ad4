"""Alerts and availability tests."""
