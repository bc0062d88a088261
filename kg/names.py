"""How names are compared and turned into local names of IRIs."""

import re
import unicodedata

__all__ = ["name_key", "slug"]

_NOT_ALPHANUMERIC = re.compile(r"[^0-9a-z]+")


def slug(name: str) -> str:
    """Local name of an IRI: ASCII letters and digits joined by hyphens; empty where the name has neither.

    >>> slug("Électricité de France (EDF)")
    'electricite-de-france-edf'
    """
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return _NOT_ALPHANUMERIC.sub("-", folded).strip("-")


def name_key(name: str) -> str:
    """What two spellings of one name share: case, accents, punctuation and runs of space do not count.

    Letters of other scripts are kept, so names that `slug` would empty still differ.

    >>> name_key("U.S.") == name_key("us"), name_key("Türkiye"), name_key("data-centre")
    (True, 'turkiye', 'data centre')
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = (
        "".join(c for c in decomposed if not unicodedata.combining(c))
        .replace(".", "")
        .replace("'", "")
        .replace("’", "")
    )
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())
