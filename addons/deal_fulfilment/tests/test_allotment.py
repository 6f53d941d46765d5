import doctest

from odoo.tests import BaseCase

from odoo.addons.deal_fulfilment.models import allotment


class TestAllotment(BaseCase):
    def test_examples(self):
        self.assertEqual(doctest.testmod(allotment).failed, 0)

    def test_first_come_first_served(self):
        demands = [("a", 2), ("b", 5), ("a", 2), ("a", 1)]
        self.assertEqual(allotment.allot(demands, {"a": 3, "b": 1}), [2, 1, 1, 0])

    def test_free_is_not_changed(self):
        free = {"a": 3}
        allotment.allot([("a", 2)], free)
        self.assertEqual(free, {"a": 3})
