"""`chat`: a conversation in the terminal; nothing of it is stored."""

import argparse
import json
import sys
from datetime import date

from assistant.channels import plain, widget
from assistant.dialogue.conversation import Conversation
from assistant.wiring import open_clock, open_content


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The arguments of the command."""
    parser = commands.add_parser("chat", help="talk in the terminal; ends with an empty line, Ctrl-D or Ctrl-C")
    parser.add_argument("--json", action="store_true", help="one JSON payload a line instead of text")
    parser.add_argument(
        "--as-of", type=date.fromisoformat, metavar="DATE", help="the date whose venue rules apply; default today"
    )
    parser.add_argument("--language", help="a BCP 47 hint; default: read from each message")


def run(parsed: argparse.Namespace) -> int:
    """0 when the conversation ends."""
    assistant = open_content(compiled=False)
    clock = open_clock()
    conversation = Conversation.new()
    prompt = sys.stdin.isatty() and not parsed.json
    while True:
        if prompt:
            print("> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line.strip():
            return 0
        message = plain.parse(line, as_of=parsed.as_of or clock.today(), language=parsed.language)
        plan = assistant.plan(message, conversation)
        sealed, conversation = assistant.answer(plan), plan.conversation
        if parsed.json:
            print(json.dumps(widget.payload(sealed, conversation_id="", message_id=""), ensure_ascii=False), flush=True)
        else:
            print(plain.text(sealed), flush=True)
