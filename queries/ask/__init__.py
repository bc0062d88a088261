"""Questions in plain English: `kg ask`.

A question is understood by rules, not by a model: it is cut into words (`tokens`), names are found in the store
(`named`), other words in `words.toml` (`lexicon`), periods by `dates`; `shapes.toml` says in which order words may
stand and what that means, and `understand` takes the reading in which fewest parts use up every word. `run` puts it to
the command's own function. A question that holds a word for which no part of the reading accounts is not understood.

What a question is understood as is the name of a command, its kind, and arguments. Entities are IRIs
(`https://w3id.org/aigeo/entity/tsmc`), relations are named as in the ontology, days are ISO 8601.

=============  =====================================================================================================
kind           arguments
=============  =====================================================================================================
dependencies   `name`; `direction`: "on" (who depends on it) or "of" (what it depends on); `other`: the end that the
               question names too; `resource`: for which goods; `depth`: 1 where asked for what is direct, 3 for what
               is indirect, 4 for a chain to `other`
alliances      `name`, and `other` for what two have in common; `relation`: memberOf or partnersWith, none for all;
               `event`: "joined" for memberships that began in the period
claims         `subject`, `object`, or `about` for either end; `relation`; `resource`: the goods concerned; `maker`:
               whose the goods are (Nvidia's chips); `place`: where one end is
centrality     `measure`: pagerank, betweenness, degree, eigenvector, hits; `rank`: "hub" for the most dependent;
               `relation`; `name` for how central one entity is
chokepoints    `name` of an actor, or `resource`; `subject`: whether this is one
whatif         `remove`: list of what is taken away; or `restrict`: [A, B], A stops supplying B, and `resource`: with
               what; `hit`: what it does to this one
path           `start`, `end`; `directed`: true for a chain of dependence
sovereignty    `countries`: list; left out for all
compare        `names`: list of two
timeline       `name`
disagreements  `name`; left out for all
corroboration  `name`
articles       `mentions`; left out for all
entities       `class`
show           `name`
status         none
=============  =====================================================================================================

Of the entities that answer: `class` (lower case: country, firm, facility ...), `type` (the IRI of a generic entity:
data center, chip), `home` (a country or bloc that they are in or from), `count`: true (how many), `limit`. Of what is
stated: `status` (actual, planned, ended), `polarity` (negated), `since` and `until` (days of publication, included).
"""

from queries.ask.run import Asking, ask
from queries.ask.understand import NotUnderstood, Understood, understand

__all__ = ["Asking", "NotUnderstood", "Understood", "ask", "understand"]
