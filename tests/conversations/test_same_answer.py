"""The same message, conversation and date give the same bytes: again and again, and in another process."""

import hashlib
import json
import subprocess
import sys
from datetime import date

import pytest

from assistant.channels import widget
from assistant.dialogue.conversation import Conversation
from assistant.values import Message

SAID = (
    "long 0.5 btc at 60k 20x isolated on binance, where is my liq?",
    "what if I add 200",
    "compare 5x, 10x and 20x",
    "what is ADL and why does it exist",
    "short 2 eth 3000 10x hyperliquid, and what is funding?",
    "help me",
)


def talk(assistant):
    conversation, payloads = Conversation.new(), []
    for text in SAID:
        plan = assistant.plan(Message(text=text, as_of=date(2026, 11, 22)), conversation)
        payload = widget.payload(assistant.answer(plan), conversation_id="c", message_id="m")
        payloads.append(json.dumps(payload, ensure_ascii=False))
        conversation = plan.conversation
    return "\n".join((*payloads, conversation.to_json()))


def test_a_hundred_repetitions_are_identical(assistant):
    assert len({talk(assistant) for _ in range(100)}) == 1


PROGRAM = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from test_same_answer import talk
from assistant.content import open_assistant
from assistant.resources import content
assistant = open_assistant(prompts=content("prompts"), knowledge=content("knowledge"))
print(hashlib.sha256(talk(assistant).encode()).hexdigest())
"""


@pytest.mark.slow
def test_two_processes_with_other_hash_seeds_agree(assistant, pytestconfig):
    here = str(pytestconfig.rootpath / "tests" / "conversations")
    digests = {hashlib.sha256(talk(assistant).encode()).hexdigest()}
    for seed in ("1", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, here],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(pytestconfig.rootpath)},
            cwd=pytestconfig.rootpath,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout.strip())
    assert len(digests) == 1
