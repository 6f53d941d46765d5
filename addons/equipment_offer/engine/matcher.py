"""Judge products by what a customer asks for. Plain Python: no ORM, no language, no clock.

Everything is a number in the reference unit of its parameter, or a key (an id of whatever
the caller likes). The caller converts before and explains after; here it is decided.

>>> flow = Test(1, "covers", low=30, high=30)
>>> pump = Item("CP-40", facts={1: Fact(low=5, high=40)})
>>> match([pump], [Answer("flow", flow)])[0].verdict
<Verdict.FIT: 'fit'>
"""

import math
from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import StrEnum

#: Figures that differ by less are the same: customers round, and so do conversion factors.
RELATIVE_TOLERANCE = 1e-6


class Status(StrEnum):
    """How a product stands to one question."""

    MET = "met"
    EDGE = "edge"  # met, but without the reserve that is wanted, or with a restriction
    UNKNOWN = "unknown"  # the product has no value of the parameter
    MISSED = "missed"


#: Share of a question's weight that a status earns.
POINTS = {Status.MET: 1.0, Status.EDGE: 0.7, Status.UNKNOWN: 0.3, Status.MISSED: 0.0}


class Verdict(StrEnum):
    """What a seller may say of a product."""

    FIT = "fit"
    RESERVE = "reserve"  # fits with reservations, all of which are named
    UNFIT = "unfit"


ORDER = {Verdict.FIT: 0, Verdict.RESERVE: 1, Verdict.UNFIT: 2}


@dataclass(frozen=True, slots=True)
class Fact:
    """What a product says of one parameter."""

    low: float | None = None
    high: float | None = None
    choices: frozenset = frozenset()
    flag: bool | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """A demand on one parameter.

    comparison:

    - ``covers``: the product's range holds the whole of low…high; with one bound alone ("up to
      90 °C", "at least 6 bar") the range must hold that bound;
    - ``at_least``: the product reaches low;
    - ``at_most``: the product does not exceed high;
    - ``all_of``: the product has every choice;
    - ``any_of``: the product has one of the choices;
    - ``is``: yes or no, as in flag.

    reserve is a fraction: of the product's span for ``covers``, of the wanted figure otherwise.
    """

    parameter: Hashable
    comparison: str
    low: float | None = None
    high: float | None = None
    choices: frozenset = frozenset()
    flag: bool | None = None
    reserve: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A criterion that the customer has answered."""

    criterion: Hashable
    test: Test
    must: bool = True
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the answer to a criterion is such; never without an answer."""

    criterion: Hashable
    choices: frozenset = frozenset()
    at_least: float | None = None
    at_most: float | None = None
    flag: bool | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What the experts of the house know beyond data sheets.

    It speaks when all conditions hold, of the items in its scope (types or items; all when both
    are empty). effect:

    - ``require``: the items must pass ``test``, too;
    - ``suit``: the items are suited; a criterion of the conditions that their data leave open
      counts as met;
    - ``lack``: the items fit with a restriction;
    - ``exclude``: the items do not fit;
    - ``accompany``: something else is offered along.
    """

    key: Hashable
    effect: str
    conditions: tuple[Condition, ...] = ()
    types: frozenset = frozenset()
    items: frozenset = frozenset()
    test: Test | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Item:
    """A product. ``types`` holds its type and all types above; ``family`` is what rules name
    it by (variants of one product share it), its key when not given.
    """

    key: Hashable
    types: frozenset = frozenset()
    facts: dict = field(default_factory=dict)
    family: Hashable = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason. ``gap``: by how much a bound (``low`` or ``high``) is missed, or None."""

    source: str  # criterion or rule
    key: Hashable
    status: Status
    must: bool = True
    weight: float = 1.0
    bound: str | None = None
    gap: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    item: Item
    verdict: Verdict
    score: float  # 0…100
    findings: tuple[Finding, ...]
    companions: tuple = ()  # keys of rules that offer something along


def _exceeds(value, limit):
    """Tell whether value is above limit by more than rounding."""
    return value > limit and not math.isclose(
        value, limit, rel_tol=RELATIVE_TOLERANCE, abs_tol=1e-9
    )


def _both_bounds(test):
    """Return low and high; an open bound is where the other is."""
    low = test.low if test.low is not None else test.high
    high = test.high if test.high is not None else test.low
    return low, high


def judge(test, fact):
    """Return (status, bound, gap) of one demand on one fact (None: not given)."""
    if fact is None:
        return Status.UNKNOWN, None, None
    return _JUDGES[test.comparison](test, fact)


def _judge_covers(test, fact):
    if fact.low is None or fact.high is None:
        return Status.UNKNOWN, None, None
    low, high = _both_bounds(test)
    if _exceeds(high, fact.high):
        return Status.MISSED, "high", high - fact.high
    if _exceeds(fact.low, low):
        return Status.MISSED, "low", fact.low - low
    # a span is left out at both ends; one number has no span and no reserve
    reserve = test.reserve * (fact.high - fact.low)
    if _exceeds(high, fact.high - reserve):
        return Status.EDGE, "high", fact.high - high
    if _exceeds(fact.low + reserve, low):
        return Status.EDGE, "low", low - fact.low
    return Status.MET, None, None


def _judge_at_least(test, fact):
    wanted, _high = _both_bounds(test)
    if fact.high is None:
        return Status.UNKNOWN, None, None
    if _exceeds(wanted, fact.high):
        return Status.MISSED, "high", wanted - fact.high
    if _exceeds(wanted + abs(wanted) * test.reserve, fact.high):
        return Status.EDGE, "high", fact.high - wanted
    return Status.MET, None, None


def _judge_at_most(test, fact):
    _low, wanted = _both_bounds(test)
    if fact.high is None:
        return Status.UNKNOWN, None, None
    if _exceeds(fact.high, wanted):
        return Status.MISSED, "high", fact.high - wanted
    if _exceeds(fact.high, wanted - abs(wanted) * test.reserve):
        return Status.EDGE, "high", wanted - fact.high
    return Status.MET, None, None


def _judge_all_of(test, fact):
    return (Status.MET if test.choices <= fact.choices else Status.MISSED), None, None


def _judge_any_of(test, fact):
    return (Status.MET if test.choices & fact.choices else Status.MISSED), None, None


def _judge_is(test, fact):
    if fact.flag is None:
        return Status.UNKNOWN, None, None
    return (Status.MET if fact.flag == test.flag else Status.MISSED), None, None


_JUDGES = {
    "covers": _judge_covers,
    "at_least": _judge_at_least,
    "at_most": _judge_at_most,
    "all_of": _judge_all_of,
    "any_of": _judge_any_of,
    "is": _judge_is,
}


def holds(condition, answers):
    """Tell whether a condition holds. ``answers`` is ``{criterion: Answer}``."""
    answer = answers.get(condition.criterion)
    if answer is None:
        return False
    test = answer.test
    lowest, highest = _both_bounds(test)
    if condition.choices and not condition.choices & test.choices:
        return False
    if condition.at_least is not None and (
        highest is None or _exceeds(condition.at_least, highest)
    ):
        return False
    if condition.at_most is not None and (lowest is None or _exceeds(lowest, condition.at_most)):
        return False
    return condition.flag is None or condition.flag == test.flag


def speaks_of(rule, item):
    """Tell whether an item is in the scope of a rule."""
    if not rule.types and not rule.items:
        return True
    family = item.key if item.family is None else item.family
    return family in rule.items or bool(rule.types & item.types)


def match(items, answers, rules=(), types=frozenset()):
    """Judge all items and return the results, best first.

    :param items: iterable of :class:`Item`
    :param answers: iterable of :class:`Answer`, one per criterion
    :param rules: iterable of :class:`Rule`
    :param types: wanted types; items of none of them are left out, all stay when it is empty
    :rtype: list[Result]
    """
    answers = {answer.criterion: answer for answer in answers}
    spoken = [rule for rule in rules if all(holds(c, answers) for c in rule.conditions)]
    results = [
        _judge_item(item, answers.values(), [rule for rule in spoken if speaks_of(rule, item)])
        for item in items
        if not types or types & item.types
    ]
    # the sort is stable: equal results stay in the caller's order
    return sorted(results, key=lambda result: (ORDER[result.verdict], -result.score))


def _judge_item(item, answers, rules):
    settled = {
        condition.criterion
        for rule in rules
        if rule.effect == "suit"
        for condition in rule.conditions
    }
    findings = [
        *(_finding_of_answer(answer, item, settled) for answer in answers),
        *(_finding_of_rule(rule, item) for rule in rules if rule.effect != "accompany"),
    ]
    return Result(
        item,
        _verdict(findings),
        _score(findings),
        tuple(findings),
        tuple(rule.key for rule in rules if rule.effect == "accompany"),
    )


def _finding_of_answer(answer, item, settled):
    status, bound, gap = judge(answer.test, item.facts.get(answer.test.parameter))
    if status is Status.UNKNOWN and answer.criterion in settled:
        status = Status.MET
    return Finding("criterion", answer.criterion, status, answer.must, answer.weight, bound, gap)


def _finding_of_rule(rule, item):
    status, bound, gap, must = Status.MET, None, None, True
    if rule.effect == "require":
        status, bound, gap = judge(rule.test, item.facts.get(rule.test.parameter))
    elif rule.effect == "lack":
        status, must = Status.EDGE, False
    elif rule.effect == "exclude":
        status = Status.MISSED
    return Finding("rule", rule.key, status, must, rule.weight, bound, gap)


def _verdict(findings):
    if any(f.status is Status.MISSED and f.must for f in findings):
        return Verdict.UNFIT
    if any(f.status is not Status.MET for f in findings):
        return Verdict.RESERVE
    return Verdict.FIT


def _score(findings):
    total = sum(finding.weight for finding in findings)
    if not total:
        return 0.0
    return 100 * sum(finding.weight * POINTS[finding.status] for finding in findings) / total
