"""Words as people type them, made comparable."""

import re
import unicodedata
from functools import lru_cache

_SEPARATORS = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def fold(text):
    """Return *text* without case, accents and punctuation.

    >>> fold("  Pays / Région : ")
    'pays region'
    >>> fold("Ёлка") == fold("елка")
    True
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return _SEPARATORS.sub(" ", plain).strip()


class Lexicon:
    """Maps the ways a thing is written to its one code.

    A word that could mean two different codes means nothing: the later
    definition wins only if it says the same.
    """

    def __init__(self, words=()):
        """:param words: iterable of (word, code)"""
        self._codes = {}
        for word, code in words:
            self.add(word, code)

    def add(self, word, code):
        """Let *word* mean *code*."""
        key = fold(word or "")
        if not key:
            return
        known = self._codes.setdefault(key, code)
        if known != code:
            self._codes[key] = None

    def find(self, word):
        """Return the code that *word* stands for, None when there is none."""
        return self._codes.get(fold(word))
