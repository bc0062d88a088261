import pytest

from tests.ingest.readers.documents import OTHER, PARAGRAPH

QUOTED = "The “deal” with Nestlé is off — the ministry’s café said so on Friday in the city of Zürich."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings_are_told(read_one, encoding: str) -> None:
    assert read_one(QUOTED.encode(encoding), "a.txt").text == QUOTED


def test_declared_encoding_is_used_where_utf_8_does_not_fit(read_one) -> None:
    text = "Правительство сообщило о заводе."
    assert read_one(text.encode("koi8-r"), "a.txt", "text/plain; charset=koi8-r").text == text
    assert read_one(QUOTED.encode(), "a.txt", "text/plain; charset=latin-1").text == QUOTED
    assert read_one(QUOTED.encode("cp1252"), "a.txt", "text/plain; charset=nonsense").text == QUOTED


def test_broken_bytes_in_utf_8_cost_only_themselves(read_one) -> None:
    assert read_one(QUOTED.encode() + b" caf\xc3", "a.txt").text == f"{QUOTED} caf�"


def test_wrapped_lines_are_joined_and_paragraphs_kept(read_one) -> None:
    before, after = PARAGRAPH.split(" the Saudi ")
    wrapped = f"{before} the\nSaudi {after}\n\n{OTHER}"
    assert read_one(wrapped, "a.txt").text == f"{PARAGRAPH}\n\n{OTHER}"


def test_title_is_the_first_line_shortened(read_one) -> None:
    assert read_one(f"Chips for Riyadh\n\n{PARAGRAPH}", "a.txt").title == "Chips for Riyadh"
    title = read_one(PARAGRAPH + " " + OTHER, "a.txt").title
    assert title.endswith("…")
    assert len(title) <= 120
    assert PARAGRAPH.startswith(title[:60])


def test_address_of_a_fetched_text_is_its_url(read_one) -> None:
    assert read_one(PARAGRAPH, "https://example.org/a.txt").url == "https://example.org/a.txt"
    assert read_one(PARAGRAPH, "/tmp/a.txt").url is None
