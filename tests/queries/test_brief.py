import io
import re
import sys
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from kg.errors import QueryError, UnknownNameError
from kg.store import Store
from queries.brief import Brief, brief
from queries.brief_markdown import brief_markdown
from queries.brief_page import brief_html
from queries.brief_pdf import brief_pdf
from queries.filter import Filter
from queries.view import View
from tests.queries.test_library import library as library


@pytest.fixture(scope="module")
def dossier(library: Store) -> Brief:
    return brief(View.load(library, filter=Filter.everything()), "Nvidia")


def section(dossier: Brief, heading: str) -> list[tuple[str, ...]]:
    (found,) = [one for one in dossier.sections if one.heading == heading]
    return [tuple(map(str, row.cells)) for row in found.rows]


def test_what_a_dossier_says_by_hand(dossier: Brief) -> None:
    assert dossier.title == "Nvidia: what is documented"
    assert dossier.kind == "firm"
    assert dossier.lead == (
        "As documented, Nvidia depends on G42, TSMC; is depended on by Humain, Stargate; partners with G42; "
        "is restricted by France."
    )
    assert dossier.figures["articles that mention it"] == "6"
    assert dossier.figures["claims"] == "12"
    assert dossier.figures["independent sources"] == "4", "Wire and Daily are near-copies, but Wire has another article"
    assert dossier.figures["published"] == "2025-01-10 to 2025-05-01"
    assert dossier.day == "2025-05-01"
    rows = section(dossier, "What Nvidia depends on")
    assert [row[0] for row in rows] == ["Nvidia receives investment from G42", "Nvidia is supplied by TSMC"]
    assert [row[0] for row in section(dossier, "Who depends on Nvidia")] == [
        "Humain is supplied by Nvidia",
        "Stargate is operated by Nvidia",
        "ASML is acquired by Nvidia (ended)",
    ]
    assert section(dossier, "Restrictions and rules")[0][:3] == ("is restricted by", "France", "H100")
    assert section(dossier, "Facilities")[0][:2] == ("operates the facility", "Stargate")
    assert section(dossier, "Where sources disagree")[0][:3] == ("Nvidia", "supplies", "Humain")


def test_every_row_has_footnotes_and_every_footnote_a_row(dossier: Brief) -> None:
    cited = {number for one in dossier.sections for row in one.rows for number in row.notes}
    assert all(row.notes for one in dossier.sections for row in one.rows)
    assert cited == {note.number for note in dossier.notes} == set(range(1, len(dossier.notes) + 1))
    assert dossier.notes[0].words == "“Money: g42 investsIn nvidia.”"
    assert dossier.notes[0].details == ("Gazette", "2025-05-01")


def test_both_sides_of_a_disagreement_are_quoted(dossier: Brief) -> None:
    (disputed,) = [one for one in dossier.sections if one.heading == "Where sources disagree"]
    notes = [dossier.notes[number - 1] for number in disputed.rows[0].notes]
    assert {"denied" in note.details for note in notes} == {True, False}


def test_a_country_has_its_sovereignty(library: Store) -> None:
    view = View.load(library, filter=Filter.everything())
    found = brief(view, "United States")
    assert "Sovereignty of compute" in [one.heading for one in found.sections]
    (sovereign,) = [one for one in found.sections if one.heading == "Sovereignty of compute"]
    assert sovereign.charts[0].is_profile
    assert "no data" in brief_markdown(found)
    assert "<svg" in brief_html(found)


def test_one_of_whom_nothing_is_documented(library: Store) -> None:
    found = brief(View.load(library, filter=Filter.everything()), "Türkiye")
    assert found.lead == "No tie of Türkiye is documented as actual."
    assert found.notes == ()
    assert all(one.remarks for one in found.sections), "an empty section says why"
    for text in (brief_html(found), brief_markdown(found)):
        assert "Türkiye" in text
    assert pages(brief_pdf(found))


def test_a_filter_that_leaves_out_one_side_finds_no_disagreement(view: View) -> None:
    headings = [one.heading for one in brief(view, "Nvidia").sections]
    assert "Timeline" in headings
    assert "Where sources disagree" not in headings


def test_a_dossier_of_nobody(view: View) -> None:
    with pytest.raises(UnknownNameError, match="nearest: Nvidia"):
        brief(view, "Nvdia")
    with pytest.raises(QueryError, match="several meanings"):
        brief(view, "Falcon")


def test_html(dossier: Brief) -> None:
    text = brief_html(dossier)
    assert "<script" not in text
    links = set(re.findall(r'href="#(note-\d+)"', text))
    assert links == set(re.findall(r'id="(note-\d+)"', text))
    assert 'href="https://example.org/Money"' in text


def test_markdown(dossier: Brief) -> None:
    text = brief_markdown(dossier)
    assert set(re.findall(r"\[\^(\d+)\](?!:)", text)) == set(re.findall(r"^\[\^(\d+)\]:", text, re.MULTILINE))
    assert "| Nvidia is supplied by TSMC | GPU | actual |" in text
    assert "[Money](https://example.org/Money)" in text


HOSTILE = "<img src=x> [a](javascript:b) | `c` \x1b[2J"


def test_names_are_text_in_every_format(dossier: Brief) -> None:
    hostile = replace(dossier, name=HOSTILE, lead=HOSTILE, notes=(replace(dossier.notes[0], words=HOSTILE),))
    assert "<img" not in brief_html(hostile)
    text = brief_markdown(hostile)
    assert r"\<img" in text
    assert "<img" not in text.replace(r"\<img", "")
    assert "](javascript" not in text
    assert "\x1b" not in text


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def test_pdf(dossier: Brief) -> None:
    data = brief_pdf(dossier)
    found = pages(data)
    assert 2 <= len(found) <= 4
    text = "\n".join(found)
    for words in (
        "What is documented".lower(),
        "Nvidia is supplied by TSMC",
        "Money: g42 investsIn nvidia.",
        "page 1 of",
    ):
        assert words in text
    assert brief_pdf(dossier) == data
    links = [a.get_object() for page in pypdf.PdfReader(io.BytesIO(data)).pages for a in page.get("/Annots", [])]
    assert "https://example.org/Money" in {link["/A"]["/URI"] for link in links}


def test_a_pdf_without_its_font_says_what_is_lost(dossier: Brief) -> None:
    odd = replace(dossier, lead="Kraków … 芯片 – “é”")
    text = "\n".join(pages(brief_pdf(odd, fonts=())))
    assert 'Kraków ... ?? - "é"' in text
    assert "Letters that this PDF's font lacks" in text
    plain = replace(dossier, lead="plain")
    assert "芯" not in "\n".join(pages(brief_pdf(plain, fonts=())))


def test_a_pdf_without_fpdf2_says_what_to_install(dossier: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fpdf", None)
    with pytest.raises(QueryError, match=r"pip install 'aigeo-kg\[pdf\]'"):
        brief_pdf(dossier)


def test_of_the_sample_articles(sample_store: Path) -> None:
    with Store(sample_store, read_only=True) as store:
        view = View.load(store, filter=Filter.everything())
        for name in ("China", "Nvidia", "Stargate UAE"):
            found = brief(view, name)
            assert all(row.notes for one in found.sections for row in one.rows)
            assert 2 <= len(pages(brief_pdf(found))) <= 4
            assert brief_html(found).count("<section>") == len(found.sections)
