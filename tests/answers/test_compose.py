import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from assistant.answers import compose as module
from assistant.answers.compose import compose, problem
from assistant.answers.disclaimer import seal
from assistant.answers.model import Bullets, Caveat, Figures, Headline, Paragraph, Sources, Steps, Table
from assistant.values import (
    AskFor,
    Assumption,
    CallTool,
    Decline,
    Figure,
    OfferChoices,
    Say,
    ShowArticle,
    Side,
    Source,
    Status,
    Support,
)

CALL = CallTool(intent="liquidation_price", tool="liquidation_price", arguments={})


@pytest.fixture
def said(shelf):
    """The answer and its text for some decisions."""

    def say(*decisions, results=(), slots=None):
        answer = compose(decisions, results, shelf=shelf, slots=slots)
        return answer, seal(answer, shelf.book).text

    return say


def one(answer, kind):
    found = [block for block in answer.blocks if isinstance(block, kind)]
    assert len(found) == 1
    return found[0]


def headlines(answer):
    return [block.text for block in answer.blocks if isinstance(block, Headline) and block.level == 1]


def test_a_price_leads_with_its_number(said, result):
    answer, _ = said(CALL, results=[result()])
    assert answer.blocks[0] == Headline(text="Liquidation price: 57,228.92 USDT")


def test_a_price_comes_with_inputs_figures_working_assumptions_caveat_rules_and_source(said, result):
    answer, text = said(CALL, results=[result()])
    assert "long 0.5 BTC, entry 60,000 USDT, 20x leverage, isolated margin, Binance" in text
    assert one(answer, Figures).items[0].text == "57,228.92 USDT"
    assert [item.label for item in one(answer, Steps).items] == ["Notional at entry", "Liquidation price"]
    assert "measured from the entry price" in one(answer, Bullets).items[0]
    assert "Funding" in one(answer, Caveat).text
    assert "Rules: Binance USDS-M, in force since 4 March 2024." in text
    assert isinstance(answer.blocks[-1], Sources)


def shown(values):
    return tuple(Figure(name=name, value=Decimal(value), unit=unit) for name, (value, unit) in values.items())


def test_a_short_is_rounded_down_everywhere(said, result):
    rising = (dataclasses.replace(one, value=abs(one.value)) for one in result().figures)
    short = result(arguments={**result().arguments, "side": "short"}, figures=tuple(rising))
    answer, _ = said(CALL, results=[short])
    assert one(answer, Figures).items[0].text == "57,228.91 USDT"
    assert one(answer, Steps).items[1].text == "57,228.91 USDT"


def test_a_price_on_the_other_side_is_rounded_for_its_own_side(said, result):
    found = shown(
        {
            "liquidation_price": ("57228.911", "USDT"),
            "distance_pct": ("-4.6", "%"),
            "liquidation_price@above": ("70000.019", "USDT"),
            "distance_pct@above": ("16.7", "%"),
        }
    )
    _, text = said(CALL, results=[result(figures=found)])
    assert "57,228.92 USDT" in text
    assert "on the other side as well: above, at 70,000.01 USDT, a rise of 16.70%" in text


def test_a_hedged_long_that_dies_above_is_rounded_down(said, result):
    found = shown({"liquidation_price": ("70000.019", "USDT"), "distance_pct": ("16.7", "%")})
    answer, _ = said(CALL, results=[result(figures=found)])
    assert one(answer, Figures).items[0].text == "70,000.01 USDT"


def test_what_happens_if_all_prices_move_together_is_said_beside_the_price(said, result):
    found = shown(
        {
            "liquidation_price": ("57228.911", "USDT"),
            "distance_pct": ("-4.6", "%"),
            "liquidation_price@all_together": ("58000", "USDT"),
            "distance_pct@all_together": ("-3.3", "%"),
            "liquidation_price@all_together+below": ("58000", "USDT"),
            "distance_pct@all_together+below": ("-3.3", "%"),
        }
    )
    _, text = said(CALL, results=[result(figures=found)])
    assert "the account would be liquidated at 58,000.00 USDT, a fall of 3.30%." in text


@pytest.mark.parametrize(
    "assumption",
    [
        Assumption(code="generic_rules", data={"rate": Decimal("0.005")}),
        Assumption(code="assumed_rate", data={"rate": Decimal("0.01"), "venue": "okx", "symbol": "XYZ"}),
    ],
)
def test_an_estimate_says_so_in_the_headline(said, result, assumption):
    answer, _text = said(CALL, results=[result(assumptions=(assumption,))])
    assert headlines(answer)[0].startswith("Estimated ")
    assert "estimate" in one(answer, Bullets).items[0]


def test_an_assumption_without_a_sentence_is_named_all_the_same(said, result):
    answer, _ = said(CALL, results=[result(assumptions=(Assumption(code="lunar_phase"),))])
    assert one(answer, Bullets).items == ("Also assumed: lunar phase.",)


def test_margin_to_add_is_rounded_up_so_that_it_suffices(said, result):
    needed = result(
        tool="add_margin", figures=(Figure(name="required_margin_add", value=Decimal("3600.001"), unit="USDT"),)
    )
    answer, _ = said(CallTool(intent="add_margin", tool="add_margin", arguments={}), results=[needed])
    assert headlines(answer) == ["Margin to add: 3,600.01 USDT"]


def test_a_variant_without_a_number_is_told_beside_the_others_and_is_no_assumption(said, result):
    data = {"variant": "500x", "code": "leverage_above_cap"}
    compared = result(
        tool="compare",
        figures=(Figure(name="liquidation_price@20x", value=Decimal("57228.91566"), unit="USDT"),),
        assumptions=(
            Assumption(code="variant_refused", data=data),
            Assumption(code="isolated_default", data={"variant": "20x"}),
        ),
    )
    answer, text = said(CallTool(intent="compare", tool="compare", arguments={}), results=[compared])
    left_out, assumed = [block.items for block in answer.blocks if isinstance(block, Bullets)]
    assert left_out == ("500x: The leverage is above what the venue allows: it must be lower.",)
    assert assumed == ("20x: Isolated margin, because nothing else was said.",)
    assert "Without a number:" in text


def test_what_the_host_page_gave_is_said(said, result):
    call = CallTool(
        intent="liquidation_price",
        tool="liquidation_price",
        arguments={"mark_price": Decimal("58000"), "maintenance_margin_rate": Decimal("0.004")},
        from_context=("mark_price", "maintenance_margin_rate"),
    )
    answer, _ = said(call, results=[result()])
    assert one(answer, Bullets).items[:2] == (
        "The mark price comes from the page you are on: 58,000.",
        "The maintenance margin rate comes from the page you are on: 0.4%.",
    )
    assert answer.tool_calls[0].report.assumptions[0].code == "from_context"


def test_a_position_without_a_price_says_why_and_shows_none(said, result):
    missing = result(status=Status.NOT_LIQUIDATABLE, code="no_positive_price", figures=(), working=())
    answer, text = said(CALL, results=[missing])
    assert headlines(answer) == ["No liquidation price: this position cannot be liquidated by price alone"]
    assert "No price above zero" in text
    assert "does not mean no risk" in text


def test_a_position_beyond_maintenance_is_said_to_be_liquidated_at_once(said, result):
    gone = result(status=Status.BEYOND_MAINTENANCE, code="beyond_maintenance", figures=())
    answer, text = said(CALL, results=[gone])
    assert headlines(answer) == ["This position would be liquidated at once"]
    assert "at or below the maintenance margin" in text


@pytest.mark.parametrize(
    ("code", "data", "words"),
    [
        ("unknown_venue", {"venue": "<b>bitfoo"}, "I hold no rules for b bitfoo: the venue is unknown to me"),
        ("symbol_not_listed", {"symbol": "XYZ", "venue": "okx"}, "XYZ is not in the tables of OKX"),
        (
            "no_rule_in_force",
            {"rulebook": "binance_usdm", "date": date(2015, 1, 1), "known": "2021-01-01..2024-03-04, 2024-03-04.."},
            "What I hold of Binance USDS-M: 1 January 2021 to 4 March 2024 and from 4 March 2024 on.",
        ),
        ("a_new_code", {"x": "y"}, "There is no number for this here (a new code)."),
    ],
)
def test_a_refusal_says_why_in_words(said, result, code, data, words):
    refused = result(status=Status.REFUSED, code=code, data=data, figures=(), working=())
    answer, text = said(CALL, results=[refused])
    assert words in text
    assert answer.intent == "liquidation_price"


@pytest.mark.parametrize(
    ("code", "data", "words"),
    [
        (
            "impossible_value",
            {"argument": "leverage", "reason": "not_positive", "value": Decimal(0)},
            "The leverage must be greater than zero; 0x is not possible.",
        ),
        (
            "impossible_value",
            {"argument": "maintenance_margin_rate", "reason": "not_a_fraction", "value": Decimal("1.5")},
            "The maintenance margin rate must be below 100%; 150% is not possible.",
        ),
        (
            "impossible_value",
            {"argument": "leverage", "reason": "too_large", "value": Decimal("1e6"), "bound": Decimal(1000)},
            "The leverage must be at most 1,000x; 1,000,000x is out of range.",
        ),
        ("impossible_value", {"argument": "entry_price", "reason": "nobody_knows"}, "The entry price must be a value"),
        (
            "rate_above_margin",
            {"rate": Decimal("0.06"), "leverage": Decimal(20)},
            "At 20x the margin is smaller than a maintenance margin rate of 6% asks for: the rate must be below 1",
        ),
        (
            "leverage_above_cap",
            {"leverage": Decimal(150), "cap": Decimal(125), "venue": "binance", "symbol": "BTC"},
            "Binance allows at most 125x for BTC at this size, so 150x is not possible there: the leverage must be",
        ),
    ],
)
def test_an_impossible_value_is_invalid_input_and_explained(said, result, code, data, words):
    refused = result(status=Status.REFUSED, code=code, data=data, figures=(), working=())
    answer, text = said(CALL, results=[refused])
    assert answer.intent == "invalid_input"
    assert words in text
    assert answer.figures == ()


def test_all_gaps_are_asked_for_in_one_reply_with_what_is_known(said):
    asked = AskFor(intent="liquidation_price", missing=("side", "entry_price", "leverage"))
    answer, text = said(asked, slots={"symbol": "BTC", "margin_mode": "isolated"})
    assert answer.missing == ("side", "entry_price", "leverage")
    assert answer.intent == "liquidation_price"
    assert len(one(answer, Bullets).items) == 3
    assert "BTC, isolated margin" in text


def test_a_single_gap_is_the_question_itself(said):
    answer, _ = said(AskFor(intent="liquidation_price", missing=("side",)), slots={"leverage": Decimal(20)})
    assert headlines(answer) == ["Is it a long or a short?"]
    assert answer.suggestions == ("Long", "Short")


def test_a_gap_a_tool_found_is_asked_for_in_the_same_words(said, result):
    gap = result(status=Status.UNDERDETERMINED, code="underdetermined", missing=("side",), figures=(), working=())
    answer, _ = said(CALL, results=[gap])
    assert headlines(answer) == ["Is it a long or a short?"]
    assert answer.missing == ("side",)


def test_a_gap_nobody_wrote_a_question_for_is_still_asked(said):
    _, text = said(AskFor(intent="liquidation_price", missing=("moon_phase",)))
    assert "What is moon phase?" in text


def test_an_article_is_shown_whole_with_its_misconception_and_sources(said):
    answer, text = said(ShowArticle(article="first", runner_up="second"))
    assert answer.topic == "first"
    assert headlines(answer)[0] == "What is first"
    assert answer.blocks[1] == Paragraph(text="The short answer to first, see here.")
    assert one(answer, Table).rows == (("1", "2"),)
    assert '"A false belief." A true answer.' in text
    assert "Reviewed on 22 November 2026." in text
    assert [source.id for source in answer.sources] == ["faq"]
    assert answer.suggestions == ("What is second?",)


def test_choices_name_the_articles_that_came_close(said):
    answer, text = said(OfferChoices(articles=("first", "second")))
    assert answer.intent == "clarify"
    assert "- What is first" in text
    assert answer.suggestions == ("What is first?", "What is second?")


def test_without_any_decision_the_reader_hears_what_can_be_asked(said):
    answer, text = said()
    assert answer.intent == "clarify"
    assert "What I can do" in text


@pytest.mark.parametrize("key", module.DECLINES)
def test_every_refusal_of_a_wish_says_that_it_cannot_be(said, key):
    answer, _text = said(Decline(intent="out_of_scope", key=key))
    assert "I can't" in headlines(answer)[0]
    assert answer.suggestions


def test_the_advice_refusal_gives_a_fact_and_no_direction(said):
    _, text = said(Decline(intent="advice_refusal", key="advice"))
    assert "I can't tell you whether to" in text
    assert "about 50% at 2x" in text
    assert "go long" not in text.lower()
    assert "go short" not in text.lower()


@pytest.mark.parametrize("key", module.SAYINGS)
def test_every_saying_can_be_said(said, key):
    data = {
        "name": "Bitfoo",
        "argument": "entry_price",
        "reason": "not_positive",
        "value": Decimal(0),
        "languages": ("en",),
        "amounts": ("500",),
        "names": ("BTC long", "ETH short"),
        "stated_liquidation_price": Decimal(57000),
    }
    answer, text = said(Say(intent="clarify", key=key, data=data))
    assert answer.blocks
    assert "_" not in text


def test_an_invalid_value_is_explained(said):
    data = {"argument": "leverage", "reason": "not_positive", "value": Decimal(-20)}
    _, text = said(Say(intent="invalid_input", key="invalid", data=data))
    assert "The leverage must be greater than zero; -20x is not possible." in text


def test_an_unknown_venue_is_named_back_dead_with_those_known(said):
    _, text = said(Say(intent="liquidation_price", key="unknown_venue", data={"name": "@here <img src=x>"}))
    assert "here img src x" in text
    assert "Binance and OKX" in text
    assert not set("<>@") & set(text)


def test_a_covered_venue_is_named_as_it_writes_itself(said):
    _, text = said(Say(intent="liquidation_price", key="venue_not_covered", data={"name": "okx"}))
    assert "for OKX yet" in text


def test_languages_are_named_in_words(said):
    _, text = said(Say(intent="clarify", key="language_not_available", data={"languages": ("en",)}))
    assert "English" in text


def test_the_number_leads_and_the_rest_follows(said, result):
    decisions = (Decline(intent="advice_refusal", key="advice"), CALL, ShowArticle(article="first"))
    answer, _ = said(*decisions, results=[result()])
    assert answer.intent == "liquidation_price"
    assert headlines(answer) == [
        "Liquidation price: 57,228.92 USDT",
        "I can't tell you whether to trade, or what to pick",
        "What is first",
    ]


def test_an_article_beside_a_number_is_told_briefly(said, result):
    answer, text = said(CALL, ShowArticle(article="first"), results=[result()])
    assert "The short answer to first" in text
    assert not [block for block in answer.blocks if isinstance(block, Table)]


def test_sources_and_suggestions_of_several_sections_stand_once(said, result):
    other = Source(id="other", title="Other", url="https://example.org/o", retrieved=date(2026, 11, 22))
    answer, _ = said(CALL, CALL, ShowArticle(article="first"), results=[result(), result(sources=(other,))])
    assert [source.id for source in answer.sources] == ["faq", "other"]
    assert one(answer, Sources).items == answer.sources
    assert len(answer.suggestions) == len(set(answer.suggestions)) == 3


def test_figures_of_two_calculations_keep_the_first_of_a_name(said, result):
    second = result(figures=(dataclasses.replace(result().figures[0], value=Decimal(1)),))
    answer, _ = said(CALL, CALL, results=[result(), second])
    assert answer.figures[0].value == Decimal("57228.91566")
    assert len(answer.tool_calls) == 2


def test_somebody_in_distress_hears_nothing_else(said, result):
    answer, text = said(CALL, Support(level="A"), results=[result()], slots={"side": "long"})
    assert answer.intent == "distress"
    assert answer.figures == ()
    assert answer.tool_calls == ()
    assert answer.suggestions == ()
    assert "57" not in text
    assert answer.slots == {"side": "long"}


def test_a_problem_is_said_without_what_was_sent(shelf):
    answer = problem("message_too_long", shelf)
    assert headlines(answer) == ["The message is too long"]


def test_a_problem_nobody_wrote_is_spoken_of_as_internal(shelf):
    assert problem("never_heard_of", shelf) == problem("internal", shelf)


def test_the_same_input_gives_the_same_text(shelf, result):
    first, second = (seal(compose((CALL,), (result(),), shelf=shelf), shelf.book).text for _ in range(2))
    assert first == second


def test_the_side_of_a_variant_decides_its_rounding(said, result):
    figures = tuple(Figure(name=f"liquidation_price@{side}", value=Decimal("100.005"), unit="USDT") for side in Side)
    compared = result(tool="compare", figures=figures, working=(), assumptions=())
    answer, _ = said(CallTool(intent="compare", tool="compare", arguments={}), results=[compared])
    assert [row[1] for row in one(answer, Table).rows] == ["100.01 USDT", "100.00 USDT"]
