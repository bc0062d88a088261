"""Which entity a span names: candidates by alias, choice by context, NIL for what no seed knows.

A span is never forced onto the nearest name. Ties are broken by score and then by IRI, so a text always links alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from ingest.extract.gazetteer import NAMED_LABELS, Alias, Match
from ingest.extract.words import Words, fold
from kg.names import slug
from kg.terms import entity_iri

__all__ = ["Link", "acts", "canonical_name", "link_match", "new_entity_iri", "strong_entities", "without_nationality"]

_KIND_SCORES = {"name": 1.0, "alias": 0.95, "demonym": 0.95, "adjective": 0.95, "metonym": 0.8, "weak alias": 0.7}
_LEGAL_FORMS = frozenset(
    {"inc", "corp", "corporation", "ltd", "limited", "llc", "plc", "co", "gmbh", "ag", "se", "sa", "nv", "bv", "ab"}
    | {"asa", "oyj", "spa", "kk", "pte"}
)


@dataclass(frozen=True, slots=True)
class Link:
    """The decision for one span."""

    iri: str
    label: str
    name: str
    score: float
    reason: str
    is_generic: bool = False  # a common noun, not the name of one thing
    is_new: bool = False  # NIL: no seed knows it

    def because(self, reason: str) -> "Link":
        """The same entity for another reason."""
        return replace(self, reason=reason)


def strong_entities(matches: Iterable[Match]) -> frozenset[str]:
    """IRIs of the entities that some span names by a strong and unshared name: they support weak aliases."""
    return frozenset(
        match.aliases[0].entity.iri for match in matches if len(match.aliases) == 1 and not match.aliases[0].is_weak
    )


def without_nationality(matches: list[Match]) -> list[Match]:
    """Cut a nationality off the name of a government body: `French` is a mention of its own before `Senate`.

    A country's name in full stays (`Israel Innovation Authority`): there it is part of the name.
    """
    national = {
        match.first: match.last
        for match in matches
        if any(alias.kind == "adjective" or alias.text.replace(".", "") in _SHORT_COUNTRIES for alias in match.aliases)
    }
    return [
        replace(match, first=national[match.first])
        if national.get(match.first, match.last) < match.last and _are_government(match)
        else match
        for match in matches
    ]


_SHORT_COUNTRIES = frozenset({"US", "UK", "USA"})


def _are_government(match: Match) -> bool:
    return all(alias.entity.label == "GOVERNMENT" for alias in match.aliases)


def link_match(match: Match, words: Words, strong: frozenset[str]) -> Link | None:
    """The entity that the span names; None where a weak alias lacks support or the context speaks against all."""
    ranked = sorted(
        ((score, alias) for alias in match.aliases if (score := _score(alias, match, words, strong)) > 0),
        key=lambda pair: (-pair[0], pair[1].entity.iri),
    )
    if not ranked:
        return None
    score, alias = ranked[0]
    entity = alias.entity
    return Link(
        entity.iri, entity.label, entity.name, round(score, 2), f"{alias.kind} {alias.text!r}", _is_generic(alias)
    )


def _is_generic(alias: Alias) -> bool:
    """A common noun, with or without an acronym in it: `data center`, `AI factory`, `GPU`; not `H100` or `Colossus`."""
    if alias.entity.label in NAMED_LABELS:
        return False
    if alias.entity.label == "RESOURCE" and alias.text.isalpha() and alias.text.isupper():
        return True
    words = alias.text.split()
    return words[-1].islower() or (len(words) > 1 and words[0].islower())


def _score(alias: Alias, match: Match, words: Words, strong: frozenset[str]) -> float:
    if alias.is_weak and alias.entity.iri not in strong:
        return 0.0
    score = _KIND_SCORES[alias.kind]
    if len(match.aliases) > 1 and _is_seat_or_ground(match):
        # A capital stands for its government, and Europe for its Union, where it acts.
        stands_for_power = alias.entity.label != "PLACE"
        return score if acts(match, words) == stands_for_power else score / 2
    return score


def _is_seat_or_ground(match: Match) -> bool:
    labels = {alias.entity.label for alias in match.aliases}
    if "PLACE" not in labels:
        return False
    return any(alias.kind == "metonym" for alias in match.aliases) or "ALLIANCE" in labels


_GROUND_BEFORE = frozenset(
    {"in", "near", "around", "at", "across", "outside", "throughout", "central", "downtown", "the", "a", "an", "of"}
)
_GROUND_AFTER = frozenset(
    {"based", "company", "firm", "summit", "court", "office", "offices", "conference", "suburb", "campus", "data"}
    | {"start", "startup", "university", "think", "exchange", "talks", "airport", "meeting", "hotel", "headquarters"}
)
_ACTS_BEFORE = frozenset({"that", "with", "by", "which", "what", "if", "when", "while", "because", "but", "whether"})
_ACTS_AFTER = frozenset(
    {"s", "has", "have", "had", "is", "was", "will", "would", "does", "did", "wants", "may", "might", "could", "can"}
    | {"must", "should", "needs", "now", "also", "lets", "remains", "plans", "hopes", "said", "says", "again"}
)


def acts(match: Match, words: Words) -> bool:
    """Whether a capital or continent is spoken of as one that acts, not as the ground where something stands.

    >>> from ingest.extract.words import words_of
    >>> [acts(Match(i, i + 1, ()), words_of(text)) for i, text in ((0, "Tokyo has agreed"), (2, "offices in Tokyo"))]
    [True, False]
    """
    first, last = match.first, match.last
    before = words.keys[first - 1] if first else ""
    after = words.keys[last] if last < len(words) else ""
    follows_hyphen = last < len(words) and words.text[words.ends[last - 1]] in "-‑"
    if before in _GROUND_BEFORE or after in _GROUND_AFTER or follows_hyphen or _is_dateline(first, last, words):
        return False
    if words.opens[first] or before in _ACTS_BEFORE or after in _ACTS_AFTER:
        return True
    # After a comma, a verb or another preposition a capital is more often its government, and Europe ground.
    return not any(alias.entity.label == "ALLIANCE" for alias in match.aliases) and after not in (",", ".")


def _is_dateline(first: int, last: int, words: Words) -> bool:
    """`TOKYO, March 3 -`, `SEOUL (Reuters)`, `Berlin - The ...`."""
    if all(word.isupper() for word in words.raw[first:last]) and len(words.raw[first]) > 2:
        return True
    return words.opens[first] and last < len(words) and words.raw[last] in ("(", "—", "–", "-")


def new_entity_iri(label: str, name: str) -> str:
    """IRI of an entity that no seed knows; a name without ASCII letters or digits is told by its digest."""
    return entity_iri(f"{label.lower()}.{slug(name) or sha256(name.encode()).hexdigest()[:12]}")


def canonical_name(label: str, surface: str) -> str:
    """Name of a new entity: without line breaks, and a firm without its legal form.

    >>> canonical_name("FIRM", "Acme Chips Co., Ltd.")
    'Acme Chips'
    """
    parts = surface.split()
    if label == "FIRM":
        while len(parts) > 1 and fold(parts[-1].strip(",")) in _LEGAL_FORMS:
            parts.pop()
    return " ".join(parts).rstrip(",")
