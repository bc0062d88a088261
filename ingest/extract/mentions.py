"""All mentions of a text: known names, new names, amounts and dates; none overlap, in the order of the text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from ingest.extract.acronyms import find_definitions
from ingest.extract.amounts import find_amounts
from ingest.extract.gazetteer import Gazetteer, aliases_of
from ingest.extract.newnames import COUNTRY_NOUN, GENERIC, NameRules, find_new_names, load_name_rules
from ingest.extract.phrases import PhraseRules, load_phrase_rules, singular_name
from ingest.extract.usage import Usage, load_usage
from ingest.extract.words import Words, segment
from ingest.link import Link, canonical_name, link_match, new_entity_iri, strong_entities, without_nationality
from ingest.seeds import Seeds
from kg.types import Mention

__all__ = ["Lexicon", "build_lexicon", "find_mentions"]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is compiled once from the seeds and the word lists."""

    gazetteer: Gazetteer
    rules: NameRules
    usage: Usage
    phrases: PhraseRules
    by_name: Mapping[tuple[str, str], str]  # label and folded canonical name -> IRI of a common noun


@dataclass(frozen=True, slots=True)
class _Span:
    """Words `first` up to `last`, linked."""

    first: int
    last: int
    link: Link


def build_lexicon(seeds: Seeds) -> Lexicon:
    """Compile the names of all known entities."""
    gazetteer = Gazetteer(alias for entity in seeds.entities for alias in aliases_of(entity))
    by_name = {(e.label, e.name): e.iri for e in reversed(seeds.entities) if e.name.split()[-1].islower()}
    return Lexicon(gazetteer, load_name_rules(), load_usage(), load_phrase_rules(), by_name)


def find_mentions(doc: Doc, lexicon: Lexicon) -> list[Mention]:
    """Mentions of `doc`, whose sentence bounds must have been set."""
    words = segment(doc)
    known = _known_spans(words, lexicon)
    new = _new_spans(words, known, lexicon)
    defined = _defined_spans(words, [*known, *new])
    spans = _longest([*known, *new, *defined])
    spans = _longest([*spans, *_repeated_spans(words, spans)])
    mentions = [
        Mention(
            start=words.starts[span.first],
            end=words.ends[span.last - 1],
            label=span.link.label,
            name=span.link.name,
            entity=span.link.iri,
            score=span.link.score,
            reason=span.link.reason,
        )
        for span in spans
    ]
    generic = frozenset(words.starts[span.first] for span in spans if span.link.is_generic)
    amounts, mentions = _amounts(doc.text, mentions, generic)
    return sorted([*mentions, *amounts], key=lambda mention: mention.start)


def _known_spans(words: Words, lexicon: Lexicon) -> list[_Span]:
    matches = lexicon.gazetteer.find(words)
    strong = strong_entities(matches)
    linked = [(match, link_match(match, words, strong)) for match in without_nationality(matches)]
    # What is not meant goes before the longest is chosen: a dropped `trustworthy AI` must not take `AI` with it.
    spans = _longest(
        span
        for match, link in linked
        if link is not None and _is_meant(span := _Span(match.first, match.last, link), words, lexicon.usage)
    )
    kept = [span for span, before in zip(spans, (None, *spans), strict=False) if not _only_repeats(span, before)]
    return _longest(_widen(_numbered(span, words), words, lexicon) for span in kept)


def _is_meant(span: _Span, words: Words, usage: Usage) -> bool:
    return not span.link.is_generic or (
        usage.is_meant(words, span.first, span.last, span.link.label) and not _is_part_of_a_title(span, words)
    )


def _numbered(span: _Span, words: Words) -> _Span:
    """`Colossus 2`: a known name and a number after it name the next of its line, unless a seed knows that one too."""
    if span.link.is_generic or span.link.label not in ("FACILITY", "MODEL") or span.last >= len(words):
        return span
    raw = words.raw[span.last]
    if not _GENERATION.fullmatch(raw) or words.text[words.ends[span.last - 1] : words.starts[span.last]] not in (
        " ",
        "-",
    ):
        return span
    name = f"{span.link.name} {raw}"
    iri = new_entity_iri(span.link.label, name)
    return _Span(
        span.first,
        span.last + 1,
        replace(span.link, iri=iri, name=name, score=0.7, reason="a known name and a number", is_new=True),
    )


_GENERATION = re.compile(r"[1-9]|[1-9]\.\d|II|III|IV|VI*")


def _widen(span: _Span, words: Words, lexicon: Lexicon) -> _Span:
    """Take in the modifiers before a common noun and the head after it."""
    if not span.link.is_generic:
        return span
    first = lexicon.phrases.start(words, span.first, span.link.label)
    last, label = lexicon.phrases.end(words, span.last, span.link.label)
    if (first, last) == (span.first, span.last):
        return span
    name = singular_name(words.surface(first, last))
    iri = lexicon.by_name.get((label, name))
    link = replace(
        span.link,
        iri=iri or new_entity_iri(label, name),
        label=label,
        name=name,
        score=0.75,
        reason=f"a phrase on the {span.link.reason}",
        is_new=iri is None,
    )
    return _Span(first, last, link)


def _is_part_of_a_title(span: _Span, words: Words) -> bool:
    """`Data` of `Data Protection Act`: a common noun with a capital beside another capitalised word."""
    if not words.raw[span.last - 1].istitle() or (words.opens[span.first] and span.last - span.first == 1):
        return False
    return any(
        0 <= index < len(words) and words.raw[index].istitle() and not words.opens[index]
        for index in (span.first - 1, span.last)
    )


def _only_repeats(span: _Span, before: _Span | None) -> bool:
    """`processors` of `H100 processors` says what the name before it is, and names nothing new."""
    return (
        before is not None
        and span.link.is_generic
        and before.last == span.first
        and before.link.label == span.link.label
        and not before.link.is_generic
    )


def _owners(words: Words, spans: Iterable[_Span]) -> list[str]:
    owners = [""] * len(words)
    for span in spans:
        label = GENERIC if span.link.is_generic else span.link.label
        if words.surface(span.first, span.last) == span.link.name and label == "COUNTRY":
            label = COUNTRY_NOUN
        owners[span.first : span.last] = [label] * (span.last - span.first)
    return owners


def _new_spans(words: Words, known: list[_Span], lexicon: Lexicon) -> list[_Span]:
    spans = []
    for found in find_new_names(words, _owners(words, known), lexicon.rules):
        name = canonical_name(found.label, words.surface(found.first, found.last))
        link = Link(
            new_entity_iri(found.label, name), found.label, name, found.score, f"new: {found.reason}", is_new=True
        )
        spans.append(_Span(found.first, found.last, link))
    return spans


def _defined_spans(words: Words, spans: list[_Span]) -> list[_Span]:
    """A short form goes with its long form: whichever of the two is known tells what the other names."""
    by_bounds = {(span.first, span.last): span.link for span in spans}
    by_last = {span.last: span.link for span in spans}
    defined = []
    for definition in find_definitions(words):
        long = by_bounds.get((definition.first, definition.last)) or by_last.get(definition.last)
        short = by_bounds.get((definition.short, definition.short + 1))
        if short is not None and short.score >= 0.9:
            link = short
        elif long is not None:
            link = long
        else:
            continue
        reason = f"defined in the text as {words.surface(definition.first, definition.last)!r}"
        for first, last in ((definition.first, definition.last), (definition.short, definition.short + 1)):
            defined.append(_Span(first, last, link.because(reason)))
    return defined


def _repeated_spans(words: Words, spans: list[_Span]) -> Iterator[_Span]:
    """Further occurrences of a name that the text has made clear: the same words, or a person's surname."""
    links: dict[tuple[str, ...], Link] = {}
    lengths: dict[str, set[int]] = {}
    for span in spans:
        if span.link.is_generic or not (span.link.is_new or span.link.label == "PERSON"):
            continue
        forms = [tuple(words.raw[span.first : span.last])]
        if span.link.label == "PERSON" and span.last - span.first > 1:
            forms.append((words.raw[span.last - 1],))
        for form in forms:
            links.setdefault(form, span.link)
            lengths.setdefault(form[0], set()).add(len(form))
    taken = {index for span in spans for index in range(span.first, span.last)}
    for index, raw in enumerate(words.raw):
        for length in sorted(lengths.get(raw, ())):
            form = tuple(words.raw[index : index + length])
            if form in links and taken.isdisjoint(range(index, index + length)):
                yield _Span(index, index + length, links[form].because(f"again {' '.join(form)!r}, as above"))


def _longest(spans: Iterable[_Span]) -> list[_Span]:
    """The longest of overlapping spans, then the one with the higher score; in the order of the text."""
    kept: list[_Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda s: (s.first - s.last, -s.link.score, s.first, s.link.iri)):
        covered = range(span.first, span.last)
        if taken.isdisjoint(covered):
            kept.append(span)
            taken.update(covered)
    return sorted(kept, key=lambda span: span.first)


def _amounts(text: str, mentions: list[Mention], generic: frozenset[int]) -> tuple[list[Mention], list[Mention]]:
    """Amounts, and the mentions that are no part of one.

    The noun behind a number belongs to the amount unless an entity is named there: `18,000` of `18,000 GB300 chips`,
    but all of `600 construction jobs`. `generic` has the starts of common nouns.
    """
    amounts: list[Mention] = []
    kept: list[Mention] = []
    position = 0
    for span in find_amounts(text):
        while position < len(mentions) and mentions[position].end <= span.start:
            kept.append(mentions[position])
            position += 1
        inside = position
        while inside < len(mentions) and mentions[inside].start < span.end:
            inside += 1
        overlapping = mentions[position:inside]
        end = span.end
        if any(m.start < span.start or m.end > span.end for m in overlapping if m.start < span.bare_end):
            continue
        if any(m.start not in generic or m.end >= span.end for m in overlapping if m.start >= span.bare_end):
            end = span.bare_end
        position += sum(m.start < end for m in overlapping)
        amounts.append(Mention(span.start, end, span.label, text[span.start : end], None, 0.9, "by its form"))
    return amounts, [*kept, *mentions[position:]]
