import pytest

from assistant.margin.symbols import symbol_keys

QUOTES = ("USDT", "USD")


@pytest.mark.parametrize(
    "symbol",
    [
        "BTC",
        "btc",
        "BTCUSDT",
        "BTC/USDT",
        "BTC-USDT",
        "BTC_USDT",
        "BTC/USDT:USDT",
        "BTC-USDT-SWAP",
        "BTC-PERP",
        "BTCUSD",
    ],
)
def test_every_spelling_of_the_own_quote_means_the_base(symbol: str) -> None:
    assert symbol_keys(symbol, renamed={}, quotes=QUOTES) == ("BTC",)


def test_another_quote_stays_in_the_key() -> None:
    assert symbol_keys("BTCUSDC", renamed={}, quotes=QUOTES) == ("BTC/USDC",)


def test_a_renamed_coin_has_both_keys() -> None:
    assert symbol_keys("pepe", renamed={"PEPE": "1000PEPE"}, quotes=QUOTES) == ("PEPE", "1000PEPE")


def test_a_coin_called_like_a_quote_is_a_coin() -> None:
    assert symbol_keys("USDC", renamed={}, quotes=QUOTES) == ("USDC",)


def test_nothing_has_an_empty_key() -> None:
    assert symbol_keys("", renamed={}, quotes=QUOTES) == ("",)
