"""What was recognised in a message and why, for those who asked for it with `explain`."""

from assistant.answers.formats import inert
from assistant.channels.widget import Payload
from assistant.understanding.reading import Reading


def explanation(reading: Reading) -> Payload:
    """Language, intents best first, slots with their place in the message, and what nothing claimed."""
    return {
        "language": reading.language,
        "intents": [{"intent": one.intent, "weight": one.weight, "rule": one.rule} for one in reading.intents],
        "slots": {
            name: {"start": read.start, "end": read.end, "cue": inert(read.cue)} for name, read in reading.slots.items()
        },
        "unmatched": [
            {"kind": one.kind, "text": inert(one.text), "start": one.start, "end": one.end} for one in reading.unmatched
        ],
        "conflicts": list(reading.conflicts),
    }
