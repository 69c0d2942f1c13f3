"""ask and chat: answers in the terminal, each ending with the disclaimer."""

import io
import json

import pytest

from assistant.cli import COMMANDS, main

QUESTION = "long 0.5 btc at 60k 20x isolated on binance, where is my liq?"
AS_OF = ("--as-of", "2026-11-22")


def test_ask_gives_the_price(capsys):
    assert main(["ask", *AS_OF, QUESTION]) == 0
    assert "57,228.92 USDT" in capsys.readouterr().out


@pytest.mark.parametrize("question", [QUESTION, "what is ADL", "should i buy", "0x long btc 5", "hola como estas", "?"])
def test_ask_ends_with_the_disclaimer_whatever_is_asked(question, capsys):
    main(["ask", *AS_OF, question])
    assert "not financial advice" in " ".join(capsys.readouterr().out.rstrip().rsplit("\n\n", 1)[1].split())


def test_ask_as_json_is_the_payload_of_the_api_without_its_two_ids(capsys):
    main(["ask", "--json", *AS_OF, QUESTION])
    payload = json.loads(capsys.readouterr().out)
    assert payload["figures"]["liquidation_price"] == {"value": "57228.91566", "unit": "USDT"}
    assert payload["text"].endswith(payload["disclaimer"])
    assert not payload.keys() & {"conversation_id", "message_id"}


def test_chat_remembers_and_every_answer_ends_with_the_disclaimer(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{QUESTION}\nand at 10x?\n\n"))
    assert main(["chat", *AS_OF]) == 0
    out = capsys.readouterr().out
    assert "57,228.92" in out
    assert "54,216.87" in out
    assert " ".join(out.split()).count("not financial advice") == 2


def test_chat_as_json_gives_one_payload_a_line(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{QUESTION}\nwhat is ADL\n"))
    main(["chat", "--json", *AS_OF])
    payloads = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [payload["intent"] for payload in payloads] == ["liquidation_price", "concept"]
    assert all(payload["text"].endswith(payload["disclaimer"]) for payload in payloads)


def test_a_date_nobody_covers_is_refused_by_name(capsys):
    main(["ask", "--as-of", "2019-01-01", QUESTION])
    out = capsys.readouterr().out
    assert "1 January 2019" in out
    assert "Liquidation price:" not in out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert "usage" in capsys.readouterr().out


def test_an_unknown_command_is_wrong_usage(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["predict"])
    assert ended.value.code == 2
