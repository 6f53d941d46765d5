"""Readers of inbound messages, free of the ORM.

Every reader takes what arrived and returns a :class:`~.parsed.Parsed`. None of them raises on any
input: what they cannot read comes back with ``understood`` false and the text as it is.
"""
