"""Turns and feedback as rows: every SQL statement that runs after the file is open."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assistant.ports import Feedback, Latest, Turn


@dataclass(frozen=True, slots=True)
class Forget:
    """A wish to delete a conversation with all that hangs on it."""

    conversation_id: str


@dataclass(frozen=True, slots=True)
class Check:
    """A wish to know whether writing is possible."""


Write = Turn | Feedback | Forget | Check

_CONVERSATION = "INSERT INTO conversations (id, created) VALUES (?, ?)"
_COLUMNS = "message_id, conversation_id, number, created, as_of, language, request, reply, state"
_TURN = f"INSERT INTO turns ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LATEST = "SELECT number, state FROM turns WHERE conversation_id = ? ORDER BY number DESC LIMIT 1"
_TURNS = f"SELECT {_COLUMNS} FROM turns WHERE conversation_id = ? ORDER BY number"
_FEEDBACK = """INSERT INTO feedback (message_id, created, helpful, comment) VALUES (?, ?, ?, ?)
               ON CONFLICT (message_id) DO UPDATE
               SET created = excluded.created, helpful = excluded.helpful, comment = excluded.comment"""
_FORGET = "DELETE FROM conversations WHERE id = ?"


def insert_turns(connection: sqlite3.Connection, turns: Sequence[Turn]) -> None:
    """Put all turns in; sqlite3.IntegrityError, nothing certain, when a number is taken or a conversation gone."""
    connection.executemany(
        _CONVERSATION, [(turn.conversation_id, turn.created.isoformat()) for turn in turns if turn.number == 1]
    )
    connection.executemany(_TURN, [_row(turn) for turn in turns])


def write(connection: sqlite3.Connection, work: Write) -> bool:
    """Do one thing whole or, where the rows it belongs to are not as it expects, not at all (False)."""
    match work:
        case Turn():
            return _insert_turn(connection, work)
        case Feedback():
            return _put_feedback(connection, work)
        case Forget(conversation_id):
            return connection.execute(_FORGET, (conversation_id,)).rowcount > 0
        case Check():
            return True


def latest(connection: sqlite3.Connection, conversation_id: str) -> Latest | None:
    """Where a conversation stands, or None where there is none."""
    row = connection.execute(_LATEST, (conversation_id,)).fetchone()
    return Latest(number=row[0], state=row[1]) if row else None


def turns(connection: sqlite3.Connection, conversation_id: str) -> tuple[Turn, ...]:
    """Every turn of a conversation, oldest first."""
    return tuple(_turn(row) for row in connection.execute(_TURNS, (conversation_id,)))


def _insert_turn(connection: sqlite3.Connection, turn: Turn) -> bool:
    connection.execute("SAVEPOINT turn")
    try:
        insert_turns(connection, [turn])
    except sqlite3.IntegrityError:
        connection.execute("ROLLBACK TO turn")
        return False
    finally:
        connection.execute("RELEASE turn")
    return True


def _put_feedback(connection: sqlite3.Connection, feedback: Feedback) -> bool:
    try:
        connection.execute(
            _FEEDBACK, (feedback.message_id, feedback.created.isoformat(), feedback.helpful, feedback.comment)
        )
    except sqlite3.IntegrityError:
        return False
    return True


def _row(turn: Turn) -> tuple[object, ...]:
    return (
        turn.message_id,
        turn.conversation_id,
        turn.number,
        turn.created.isoformat(),
        turn.as_of.isoformat(),
        turn.language,
        turn.request,
        turn.reply,
        turn.state,
    )


def _turn(row: Sequence[str]) -> Turn:
    message_id, conversation_id, number, created, as_of, language, request, reply, state = row
    return Turn(
        message_id=message_id,
        conversation_id=conversation_id,
        number=int(number),
        created=datetime.fromisoformat(created),
        as_of=date.fromisoformat(as_of),
        language=language,
        request=request,
        reply=reply,
        state=state,
    )
