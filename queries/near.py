"""The known words nearest to one that is not known."""

from collections.abc import Sequence

__all__ = ["nearest"]

# Similarity is computed for at most so many words: a mistyped name must not cost more than an answer.
_MOST = 2000


def nearest(word: str, known: Sequence[str], count: int = 3) -> list[str]:
    """At most `count` of the known words that resemble `word`, best first, whatever the case.

    >>> nearest("Nvdia", ["Intel", "Nvidia", "Vidya"])
    ['Nvidia', 'Vidya']
    """
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(candidate.casefold(), candidate)
    wanted = word.casefold()
    # Words of about the same length that share a beginning or an end come first, so that the bound cuts the unlikely.
    likely = sorted(folded, key=lambda c: (c[:1] != wanted[:1] and c[-1:] != wanted[-1:], abs(len(c) - len(wanted)), c))
    return [folded[found] for found in get_close_matches(wanted, likely[:_MOST], count, 0.6)]
