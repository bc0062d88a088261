import time

import pytest

from ingest.readers.markdown import markdown_to_text
from tests.ingest.readers.documents import PARAGRAPH


def test_front_matter_describes_the_article(read_one) -> None:
    article = read_one(
        "---\ntitle: 'Chips: <script>alert(1)</script>'\ndate: 2025-05-13\nurl: https://Example.org/a?utm_source=x#top\n"
        "publisher: The Wire\nauthor: [Jane Doe, John Roe]\nlanguage: en-GB\ntopics: [chips, Gulf, chips]\n---\n\n"
        f"{PARAGRAPH}\n",
        "a.md",
    )
    assert article.text == PARAGRAPH
    assert article.title == "Chips: <script>alert(1)</script>"
    assert article.published == "2025-05-13"
    assert article.url == "https://example.org/a"
    assert article.publisher == "The Wire"
    assert article.author == "Jane Doe, John Roe"
    assert article.language == "en"
    assert article.topics == ("chips", "Gulf")


@pytest.mark.parametrize(
    "front_matter, words",
    [
        ("title: [a\ndate: 2025", "not YAML in line 3"),
        ("title: \x01", "not YAML"),
        ('title: "\\UFFFFFFFF"', "not YAML"),
        ("just some words", "just some words"),
        ("- a\n- b", "`name: value`"),
        ("title: {a: b}", "title is a dict"),
        ("topics: {a: b}", "topics is a dict"),
        ("x: " + "[" * 5000, "not YAML"),
        ("x: " + "y" * 70_000, "shorten"),
    ],
)
def test_front_matter_that_is_not_yaml_is_refused(refusal, front_matter: str, words: str) -> None:
    assert words in refusal(f"---\n{front_matter}\n---\nThe words of the whole deal.", "a.md")


@pytest.mark.parametrize(
    "value", ["2025-13-40", "13/45/2025", "!!timestamp x", "!!bool maybe", '!!int ""', "!!float 1:x", "[2025]", "~"]
)
def test_unreadable_date_is_dropped(read_one, value: str) -> None:
    article = read_one(f"---\ntitle: Chips\ndate: {value}\n---\n{PARAGRAPH}", "a.md")
    assert (article.title, article.published) == ("Chips", None)


def test_first_date_that_can_be_read_is_taken(read_one) -> None:
    article = read_one(f"---\ndate: soon\npublished: 2025-05-13T23:30:00-08:00\n---\n{PARAGRAPH}", "a.md")
    assert article.published == "2025-05-13"


def test_values_are_words_whatever_their_look(read_one) -> None:
    fields = "title: 2025\nauthor: null\nlanguage: no\ntopics: [5, !!python/object/apply:os.system ls]"
    article = read_one(f"---\n{fields}\n---\n{PARAGRAPH}", "a.md")
    assert (article.title, article.author, article.topics) == ("2025", None, ("5", "ls"))


@pytest.mark.parametrize("opened", ["---\n", "\n---\n# a note\n\n"])
def test_front_matter_that_is_never_closed_is_refused(refusal, opened: str) -> None:
    assert "never closed" in refusal(f"{opened}title: Chips\n\n{PARAGRAPH}", "a.md")


def test_expanding_yaml_is_not_expanded(read_one) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    began = time.perf_counter()
    assert read_one(f"---\n{bomb}title: Chips\n---\nThe words of the whole deal.", "a.md").title == "Chips"
    assert time.perf_counter() - began < 1


def test_empty_front_matter_and_a_rule_are_none(read_one) -> None:
    assert read_one("---\n---\nThe words of the whole deal.", "a.md").text == "The words of the whole deal."
    assert read_one("---\n\nThe words of the whole deal.\n", "a.md").text == "The words of the whole deal."


@pytest.mark.parametrize(
    "markup, title, text",
    [
        ("# Chips\n\nThe words of the whole deal.", "Chips", "The words of the whole deal."),
        ("Chips\n=====\n\nThe words of the whole deal.", "Chips", "The words of the whole deal."),
        ("---\ntitle: Chips\n---\n# Chips\n\nThe words of the whole deal.", "Chips", "The words of the whole deal."),
        (
            "---\ntitle: Deal\n---\n# Chips\n\nThe words of the whole deal.",
            "Deal",
            "Chips\n\nThe words of the whole deal.",
        ),
        (
            "The words of the whole deal.\n\n## Chips\n\nMore.",
            "The words of the whole deal.",
            "The words of the whole deal.\n\nChips\n\nMore.",
        ),
        ("# Chips for the kingdom now", "Chips for the kingdom now", "Chips for the kingdom now"),
    ],
)
def test_title_is_no_part_of_the_text(read_one, markup: str, title: str, text: str) -> None:
    article = read_one(markup, "a.md")
    assert (article.title, article.text) == (title, text)


@pytest.mark.parametrize(
    "markup, text",
    [
        ("one\ntwo", "one two"),
        ("*one* __two__ ***three*** ~~four~~ _five_", "one two three four five"),
        ("snake_case_name, 2 * 3 * 4 and a < b", "snake_case_name, 2 * 3 * 4 and a < b"),
        ("[TSMC](https://example.org/a_(b) 'title') and [ASML][1].\n\n[1]: https://example.org", "TSMC and ASML."),
        ("See <https://example.org/a>.", "See https://example.org/a."),
        ("![A fab](fab.png) TSMC [![x](y.png)](z)", "TSMC"),
        ("A claim.[^1]\n\n[^1]: A *note*.", "A claim.\n\nA note."),
        ("`a*b*` and ``c ` d``", "a*b* and c ` d"),
        ("\\*not\\* \\[a link\\](x)", "*not* [a link](x)"),
        ("- one\n- [x] two\n  more\n1. three\n2) four", "one\n\ntwo more\n\nthree\n\nfour"),
        ("> quoted\n> *words*\n>\n> > deeper", "quoted words\n\ndeeper"),
        ("| Firm | Share |\n|:---|---:|\n| TSMC | 60% |", "Firm | Share\n\nTSMC | 60%"),
        ("```python\nx = *1*\n```\nafter", "x = *1*\n\nafter"),
        ("~~~\nnever closed", "never closed"),
        ("one\n\n***\n\ntwo\n\n- - -", "one\n\ntwo"),
        ("## Two ##\nwords", "Two\n\nwords"),
        ("<div>AT&amp;T<br/> <b>said</b></div><!-- hidden\n\nnote -->", "AT&T said"),
        ("#NoHeading and 2025. A year", "#NoHeading and 2025. A year"),
    ],
)
def test_marks_are_taken_off(markup: str, text: str) -> None:
    assert markdown_to_text(markup) == text


@pytest.mark.parametrize(
    "mark", ["**a ", "~~a ", "`a ", "<!--", "![a", "[a](", "*a ", "_a ", "<a ", "> ", "([", "| ", "`"]
)
def test_marks_that_are_never_closed_take_bounded_time(mark: str) -> None:
    began = time.perf_counter()
    markdown_to_text(mark * 20_000)
    assert time.perf_counter() - began < 3
