"""Definitions that a text gives of its own short forms."""

import pytest

from ingest.extract.acronyms import find_definitions
from ingest.extract.words import words_of


def definitions(text: str) -> list[tuple[str, str]]:
    words = words_of(text)
    return [(words.surface(d.first, d.last), words.raw[d.short]) for d in find_definitions(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Taiwan Semiconductor Manufacturing Company (TSMC) grew.",
            [("Taiwan Semiconductor Manufacturing Company", "TSMC")],
        ),
        ("the Bureau of Industry and Security (BIS), which", [("Bureau of Industry and Security", "BIS")]),
        ("a large language model (LLM) from", [("large language model", "LLM")]),
        ("small modular reactors (SMRs) are", [("small modular reactors", "SMRs")]),
        ("the Department of Energy, or DOE, said", [("Department of Energy", "DOE")]),
        ("the AI Infrastructure Partnership (AIP) said", [("AI Infrastructure Partnership", "AIP")]),
        ("the company (NYSE) said", []),
        ("Nvidia (US) said", []),
        ("prices (2025) rose", []),
        ("Semiconductor Company (TSMC", []),
    ],
)
def test_definitions(text: str, expected: list[tuple[str, str]]) -> None:
    assert definitions(text) == expected


def test_the_long_form_has_a_bound() -> None:
    assert definitions("Alpha " + "beta " * 40 + "gamma (AG) said") == []
