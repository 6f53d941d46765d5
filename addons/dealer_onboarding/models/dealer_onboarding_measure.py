from statistics import median

from odoo import api, models
from odoo.exceptions import AccessError

from ..tools.quartiles import LEAST_DEALERS, quartiles


class DealerOnboardingMeasure(models.AbstractModel):
    """What onboarding brings, per dealer; the network's quartiles only from five dealers on."""

    _name = "dealer.onboarding.measure"
    _description = "Measures of Onboarding"

    @api.model
    def load(self, dealer_id=None):
        """Return the measures of a dealer beside the network's quartiles.

        A principal sees the own dealer, the OEM each dealer that released its training results
        and the network by area.

        :param int dealer_id: default the user's own dealer
        :return: dict of ``title``, ``dealers`` (number behind the quartiles) and ``measures``:
            list of ``{code, name, unit, value, quartiles}``, value None where nothing is known
        """
        self.env["dealer.learning.path"].check_access("read")
        user = self.env.user
        own = user.sudo().dealer_id
        is_network = user.has_group("dealer_network.group_network_user")
        dealer = self.env["dealer.dealer"].browse(dealer_id or ([] if is_network else own.id))
        if dealer:
            dealer.check_access("read")
            self._check_readable(dealer, own, is_network)
        network = self._network(dealer.sudo() or own)
        rows = []
        for code, name, unit in self._kinds():
            values = getattr(self, f"_measure_{code}")(network | dealer.sudo())
            known = [values[d.id] for d in network if values.get(d.id) is not None]
            value = values.get(dealer.id) if dealer else None
            rows.append(
                {
                    "code": code,
                    "name": name,
                    "unit": unit,
                    "value": value,
                    "dealers": len(known) if len(known) >= LEAST_DEALERS else 0,
                    "quartiles": quartiles(known),
                }
            )
        return {
            "title": dealer.name or self.env._("Network"),
            "least": LEAST_DEALERS,
            "measures": rows,
        }

    @api.model
    def _check_readable(self, dealer, own, is_network):
        if not is_network and not self.env.user.has_group("dealer_network.group_dealer_manager"):
            self.env["dealer.training.cost"].check_access("read")
        if is_network and not self.env["dealer.release"]._is_released(dealer, "training"):
            self._refuse(dealer)
        if not is_network and dealer != own:
            self._refuse(dealer)

    @api.model
    def _refuse(self, dealer):
        raise AccessError(
            self.env._(
                "%(dealer)s has not released its training results.", dealer=dealer.display_name
            )
        )

    @api.model
    def _network(self, dealer):
        """Return the dealers that the quartiles are made of: active ones of the same OEM."""
        company = dealer.oem_company_id or self.env.company
        return (
            self.env["dealer.dealer"]
            .sudo()
            .search([("oem_company_id", "=", company.id), ("state", "=", "active")])
        )

    @api.model
    def _kinds(self):
        return [
            ("first_deal", self.env._("Days to the first autonomous deal"), self.env._("days")),
            ("pass_rate", self.env._("Exams passed"), "%"),
            ("minutes", self.env._("Time to learn, per person"), self.env._("hours")),
            ("finished", self.env._("Paths finished in time"), "%"),
            ("retention", self.env._("Competence that stayed"), "%"),
        ]

    @api.model
    def _measure_first_deal(self, dealers):
        days = self.env["dealer.learning.enrolment"]._first_deal_days(dealers)
        return {dealer: median(found) for dealer, found in days.items()}

    @api.model
    def _measure_pass_rate(self, dealers):
        groups = (
            self.env["dealer.learning.task"]
            .sudo()
            ._read_group(
                [("dealer_id", "in", dealers.ids), ("attempt_count", ">", 0)],
                ["dealer_id", "state"],
                ["attempt_count:sum", "__count"],
            )
        )
        tried, passed = {}, {}
        for dealer, state, attempts, count in groups:
            tried[dealer.id] = tried.get(dealer.id, 0) + attempts
            passed[dealer.id] = passed.get(dealer.id, 0) + (count if state == "done" else 0)
        return {dealer: round(100 * passed[dealer] / count) for dealer, count in tried.items()}

    @api.model
    def _measure_minutes(self, dealers):
        groups = (
            self.env["dealer.learning.enrolment"]
            .sudo()
            ._read_group(
                [("dealer_id", "in", dealers.ids), ("minutes_spent", ">", 0)],
                ["dealer_id"],
                ["minutes_spent:sum", "person_id:count_distinct"],
            )
        )
        return {dealer.id: round(spent / people / 60, 1) for dealer, spent, people in groups}

    @api.model
    def _measure_finished(self, dealers):
        lines = (
            self.env["dealer.learning.enrolment"]
            .sudo()
            .search([("dealer_id", "in", dealers.ids), ("state", "!=", "stopped")])
        )
        result = {}
        for dealer, group in lines.grouped("dealer_id").items():
            ended = group.filtered(lambda line: line.date_done or line.is_late)
            good = ended.filtered(
                lambda line: line.date_done and line.date_done <= line.date_target
            )
            result[dealer.id] = round(100 * len(good) / len(ended)) if ended else None
        return result

    @api.model
    def _measure_retention(self, dealers):
        return {
            dealer.id: dealer.retention_rate
            for dealer in dealers
            if dealer.retained_count or dealer.retention_rate
        }
