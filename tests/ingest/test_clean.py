import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean_text, join_wrapped_lines


@given(st.text(st.characters()))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean


@given(st.text(st.characters()))
def test_clean_text_can_be_stored(text: str) -> None:
    clean = clean_text(text)
    clean.encode()
    assert unicodedata.is_normalized("NFC", clean)
    assert all(c == "\n" or unicodedata.category(c) not in {"Cc", "Co", "Cs"} for c in clean)
    assert "\n\n\n" not in clean
    assert "  " not in clean


@pytest.mark.parametrize(
    "text, clean",
    [
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("a\n \n\t\n\nb", "a\n\nb"),
        ("a\u00a0\u2009\tb", "a b"),
        ("semi\u00adcon\u200bduc\u2060tor\ufeff", "semiconductor"),
        ("\u202eabc\u202c \u2066d\u2069", "abc d"),
        ("cafe\u0301", "café"),
        ("cafe\u200b\u0301", "café"),
        ("\x00a\x07\x7fb\ud800", "ab"),
        ("\uf0b7 item", "item"),
        (" \n ", ""),
    ],
)
def test_clean_text(text: str, clean: str) -> None:
    assert clean_text(text) == clean


def test_wrapped_lines_are_joined() -> None:
    line = "word " * 12
    assert join_wrapped_lines(f"{line}\n{line}\nend.\n\nnext") == f"{line} {line} end.\n\nnext"


@pytest.mark.parametrize(
    "text",
    [
        "Short line\nand another",
        "- " + "word " * 12 + "\n- " + "word " * 12,
        "word " * 12 + "\nshort\n" + "word " * 12 + "\nend",
        "word " * 60 + "\n" + "word " * 60,
    ],
    ids=["short", "list", "uneven", "paragraph a line"],
)
def test_lines_that_are_meant_stay(text: str) -> None:
    assert join_wrapped_lines(text) == text
