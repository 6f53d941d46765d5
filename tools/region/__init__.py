"""Regions: what a database should be (`config/regions/<name>/`) and how it gets there."""
