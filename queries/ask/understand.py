"""From a question to the command that answers it, and what it is called with.

Every word has to be accounted for: by the shape, as a period, or as a word that changes nothing. What is left over
makes the question one that is not understood.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from kg.ontology import load_ontology
from kg.store import Store
from queries.ask.lexicon import load_lexicon
from queries.ask.making import Understood, build
from queries.ask.named import NameBook, near_names
from queries.ask.nearest import nearest_questions
from queries.ask.reader import Reader
from queries.ask.shapes import Lattice, load_shapes, matches
from queries.ask.stating import make_claims
from queries.ask.tokens import Token, tokenize

__all__ = ["NotUnderstood", "Understood", "understand"]

# Readings of one shape that are weighed, and words of a question; questions of people stay far below.
_MOST_READINGS = 500
_MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Why a question was not understood, and the nearest that are."""

    reason: str
    nearest: tuple[str, ...]


def understand(store: Store, question: str, *, today: date | None = None) -> Understood | NotUnderstood:
    """The reading of the question in which fewest parts use up all its words.

    `today` is the day that "last year" is reckoned from; the present day where it is left out.
    """
    tokens = tokenize(question)
    lexicon = load_lexicon()
    book = NameBook(store, tokens, lexicon.ordinary)
    if not tokens or len(tokens) > _MOST_WORDS:
        reason = "the question is empty" if not tokens else f"a question has at most {_MOST_WORDS} words"
        return NotUnderstood(reason, nearest_questions(tokens, ()))
    lattice = Reader(tokens, lexicon, book, today or date.today()).lattice()
    ontology = load_ontology()
    best: tuple[int, Understood] | None = None
    for shape in load_shapes():
        for match in islice(matches(shape, lattice), _MOST_READINGS):
            if best is not None and match.cost >= best[0]:
                continue
            understood = build(ontology, shape, match, {"claims": make_claims})
            if understood is not None:
                best = match.cost, understood
    return best[1] if best is not None else _not_understood(tokens, lattice, book)


def _not_understood(tokens: Sequence[Token], lattice: Lattice, book: NameBook) -> NotUnderstood:
    covered: set[int] = set()
    for start in range(lattice.size):
        for item in lattice.items[start]:
            covered.update(range(item.start, item.end))
        for end, _ in lattice.silent[start]:
            covered.update(range(start, end))
    unknown = [token.text for place, token in enumerate(tokens) if place not in covered]
    names = [name.name for found in lattice.items for item in found if item.tag == "NAME" for name in item.names[:1]]
    offer = nearest_questions(tokens, list(dict.fromkeys(names)))
    if not unknown:
        return NotUnderstood("every word is known, but they are not put together in a way that is understood", offer)
    words = ", ".join(repr(word) for word in unknown)
    near = [found for word in unknown for found in near_names(book, word)]
    hint = f"; names in the graph that resemble it: {', '.join(dict.fromkeys(near))}" if near else ""
    return NotUnderstood(f"{words} is not understood{hint}", offer)
