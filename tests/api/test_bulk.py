"""POST /v1/bulk: every row has a status, the request has limits."""

import json

import pytest

from assistant.api.bulk import read_rows
from assistant.api.documents import BulkReply
from assistant.api.limits import BULK_BODY_BYTES, BULK_ROWS
from assistant.api.problems import Problem
from assistant.tools.columns import COLUMNS

POSITION = {
    "venue": "binance",
    "symbol": "BTC",
    "side": "long",
    "entry_price": "60000",
    "size": "0.5",
    "leverage": "20",
}
JSON = {"content-type": "application/json"}


def test_every_row_has_its_status_in_order(client):
    rows = [POSITION, {**POSITION, "leverage": "0"}, {"venue": "binance"}, {**POSITION, "side": "short"}]
    reply = BulkReply.model_validate_json(client.post("/v1/bulk", {"rows": rows}).text)
    assert [row.status for row in reply.rows] == ["ok", "refused", "underdetermined", "ok"]
    assert [row.liquidation_price is None for row in reply.rows] == [False, True, True, False]
    assert reply.rows[1].error is not None and reply.rows[1].error.startswith("impossible_value")


def test_a_row_has_the_price_of_the_tool(client):
    (row,) = client.post("/v1/bulk", {"rows": [POSITION]}).json()["rows"]
    tool = client.post("/v1/tools/liquidation_price", POSITION).json()
    assert row["liquidation_price"] == tool["figures"]["liquidation_price"]["value"]
    assert row["rules_as_of"] == tool["rules_as_of"]


def test_the_reply_carries_disclaimer_bound_and_the_newest_rule(client):
    reply = client.post("/v1/bulk", {"rows": [POSITION]}).json()
    assert reply["disclaimer"] == client.get("/v1/venues").json()["disclaimer"]
    assert reply["error_bound"] == "0.000000001"
    assert reply["rules_as_of"] == reply["rows"][0]["rules_as_of"]


def test_numbers_may_be_json_numbers(client):
    spoken = client.post("/v1/bulk", {"rows": [{**POSITION, "entry_price": 60000, "size": 0.5, "leverage": 20}]})
    assert spoken.json() == client.post("/v1/bulk", {"rows": [POSITION]}).json()


def test_the_date_of_the_request_counts_where_a_row_names_none(client):
    rows = [POSITION, {**POSITION, "as_of": "2026-11-22"}]
    reply = client.post("/v1/bulk", {"rows": rows, "as_of": "2019-01-01"}).json()
    assert [row["status"] for row in reply["rows"]] == ["refused", "ok"]
    assert "no_rule_in_force" in reply["rows"][0]["error"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "malformed_json"),
        (b'{"rows": [', "malformed_json"),
        (b'{"rows": [{"leverage": NaN}]}', "malformed_json"),
        (b"[" * 9000, "malformed_json"),
        (b"[]", "invalid_request"),
        (b"{}", "invalid_request"),
        (b'{"rows": []}', "invalid_request"),
        (b'{"rows": {}}', "invalid_request"),
        (b'{"rows": ["canary"]}', "invalid_request"),
        (b'{"rows": [{}], "canary": 1}', "invalid_request"),
        (b'{"rows": [{"canary": 1}]}', "invalid_request"),
        (b'{"rows": [{"side": "canary"}]}', "invalid_request"),
        (b'{"rows": [{"leverage": "canary"}]}', "invalid_request"),
        (b'{"rows": [{"tick_size": "1"}]}', "invalid_request"),
        (b'{"rows": [{"other_positions": []}]}', "invalid_request"),
        (b'{"rows": [{}], "as_of": "canary"}', "invalid_request"),
    ],
)
def test_what_the_schema_forbids_is_a_problem_that_repeats_nothing(client, problem, body, code):
    reply = client.request("POST", "/v1/bulk", content=body, headers=JSON)
    problem(reply, 422, code)
    assert "canary" not in reply.text


def test_one_row_more_than_the_limit_is_too_large(client, problem):
    problem(client.post("/v1/bulk", {"rows": [{}] * (BULK_ROWS + 1)}), 413, "bulk_too_large")
    assert client.post("/v1/bulk", {"rows": [{}] * BULK_ROWS}).status_code == 200


def test_one_byte_more_than_the_limit_is_too_large(client, problem):
    full = b'{"rows": [{}]}'.ljust(BULK_BODY_BYTES)
    assert client.request("POST", "/v1/bulk", content=full, headers=JSON).status_code == 200
    problem(client.request("POST", "/v1/bulk", content=full + b" ", headers=JSON), 413, "bulk_too_large")


def test_the_document_says_what_the_limit_is(client):
    described = client.get("/openapi.json").json()["paths"]["/v1/bulk"]["post"]
    rows = described["requestBody"]["content"]["application/json"]["schema"]["properties"]["rows"]
    assert rows["maxItems"] == BULK_ROWS
    assert "other_positions" not in rows["items"]["properties"]
    for example in described["requestBody"]["content"]["application/json"]["examples"].values():
        assert client.post("/v1/bulk", example["value"]).json()["rows"][0]["status"] == "ok"


def test_the_schema_has_exactly_the_columns_that_are_read(client):
    described = client.get("/openapi.json").json()["paths"]["/v1/bulk"]["post"]
    rows = described["requestBody"]["content"]["application/json"]["schema"]["properties"]["rows"]
    assert set(rows["items"]["properties"]) == set(COLUMNS)
    for name in COLUMNS:
        with pytest.raises(Problem):
            read_rows(json.dumps({"rows": [{name: []}]}).encode())
