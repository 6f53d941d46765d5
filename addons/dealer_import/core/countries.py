"""Names of countries in the languages that network files are written in."""

from functools import lru_cache

from babel import Locale

from .words import fold

LANGUAGES = ("en", "fr", "ru")


@lru_cache(maxsize=1)
def names():
    """Return (name, ISO code) pairs in English, French and Russian, and the codes."""
    pairs = []
    for language in LANGUAGES:
        territories = Locale(language).territories
        pairs += [(name, code) for code, name in territories.items() if len(code) == 2]
    pairs += [(code, code) for _name, code in pairs]
    return tuple(pair for pair in pairs if fold(pair[0]))
