from datetime import datetime

from odoo import fields, models

# of the deal's form, where the documents are that a stage asks for
STAGE_PAGE = "dossier"


class CrmLead(models.Model):
    """The dossier: every document of a deal by stage, and what is missing."""

    _inherit = "crm.lead"

    def dossier(self):
        """Return the dossier of one deal as the form shows it.

        :return: list of stages ``{"id", "name", "state", "kinds"}``; a kind is ``{"id", "name",
            "required", "missing", "by_hand", "documents"}``, a document ``{"model", "id", "name",
            "date", "note", "open"}``; `state` is past, current, future
            or skipped (the deal does not go through it), `open` whether the user
            may open it
        """
        self.ensure_one()
        self.check_access("read")
        version = self.process_version_id
        verdicts = version.stage_ids.entry_gate_ids._evaluate_all(self)
        kinds = self.env["deal.document.type"].search([])
        stages = version.stage_ids.filtered(lambda stage: stage.kind in ("normal", "closed"))
        order = stages.ids
        current = order.index(self.deal_stage_id.id) if self.deal_stage_id.id in order else None
        filed = self.deal_document_ids.grouped("type_id")
        rows = []
        for position, stage in enumerate(stages):
            listed = kinds.filtered(
                lambda kind, stage=stage: kind.stage_code == stage.code
                or kind in stage.document_type_ids
            )
            applies = stage._is_final() or stage._applies_to(self, verdicts)
            state = "future" if applies else "skipped"
            if current is not None and position <= current:
                state = "current" if position == current else "past"
            rows.append(
                {
                    "id": stage.id,
                    "name": stage.name,
                    "state": state,
                    "kinds": [
                        self._dossier_kind(kind, applies and kind in stage.document_type_ids, filed)
                        for kind in listed
                    ],
                }
            )
        return [row for row in rows if row["kinds"]]

    def _dossier_kind(self, kind, asked, filed):
        collected = kind._collect(self).get(self) or self.browse()
        documents = [self._dossier_document(record) for record in collected.with_env(self.env)]
        documents += [
            {**self._dossier_document(line), "note": line.note, "date": line.date}
            for line in filed.get(kind, ())
        ]
        required = asked and bool(kind._is_required(self).get(self))
        return {
            "id": kind.id,
            "name": kind.name,
            "required": required,
            "missing": required and not documents,
            "by_hand": kind.by_hand,
            "documents": documents,
        }

    def _dossier_document(self, record):
        """Describe a document; its name is part of the deal, its content is its own reader's."""
        plain = record.sudo()
        dates = [
            plain[name] for name in ("date_order", "invoice_date", "date") if name in plain._fields
        ]
        date = next(filter(None, dates), plain.create_date)
        return {
            "model": record._name,
            "id": record.id,
            "name": plain.display_name,
            "date": self._reader_day(date),
            "note": plain._dossier_note() if hasattr(plain, "_dossier_note") else False,
            "open": record.has_access("read"),
        }

    def _reader_day(self, moment):
        """Return the day of a date or of a moment, as the reader's clock has it."""
        if isinstance(moment, datetime):
            return fields.Datetime.context_timestamp(self, moment).date()
        return moment

    def _deal_invoices(self):
        """Return the posted customer invoices of the deals' orders."""
        return self.sudo().order_ids.invoice_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )

    def action_deal_invoices(self):
        """Open the invoices of the deal's orders."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        action["domain"] = [("id", "in", self.sudo().order_ids.invoice_ids.ids)]
        action["context"] = {"create": False}
        return action

    def action_override_gate(self):
        """Open the form in which the head of sales passes over a gate, with the reason."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pass over a gate"),
            "res_model": "deal.gate.override",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_lead_id": self.id},
        }

    def next_step(self):
        """Return what the form says of the way on.

        :return: ``{"stage", "method", "next", "problems"}``; a problem is ``{"text", "gate",
            "page", "leads"}``: the form's page on which it is mended, if any, and whether
            `resolve_gate` leads to the place to mend it
        """
        self.ensure_one()
        self.check_access("read")
        stage = self.deal_stage_id
        if not stage:
            return self._next_step_of_lead()
        target = self._next_stages().get(self)
        problems = self._move_problems(target)[self] if target else []
        return {
            "stage": stage.name,
            "method": stage.method or False,
            "next": target.name if target else False,
            "problems": self._describe_problems(problems),
        }

    def _next_step_of_lead(self):
        version = self._deal_version()[self]
        gates = self.env["deal.gate"].sudo().search([("for_deal", "=", True)])
        if version:
            gates |= version._first_stage().entry_gate_ids
        verdicts = gates._evaluate_all(self)
        problems = [(gate, text) for gate in gates for text in verdicts[gate][self] or ()]
        return {
            "stage": False,
            "method": False,
            "next": version._first_stage().name if version else False,
            "problems": self._describe_problems(problems),
        }

    def _describe_problems(self, problems):
        return [
            {
                "text": text,
                "gate": gate.code or False,
                "page": gate._page() if gate else STAGE_PAGE,
                "leads": not gate or gate._leads_on(),
            }
            for gate, text in problems
        ]

    def resolve_gate(self, code):
        """Return the action that leads to where a gate's problem is mended, or False.

        :param str code: of the gate; False for what the stage itself asks for
        """
        self.ensure_one()
        self.check_access("read")
        if not code:
            return {"page": STAGE_PAGE}
        gate = self.env["deal.gate"].search([("code", "=", code)], limit=1)
        return gate._resolve(self) if gate and gate._leads_on() else False
