"""Near-copies: articles that share most of their words, as agencies and outlets produce them.

Two articles are near-copies when the share of the shorter one's word triples that the longer one holds too is at
least `THRESHOLD`: a cut tail does not hide a copy, and the rule is the same whichever of the two came first.
Candidates are found by MinHash (Broder 1997, doi:10.1109/SEQUEN.1997.666900), then compared exactly.
"""

import base64
import re
from collections.abc import Callable, Mapping

import numpy as np
from datasketch import MinHash, MinHashLSH

__all__ = ["THRESHOLD", "containment", "near_copies", "shingles", "signature"]

THRESHOLD = 0.6
_PERMUTATIONS = 96
_SCHEME = "affine32"
# Banding for a Jaccard similarity well below the threshold, since a shorter copy is less alike than it is contained.
_BANDS, _ROWS = 32, 3
_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[str]:
    """Triples of neighbouring words, lower case; a text of fewer words is one shingle."""
    words = _WORD.findall(text.casefold())
    if len(words) < 3:
        return frozenset({" ".join(words)} if words else ())
    return frozenset(" ".join(words[i : i + 3]) for i in range(len(words) - 2))


def containment(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller set that the larger holds, in [0, 1]; 0 where either is empty.

    >>> containment(frozenset("abcd"), frozenset("abc"))
    1.0
    """
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def signature(text: str) -> str:
    """MinHash of the text's shingles, base64; equal for equal texts on every machine."""
    hashed = MinHash(num_perm=_PERMUTATIONS, seed=1, scheme=_SCHEME)
    hashed.update_batch([shingle.encode() for shingle in sorted(shingles(text))])
    return base64.b64encode(hashed.hashvalues.astype("<u4").tobytes()).decode()


def near_copies(signatures: Mapping[str, str], text_of: Callable[[str], str]) -> list[tuple[str, str]]:
    """Pairs of articles that are near-copies, each pair once, its IRIs in order, the list sorted.

    Parameters
    ----------
    signatures : mapping
        Article IRI -> what `signature` gave for its text.
    text_of : callable
        The text of an article; asked for candidates only.
    """
    index = MinHashLSH(num_perm=_PERMUTATIONS, params=(_BANDS, _ROWS))
    hashes = {iri: _minhash(text) for iri, text in sorted(signatures.items())}
    candidates: set[tuple[str, str]] = set()
    for iri, hashed in hashes.items():
        candidates.update((min(iri, other), max(iri, other)) for other in index.query(hashed))
        index.insert(iri, hashed)
    sets: dict[str, frozenset[str]] = {}

    def shingles_of(iri: str) -> frozenset[str]:
        if iri not in sets:
            sets[iri] = shingles(text_of(iri))
        return sets[iri]

    return sorted(p for p in candidates if containment(shingles_of(p[0]), shingles_of(p[1])) >= THRESHOLD)


def _minhash(encoded: str) -> MinHash:
    values = np.frombuffer(base64.b64decode(encoded), dtype="<u4").astype(np.uint64)
    return MinHash(num_perm=_PERMUTATIONS, seed=1, scheme=_SCHEME, hashvalues=values)
