import pytest

from ingest.extract.naming import Namer, load_names, write_names
from ingest.seeds import Seeds
from kg.errors import RunError
from kg.types import Entity, Mention

SEEDS = Seeds(
    entities=(
        Entity("e:gpu", "GPU", "RESOURCE", ("graphics processor",)),
        Entity("e:nvidia", "Nvidia", "FIRM", ("Nvidia Corporation",)),
        Entity("e:chip", "chip", "RESOURCE"),
    ),
    facts=(),
    digest="sha256:0",
)
LEARNED = {("RESOURCE", "silicon"): "chip", ("POLICY", "export rules"): "export control"}


@pytest.mark.parametrize(
    ("surface", "label", "name", "iri_ends"),
    [
        ("graphics processors", "RESOURCE", "GPU", "e:gpu"),
        ("GPUs", "RESOURCE", "GPU", "e:gpu"),
        ("silicon", "RESOURCE", "chip", "e:chip"),
        ("Export rules", "POLICY", "export control", "export-control"),
        ("Data halls", "FACILITY", "data hall", "data-hall"),
        ("Acme Chips Co., Ltd.", "FIRM", "Acme Chips", "acme-chips"),
        ("nvidia corporation", "FIRM", "Nvidia", "e:nvidia"),
    ],
)
def test_names(surface, label, name, iri_ends):
    found, iri, reason = Namer(SEEDS, LEARNED).name(surface, label, None)
    assert found == name
    assert iri is not None
    assert iri.endswith(iri_ends)
    assert reason


def test_values_keep_their_words():
    assert Namer(SEEDS, {}).name("$5bn", "MONEY", None) == ("$5bn", None, "by its form")


def test_word_lists_come_first_and_new_names_last():
    known = Mention(0, 7, "RESOURCE", "chip", "e:chip", 1.0, "name 'chip'")
    assert Namer(SEEDS, LEARNED).name("silicon", "RESOURCE", known)[:2] == ("chip", "e:chip")
    other_class = Mention(0, 7, "FIRM", "Silicon", "e:silicon", 1.0, "name 'Silicon'")
    assert Namer(SEEDS, LEARNED).name("silicon", "RESOURCE", other_class)[:2] == ("chip", "e:chip")


def test_table_is_read_back(tmp_path):
    write_names(LEARNED, tmp_path / "names.tsv")
    assert load_names(tmp_path / "names.tsv") == LEARNED
    (tmp_path / "names.tsv").write_text("no tabs here\n", encoding="utf-8")
    with pytest.raises(RunError, match=r"names\.tsv is missing or damaged"):
        load_names(tmp_path / "names.tsv")
