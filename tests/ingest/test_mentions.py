"""The mentions of a text, from all sources together."""

import time
from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from ingest.extract.mentions import Lexicon, build_lexicon, find_mentions
from ingest.seeds import DEFAULT_SEEDS, load_seeds
from kg.types import Mention

PIECES = (
    "Nvidia|China|Beijing|the|of|data|centers|GPU|$5|billion|2026|,|.|Mr.|Okafor|said|University|Ministry|AI|in|chips"
    "|(NVD)|’s|-|U.S.|Department|600|jobs|\n|trustworthy|Colossus|2"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 10_000_000
    return nlp


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build_lexicon(load_seeds(DEFAULT_SEEDS))


def brief(text: str, mentions: list[Mention]) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.label, m.name) for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Dutch toolmaker ASML cannot sell EUV machines to China.",
            [
                ("Dutch", "COUNTRY", "Netherlands"),
                ("ASML", "FIRM", "ASML"),
                ("EUV machines", "RESOURCE", "EUV lithography machine"),
                ("China", "COUNTRY", "China"),
            ],
        ),
        (
            "Nvidia will sell 18,000 of its GB300 chips to Humain by 2026.",
            [
                ("Nvidia", "FIRM", "Nvidia"),
                ("18,000", "QUANTITY", "18,000"),
                ("GB300", "RESOURCE", "GB300"),
                ("Humain", "FIRM", "Humain"),
                ("by 2026", "DATE", "by 2026"),
            ],
        ),
        (
            "Microsoft put US$1.2 billion into AI data centers in Johor.",
            [
                ("Microsoft", "FIRM", "Microsoft"),
                ("US$1.2 billion", "MONEY", "US$1.2 billion"),
                ("AI data centers", "FACILITY", "AI data center"),
                ("Johor", "PLACE", "Johor"),
            ],
        ),
        (
            "The French Senate asked the U.S. Department of Commerce.",
            [
                ("French", "COUNTRY", "France"),
                ("Senate", "GOVERNMENT", "French Senate"),
                ("U.S.", "COUNTRY", "United States"),
                ("Department of Commerce", "GOVERNMENT", "US Department of Commerce"),
            ],
        ),
        (
            "A plant would create 600 construction jobs.",
            [("plant", "FACILITY", "plant"), ("600 construction jobs", "QUANTITY", "600 construction jobs")],
        ),
        ("The finance minister wants to finance it.", []),
        ("The CHIPS Act has passed.", [("CHIPS Act", "POLICY", "CHIPS Act")]),
        ("It wants trustworthy AI.", [("AI", "TECHNOLOGY", "artificial intelligence")]),
        ("H100 processors hum.", [("H100", "RESOURCE", "H100")]),
    ],
)
def test_mentions(nlp: Language, lexicon: Lexicon, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert brief(text, find_mentions(nlp(text), lexicon)) == expected


def test_a_text_teaches_its_own_acronym(nlp: Language, lexicon: Lexicon) -> None:
    text = "Orbix Quantum Holdings (OQH) grew. OQH then shrank."
    found = brief(text, find_mentions(nlp(text), lexicon))
    assert [name for _, _, name in found] == ["Orbix Quantum Holdings"] * 3


def test_a_surname_refers_back(nlp: Language, lexicon: Lexicon) -> None:
    text = "Chief executive Anna Bergström spoke. Bergström then left."
    mentions = find_mentions(nlp(text), lexicon)
    assert [m.name for m in mentions] == ["Anna Bergström", "Anna Bergström"]
    assert mentions[0].entity == mentions[1].entity


def test_a_phrase_on_a_known_noun_is_canonical(nlp: Language, lexicon: Lexicon) -> None:
    text = "They bought legacy semiconductor wafers."
    (mention,) = find_mentions(nlp(text), lexicon)
    assert (mention.label, mention.name) == ("RESOURCE", "legacy semiconductor wafer")
    assert mention.entity is not None


def test_amounts_have_no_entity_and_all_others_have_one(nlp: Language, lexicon: Lexicon) -> None:
    text = "TSMC spent $40 billion on 4 nm lines in Arizona in 2024."
    for mention in find_mentions(nlp(text), lexicon):
        assert (mention.entity is None) == (mention.label in ("MONEY", "DATE", "QUANTITY"))
        assert mention.reason


@given(
    st.lists(
        st.sampled_from(PIECES.split("|")),
        max_size=25,
    )
)
def test_mentions_are_spans_in_order_that_never_overlap(nlp: Language, lexicon: Lexicon, words: list[str]) -> None:
    text = " ".join(words)
    mentions = find_mentions(nlp(text), lexicon)
    assert all(0 <= m.start < m.end <= len(text) and 0 < m.score <= 1 for m in mentions)
    assert all(before.end <= after.start for before, after in pairwise(mentions))
    assert find_mentions(nlp(text), lexicon) == mentions


@pytest.mark.parametrize(
    "piece", ["Nvidia ", "Li A ", "AI chips and ", "Ministry of ", "(AB) ", "a ", "GPU-", "Mr. Ok said "]
)
def test_time_grows_with_the_text_alone(nlp: Language, lexicon: Lexicon, piece: str) -> None:
    doc = nlp(piece * (60_000 // len(piece)))
    started = time.perf_counter()
    find_mentions(doc, lexicon)
    assert time.perf_counter() - started < 5
