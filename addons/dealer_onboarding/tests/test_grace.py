from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import OnboardingCase


@tagged("post_install", "-at_install")
class TestGrace(OnboardingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.function = cls.env["dealer.function"].create(
            {
                "name": "Mailing",
                "code": "t_mailing",
                "path_ids": [Command.set(cls.path.ids)],
                "competence_ids": [Command.set(cls.offer.ids)],
                "grace_days": 14,
            }
        )

    def _in_grace(self, person, day):
        with freeze_time(f"{day} 10:00:00"):
            return self.env["dealer.function"].is_in_grace(person, "t_mailing")

    def test_grace_lasts_until_training_is_over_and_the_function_is_live(self):
        with freeze_time("2026-03-02 10:00:00"):
            _user, staff = self._hire("t_new")
            person = staff.person_id
        self.assertTrue(self._in_grace(person, "2026-06-01"), "not live")
        self.env["dealer.function.live"].create(
            {"function_id": self.function.id, "dealer_id": self.dealer_a.id, "date": "2026-03-10"}
        )
        self.assertTrue(self._in_grace(person, "2026-06-01"), "still on the path")
        staff.enrolment_ids.write({"state": "done", "date_done": "2026-04-01"})
        self.assertTrue(self._in_grace(person, "2026-06-01"), "lacks the competence")
        with freeze_time("2026-04-05"):
            self._gain(person, self.offer)
        self.assertTrue(self._in_grace(person, "2026-04-18"), "days after the training")
        self.assertFalse(self._in_grace(person, "2026-04-19"))

    def test_live_at_one_dealer_is_not_live_at_another(self):
        self.env["dealer.function.live"].create(
            {"function_id": self.function.id, "dealer_id": self.dealer_b.id, "date": "2020-01-01"}
        )
        with freeze_time("2026-01-01"):
            self._gain(self.person_a, self.offer)
            self._gain(self.person_b, self.offer)
        self.assertTrue(self._in_grace(self.person_a, "2026-06-01"))
        self.assertFalse(self._in_grace(self.person_b, "2026-06-01"))

    def test_who_works_nowhere_is_in_grace(self):
        person = self.env["dealer.person"].create({"name": "Nobody", "email": "n@x.example"})
        self.assertTrue(self.env["dealer.function"].is_in_grace(person, self.function))
        with self.assertRaises(ValueError):
            self.env["dealer.function"].is_in_grace(person, "no_such_function")

    def test_it_cannot_be_called_from_outside(self):
        self.assertTrue(self.env.registry["dealer.function"].is_in_grace._api_private)
