"""Venues and articles can be listed and read."""

import json

from assistant.api.documents import ArticleReply, ArticlesReply, VenuesReply


def test_the_venues_are_what_the_document_says_and_every_rulebook_is_there(client, assistant):
    listed = VenuesReply.model_validate_json(client.get("/v1/venues").text)
    assert [venue.id for venue in listed.venues] == [book.id for book in assistant.rulebooks]


def test_a_venue_says_since_when_todays_rules_are_in_force(client, assistant):
    for venue in client.get("/v1/venues").json()["venues"]:
        book = assistant.rulebooks.get(venue["id"])
        assert venue["rules_as_of"] <= "2026-11-22"
        assert any(venue["rules_as_of"] == str(dated.effective_from) for dated in (*book.rules, *book.tables))


def test_every_article_of_the_list_can_be_read(client, assistant):
    listed = ArticlesReply.model_validate_json(client.get("/v1/articles").text)
    assert [article.id for article in listed.articles] == list(assistant.shelves["en"].articles)
    for line in listed.articles:
        text = client.get(f"/v1/articles/{line.id}").text
        article = ArticleReply.model_validate_json(text)
        assert (article.title, article.reviewed) == (line.title, line.reviewed)
        kept = assistant.shelves["en"].articles[line.id].sources
        assert [source["id"] for source in json.loads(text)["sources"]] == [source.id for source in kept]


def test_an_unknown_article_is_not_found(client, problem):
    problem(client.get("/v1/articles/canary"), 404, "unknown_article")
    problem(client.get("/v1/articles/..%2F..%2Fpyproject"), 404, "not_found")
