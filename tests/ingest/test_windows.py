from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.windows import make_windows


def test_short_text_is_one_window():
    (window,) = make_windows([2, 1, 3], [0, 0, 1], most=10)
    assert (window.first, window.last, window.own_first, window.own_last) == (0, 3, 0, 3)


def test_no_words_no_windows():
    assert make_windows([], []) == []


def test_a_sentence_longer_than_a_window_is_cut():
    windows = make_windows([1] * 25, [0] * 25, most=10, overlap=4)
    assert [(w.first, w.last) for w in windows] == [(0, 10), (10, 20), (20, 25)]


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), max_size=120), st.integers(9, 40), st.integers(0, 20))
def test_every_word_is_owned_once_and_no_window_is_too_long(words, most, overlap):
    sizes = [size for size, _ in words]
    sentences = [sum(starts for _, starts in words[: k + 1]) for k in range(len(words))]
    windows = make_windows(sizes, sentences, most=most, overlap=overlap)
    owned = [word for w in windows for word in range(w.own_first, w.own_last)]
    assert owned == list(range(len(words)))
    for window in windows:
        assert window.first <= window.own_first < window.own_last <= window.last
        assert sum(sizes[window.first : window.last]) <= most
