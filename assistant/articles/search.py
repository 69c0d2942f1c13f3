"""Which articles answer a question in people's own words; the same result on every run."""

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal

from assistant.articles.coverage import Coverage
from assistant.articles.likeness import Likeness
from assistant.articles.model import Article
from assistant.articles.reader import Reader
from assistant.articles.tuning import Tuning, Weights
from assistant.values import ArticleHit

_PLACES = Decimal("0.000001")


class Index:
    """Finds articles by their titles, questions and terms.

    The score of an article is the mean, weighted by `nearest`, of two shares between 0 and 1: how much of the words
    asked it explains as a whole (coverage), and how like the question is to the nearest of its own (likeness). A word
    no article has counts as the rarest of all, so foreign words lower both; a filler counts little, and nothing where
    no article has it. The thresholds say from which score on to show or to offer an article.
    """

    def __init__(self, articles: Iterable[Article], aliases: Mapping[str, str], *, tuning: Tuning) -> None:
        self.thresholds = tuning.thresholds
        self._nearest = tuning.weights.nearest
        shelf = sorted(articles, key=lambda article: article.id)
        self._reader = Reader((text for article in shelf for text in _texts(article)), aliases, tuning)
        uses = {article.id: _uses(article, self._reader, tuning.weights) for article in shelf}
        self._worth, self._unknown = _worth(uses, self._reader.fillers, tuning.weights)
        self._coverage = Coverage(uses, self._worth, tuning.weights)
        questions = ((each.id, self._reader.ours[text]) for each in shelf for text in (each.title, *each.questions))
        self._likeness = Likeness(questions, self._worth, tuning.weights)

    def search(self, text: str, limit: int = 3) -> tuple[ArticleHit, ...]:
        """The articles that fit best, best first, ties by id; () when nothing of the text is known."""
        asked = {term: worth for term in self._reader.theirs(text) if (worth := self._worth_of(term))}
        likeness = self._likeness.of(asked)
        scores = {
            article: (1 - self._nearest) * share + self._nearest * likeness.get(article, 0.0)
            for article, share in self._coverage.of(asked).items()
        }
        ranked = sorted(scores, key=lambda article: (-round(scores[article], 9), article))[:limit]
        return tuple(ArticleHit(article=each, score=Decimal(scores[each]).quantize(_PLACES)) for each in ranked)

    def _worth_of(self, term: str) -> float:
        return self._worth.get(term, 0.0 if term in self._reader.fillers else self._unknown)


def _texts(article: Article) -> tuple[str, ...]:
    return article.title, *article.questions, *article.terms


def _uses(article: Article, reader: Reader, weights: Weights) -> dict[str, float]:
    """How often an article uses each term, weighted by where it stands."""
    uses: dict[str, float] = {}
    fields = ((weights.title, (article.title,)), (weights.question, article.questions), (weights.term, article.terms))
    for weight, texts in fields:
        for term in (term for text in texts for term in reader.ours[text]):
            uses[term] = uses.get(term, 0.0) + weight
    return uses


def _worth(
    uses: Mapping[str, Mapping[str, float]], fillers: frozenset[str], weights: Weights
) -> tuple[dict[str, float], float]:
    """What each term is worth, and what an unknown one is.

    Worth is rarity, the inverse document frequency ln(1 + (N - n + 1/2) / (n + 1/2)) for a term in n of N articles; a
    filler is worth a part of it, no other term less than `least`.
    """
    found: dict[str, int] = {}
    for used in uses.values():
        for term in used:
            found[term] = found.get(term, 0) + 1

    def rarity(count: int) -> float:
        return math.log(1 + (len(uses) - count + 0.5) / (count + 0.5))

    worth = {
        term: weights.filler * rarity(count) if term in fillers else max(rarity(count), weights.least)
        for term, count in found.items()
    }
    return worth, rarity(0)
