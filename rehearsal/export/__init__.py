"""Writes what a stack would deploy in the forms that other judges read: ARM resources and Terraform's JSON."""
