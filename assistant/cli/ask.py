"""`ask`: one question, one answer."""

import argparse
import json
from datetime import date

from assistant.channels import plain, widget
from assistant.dialogue.conversation import Conversation
from assistant.wiring import open_clock, open_content


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("ask", help="answer one question and end")
    parser.add_argument("question", nargs="+", help="the question, quoted or not")
    parser.add_argument("--json", action="store_true", help="the payload of POST /v1/chat instead of text")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, metavar="DATE", help="the date whose venue rules apply; default today"
    )
    parser.add_argument("--language", help="a BCP 47 hint; default: read from the question")


def run(parsed: argparse.Namespace) -> int:
    """0 with the answer printed."""
    assistant = open_content(compiled=False)
    as_of = parsed.as_of or open_clock().today()
    message = plain.parse(" ".join(parsed.question), as_of=as_of, language=parsed.language)
    sealed = assistant.answer(assistant.plan(message, Conversation.new()))
    if parsed.json:
        payload = widget.payload(sealed, conversation_id="", message_id="")
        print(
            json.dumps(
                {name: value for name, value in payload.items() if not name.endswith("_id")},
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        print(plain.text(sealed), end="")
    return 0
