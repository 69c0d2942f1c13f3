"""How much of a question an article explains as a whole: BM25, scaled to a share of what was asked."""

from collections.abc import Mapping

from assistant.articles.tuning import Weights


class Coverage:
    """What each article earns from each term.

    An article that uses a term u times (weighted by where) earns worth * u / (u + k1 (1 - b + b length/mean length))
    of it: BM25 (Robertson and Zaragoza, 2009) without its factor k1 + 1, so that at most the worth itself is earned.
    """

    def __init__(self, uses: Mapping[str, Mapping[str, float]], worth: Mapping[str, float], weights: Weights) -> None:
        self._doubt = weights.doubt
        self._earned: dict[str, list[tuple[str, float]]] = {}
        mean = sum(sum(each.values()) for each in uses.values()) / max(len(uses), 1)
        for article, used in sorted(uses.items()):
            relative = sum(used.values()) / mean
            resistance = weights.saturation * (1 - weights.length + weights.length * relative)
            for term, use in used.items():
                self._earned.setdefault(term, []).append((article, worth[term] * use / (use + resistance)))

    def of(self, asked: Mapping[str, float]) -> dict[str, float]:
        """For each article with a term of the question the share, 0 to 1, of the question's worth that it earns."""
        earned: dict[str, float] = {}
        for term in asked:
            for article, part in self._earned.get(term, ()):
                earned[article] = earned.get(article, 0.0) + part
        whole = sum(asked.values()) + self._doubt
        return {article: part / whole for article, part in earned.items()}
