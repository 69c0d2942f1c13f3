"""How much a question is like the nearest single question of an article: worth shared over worth of both."""

from collections.abc import Iterable, Mapping

from assistant.articles.tuning import Weights


class Likeness:
    """Every question of every article, found by its terms."""

    def __init__(
        self, questions: Iterable[tuple[str, Iterable[str]]], worth: Mapping[str, float], weights: Weights
    ) -> None:
        self._doubt = weights.doubt
        self._questions: list[tuple[str, float]] = []
        """Of each question its article and the worth of its terms."""
        self._asking: dict[str, list[int]] = {}
        """For each term the questions that use it."""
        for article, words in questions:
            terms = dict.fromkeys(words)
            for term in terms:
                self._asking.setdefault(term, []).append(len(self._questions))
            self._questions.append((article, sum(worth[term] for term in terms)))

    def of(self, asked: Mapping[str, float]) -> dict[str, float]:
        """For each article its nearest question's weighted Jaccard similarity, 0 to 1, to the question asked."""
        shared: dict[int, float] = {}
        for term, worth in asked.items():
            for question in self._asking.get(term, ()):
                shared[question] = shared.get(question, 0.0) + worth
        whole = sum(asked.values()) + self._doubt
        nearest: dict[str, float] = {}
        for question, both in shared.items():
            article, weight = self._questions[question]
            nearest[article] = max(nearest.get(article, 0.0), both / (whole + weight - both))
        return nearest
