"""The deterministic tools answer without a conversation, and refuse inside a 200."""

import json
from decimal import Decimal

import pytest

from assistant.api.documents import ToolResult, ToolsReply
from assistant.api.tools import read_arguments
from assistant.tools.registry import TOOLS

POSITION = {
    "venue": "binance",
    "symbol": "BTC",
    "side": "long",
    "entry_price": "60000",
    "size": "0.5",
    "leverage": "20",
}


def run(client, body, tool="liquidation_price"):
    reply = client.post(f"/v1/tools/{tool}", body)
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_the_list_is_what_the_document_says_and_names_every_tool(client):
    listed = ToolsReply.model_validate_json(client.get("/v1/tools").text)
    assert [tool.name for tool in listed.tools] == list(TOOLS)


@pytest.mark.parametrize("tool", TOOLS)
def test_the_example_of_every_tool_ends_with_ok(client, tool):
    listed = {listed["name"]: listed for listed in client.get("/v1/tools").json()["tools"]}
    result = run(client, listed[tool]["example"], tool)
    assert result["status"] == "ok"
    ToolResult.model_validate_json(json.dumps(result))


def test_a_tool_and_the_chat_give_the_same_result(client):
    call = client.chat("long 0.5 btc at 60k 20x isolated on binance, liq?")["tool_calls"][0]
    direct = run(client, call["arguments"], call["tool"])
    del direct["assumptions"], call["result"]["assumptions"]  # in the chat the default was not said, here it is
    assert direct == call["result"]


def test_numbers_may_be_json_numbers(client):
    assert run(client, POSITION | {"entry_price": 60000, "size": 0.5}) == run(client, POSITION)


def test_a_json_number_keeps_every_digit():
    given = read_arguments("liquidation_price", b'{"entry_price": 60000.0000000000000000001}')
    assert given == {"entry_price": Decimal("60000.0000000000000000001")}


def test_gaps_are_named_inside_a_200(client):
    result = run(client, {"venue": "binance"})
    assert result["status"] == "underdetermined"
    assert result["missing"] == ["side", "entry_price", "leverage"]


@pytest.mark.parametrize(
    "changes", [{"leverage": "0"}, {"entry_price": "-1"}, {"venue": "bitfoo"}, {"as_of": "1999-01-01"}]
)
def test_what_cannot_be_is_refused_inside_a_200_without_a_figure(client, changes):
    result = run(client, POSITION | changes)
    assert result["status"] == "refused"
    assert result["code"]
    assert result["figures"] == {}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"canary": 1}', "invalid_request"),
        (b'{"side": "canary"}', "invalid_request"),
        (b'{"leverage": "canary"}', "invalid_request"),
        (b'{"leverage": [20]}', "invalid_request"),
        (b"[]", "invalid_request"),
        (b"20", "invalid_request"),
        (b'{"leverage": NaN}', "malformed_json"),
        (b'{"leverage": 20', "malformed_json"),
        (b"[" * 9000, "malformed_json"),
        (b'{"leverage": ' + b"9" * 5000 + b"}", "malformed_json"),
        (b"\xff", "malformed_json"),
    ],
)
def test_what_the_schema_forbids_is_a_problem(client, problem, body, code):
    reply = client.request(
        "POST", "/v1/tools/liquidation_price", content=body, headers={"content-type": "application/json"}
    )
    problem(reply, 422, code)
    assert "canary" not in reply.text


def test_an_unknown_tool_is_not_found(client, problem):
    problem(client.post("/v1/tools/canary", {}), 404, "unknown_tool")
