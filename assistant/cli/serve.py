"""`serve`: the HTTP API and the demo page, until SIGTERM or Ctrl-C."""

import argparse
import gc
import logging
import math
import os
import socket

from assistant import settings
from assistant.resources import content
from assistant.wiring import build


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("serve", help="start the HTTP API and the demo page")
    parser.add_argument("--host", help=f"address to listen on; default {settings.variable('host')} or 127.0.0.1")
    parser.add_argument("--port", help=f"port, 0 for a free one; default {settings.variable('port')} or 8000")
    parser.add_argument("--database", help=f"file that keeps conversations; default {settings.variable('database')}")
    parser.add_argument("--access-log", action="store_true", help="one log line a request, without its content")


def run(parsed: argparse.Namespace) -> int:
    """0 after an orderly end: open streams told, every accepted turn stored."""
    import uvicorn

    from assistant.api.app import create

    chosen = settings.read(os.environ, host=parsed.host, port=parsed.port, database=parsed.database)
    logging.basicConfig(level=chosen.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    for name in settings.unknown(os.environ):
        logging.getLogger(__name__).warning("%s is no setting and has no effect", name)
    application = create(build(chosen), web=content("web"))
    gc.collect()
    gc.freeze()  # the content lives as long as the process: looking through it again would stop every turn for a while
    gc.set_threshold(10_000, 20, 20)

    class Server(uvicorn.Server):
        """Rings the bell before it waits for open requests."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            application.closing.set()
            await super().shutdown(sockets)

    server = Server(
        uvicorn.Config(
            application.asgi,
            host=chosen.host,
            port=chosen.port,
            log_config=None,
            access_log=parsed.access_log,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=math.ceil(chosen.shutdown_s),
        )
    )
    server.run()
    return 0
