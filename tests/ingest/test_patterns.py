"""The whole extractor: spans, determinism, independence of neighbours, texts that nobody would write."""

import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.patterns import PatternsExtractor
from ingest.extract.registry import ExtractorSpec, build_extractor
from ingest.seeds import DEFAULT_SEEDS, load_seeds
from kg.errors import ExtractError
from kg.ontology import load_ontology
from kg.types import Extraction

TEXT = (
    "Dutch toolmaker ASML cannot sell EUV machines to China. Nvidia will sell 18,000 chips to Humain. "
    "TSMC, which makes chips for Nvidia, plans to build a fab in Arizona."
)
PIECES = (
    "Nvidia|TSMC|China|Dutch|the|of|which|makes|sells|will|not|to|chips|in|Arizona|,|.|and|’s|-based|(|)|“|”|said"
    "|it|its|the company|$5 billion|2025|AI Act|;|was|built|by|a|fab|that|who|\n"
)
HOSTILE = {
    "empty": "",
    "blanks": " \n\t \n",
    "no sentence": "Nvidia TSMC China",
    "ten thousand words": "Nvidia and TSMC sell chips to China and " * 1250,
    "one name": "Nvidia " * 5000,
    "a chain": "Nvidia of China in " * 2500,
    "brackets": "(" * 5000 + "Nvidia",
    "possessives": "Nvidia's " * 3000,
    "relatives": "which " * 5000 + "Nvidia sells chips",
    "emoji": "🚀 Nvidia 🤝 sells chips to China 💰",
    "other scripts": "英伟达向中国出售芯片。 Nvidia продаёт чипы. إنفيديا",
    "zero width": "Nvi\u200bdia sells\u200d chips to \ufeffChina.",
    "control characters": "\x00Nvidia\x01 sells \x1b[31mchips to China\x7f.",
    "capitals": "NVIDIA WILL SELL CHIPS TO CHINA AND TSMC BUILDS A FAB IN ARIZONA.",
    "one long word": "a" * 100_000,
    "line ends": "Nvidia\r\nsells\r\nchips\r\nto\u2028China.",
}


@pytest.fixture(scope="module")
def extractor() -> PatternsExtractor:
    return PatternsExtractor(load_seeds(DEFAULT_SEEDS), load_ontology())


def check(text: str, extraction: Extraction) -> None:
    """What holds of every extraction."""
    end = 0
    for mention in extraction.mentions:
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
    for r in extraction.readings:
        assert 0 <= r.start < r.end <= len(text)
        assert text[r.start : r.end] == text[r.start : r.end].strip()
        assert 0.0 < r.score <= 1.0
        pointers = (r.head, r.tail, r.concerns, r.amount, r.time, r.attributed_to)
        assert all(p is None or 0 <= p < len(extraction.mentions) for p in pointers)
        assert extraction.mentions[r.head].entity != extraction.mentions[r.tail].entity


def test_a_text_becomes_facts(extractor: PatternsExtractor) -> None:
    (extraction,) = extractor.extract([TEXT])
    check(TEXT, extraction)
    facts = {
        (extraction.mentions[r.head].name, r.relation, extraction.mentions[r.tail].name, r.status, r.polarity)
        for r in extraction.readings
    }
    assert {
        ("ASML", "headquarteredIn", "Netherlands", "actual", "affirmed"),
        ("ASML", "supplies", "China", "actual", "negated"),
        ("Nvidia", "supplies", "Humain", "planned", "affirmed"),
        ("TSMC", "builds", "fab", "planned", "affirmed"),
        ("fab", "locatedIn", "Arizona", "planned", "affirmed"),
    } <= facts


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_texts(extractor: PatternsExtractor, case: str) -> None:
    text = HOSTILE[case]
    started = time.perf_counter()
    (extraction,) = extractor.extract([text])
    check(text, extraction)
    assert time.perf_counter() - started < 20


def test_time_grows_with_the_text(extractor: PatternsExtractor) -> None:
    def seconds(times: int) -> float:
        started = time.perf_counter()
        list(extractor.extract([TEXT * times]))
        return time.perf_counter() - started

    seconds(50)
    assert seconds(800) < 16 * max(seconds(100), 0.01)


def test_lone_surrogates_are_refused(extractor: PatternsExtractor) -> None:
    with pytest.raises(ExtractError, match=r"'\\udcff' at 7"):
        list(extractor.extract(["Nvidia \udcff grew"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=60).map(" ".join))
def test_spans_lie_in_the_text(extractor: PatternsExtractor, text: str) -> None:
    (extraction,) = extractor.extract([text])
    check(text, extraction)
    assert next(extractor.extract([text])) == extraction


@settings(max_examples=25, deadline=None)
@given(st.permutations([TEXT, "", "TSMC makes chips.", "Nvidia sells it.", "Huawei competes with Nvidia."]))
def test_neighbours_do_not_matter(extractor: PatternsExtractor, texts: list[str]) -> None:
    together = list(extractor.extract(texts))
    assert together == [next(extractor.extract([text])) for text in texts]


def test_another_process_builds_its_own(extractor: PatternsExtractor) -> None:
    spec = pickle.loads(pickle.dumps(ExtractorSpec(name="patterns")))
    again = build_extractor(spec)
    assert again.name == extractor.name == "patterns/1"
    assert list(again.extract([TEXT])) == list(extractor.extract([TEXT]))
