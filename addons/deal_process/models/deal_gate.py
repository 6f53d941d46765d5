from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DealGate(models.Model):
    """A condition to enter or to leave a stage.

    An add-on registers a gate with a data record and a method `_evaluate_<code>(leads)` of this
    model, which answers for a batch with ``{lead: problems}``: a list of translated sentences
    (empty: passed), or None where the gate does not apply to that deal. The method gets the deals
    with the superuser's rights, since a gate must not depend on what its user may read.

    An administrator adds gates of his own without code: a condition on the deal.
    """

    _name = "deal.gate"
    _description = "Gate of a Deal Process"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    for_deal = fields.Boolean(
        string="Asked of every deal",
        help="A lead passes it before it becomes a deal, whatever the process.",
    )
    no_override = fields.Boolean(
        string="Cannot be overridden", help="Not even by the head of sales."
    )
    domain = fields.Char(
        string="Condition", help="What a deal must satisfy, for a gate without code of its own."
    )
    applies_domain = fields.Char(
        string="Applies to", help="Deals that the gate is asked of. Empty: all."
    )
    message = fields.Char(
        translate=True, help="What the salesperson reads when the condition is not met."
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "A gate with this code exists already.")

    @api.constrains("code", "domain", "applies_domain")
    def _check_domain(self):
        Lead = self.env["crm.lead"]
        for gate in self:
            for domain in (gate.domain, gate.applies_domain):
                try:
                    Lead.search(literal_eval(domain or "[]"), limit=0)
                except Exception as error:
                    raise ValidationError(
                        self.env._(
                            "Gate %(gate)s: the condition cannot be read (%(error)s).",
                            gate=gate.name,
                            error=error,
                        )
                    ) from error
            if not gate._method() and not gate.domain:
                raise ValidationError(
                    self.env._(
                        "Gate %(gate)s has neither a condition nor a method of an add-on.",
                        gate=gate.name,
                    )
                )

    def _method(self):
        return getattr(self, f"_evaluate_{self.code}", None)

    def _evaluate(self, leads):
        """Ask the gate about deals.

        :return: ``{lead: problems}`` for every lead: list of sentences (empty: passed) or None
            where the gate does not apply
        """
        self.ensure_one()
        leads = leads.sudo()
        asked = leads.filtered_domain(literal_eval(self.applies_domain or "[]"))
        answers = dict.fromkeys(leads)
        method = self._method()
        if method:
            answers.update(method(asked))
        elif self.domain:
            passed = asked.filtered_domain(literal_eval(self.domain))
            for lead in asked:
                answers[lead] = [] if lead in passed else [self.message or self.name]
        return {lead: answers.get(lead) for lead in leads}

    def _evaluate_all(self, leads):
        """Ask several gates; what the head of sales has overridden counts as passed.

        :return: ``{gate: {lead: problems}}``
        """
        overridden = {
            (override.gate_id.id, override.lead_id.id)
            for override in leads.sudo().deal_override_ids
        }
        verdicts = {}
        for gate in self:
            answers = gate._evaluate(leads)
            verdicts[gate] = {
                lead: [] if problems and (gate.id, lead.id) in overridden else problems
                for lead, problems in answers.items()
            }
        return verdicts

    def _leads_on(self):
        """Tell whether there is a place to go to, where the gate's problem is mended."""
        self.ensure_one()
        return bool(self._page()) or hasattr(self, f"_resolve_{self.code}")

    def _page(self):
        """Return the name of the deal form's page on which the gate's problem is mended, or False.

        An add-on whose gate looks at the deal's own form names the page here.
        """
        self.ensure_one()
        return False

    def _resolve(self, lead):
        """Return the action that leads to where the deal's problem is mended.

        Dispatches to `_resolve_<code>(lead)`, which an add-on adds beside its gate. A page of the
        deal's own form is ``{"page": name}``.
        """
        self.ensure_one()
        page = self._page()
        return {"page": page} if page else getattr(self, f"_resolve_{self.code}")(lead)
