"""The client's patience: which failures are tried again, how long it waits, and what it never takes for an answer."""

from datetime import timedelta

import pytest

from assistant.errors import ContentError, OutsideUnavailable

LINE = "GET /v4/perpetualMarkets"


@pytest.fixture
def dydx(venue, recorded):
    recorded("dydx_v4").serve(venue)
    return venue


@pytest.fixture
def reply(dydx):
    """A reply of the fake venue, to be sent before the right one."""
    from copy import copy

    template = type(dydx).reply(dydx, LINE)
    dydx.asked.clear()

    def reply(status=200, body=b"{}", **changes):
        made = copy(template)
        made.status, made.body = status, body
        made.headers = changes.get("headers", {})
        made.silent = changes.get("silent", False)
        made.length = changes.get("length")
        return made

    return reply


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(status, dydx, feed, reply, slept):
    dydx.faults = [reply(status)] * 2
    assert feed("dydx_v4").fetch()
    assert dydx.asked == [LINE] * 3
    assert slept == [0.5, 1.0]


def test_a_connection_cut_in_the_middle_is_tried_again(dydx, feed, reply, slept):
    dydx.faults = [reply(length=5000)]
    assert feed("dydx_v4").fetch()
    assert slept == [0.5]


def test_silence_is_tried_again(dydx, feed, reply, slept):
    dydx.faults = [reply(silent=True)] * 3
    with pytest.raises(OutsideUnavailable, match="did not answer in time, 3 times"):
        feed("dydx_v4", read_s=0.05).fetch()
    assert slept == [0.5, 1.0]


def test_tries_end(dydx, feed, reply, slept):
    dydx.faults = [reply(503)] * 10
    with pytest.raises(OutsideUnavailable, match=r"HTTP 503, 3 times"):
        feed("dydx_v4").fetch()
    assert len(dydx.asked) == 3
    assert len(slept) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 451])
def test_a_refusal_of_the_venue_is_not_tried_again(status, dydx, feed, reply, slept):
    dydx.faults = [reply(status)] * 2
    with pytest.raises(OutsideUnavailable, match=f"HTTP {status}"):
        feed("dydx_v4").fetch()
    assert (len(dydx.asked), slept) == (1, [])


@pytest.mark.parametrize(
    ("stated", "waited"),
    [("7", 7.5), ("0", 0.5), ("Sun, 22 Nov 2026 12:00:20 GMT", 20.5), ("Sun, 22 Nov 2026 11:00:00 GMT", 0.5)],
)
def test_a_venue_that_says_how_long_to_wait_is_obeyed(stated, waited, dydx, feed, reply, slept):
    dydx.faults = [reply(429, headers={"Retry-After": stated})]
    assert feed("dydx_v4").fetch()
    assert slept == [waited]


@pytest.mark.parametrize("stated", ["soon", "", "-5", "1.5", "99 bottles"])
def test_a_wait_that_is_neither_seconds_nor_a_date_falls_back_on_our_own(stated, dydx, feed, reply, slept):
    dydx.faults = [reply(429, headers={"Retry-After": stated})]
    assert feed("dydx_v4").fetch()
    assert slept == [0.5]


@pytest.mark.parametrize("stated", ["3600", "9" * 30, "Mon, 23 Nov 2026 12:00:00 GMT"])
def test_a_venue_that_wants_more_patience_than_there_is_is_left_alone(stated, dydx, feed, reply, slept):
    dydx.faults = [reply(429, headers={"Retry-After": stated})]
    with pytest.raises(OutsideUnavailable, match="try again later"):
        feed("dydx_v4").fetch()
    assert slept == []


@pytest.mark.parametrize("target", ["https://example.org/", "/v4/perpetualMarkets", "//example.org"])
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_refused(status, target, dydx, feed, reply):
    dydx.faults = [reply(status, headers={"Location": target})]
    with pytest.raises(ContentError, match="redirects are not followed"):
        feed("dydx_v4").fetch()
    assert len(dydx.asked) == 1


def test_an_answer_that_never_ends_dripping_is_given_up(dydx, feed, clock):
    clock.look = timedelta(seconds=40)
    with pytest.raises(OutsideUnavailable, match="did not finish its answer in time"):
        feed("dydx_v4", whole_s=30).fetch()


def test_an_answer_of_exactly_the_bound_is_taken_and_one_more_byte_is_not(dydx, feed):
    size = len(dydx.answers[LINE])
    assert feed("dydx_v4", most_bytes=size).fetch()
    with pytest.raises(ContentError, match=f"at most {size - 1} bytes"):
        feed("dydx_v4", most_bytes=size - 1).fetch()


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "", "application/json5"])
def test_another_content_type_is_no_answer(kind, dydx, feed, reply):
    wrong = reply(body=dydx.answers[LINE])
    wrong.kind = kind
    dydx.faults = [wrong]
    with pytest.raises(ContentError, match="is application/json, not"):
        feed("dydx_v4").fetch()


def test_nobody_there_is_said(feed, venue):
    source = feed("dydx_v4")
    object.__setattr__(source.venue, "base", "http://127.0.0.1:1")
    with pytest.raises(OutsideUnavailable, match=r"127\.0\.0\.1:1/v4/perpetualMarkets.*the connection failed"):
        source.fetch()


def test_requests_of_one_venue_are_spaced_out(venue, feed, recorded, slept):
    recorded("kucoin_linear").serve(venue)
    feed("kucoin_linear").fetch()
    assert slept == [0.1, 0.1]
