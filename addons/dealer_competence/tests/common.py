from freezegun import freeze_time

from odoo.addons.dealer_network.tests.common import DealerNetworkCase


class CompetenceCase(DealerNetworkCase):
    """The shared network, with a competence that holds a year and one that holds for ever."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dealer.competence.need"].search([]).unlink()
        cls.level_knows, cls.level_alone, cls.level_teaches = (
            cls.env.ref(f"dealer_competence.skill_level_{name}")
            for name in ("knows", "alone", "teaches")
        )
        cls.offer, cls.yearly = cls.env["dealer.competence"].create(
            [
                {"name": "Writes offers", "code": "t_offer"},
                {
                    "name": "Gives discounts",
                    "code": "t_discount",
                    "validity_months": 12,
                    "renew_days": 30,
                },
            ]
        )
        cls.person_a = cls.env["dealer.person"].search([("user_id", "=", cls.seller_a.id)])
        cls.person_b = cls.env["dealer.person"].search([("user_id", "=", cls.seller_b.id)])
        cls.staff_a, cls.staff_b = cls.person_a.staff_ids, cls.person_b.staff_ids

    @classmethod
    def _need(cls, competence, level=None, **vals):
        return cls.env["dealer.competence.need"].create(
            {
                "competence_id": competence.id,
                "skill_level_id": (level or cls.level_alone).id,
                **vals,
            }
        )

    @classmethod
    def _gain(cls, person, competence, level=None, dealer=None, source="signoff"):
        return cls.env["dealer.staff.competence"]._gain(
            person,
            competence,
            level or cls.level_alone,
            source,
            dealer or person.staff_ids.dealer_id[:1],
        )

    @classmethod
    def _release(cls, dealer):
        """The dealer lets the OEM read its training results."""
        subject = cls.env.ref("dealer_competence.release_subject_training")
        lines = cls.env["dealer.release"]._ensure_lines(dealer)
        line = lines.search([("dealer_id", "=", dealer.id), ("subject_id", "=", subject.id)])
        line.enabled = True
        return line

    def _works_at_both(self):
        """The seller of A, who holds something that was gained there, works at B as well."""
        with freeze_time("2026-03-01 12:00:00"):
            self.staff_a.date_start = "2026-03-01"
            line = self._gain(self.person_a, self.yearly)
            staff = self._second_job()
        return line, staff

    def _second_job(self):
        """The seller of A takes a job at B as well."""
        return self.env["dealer.staff"].create(
            {
                "person_id": self.person_a.id,
                "dealer_id": self.dealer_b.id,
                "role_id": self.staff_a.role_id.id,
                "user_id": self.seller_a.id,
            }
        )

    def _sees(self, user, records):
        found = records.with_user(user).with_context(allowed_company_ids=None)
        return found.search([("id", "in", records.ids)]) == found
