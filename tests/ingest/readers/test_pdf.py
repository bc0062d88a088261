import pytest

from ingest.readers.pdf import pages_to_text
from tests.ingest.readers.documents import OTHER, PARAGRAPH, make_pdf, protect

INFO = "/Title (Chips for Riyadh) /Author (Jane Doe) /CreationDate (D:20250513093000Z)"


def test_text_and_description(read_one) -> None:
    article = read_one(make_pdf([[PARAGRAPH, OTHER]], INFO), "a.pdf")
    assert article.text == f"{PARAGRAPH} {OTHER}"
    assert (article.title, article.author, article.published) == ("Chips for Riyadh", "Jane Doe", "2025-05-13")


def test_title_of_a_writing_program_is_none(read_one) -> None:
    assert read_one(make_pdf([[PARAGRAPH]], "/Title (Microsoft Word - draft.doc)"), "a.pdf").title == PARAGRAPH


def test_lines_are_joined_and_cut_words_mended() -> None:
    page = (
        "A fund that is state-owned holds the firm, which buys the semi-\n"
        "conductors this year, and the other state-\nowned firm, too, has announced that it will.\n"
        "It said so.\n"
        "Outlook\n"
        "The ministry expects that the plants will be built by the year's end."
    )
    assert pages_to_text([page]).split("\n\n") == [
        "A fund that is state-owned holds the firm, which buys the semiconductors this year, and the other state-owned "
        "firm, too, has announced that it will. It said so.",
        "Outlook",
        "The ministry expects that the plants will be built by the year's end.",
    ]


def test_running_heads_and_page_numbers_are_dropped() -> None:
    texts = [PARAGRAPH, OTHER, "The ministry expects that the plants will be built by the end of the year, it said."]
    pages = [f"Chip Report {2025}\n{text}\nPage {number} of 3" for number, text in enumerate(texts, 1)]
    assert pages_to_text(pages) == " ".join(texts)


@pytest.mark.parametrize(
    "data, words",
    [
        (make_pdf([[], []]), "no text on its 2 pages"),
        (protect(make_pdf([[PARAGRAPH]]), "secret"), "password"),
        (make_pdf([[PARAGRAPH]])[:300], "no PDF that can be read"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 4, "no PDF that can be read"),
    ],
)
def test_unusable_pdf_is_refused(refusal, data: bytes, words: str) -> None:
    assert words in refusal(data, "a.pdf")


def test_pdf_protected_against_changes_alone_is_read(read_one) -> None:
    assert read_one(protect(make_pdf([[PARAGRAPH]]), ""), "a.pdf").text == PARAGRAPH
