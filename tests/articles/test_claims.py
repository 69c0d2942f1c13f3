from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.articles import claims, parse
from assistant.articles.model import Article

Small = Callable[..., Path]


def found(path: Path) -> list[tuple[object, object]]:
    return [(each.data["line"], each.data["rule"]) for each in claims.findings(parse.parse(path), path)]


def test_a_sound_article_has_no_findings(small: Small) -> None:
    assert found(small()) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("here 5,700.", "here 5,701.", 47),
        ("| 10x | 5,700 |", "| 12x | 5,700 |", 59),
        ("It can be used up.", "It is used up at 95.", 21),
        ("What is a buffer?", "What is a buffer of 7?", 2),
    ],
)
def test_a_number_without_a_fact_is_found(small: Small, old: str, new: str, line: int) -> None:
    [(place, rule)] = found(small(old, new))
    assert place == line
    assert "stands in no fact" in str(rule)


def test_a_number_is_the_same_with_or_without_separators(small: Small) -> None:
    assert found(small("here 5,700.", "here 5700.")) == []


@pytest.mark.parametrize("wrong", ["6000 - 300 = 5701", "6000 / 0 = 1", "6000 = many", "open('x') = 1", "6000 - = 3"])
def test_a_derivation_that_does_not_come_out_is_found(small: Small, wrong: str) -> None:
    [(line, rule)] = found(small("6000 - 300 = 5700;", f"{wrong};"))
    assert line == 30
    assert "no arithmetic that comes out" in str(rule)


@pytest.mark.parametrize("right", ["1/3 = 0.33", "2/3 = 0.67", "2/3 = 66.67 %", "-(1 - 3) = 2", "2 ** 3 = 8"])
def test_a_derivation_holds_to_its_last_digit(small: Small, right: str) -> None:
    assert found(small("6000 - 300 = 5700;", f"{right};")) == []


@pytest.mark.parametrize("promise", ["This is safe.", "You should buy it.", "A guaranteed exit.", "It is risk-free."])
def test_a_promise_is_found(small: Small, promise: str) -> None:
    [(_, rule)] = found(small("It can be used up.", promise))
    assert "promise or advice" in str(rule)


@pytest.mark.parametrize("denial", ["This is not safe.", "No exit is guaranteed.", "It isn't without risk or safe."])
def test_a_denied_promise_is_allowed(small: Small, denial: str) -> None:
    assert found(small("It can be used up.", denial)) == []


def test_numbers_are_read_with_their_unit() -> None:
    read = [number for _, number in claims.numbers("20x, 0.5 % of 300k; v4 and 1/50, P1 stays out")]
    assert read == [
        (Decimal(20), "x"),
        (Decimal("0.5"), "%"),
        (Decimal(300), "k"),
        (Decimal(1), ""),
        (Decimal(50), ""),
    ]


def test_every_shipped_article_claims_only_what_its_facts_carry(articles: Mapping[str, Article], folder: Path) -> None:
    paths = {article.id: folder / f"{article.id}.md" for article in articles.values()}
    assert [str(each) for article in articles.values() for each in claims.findings(article, paths[article.id])] == []
