"""Checks prompts/ and knowledge/ against the code: everything that can be wrong before a user sees it, all at once."""

from collections.abc import Callable, Iterable, Iterator, Set
from pathlib import Path

from assistant.answers.compose import required
from assistant.articles import claims
from assistant.articles.front import Front
from assistant.content import open_assistant
from assistant.dialogue.catalogue import Intent
from assistant.errors import ContentError
from assistant.margin.rulebook import Level
from assistant.tables import Table
from assistant.tools.arguments import CATALOGUE
from assistant.tools.registry import TOOLS
from assistant.turn import Assistant
from assistant.understanding.intents import Rule
from assistant.understanding.slots import RENAMED, SINKS
from assistant.verification import vector_file
from assistant.verification.vector import Subject, Vector

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
    found += _vectors(assistant, knowledge)
    return tuple(sorted(found, key=lambda finding: (str(finding.data["file"]), str(finding.data["rule"]))))


def _intents(assistant: Assistant, prompts: Path) -> Iterator[ContentError]:
    """The catalogue names exactly the contract's intents, known tools, and slots the tools take."""
    catalogue = assistant.policy.catalogue
    top = Table.read(prompts / "intents.toml")
    table, accounts = top.table("intents"), top.table("accounts")
    for name in sorted(set(INTENTS) ^ set(catalogue.intents)):
        yield table.refuse(f"intent {name} is {'missing' if name in INTENTS else 'not in the contract'}", name)
    for intent in catalogue.intents.values():
        yield from _taken(assistant, intent, table, intent.name)
    for name, account in catalogue.accounts.items():
        for intent in account.values():
            yield from _taken(assistant, intent, accounts, name)


def _taken(assistant: Assistant, intent: Intent, table: Table, name: str) -> Iterator[ContentError]:
    """One intent, written in a table under a name: its slots exist, and its tool takes what is handed over."""
    slots = {
        need
        for way in intent.ways
        for alternative in way.needs
        for part in alternative.split("|")
        for need in part.split("+")
    }
    slots |= {condition.partition("=")[0] for way in intent.ways for condition in way.when} | set(intent.takes)
    for slot in sorted(slots - assistant.ranges.keys()):
        rule = f"intent {intent.name} speaks of slot {slot}, which slots.toml does not have"
        yield table.refuse(rule, name)
    if intent.tool is None:
        return
    if intent.tool not in TOOLS:
        yield table.refuse(f"intent {intent.name} calls tool {intent.tool}, which is none", name, "tool")
        return
    for mode in ("isolated", "cross"):
        for slot in assistant.policy.catalogue.takes(intent, {"margin_mode": mode}):
            if slot not in TOOLS[intent.tool].arguments or slot not in CATALOGUE:
                rule = f"intent {intent.name} hands slot {slot} to a tool that does not take it"
                yield table.refuse(rule, name)


def _rules(assistant: Assistant, prompts: Path) -> Iterator[ContentError]:
    """Rules speak only of intents, groups and slots that exist."""
    for language, rules in assistant.understanding.rules.items():
        groups = {
            meaning.name
            for meanings in assistant.understanding.vocabularies[language].book.meanings()
            for meaning in meanings
            if meaning.kind == "group"
        }
        written = {
            table.text("name"): table
            for table in Table.read(prompts / language / "sentences" / "rules.toml").tables("rules")
        }
        for rule in rules:
            for key, complaint in _complaints(rule, groups, assistant.ranges.keys()):
                yield written[rule.name].refuse(f"rule {rule.name!r} {complaint}", key)


def _complaints(rule: Rule, groups: Set[str], slots: Set[str]) -> Iterator[tuple[str, str]]:
    """What one rule speaks of that does not exist, each with the key that does."""
    if rule.intent not in INTENTS:
        yield "intent", f"is for {rule.intent}, which is no intent"
    for key in ("all", "any", "none"):
        for group in sorted(getattr(rule, key) - groups):
            yield key, f"speaks of group {group}, which the vocabulary does not have"
    for key in ("slots", "slots_any", "slots_any2", "no_slots", "none_slots_pair"):
        for slot in sorted(getattr(rule, key) - slots):
            yield key, f"speaks of slot {slot}, which slots.toml does not have"


def _roles(assistant: Assistant, prompts: Path) -> Iterator[ContentError]:
    """Every role fills a slot, is turned into one, or takes an amount away on purpose."""
    for language, vocabulary in assistant.understanding.vocabularies.items():
        for role in sorted(set(vocabulary.roles) - assistant.ranges.keys() - RENAMED.keys() - SINKS):
            table = Table.read(prompts / language / "vocabulary.toml")
            yield table.refuse(f"role {role} fills no slot of slots.toml", "roles", role)


def _languages(assistant: Assistant, prompts: Path) -> Iterator[ContentError]:
    """Every language has a sentence for every slot that can be asked for, and every template an answer needs."""
    asked = {
        need.split("|")[0]
        for intents in (assistant.policy.catalogue.intents, *assistant.policy.catalogue.accounts.values())
        for intent in intents.values()
        for way in intent.ways
        for need in way.needs
    }
    for language, shelf in assistant.shelves.items():
        for slot in sorted(asked):
            if f"question.{slot}" not in shelf.book.asks:
                table = Table.read(prompts / language / "asks.toml")
                yield table.refuse(f"there is no question for {slot}", "question")
        for template in sorted(set(required(TOOLS)) - set(shelf.book.templates)):
            folder = str(prompts / language / "answers")
            yield ContentError(file=folder, line=0, rule=f"template {template} is missing")


def _vectors(assistant: Assistant, knowledge: Path) -> Iterator[ContentError]:
    """The first line of knowledge/vectors/ that is wrong; gold rulebooks of which no example is the venue's own."""
    try:
        vectors = vector_file.load(knowledge / "vectors", rulebooks=tuple(assistant.rulebooks.books))
    except ContentError as error:
        yield error
        return
    published = {vector.asks.rulebook for vector in vectors if isinstance(vector.asks, Subject) and _is_own(vector)}
    for book in assistant.rulebooks:
        if book.level is Level.GOLD and book.id not in published:
            table = Table.read(knowledge / "venues" / f"{book.id}.toml")
            yield table.refuse("a gold level has an example of the venue itself among the vectors", "level")


def _is_own(vector: Vector) -> bool:
    """Whether the venue itself published the figures, and they reproduce."""
    return vector.kind.startswith("venue-published") and "not reproduce" not in vector.kind


def _articles(assistant: Assistant, knowledge: Path) -> Iterator[ContentError]:
    """Articles claim what their facts carry, and are found first by their questions."""
    for language, shelf in assistant.shelves.items():
        for article in shelf.articles.values():
            path = knowledge / "articles" / language / f"{article.id}.md"
            yield from claims.findings(article, path)
            for index, question in enumerate(article.questions):
                hits = assistant.index.search(question)
                if not hits or hits[0].article != article.id:
                    rule = f"question {question!r} finds {hits[0].article if hits else 'nothing'} first"
                    yield Front(path).table.refuse(rule, "questions", index)
