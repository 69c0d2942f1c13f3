"""One turn from request to reply: read the conversation, answer, store, and only then say so."""

from dataclasses import dataclass
from datetime import date

from assistant.api.explanation import explanation
from assistant.api.ids import new_id
from assistant.api.locks import ConversationLocks
from assistant.api.problems import Problem
from assistant.api.replies import written
from assistant.api.requests import ChatRequest
from assistant.channels import widget
from assistant.dialogue.conversation import Conversation
from assistant.ports import Clock, ConversationStore, Latest, Turn
from assistant.turn import Assistant
from assistant.values import Message

_ATTEMPTS = 3
"""How often a turn is tried when another process was faster with the same conversation."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply whose turn is stored."""

    payload: widget.Payload
    body: bytes
    """The payload as JSON: what was stored is what is sent."""


class Turns:
    """Takes turns; one per process, because it holds the locks."""

    def __init__(self, *, assistant: Assistant, store: ConversationStore, clock: Clock) -> None:
        self._assistant = assistant
        self._store = store
        self._clock = clock
        self._locks = ConversationLocks()

    async def take(self, request: ChatRequest) -> Reply:
        """The reply, stored; Problem for an unknown conversation, OutsideUnavailable when it cannot be stored."""
        if request.conversation_id is None:
            reply = await self._continue(request, new_id(self._clock.now()), None)
        else:
            async with self._locks.of(request.conversation_id):
                reply = await self._continue_known(request, request.conversation_id)
        if reply is None:
            raise Problem("conflict")
        return reply

    async def forget(self, conversation_id: str) -> bool:
        """True once nothing of the conversation is left; False where there was none."""
        async with self._locks.of(conversation_id):
            return await self._store.forget(conversation_id)

    async def _continue_known(self, request: ChatRequest, conversation_id: str) -> Reply | None:
        for _ in range(_ATTEMPTS):
            latest = await self._store.latest(conversation_id)
            if latest is None:
                raise Problem("unknown_conversation")
            if reply := await self._continue(request, conversation_id, latest):
                return reply
        return None

    async def _continue(self, request: ChatRequest, conversation_id: str, latest: Latest | None) -> Reply | None:
        """The reply to the next message; None where another process has stored that turn meanwhile."""
        now = self._clock.now()
        message = _message(request, as_of=now.date())
        conversation = Conversation.from_json(latest.state) if latest else Conversation.new()
        plan = self._assistant.plan(message, conversation)
        sealed = self._assistant.answer(plan)
        message_id = new_id(now)
        payload = widget.payload(
            sealed,
            conversation_id=conversation_id,
            message_id=message_id,
            reading=explanation(plan.reading) if request.explain else None,
        )
        body = written(payload)
        turn = Turn(
            message_id=message_id,
            conversation_id=conversation_id,
            number=latest.number + 1 if latest else 1,
            created=now,
            as_of=message.as_of,
            language=sealed.answer.language,
            request=request.model_dump_json(exclude_unset=True),
            reply=body.decode(),
            state=plan.conversation.to_json(),
        )
        return Reply(payload, body) if await self._store.append(turn) else None


def _message(request: ChatRequest, *, as_of: date) -> Message:
    body = request.model_dump(exclude_none=True)
    try:
        return widget.parse(body, as_of=as_of)
    except ValueError:
        raise Problem("invalid_request", ("context",)) from None
