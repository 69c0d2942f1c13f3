"""The seal: the one way out for every answer, figure, article and error."""

from assistant import __version__
from assistant.answers.book import Book
from assistant.answers.model import _KEY, Answer, SealedAnswer
from assistant.answers.render import markdown


def seal(answer: Answer, book: Book) -> SealedAnswer:
    """The answer with its whole text, which ends with the disclaimer of its language and tone."""
    disclaimer = book.disclaimers[answer.tone]
    versions = {"assistant": __version__, f"prompts/{book.language}": book.version}
    for call in answer.tool_calls:
        if call.report.rulebook and call.report.rules_as_of:
            versions[call.report.rulebook] = call.report.rules_as_of
    return SealedAnswer(
        answer=answer,
        text=f"{markdown(answer.blocks)}\n\n{disclaimer}",
        disclaimer=disclaimer,
        versions=versions,
        key=_KEY,
    )
