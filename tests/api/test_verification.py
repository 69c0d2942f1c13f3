"""GET /v1/verify and /verify: every vector, run live, one run at a time."""

import asyncio
import re
import threading
from dataclasses import replace
from decimal import Decimal

import pytest

from assistant.api import verification
from assistant.api.documents import VerificationReply
from assistant.verification.vector import Label


def wrong(vectors):
    """The vectors with one more that cannot agree."""
    first = next(one for one in vectors if "liquidation_price" in one.expected)
    return (replace(first, id="<b>wrong</b>", expected={"liquidation_price": Decimal(1)}), *vectors)


def test_every_vector_is_there_as_the_document_says(client, vectors):
    reply = VerificationReply.model_validate_json(client.get("/v1/verify").text)
    assert len(reply.vectors) == sum(len(vector.expected) for vector in vectors)
    assert {one.id for one in reply.vectors} == {vector.id for vector in vectors}
    assert reply.summary.mismatches == 0
    assert reply.summary.sourced + reply.summary.generated == len(reply.vectors)


def test_a_vector_says_venue_inputs_ours_theirs_difference_and_source(client):
    for one in client.get("/v1/verify?venue=binance_coinm&label=sourced").json()["vectors"]:
        assert one["venue"] == "binance_coinm"
        assert one["inputs"]["symbol"] == "BTC"
        assert abs(Decimal(one["ours"]) - Decimal(one["theirs"])) <= Decimal(one["tolerance"])
        assert one["difference"] is not None and one["source"]


def test_a_venue_and_a_label_leave_what_was_asked_for(client):
    every = client.get("/v1/verify").json()["vectors"]
    some = client.get("/v1/verify?venue=Binance&label=generated").json()["vectors"]
    assert some == [one for one in every if one["venue"].startswith("binance") and one["label"] == "generated"]
    assert {one["label"] for one in every} == {"sourced", "generated"}


@pytest.mark.parametrize("query", ["venue=bitfoo", "label=wished", "vendor=okx", f"venue={'x' * 65}", "venue="])
def test_a_filter_nobody_can_apply_is_refused(client, problem, query):
    problem(client.get(f"/v1/verify?{query}"), 422, "invalid_request")
    problem(client.get(f"/verify?{query}"), 422, "invalid_request")


@pytest.mark.parametrize("page", ["0", "-1", "99999", "two", "9" * 5000])
def test_a_page_that_is_none_is_refused(client, problem, page):
    assert problem(client.get(f"/verify?page={page}"), 422, "invalid_request")["fields"] == ["page"]


def test_what_differs_is_counted_and_said(changed, vectors):
    client = changed(vectors=wrong(vectors))
    reply = client.get("/v1/verify").json()
    assert reply["summary"]["mismatches"] == 1
    assert [one["id"] for one in reply["vectors"] if not one["matches"]] == ["<b>wrong</b>"]
    page = client.get("/verify").text
    assert 'class="verdict wrong"' in page
    assert page.count("<strong>differs</strong>") == 1


def test_who_asks_while_a_run_is_under_way_is_given_that_run(client, assistant, vectors, monkeypatch):
    runs, gate = [], threading.Event()

    def slow(*given):
        runs.append(given)
        gate.wait(timeout=20)
        return ()

    monkeypatch.setattr(verification, "run", slow)
    live = verification.Live(vectors, assistant.rulebooks)

    async def ask():
        asked = [asyncio.create_task(live.outcomes()) for _ in range(8)]
        while not runs:
            await asyncio.sleep(0)
        asked[0].cancel()
        gate.set()
        await asyncio.gather(*asked[1:])
        await live.outcomes()

    client.run(ask())
    assert len(runs) == 2


def test_the_page_shows_the_sourced_figures_first(client, vectors):
    page = client.get("/verify").text
    sourced = sum(len(vector.expected) for vector in vectors if vector.label is Label.SOURCED)
    assert f"1 to {min(sourced, 100)} of {sourced}" in page
    assert page.count('<span class="label generated">') == 0


def test_every_link_of_the_page_leads_somewhere(client):
    page = client.get("/verify?label=generated&page=2").text
    links = {link.replace("&amp;", "&").partition("#")[0] for link in re.findall(r'href="(verify\?[^"]*)"', page)}
    assert {"verify?label=generated&page=1", "verify?label=generated&page=3"} <= links
    for link in links:
        assert client.get(f"/{link}").status_code == 200, link


def test_pages_show_every_figure_once(client):
    total = len(client.get("/v1/verify?venue=okx").json()["vectors"])
    rows, page = 0, 1
    while rows < total:
        rows += client.get(f"/verify?venue=okx&page={page}").text.count('<tr role="row">') - 1
        page += 1
    assert rows == total


def test_what_a_vector_says_is_escaped(changed, vectors):
    noted = replace(vectors[0], note='<script>alert("x")</script>', source="javascript:alert(1)")
    page = changed(vectors=(noted,)).get("/verify").text
    assert "<script" not in page
    assert 'href="javascript:' not in page


def test_the_disclaimer_stands_last(client, assistant):
    page = client.get("/verify").text
    assert page.rstrip().removesuffix("</html>").rstrip().removesuffix("</body>").rstrip().endswith("</p></footer>")
    assert assistant.shelves["en"].book.disclaimers["plain"] in page.rpartition("<footer>")[2]
