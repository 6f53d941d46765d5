"""The matcher alone: known cases, and what holds whatever is asked of whatever product."""

import doctest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..engine import matcher
from ..engine.matcher import (
    ORDER,
    Answer,
    Condition,
    Fact,
    Item,
    Rule,
    Status,
    Test,
    Verdict,
    judge,
    match,
)

PROPERTY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
FIGURES = st.floats(-1000, 1000).map(lambda value: round(value, 3))
RANGES = st.tuples(FIGURES, FIGURES).map(sorted)
CHOICES = st.frozensets(st.integers(0, 4), max_size=4)
PARAMETERS = range(4)
# parameters 0 and 1 are ranges, 2 a choice, 3 yes or no
FACTS = st.fixed_dictionaries(
    {},
    optional={
        0: RANGES.map(lambda ends: Fact(*ends)),
        1: RANGES.map(lambda ends: Fact(*ends)),
        2: CHOICES.map(lambda choices: Fact(choices=choices)),
        3: st.booleans().map(lambda flag: Fact(flag=flag)),
    },
)
ITEMS = st.lists(
    st.builds(Item, st.integers(0, 10**6), st.frozensets(st.integers(0, 3)), FACTS),
    max_size=8,
    unique_by=lambda item: item.key,
)


@st.composite
def matcher_tests(draw, parameter=None):
    parameter = draw(st.sampled_from(PARAMETERS)) if parameter is None else parameter
    if parameter == 2:
        choices = draw(CHOICES.filter(bool))
        return Test(2, draw(st.sampled_from(("all_of", "any_of"))), choices=choices)
    if parameter == 3:
        return Test(3, "is", flag=draw(st.booleans()))
    low, high = draw(RANGES)
    closed = draw(st.sampled_from(((low, high), (low, None), (None, high))))
    reserve = draw(st.sampled_from((0.0, 0.05, 0.2)))
    comparison = draw(st.sampled_from(("covers", "at_least", "at_most")))
    return Test(parameter, comparison, *closed, reserve=reserve)


@st.composite
def answer_lists(draw):
    asked = draw(st.lists(st.sampled_from(PARAMETERS), unique=True, min_size=1))
    return [
        Answer(f"c{p}", draw(matcher_tests(p)), draw(st.booleans()), draw(st.floats(0.1, 5)))
        for p in asked
    ]


RULES = st.lists(
    st.builds(
        Rule,
        st.integers(0, 99),
        st.sampled_from(("suit", "lack", "exclude", "require", "accompany")),
        st.lists(
            st.builds(Condition, st.sampled_from([f"c{p}" for p in PARAMETERS])), max_size=2
        ).map(tuple),
        st.frozensets(st.integers(0, 3), max_size=2),
        st.just(frozenset()),
        matcher_tests(),
    ),
    max_size=4,
)


def verdicts(results):
    return {result.item.key: result.verdict for result in results}


@tagged("post_install", "-at_install")
class TestMatcher(BaseCase):
    def test_examples_of_the_documentation(self):
        self.assertEqual(doctest.testmod(matcher).failed, 0)

    def test_range_must_cover_the_point(self):
        fact = Fact(5, 40)
        for low, high, expected in (
            (30, 30, (Status.MET, None, None)),
            (10, 45, (Status.MISSED, "high", 5)),
            (3, 20, (Status.MISSED, "low", 2)),
            (39.5, 39.5, (Status.EDGE, "high", 0.5)),
            (None, 30, (Status.MET, None, None)),
            (50, None, (Status.MISSED, "high", 10)),
        ):
            with self.subTest((low, high)):
                status, bound, gap = judge(Test(1, "covers", low, high, reserve=0.05), fact)
                self.assertEqual((status, bound, gap and round(gap, 6)), expected)

    def test_reaching_and_not_exceeding(self):
        noise = Fact(68, 68)
        self.assertIs(judge(Test(1, "at_most", high=70), noise)[0], Status.MET)
        self.assertIs(judge(Test(1, "at_most", high=60), noise)[0], Status.MISSED)
        self.assertIs(judge(Test(1, "at_least", low=68), noise)[0], Status.MET)
        self.assertIs(judge(Test(1, "at_least", low=68, reserve=0.1), noise)[0], Status.EDGE)

    def test_every_processed_material_must_be_on_the_list(self):
        pump = Fact(choices=frozenset({"water", "milk"}))
        both = frozenset({"milk", "solvent"})
        self.assertIs(judge(Test(1, "all_of", choices=both), pump)[0], Status.MISSED)
        self.assertIs(judge(Test(1, "any_of", choices=both), pump)[0], Status.MET)

    def test_a_wish_that_is_missed_is_a_reservation(self):
        test = Test(1, "at_most", high=5)
        item = Item("a", facts={1: Fact(7, 7)})
        self.assertIs(match([item], [Answer("c", test)])[0].verdict, Verdict.UNFIT)
        self.assertIs(match([item], [Answer("c", test, must=False)])[0].verdict, Verdict.RESERVE)

    def test_experience_settles_what_the_data_leave_open(self):
        answer = Answer("c", Test(1, "all_of", choices=frozenset({"milk"})))
        rule = Rule("r", "suit", (Condition("c", frozenset({"milk"})),), items=frozenset({"a"}))
        known, other = match([Item("a"), Item("b")], [answer], [rule])
        self.assertEqual((known.item.key, known.verdict), ("a", Verdict.FIT))
        self.assertEqual((other.item.key, other.verdict), ("b", Verdict.RESERVE))
        # but it does not talk a data sheet away
        contrary = Item("a", facts={1: Fact(choices=frozenset({"water"}))})
        self.assertIs(match([contrary], [answer], [rule])[0].verdict, Verdict.UNFIT)

    def test_types_narrow_the_search(self):
        items = [Item("pump", frozenset({1, 2})), Item("fan", frozenset({3}))]
        found = match(items, [], types=frozenset({1}))
        self.assertEqual([result.item.key for result in found], ["pump"])

    def test_a_condition_on_a_figure(self):
        hot = Condition("t", at_least=100)
        for low, high, expected in ((20, 120, True), (20, 80, False), (100, 100, True)):
            answers = {"t": Answer("t", Test(1, "covers", low, high))}
            self.assertEqual(matcher.holds(hot, answers), expected)
        self.assertFalse(matcher.holds(hot, {}))

    @PROPERTY
    @given(ITEMS, answer_lists(), RULES)
    def test_every_verdict_has_its_reasons(self, items, answers, rules):
        for result in match(items, answers, rules):
            missed = [f for f in result.findings if f.status is Status.MISSED and f.must]
            doubts = [f for f in result.findings if f.status is not Status.MET]
            self.assertEqual(result.verdict is Verdict.UNFIT, bool(missed))
            self.assertEqual(result.verdict is Verdict.FIT, not doubts)
            self.assertTrue(0 <= result.score <= 100 + 1e-9)
            if result.verdict is Verdict.FIT:
                self.assertAlmostEqual(result.score, 100)

    @PROPERTY
    @given(ITEMS, answer_lists(), RULES, st.randoms())
    def test_the_order_of_questions_products_and_rules_does_not_matter(
        self, items, answers, rules, random
    ):
        before = verdicts(match(items, answers, rules))
        for things in (items, answers, rules):
            random.shuffle(things)
        self.assertEqual(verdicts(match(items, answers, rules)), before)

    @PROPERTY
    @given(ITEMS, answer_lists(), RULES)
    def test_best_first(self, items, answers, rules):
        found = match(items, answers, rules)
        keys = [(ORDER[result.verdict], -result.score) for result in found]
        self.assertEqual(keys, sorted(keys))
        self.assertEqual(len(found), len(items))

    @PROPERTY
    @given(ITEMS, answer_lists())
    def test_asking_more_makes_nothing_fit_better(self, items, answers):
        before = verdicts(match(items, answers[:-1]))
        for key, verdict in verdicts(match(items, answers)).items():
            self.assertGreaterEqual(ORDER[verdict], ORDER[before[key]])

    @PROPERTY
    @given(RANGES, RANGES, st.floats(0, 500), st.sampled_from((0.0, 0.05)))
    def test_a_wider_range_covers_no_less(self, wanted, ends, more, reserve):
        test = Test(0, "covers", *wanted, reserve=reserve)
        narrow, wide = Fact(*ends), Fact(ends[0] - more, ends[1] + more)
        if judge(test, narrow)[0] is Status.MET:
            self.assertIsNot(judge(test, wide)[0], Status.MISSED)
        if judge(test, narrow)[0] is Status.EDGE:
            self.assertIsNot(judge(test, wide)[0], Status.MISSED)

    @PROPERTY
    @given(
        RANGES,
        RANGES,
        st.sampled_from((1 / 3.6, 0.0980665, 0.73549875, 5 / 9, 1000.0)),
        st.sampled_from((0.0, -273.15, 32.0)),
    )
    def test_the_unit_does_not_decide(self, wanted, ends, factor, zero):
        """The same question in another unit, temperatures included, has the same answer."""

        def ask(change):
            test = Test(0, "covers", change(wanted[0]), change(wanted[1]), reserve=0.05)
            return judge(test, Fact(change(ends[0]), change(ends[1])))[0]

        # figures within rounding of a limit may fall on either side: they are not asked about
        reserve = 0.05 * (ends[1] - ends[0])
        limits = (*ends, ends[0] + reserve, ends[1] - reserve)
        if any(0 < abs(w - limit) < 0.01 for w in wanted for limit in limits):
            return
        self.assertEqual(ask(lambda value: value), ask(lambda value: value * factor + zero))

    def test_a_thousand_products_are_judged_at_once(self):
        """No clock decides: the work is counted, and is one judgement per question."""
        items = [
            Item(i, frozenset({i % 10}), {p: Fact(0, 10 + i % 90) for p in range(10)})
            for i in range(1000)
        ]
        answers = [Answer(p, Test(p, "covers", 5, 50)) for p in range(10)]
        judged = 0
        original = matcher._JUDGES["covers"]

        def counted(test, fact):
            nonlocal judged
            judged += 1
            return original(test, fact)

        matcher._JUDGES["covers"] = counted
        self.addCleanup(matcher._JUDGES.__setitem__, "covers", original)
        found = match(items, answers)
        self.assertEqual(judged, 10_000)
        self.assertEqual(sum(result.verdict is Verdict.FIT for result in found), 550)
