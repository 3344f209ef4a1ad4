"""Alerts, availability tests, the workbook, model monitors, and the alert that retrains."""
