"""Whatever gives an answer, a figure, an article or an error ends with the disclaimer; no route is left out."""

import pytest
from starlette.routing import Route

SILENT = {
    ("GET", "/healthz"): "says only that the process lives",
    ("GET", "/readyz"): "says only that the store can be written to",
    ("GET", "/openapi.json"): "describes the interface",
    ("GET", "/web/{path:path}"): "code and style",
    ("DELETE", "/v1/conversations/{conversation_id}"): "204, nothing to read",
    ("POST", "/v1/messages/{message_id}/feedback"): "204, nothing to read",
}
"""Routes that give none of these, each with the reason."""

SPOKEN = {
    ("POST", "/v1/chat"): lambda client: client.post("/v1/chat", {"message": "hi"}),
    ("GET", "/v1/tools"): lambda client: client.get("/v1/tools"),
    ("POST", "/v1/tools/{tool}"): lambda client: client.post("/v1/tools/liquidation_price", {"venue": "binance"}),
    ("POST", "/v1/bulk"): lambda client: client.post("/v1/bulk", {"rows": [{"venue": "binance"}]}),
    ("GET", "/v1/conversations/{conversation_id}"): lambda client: client.get(
        f"/v1/conversations/{client.chat('hi')['conversation_id']}"
    ),
    ("GET", "/v1/venues"): lambda client: client.get("/v1/venues"),
    ("GET", "/v1/articles"): lambda client: client.get("/v1/articles"),
    ("GET", "/v1/articles/{article_id}"): lambda client: client.get("/v1/articles/adl"),
    ("GET", "/v1/verify"): lambda client: client.get("/v1/verify?label=sourced"),
    ("GET", "/verify"): lambda client: client.get("/verify"),
    ("GET", "/"): lambda client: client.get("/"),
    ("GET", "/docs"): lambda client: client.get("/docs"),
}
"""How each of the others is made to speak."""


def every_route(routes):
    for route in routes:
        inner = getattr(route, "original_router", None) or getattr(route, "app", None)
        if isinstance(route, Route) or hasattr(route, "methods"):
            yield from ((method, route.path) for method in route.methods - {"HEAD"})
        elif hasattr(inner, "routes"):
            yield from every_route(inner.routes)
        else:
            raise AssertionError(f"a route of a kind this test does not know: {route!r}")


def test_every_route_is_either_made_to_speak_or_silent_for_a_reason(client):
    routes = set(every_route(client.application.asgi.routes))
    assert routes == set(SILENT) | set(SPOKEN)


@pytest.mark.parametrize("route", SPOKEN, ids=lambda route: " ".join(route))
def test_a_route_that_speaks_ends_with_the_disclaimer(client, assistant, route):
    reply = SPOKEN[route](client)
    assert reply.status_code == 200
    disclaimers = set(assistant.shelves["en"].book.disclaimers.values())
    if reply.headers["content-type"].startswith("application/json"):
        body = reply.json()
        assert list(body)[-1] == "disclaimer"
        assert body["disclaimer"] in disclaimers
        assert "text" not in body or body["text"].endswith("\n\n" + body["disclaimer"])
    else:
        assert any(disclaimer in reply.text for disclaimer in disclaimers)


@pytest.mark.parametrize("route", sorted({*SILENT, *SPOKEN}), ids=lambda route: " ".join(route))
def test_every_address_refuses_a_wrong_method_with_the_disclaimer(client, problem, route):
    method = "PATCH"
    reply = client.request(method, route[1].replace("{path:path}", "widget.js"))
    assert problem(reply, 405, "method_not_allowed")["disclaimer"]
