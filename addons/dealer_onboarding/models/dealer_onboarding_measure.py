from statistics import median

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.quartiles import LEAST_DEALERS, quartiles

MOST_QUESTIONS = 10


class DealerOnboardingMeasure(models.AbstractModel):
    """What onboarding brings, per dealer and region; quartiles only from five dealers on."""

    _name = "dealer.onboarding.measure"
    _description = "Measures of Onboarding"

    @api.model
    def load(self, dealer_id=None, region=None):
        """Return the measures of a dealer beside the quartiles of the network or of a region.

        A principal sees the own dealer beside the network and the own region, the OEM each
        dealer that released its training results, and every region.

        :param int dealer_id: default the user's own dealer
        :param str region: key of one of the ``regions``; without it the whole network
        :return: dict of ``title``, ``dealer_id``, ``region``; ``dealers`` and ``regions`` to
            choose from; ``least`` dealers behind a quartile; ``measures``: list of
            ``{code, name, unit, value, dealers, quartiles}``, value None where nothing is known;
            ``questions``: see `_questions`
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
        regions = self._regions(network if is_network else own)
        compared = network.filtered_domain(self._region_domain(region, regions))
        return {
            "title": dealer.name or self.env._("Network"),
            "dealer_id": dealer.id or False,
            "dealers": self._choices(network) if is_network else [],
            "region": region or False,
            "regions": regions,
            "least": LEAST_DEALERS,
            "measures": self._rows(dealer, compared),
            "questions": self._questions(dealer, compared, by_question=is_network),
        }

    @api.model
    def _rows(self, dealer, compared):
        rows = []
        for code, name, unit in self._kinds():
            values = getattr(self, f"_measure_{code}")(compared | dealer.sudo())
            known = [values[d.id] for d in compared if values.get(d.id) is not None]
            rows.append(
                {
                    "code": code,
                    "name": name,
                    "unit": unit,
                    "value": values.get(dealer.id) if dealer else None,
                    "dealers": len(known) if len(known) >= LEAST_DEALERS else 0,
                    "quartiles": quartiles(known),
                }
            )
        return rows

    # ------------------------------------------------------------------ regions
    @api.model
    def _regions(self, dealers):
        """Return the countries and states of dealers as ``[{key, name}]``."""
        return [
            {"key": f"{field},{place.id}", "name": place.display_name}
            for field in ("country_id", "state_id")
            for place in dealers[field].sorted("display_name")
        ]

    @api.model
    def _region_domain(self, region, regions):
        """Return the domain of a region, which must be one of those that are offered.

        :raise UserError: it is not
        """
        if not region:
            return []
        if region not in {line["key"] for line in regions}:
            raise UserError(self.env._("There is no dealer to compare with in this region."))
        field, _comma, place = region.partition(",")
        return [(field, "=", int(place))]

    @api.model
    def _choices(self, network):
        """Return the dealers whose figures the OEM may read."""
        releases = self.env["dealer.release"].sudo()
        released = releases.search(
            releases._domain_in_force()
            & Domain("dealer_id", "in", network.ids)
            & Domain([("subject_id.code", "=", "training"), ("field_names", "=", False)])
        ).dealer_id
        found = self.env["dealer.dealer"].search([("id", "in", released.ids)], order="name, id")
        return [{"id": dealer.id, "name": dealer.name} for dealer in found]

    # ---------------------------------------------------------------- questions
    @api.model
    def _questions(self, dealer, compared, by_question):
        """Return how questions of exams are answered, the worst first.

        Dealers, who sit these exams themselves, are told by exam and not by question.

        :param dealer: dealer.dealer, perhaps none
        :param compared: dealer.dealer (sudo) beside it
        :return: at most ten of ``{exam, question, answers, here, beside}``, in percent right;
            ``beside`` None for too few dealers
        """
        found = {}
        for question, exam, where, answers, right in self._answers(compared | dealer.sudo()):
            row = found.setdefault(
                (exam, question if by_question else 0), {"here": [0, 0], "beside": [0, 0, set()]}
            )
            if where == dealer.id:
                row["here"][0] += answers
                row["here"][1] += right
            if where in compared.ids:
                row["beside"][0] += answers
                row["beside"][1] += right
                row["beside"][2].add(where)
        exams = self.env["survey.survey"].sudo().browse({exam for exam, _question in found})
        titles = {exam.id: exam.title for exam in exams}
        asked = self.env["survey.question"].sudo().browse({key[1] for key in found if key[1]})
        texts = {question.id: question.title for question in asked}
        rows = [
            {
                "exam": titles[exam],
                "question": texts.get(question, ""),
                "answers": row["here" if dealer else "beside"][0],
                "here": self._share(*row["here"]) if dealer else None,
                "beside": self._share(*row["beside"][:2])
                if len(row["beside"][2]) >= LEAST_DEALERS
                else None,
            }
            for (exam, question), row in found.items()
        ]
        rows = [row for row in rows if row["here"] is not None or row["beside"] is not None]
        return sorted(
            rows,
            key=lambda row: (
                row["here"] if row["here"] is not None else row["beside"],
                row["exam"],
                row["question"],
            ),
        )[:MOST_QUESTIONS]

    @api.model
    def _share(self, answers, right):
        return round(100 * right / answers) if answers else None

    @api.model
    def _answers(self, dealers):
        """Return [(question, exam, dealer, times answered, times right)] as ids and counts."""
        if not dealers:
            return []
        self.env["survey.user_input"].flush_model()
        self.env["survey.user_input.line"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                WITH met AS (
                    SELECT line.question_id, input.survey_id, input.exam_dealer_id,
                           bool_and(line.answer_is_correct) AS is_right
                      FROM survey_user_input input
                      JOIN survey_user_input_line line ON line.user_input_id = input.id
                     WHERE input.exam_dealer_id IN %(dealers)s AND input.state = 'done'
                       AND input.test_entry IS NOT TRUE
                     GROUP BY line.question_id, input.id
                )
                SELECT question_id, survey_id, exam_dealer_id, count(*),
                       count(*) FILTER (WHERE is_right)
                  FROM met
                 GROUP BY question_id, survey_id, exam_dealer_id
                """,
                dealers=tuple(dealers.ids),
            )
        )

    # ------------------------------------------------------------------- access
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
        gained = dealers._gained_competences()
        return {dealer.id: dealer.retention_rate for dealer in dealers if gained[dealer.id]}
