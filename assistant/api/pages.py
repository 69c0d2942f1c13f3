"""The demo page, the reference page and the files under /web, held in memory: no path of a request reaches the disk."""

import hashlib
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assistant.api.problems import Problem
from assistant.api.reference import operations, schemas

_SCRIPTED = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)
_WRITTEN = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For a page without any script."""
_TYPES: Mapping[str, str] = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
"""What is served; files with any other ending are not."""


Context = Mapping[str, Any]
"""What a template is filled with."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it is sent."""

    content: bytes
    media_type: str
    tag: str

    def response(self, request: Request, headers: Mapping[str, str]) -> Response:
        """The file, or 304 where the client has this very version."""
        kept = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
        common = {"ETag": self.tag, "Cache-Control": "no-cache", **headers}
        if self.tag in kept or "*" in kept:
            return Response(status_code=304, headers=common)
        return Response(self.content, media_type=self.media_type, headers=common)


class Pages:
    """Routes for people; read once when the server starts."""

    def __init__(self, web: Path, *, disclaimer: str) -> None:
        self._files = dict(_files(web))
        self._templates = Environment(
            loader=FileSystemLoader(web / "pages"),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._disclaimer = disclaimer

    def routes(
        self, *, document: Callable[[], Mapping[str, Any]], verification: Callable[[Request], Awaitable[Context]]
    ) -> list[Route]:
        """The demo page, the reference page of an OpenAPI document, the verification page, and every file of web/."""
        index = self._page("index.html.j2")

        @cache
        def reference() -> _File:
            whole = document()
            return self._page(
                "docs.html.j2",
                title=whole["info"]["title"],
                version=whole["info"]["version"],
                paragraphs=whole["info"]["description"].split("\n\n"),
                operations=operations(whole),
                schemas=schemas(whole),
            )

        async def demo_page(request: Request) -> Response:
            return index.response(request, {"Content-Security-Policy": _SCRIPTED})

        async def reference_page(request: Request) -> Response:
            return reference().response(request, {"Content-Security-Policy": _WRITTEN})

        async def verification_page(request: Request) -> Response:
            page = self._page("verify.html.j2", **await verification(request))
            return page.response(request, {"Content-Security-Policy": _WRITTEN})

        async def web_file(request: Request) -> Response:
            file = self._files.get(request.path_params["path"])
            if file is None:
                raise Problem("not_found")
            return file.response(request, {})

        return [
            Route("/", demo_page, name="demo_page"),
            Route("/docs", reference_page, name="reference_page"),
            Route("/verify", verification_page, name="verification_page"),
            Route("/web/{path:path}", web_file, name="web_file"),
        ]

    def _page(self, template: str, **context: Any) -> _File:
        text = self._templates.get_template(template).render(disclaimer=self._disclaimer, **context)
        return _file(text.encode(), "text/html; charset=utf-8")


def _files(web: Path) -> Iterator[tuple[str, _File]]:
    for path in sorted(web.rglob("*")):
        if path.suffix in _TYPES and path.is_file():
            yield path.relative_to(web).as_posix(), _file(path.read_bytes(), _TYPES[path.suffix])


def _file(content: bytes, media_type: str) -> _File:
    return _File(content, media_type, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
