import pytest

from kg.errors import QueryError
from queries.attention import attention_corrected
from queries.filter import Filter
from queries.view import View


@pytest.fixture(scope="module")
def claimed(view: View) -> View:
    return View.load(view.store, filter=Filter(curated=False))


def test_residuals_add_up_to_nothing(claimed: View) -> None:
    answer = attention_corrected(claimed, "degree", least=1, limit=None)
    residuals = [float(row.cells[2] or 0) for row in answer.rows]
    assert sum(residuals) == pytest.approx(0, abs=1e-9)
    assert residuals == sorted(residuals, reverse=True)
    assert all(row.statements for row in answer.rows)


def test_who_is_hardly_mentioned_is_not_ranked(claimed: View) -> None:
    often = attention_corrected(claimed, "degree", least=2)
    assert {row.cells[0] for row in often.rows} == {
        claimed.name(entity) for entity in claimed.active if claimed.mentioning.get(entity, 0) >= 2
    }
    assert f"among {len(often.rows)} entities that 2 articles or more mention" in often.caveats


def test_wrong_questions(claimed: View) -> None:
    with pytest.raises(QueryError, match="no measure is called 'fame'"):
        attention_corrected(claimed, "fame")
    with pytest.raises(QueryError, match="ranked from 1 article on, not from 0"):
        attention_corrected(claimed, least=0)
    assert attention_corrected(claimed, least=99).caveats == (
        "no entity of these classes is tied and mentioned in 99 articles under this filter",
    )
