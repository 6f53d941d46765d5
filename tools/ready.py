"""Exit 0 when the address answers 200 within five seconds.

usage: ready.py http://127.0.0.1:8069/web/health
"""

import sys
from urllib.error import URLError
from urllib.request import urlopen

try:
    with urlopen(sys.argv[1], timeout=5) as answer:
        sys.exit(answer.status != 200)
except (URLError, OSError):
    sys.exit(1)
