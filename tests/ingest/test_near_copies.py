"""Which articles count as copies of one another."""

import random

from hypothesis import given
from hypothesis import strategies as st

from ingest.near_copies import near_copies, shingles, signature

WORDS = [f"word{n}" for n in range(2000)]


def article(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def pairs(texts: dict[str, str]) -> list[tuple[str, str]]:
    return near_copies({iri: signature(text) for iri, text in texts.items()}, texts.__getitem__)


def test_a_copy_with_small_edits_and_a_cut_tail_is_found() -> None:
    original = article(1)
    words = original.split()[:200]
    words[10] = "edited"
    words[90:92] = []
    assert pairs({"a": original, "b": " ".join(words), "c": article(2)}) == [("a", "b")]


def test_articles_on_one_subject_are_no_copies() -> None:
    assert pairs({"a": article(1), "b": article(2), "c": article(3)}) == []


def test_empty_and_tiny_texts_are_no_copies_of_longer_ones() -> None:
    assert pairs({"a": "", "b": "", "c": article(1), "d": "one two"}) == []


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_the_articles_does_not_matter(order: list[str]) -> None:
    base = article(4)
    texts = {"a": base, "b": base + " tail", "c": article(5), "d": " ".join(base.split()[:250])}
    assert pairs({iri: texts[iri] for iri in order}) == [("a", "b"), ("a", "d"), ("b", "d")]


def test_signatures_do_not_depend_on_the_process() -> None:
    assert signature("Nvidia sells chips to Humain.")[:16] == signature("nvidia sells chips, to Humain")[:16]


def test_shingles_of_a_short_text() -> None:
    assert shingles("One two") == {"one two"}
    assert shingles("a b c d") == {"a b c", "b c d"}
