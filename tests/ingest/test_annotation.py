"""Markup to items, with every fault named."""

import json
from pathlib import Path

import pytest

from ingest.annotation import AnnotationError, load_items, main
from kg.ontology import load_ontology

GOOD = """# source: a paper
# licence: free

[Dutch|COUNTRY|Netherlands] toolmaker [ASML|FIRM] cannot sell [EUV machines|RESOURCE] to [China|COUNTRY].
2 headquarteredIn 1
2 supplies 4 negated concerns=3

Nothing is named here.
"""


def test_an_item_is_read_with_offsets_names_and_qualifiers(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD)
    first, second = load_items(path)
    assert first.text == "Dutch toolmaker ASML cannot sell EUV machines to China."
    assert [first.text[e.start : e.end] for e in first.entities] == ["Dutch", "ASML", "EUV machines", "China"]
    assert first.entities[0].name == "Netherlands"
    assert (first.relations[1].polarity, first.relations[1].concerns) == ("negated", 2)
    assert (first.fields["source"], first.id, second.entities) == ("a paper", "a-0001", ())


def test_jsonl_says_the_same(tmp_path: Path) -> None:
    markup, rows = tmp_path / "a.txt", tmp_path / "a.jsonl"
    markup.write_text(GOOD)
    items = load_items(markup)
    rows.write_text("\n".join(json.dumps(item.to_json()) for item in items))
    assert load_items(rows) == items


@pytest.mark.parametrize(
    "block, fault",
    [
        ("[ASML|FIRM", "a bracket or bar is left over"),
        ("[ASML|COMPANY] is here.", "unknown label 'COMPANY'"),
        ("[ASML|FIRM] is here.\n1 likes 1", "unknown relation 'likes'"),
        ("[ASML|FIRM] is here.\n1 owns 2", "no mention 2"),
        ("[ASML|FIRM] is here.\n1 heads 1", "heads does not join FIRM to FIRM"),
        ("[ASML|FIRM] is here.\n1 owns 1 perhaps", "unknown qualifier 'perhaps'"),
        ("[ASML|FIRM] is here.\n1 owns", "SUBJECT relation OBJECT"),
    ],
)
def test_every_fault_is_named_by_file_and_line(tmp_path: Path, block: str, fault: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Fine.\n\n{block}\n\n[x|NOTHING]\n")
    with pytest.raises(AnnotationError) as raised:
        load_items(path)
    first, second = str(raised.value).splitlines()
    assert first.startswith("a.txt:3: ")
    assert fault in first
    assert "NOTHING" in second


def test_the_converter_prints_what_is_good_and_fails_for_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(GOOD)
    bad.write_text("[x|NOTHING]")
    assert main([str(good), str(bad)]) == 1
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 2
    assert "bad.txt:1" in printed.err


def test_all_annotated_text_of_the_corpus_is_without_fault() -> None:
    ontology = load_ontology()
    items = [i for p in sorted(Path("corpus/annotated").glob("*.txt")) for i in load_items(p, ontology)]
    assert len(items) == 4100
    assert sum(len(item.relations) for item in items) == 19463
    for item in items:
        assert all(item.text[e.start : e.end] for e in item.entities)
