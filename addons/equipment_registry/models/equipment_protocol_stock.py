from odoo import api, fields, models

from .equipment_protocol import OPEN_STATES

#: What a delivery to a customer may call for.
ON_DELIVERY = ("delivery", "commissioning")


class EquipmentProtocolStock(models.Model):
    """Work that follows the machine through the warehouse."""

    _inherit = "equipment.protocol"

    @api.model
    def _after_passage(self, kind, units, move):
        """The warehouse moved units: make, hand over or cancel their work.

        :param str kind: event of the units
        :param move: stock.move that is done
        """
        if kind == "delivered":
            self._take_over_swapped(units, move)
            if self._is_end_customer(units.owner_id[:1]):
                self._prepare(units, move.picking_id, automatic=True)
        elif kind in ("returned", "left", "scrapped"):
            self._cancel_of(units, move)

    @api.model
    def _is_end_customer(self, partner):
        """Tell whether the buyer uses the machine itself; not for a company of this database."""
        companies = self.env["res.company"].sudo()
        return bool(partner) and not companies.search_count(
            [("partner_id", "=", partner.id)], limit=1
        )

    @api.model
    def _prepare(self, units, picking, automatic=False):
        """Return new protocols of units that a delivery calls for and that are not there yet.

        :param picking: stock.picking; none where the machines went without one
        :param bool automatic: only by checklists that are made on delivery
        """
        template = self.env["equipment.protocol.template"]
        open_ones = self.search(
            [
                ("unit_id", "in", units.ids),
                ("kind", "in", ON_DELIVERY),
                ("state", "in", OPEN_STATES),
            ]
        )
        there = {(protocol.unit_id, protocol.kind) for protocol in open_ones}
        checklists = {
            (equipment_type, kind): template._find(
                kind, equipment_type, units.company_id[:1], automatic
            )
            for equipment_type in units.equipment_type_id
            for kind in ON_DELIVERY
        }
        site = picking.partner_id
        return self.create(
            [
                {
                    "unit_id": unit.id,
                    "kind": kind,
                    "template_id": checklists[unit.equipment_type_id, kind].id,
                    "picking_id": picking.id,
                    "owner_id": (site.commercial_partner_id or unit.owner_id).id,
                    "site_id": (site or unit.site_id).id,
                }
                for unit in units
                for kind in ON_DELIVERY
                if checklists[unit.equipment_type_id, kind] and (unit, kind) not in there
            ]
        )

    @api.model
    def _take_over_swapped(self, units, move):
        """Work prepared for a serial number that stays behind goes to the one that went."""
        picking = move.picking_id
        if not picking:
            # no work was prepared for it
            return
        waiting = self.search(
            [("picking_id", "=", picking.id), ("state", "in", OPEN_STATES)]
        ).filtered(
            lambda one: one.unit_id.product_id == move.product_id
            and not one.is_signed
            and one.unit_id._stays_behind(move)
        )
        for kind in ON_DELIVERY:
            has_work = self.search(
                [
                    ("unit_id", "in", units.ids),
                    ("kind", "=", kind),
                    ("state", "in", OPEN_STATES),
                ]
            ).unit_id
            of_kind = waiting.filtered(lambda one, kind=kind: one.kind == kind)
            for protocol, unit in zip(of_kind, units - has_work, strict=False):
                protocol.unit_id = unit

    @api.model
    def _cancel_of(self, units, move):
        """The machine is gone from its place: nothing is to be done there any more."""
        work = self.search([("unit_id", "in", units.ids), ("state", "in", OPEN_STATES)])
        for protocol in work:
            protocol.message_post(
                body=self.env._(
                    "Cancelled: the machine was moved by %(transfer)s on %(date)s.",
                    transfer=move._equipment_reference() or "",
                    date=fields.Date.to_string(move.date),
                )
            )
        work.action_cancel()
