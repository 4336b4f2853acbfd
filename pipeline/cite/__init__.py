"""Statute citations: find, resolve, verify."""
