"""Reads and checks a dealer network file. Plain Python, knows no ORM."""
