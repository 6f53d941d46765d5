from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..engine import matcher

#: So many results are kept; a seller reads the first few, the rest is counted.
KEPT_FITTING, KEPT_UNFIT = 40, 20


class EquipmentSelection(models.Model):
    """The comparison: from records to the matcher and back."""

    _inherit = "equipment.selection"

    def _compare(self):
        """Replace the candidates by those of a new comparison; what was chosen stays chosen."""
        self.ensure_one()
        results = self._match()
        kept = self._worth_keeping(results)
        chosen = {
            candidate.product_id.id: candidate.quantity
            for candidate in self.candidate_ids
            if candidate.is_chosen
        }
        self.candidate_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        **self._candidate_vals(result),
                        "sequence": rank,
                        "is_chosen": result.item.key in chosen,
                        "quantity": chosen.get(result.item.key, self.quantity),
                    }
                )
                for rank, result in enumerate(kept, 1)
            ),
        ]
        self.candidate_ids._refresh_availability()
        self.write(
            {
                "compared_count": len(results),
                "compared_date": fields.Datetime.now(),
                "state": "quoted" if self.order_ids else "compared",
            }
        )

    @api.model
    def _worth_keeping(self, results):
        """Return the best that fit, and of the rest those that come nearest."""
        fitting = [r for r in results if r.verdict is not matcher.Verdict.UNFIT]
        unfit = [r for r in results if r.verdict is matcher.Verdict.UNFIT]
        return fitting[:KEPT_FITTING] + unfit[:KEPT_UNFIT]

    def _match(self):
        """Return the results of all products that may be sold, best first."""
        self.ensure_one()
        types = frozenset(self.type_id.ids)
        return matcher.match(
            self._items(),
            self.answer_ids._engine_answers(),
            self._rules()._engine_rules(),
            types,
        )

    def _rules(self):
        self.ensure_one()
        return self.env["equipment.selection.rule"].search(
            [("company_id", "in", (False, self.company_id.id))]
        )

    def _product_domain(self):
        """Return the domain of products that come into question."""
        self.ensure_one()
        domain = Domain("sale_ok", "=", True) & Domain(
            "company_id", "in", (False, self.company_id.id)
        )
        if self.type_id:
            return domain & Domain("equipment_type_id", "child_of", self.type_id.ids)
        return domain & Domain("equipment_type_id", "!=", False)

    def _items(self):
        """Return the products as the matcher takes them, cheapest first."""
        products = self.env["product.product"].search_fetch(
            self._product_domain(),
            ["product_tmpl_id"],
            order="list_price, id",
        )
        templates = products.product_tmpl_id
        facts = self._facts(templates)
        above = self._types_above(templates.equipment_type_id)
        return [
            matcher.Item(
                product.id,
                above[product.equipment_type_id.id],
                facts[product.product_tmpl_id.id],
                product.product_tmpl_id.id,
            )
            for product in products
        ]

    @api.model
    def _types_above(self, types):
        """Return ``{id of a type: ids of it and of all above}``."""
        return {
            kind.id: frozenset(int(part) for part in kind.parent_path.split("/") if part)
            for kind in types
        }

    @api.model
    def _facts(self, templates):
        """Return ``{template id: {parameter id: Fact}}``, in a fixed number of queries."""
        facts = defaultdict(dict)
        values = self.env["equipment.parameter.value"].search_fetch(
            [("product_tmpl_id", "in", templates.ids)],
            [
                "product_tmpl_id",
                "parameter_id",
                "reference_min",
                "reference_max",
                "choice_ids",
                "value_boolean",
            ],
        )
        values.parameter_id.fetch(["kind"])
        for value in values:
            facts[value.product_tmpl_id.id][value.parameter_id.id] = _fact(value)
        return facts

    @api.model
    def _candidate_vals(self, result):
        return {
            "product_id": result.item.key,
            "verdict": result.verdict.value,
            "score": result.score,
            "findings": [
                {
                    "source": finding.source,
                    "key": finding.key,
                    "status": finding.status.value,
                    "must": finding.must,
                    "bound": finding.bound,
                    "gap": finding.gap,
                }
                for finding in result.findings
            ],
            "companion_rule_ids": [Command.set(list(result.companions))],
        }


def _fact(value):
    """Return a product's value as the matcher takes it."""
    kind = value.parameter_id.kind
    if kind == "number":
        return matcher.Fact(value.reference_min, value.reference_max)
    if kind == "selection":
        return matcher.Fact(choices=frozenset(value.choice_ids._ids))
    if kind == "boolean":
        return matcher.Fact(flag=value.value_boolean)
    return matcher.Fact()
