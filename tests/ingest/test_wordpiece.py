import pytest

from ingest.extract.wordpiece import CASES, WordPiece, load_wordpiece, split_pieces
from kg.errors import RunError

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "nvidia", "sell", "##s", "h", "##100", "'", "s", ".", "e"]


def test_words_and_their_pieces():
    pieces = split_pieces(WordPiece(VOCABULARY), "Nvidia's H100 sells.")
    assert [VOCABULARY[i] for i in pieces.ids] == [
        *("[CLS]", "nvidia", "'", "s", "h", "##100", "sell", "##s", ".", "[SEP]")
    ]
    assert (pieces.first, pieces.last) == ([1, 2, 3, 4, 6, 8], [1, 2, 3, 5, 7, 8])
    assert list(zip(pieces.starts, pieces.ends, strict=True)) == [(0, 6), (6, 7), (7, 8), (9, 13), (14, 19), (19, 20)]
    assert [CASES[c] for c in pieces.cases[1:5]] == ["title", "mark", "lower", "alphanumeric"]


@pytest.mark.parametrize("word", ["工", "🙂", "x" * 500, "q"])
def test_what_cannot_be_cut_is_unknown(word):
    assert WordPiece(VOCABULARY).pieces(word) == (1,)


def test_accents_are_dropped():
    assert WordPiece(VOCABULARY).pieces("É") == (12,)


def test_text_without_words():
    assert split_pieces(WordPiece(VOCABULARY), " \n​").ids in ([2, 3], [2, 1, 3])


def test_vocabulary_without_its_special_pieces(tmp_path):
    path = tmp_path / "vocab.txt"
    path.write_text("a\nb\n", encoding="utf-8")
    with pytest.raises(RunError, match=r"lacks \[CLS\]"):
        load_wordpiece(path)
