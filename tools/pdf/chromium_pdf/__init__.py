"""Printing of HTML with headers and footers by headless Chromium."""
