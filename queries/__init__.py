"""Graph to answers: views, questions, measures, renderers and pictures.

>>> from kg.store import Store
>>> with Store() as store:
...     answer = centrality(View.load(store), "pagerank")
>>> answer.caveats
('the store holds no claims; ingest articles first',)
"""

from queries.alliance import alliances
from queries.answer import Answer
from queries.centrality import centrality
from queries.dependency import dependencies
from queries.filter import Filter
from queries.lookup import articles, claims, entities, show
from queries.paths import path
from queries.render import render
from queries.status import status
from queries.view import View

__all__ = [
    "Answer",
    "Filter",
    "View",
    "alliances",
    "articles",
    "centrality",
    "claims",
    "dependencies",
    "entities",
    "path",
    "render",
    "show",
    "status",
]
