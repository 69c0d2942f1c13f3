"""The pages for people: strict policies, right types, versions by content, nothing beside web/."""

import re

import pytest

from assistant.api.pages import Pages
from assistant.resources import content

SERVED = {
    path.relative_to(content("web")).as_posix(): path
    for path in content("web").rglob("*")
    if path.suffix in (".js", ".css", ".svg")
}


def directives(reply):
    return {
        name: values for name, *values in (part.split() for part in reply.headers["content-security-policy"].split(";"))
    }


def test_the_demo_page_may_run_our_scripts_and_nothing_else(client):
    policy = directives(client.get("/"))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == ["'none'"]
    assert policy["require-trusted-types-for"] == ["'script'"]


@pytest.mark.parametrize("path", ["/docs", "/verify"])
def test_a_page_to_read_runs_no_script_at_all(client, path):
    reply = client.get(path)
    policy = directives(reply)
    assert policy["default-src"] == ["'none'"]
    assert "script-src" not in policy
    assert "<script" not in reply.text


@pytest.mark.parametrize("path", ["/", "/docs", "/verify"])
def test_a_page_loads_nothing_from_elsewhere_and_holds_no_inline_code(client, path):
    text = client.get(path).text
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', text)
    assert all(address.startswith(("web/", "data:")) for address in loaded)
    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", text)


def test_the_reference_page_lists_every_operation_and_schema(client):
    text = client.get("/docs").text
    document = client.get("/openapi.json").json()
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            assert f"<code>{method.upper()} {path}</code>" in text
            assert described["summary"] in text
    for name in document["components"]["schemas"]:
        assert f'id="schema-{name}"' in text


@pytest.mark.parametrize("path", ["/", "/docs", "/verify"])
def test_a_page_shows_the_disclaimer(client, assistant, path):
    assert assistant.shelves["en"].book.disclaimers["plain"] in client.get(path).text


@pytest.mark.parametrize("name", SERVED)
def test_a_file_is_served_with_its_type_and_not_twice(client, name):
    reply = client.get(f"/web/{name}")
    assert reply.content == SERVED[name].read_bytes()
    assert reply.headers["content-type"].startswith(
        {"js": "text/javascript", "css": "text/css"}[name.rpartition(".")[2]]
    )
    again = client.get(f"/web/{name}", headers={"if-none-match": reply.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == reply.headers["etag"]


def test_another_version_of_a_file_is_sent_whole(client):
    assert client.get("/web/widget.js", headers={"if-none-match": '"older"'}).status_code == 200


def test_templates_and_files_of_other_kinds_are_not_served(client, problem):
    problem(client.get("/web/pages/index.html.j2"), 404, "not_found")


@pytest.mark.parametrize("path", ["/web/../pyproject.toml", "/web/%2e%2e/pyproject.toml", "/web//etc/passwd", "/web/"])
def test_no_path_leads_out_of_the_folder(client, problem, path):
    problem(client.get(path), 404, "not_found")


def test_head_is_answered_like_get_without_a_body(client):
    reply = client.request("HEAD", "/")
    assert reply.status_code == 200
    assert reply.headers["content-length"] == str(len(client.get("/").content))


def test_every_reply_forbids_type_guessing(client):
    for path in ("/", "/docs", "/v1/venues", "/web/widget.js", "/nowhere"):
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_the_disclaimer_is_escaped(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.html.j2").write_text('<p title="{{ disclaimer }}">')
    pages = Pages(tmp_path, disclaimer='"><script>')
    assert b'<p title="&#34;&gt;&lt;script&gt;">' in pages._page("index.html.j2").content
