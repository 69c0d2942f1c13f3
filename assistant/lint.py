"""Checks prompts/ and knowledge/ against the code: everything that can be wrong before a user sees it, all at once."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from assistant.answers.compose import required
from assistant.articles import claims
from assistant.content import open_assistant
from assistant.errors import ContentError
from assistant.tools.arguments import CATALOGUE
from assistant.tools.registry import TOOLS
from assistant.turn import Assistant
from assistant.understanding.slots import SINKS

INTENTS = (
    "liquidation_price",
    "margin_buffer",
    "add_margin",
    "max_leverage",
    "position_size",
    "stop_loss",
    "liquidation_probability",
    "cascade_explain",
    "cascade_simulate",
    "compare",
    "market_conditions",
    "concept",
    "advice_refusal",
    "out_of_scope",
    "distress",
    "clarify",
    "greeting",
    "injection",
    "invalid_input",
)
"""Every intent of the public contract."""


def lint(*, prompts: Path, knowledge: Path) -> tuple[ContentError, ...]:
    """Every finding, file by file; a file that cannot be read is the only one: nothing else can be checked."""
    try:
        assistant = open_assistant(prompts=prompts, knowledge=knowledge)
    except ContentError as error:
        return (error,)
    checks: tuple[Callable[[Assistant, Path], Iterable[ContentError]], ...] = (_intents, _rules, _roles, _languages)
    found = [finding for check in checks for finding in check(assistant, prompts)]
    found += _articles(assistant, knowledge)
    return tuple(sorted(found, key=lambda finding: (str(finding.data["file"]), str(finding.data["rule"]))))


def _finding(file: str, rule: str) -> ContentError:
    return ContentError(file=file, line=0, rule=rule)


def _intents(assistant: Assistant, prompts: Path) -> Iterator[ContentError]:
    """The catalogue names exactly the contract's intents, known tools, and slots the tools take."""
    catalogue = assistant.policy.catalogue
    for name in sorted(set(INTENTS) ^ set(catalogue.intents)):
        yield _finding("intents.toml", f"intent {name} is {'missing' if name in INTENTS else 'not in the contract'}")
    for intent in catalogue.intents.values():
        slots = {
            need
            for way in intent.ways
            for alternative in way.needs
            for part in alternative.split("|")
            for need in part.split("+")
        }
        slots |= {condition.partition("=")[0] for way in intent.ways for condition in way.when} | set(intent.takes)
        for slot in sorted(slots - assistant.ranges.keys()):
            yield _finding(
                "intents.toml", f"intent {intent.name} speaks of slot {slot}, which slots.toml does not have"
            )
        if intent.tool is None:
            continue
        if intent.tool not in TOOLS:
            yield _finding("intents.toml", f"intent {intent.name} calls tool {intent.tool}, which is none")
            continue
        for mode in ("isolated", "cross"):
            for slot in catalogue.takes(intent, {"margin_mode": mode}):
                if slot not in TOOLS[intent.tool].arguments or slot not in CATALOGUE:
                    yield _finding(
                        "intents.toml", f"intent {intent.name} hands slot {slot} to a tool that does not take it"
                    )


def _rules(assistant: Assistant, prompts: Path) -> Iterator[ContentError]:
    """Rules speak only of intents, groups and slots that exist."""
    for language, rules in assistant.understanding.rules.items():
        groups = {
            meaning.name
            for meanings in assistant.understanding.vocabularies[language].book.meanings()
            for meaning in meanings
            if meaning.kind == "group"
        }
        for rule in rules:
            file = f"{language}/sentences/rules.toml"
            if rule.intent not in INTENTS:
                yield _finding(file, f"rule {rule.name!r} is for {rule.intent}, which is no intent")
            for group in sorted((rule.all | rule.any | rule.none) - groups):
                yield _finding(file, f"rule {rule.name!r} speaks of group {group}, which the vocabulary does not have")
            for slot in sorted(
                (rule.slots | rule.slots_any | rule.slots_any2 | rule.no_slots) - assistant.ranges.keys()
            ):
                yield _finding(file, f"rule {rule.name!r} speaks of slot {slot}, which slots.toml does not have")


def _roles(assistant: Assistant, prompts: Path) -> Iterator[ContentError]:
    """Every role fills a slot, is turned into one, or takes an amount away on purpose."""
    for language, vocabulary in assistant.understanding.vocabularies.items():
        for role in sorted(set(vocabulary.roles) - assistant.ranges.keys() - {"removed_margin", *SINKS}):
            yield _finding(f"{language}/vocabulary.toml", f"role {role} fills no slot of slots.toml")


def _languages(assistant: Assistant, prompts: Path) -> Iterator[ContentError]:
    """Every language has a sentence for every slot that can be asked for, and every template an answer needs."""
    asked = {
        need.split("|")[0]
        for intent in assistant.policy.catalogue.intents.values()
        for way in intent.ways
        for need in way.needs
    }
    for language, shelf in assistant.shelves.items():
        for slot in sorted(asked):
            if f"question.{slot}" not in shelf.book.asks:
                yield _finding(f"{language}/asks.toml", f"there is no question for {slot}")
        for template in sorted(set(required(TOOLS)) - set(shelf.book.templates)):
            yield _finding(f"{language}/answers", f"template {template} is missing")


def _articles(assistant: Assistant, knowledge: Path) -> Iterator[ContentError]:
    """Articles claim what their facts carry, link to articles that exist, and are found first by their questions."""
    for language, shelf in assistant.shelves.items():
        for article in shelf.articles.values():
            path = knowledge / "articles" / language / f"{article.id}.md"
            yield from claims.findings(article, path)
            for related in article.related:
                if related not in shelf.articles:
                    yield ContentError(file=path.name, line=0, rule=f"related article {related} does not exist")
            for question in article.questions:
                hits = assistant.index.search(question)
                if not hits or hits[0].article != article.id:
                    yield ContentError(
                        file=path.name,
                        line=0,
                        rule=f"question {question!r} finds {hits[0].article if hits else 'nothing'} first",
                    )
