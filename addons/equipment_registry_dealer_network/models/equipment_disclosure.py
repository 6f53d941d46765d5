from odoo import api, fields, models


class EquipmentDisclosure(models.Model):
    """What a dealer has released to the OEM of one machine: customer, site, meters.

    A record of the network, written by the system from the dealer's unit while its release
    switch allows it, and taken away when it no longer does. The OEM never reads the unit.
    """

    _name = "equipment.disclosure"
    _description = "Machine as Released by its Dealer"
    _inherit = ["dealer.two.party.mixin"]
    _order = "identity_id"
    _rec_name = "identity_id"

    identity_id = fields.Many2one(
        "equipment.identity", string="Machine", required=True, index=True, ondelete="cascade"
    )
    product_id = fields.Many2one(related="identity_id.product_id", store=True)
    in_service_date = fields.Date(related="identity_id.in_service_date", store=True)
    customer_name = fields.Char(string="Customer")
    customer_city = fields.Char(string="Customer's town")
    site_address = fields.Char(string="Site")
    meters = fields.Char()

    _identity_dealer_uniq = models.Constraint(
        "UNIQUE(identity_id, dealer_id)", "The dealer's release of this machine is there already."
    )

    @api.model
    def _refresh_units(self, units):
        """Bring the records of units up to date, after something about them changed."""
        by_company = self.env["dealer.dealer"]._by_company(units.sudo().company_id)
        for company, dealer in by_company.items():
            own = units.sudo().filtered(lambda unit, one=company: unit.company_id == one)
            self.sudo()._refresh(dealer, own)

    @api.model
    def _refresh_dealers(self, dealers):
        """Bring the records of all machines of dealers up to date."""
        for dealer in dealers.sudo():
            units = self.env["equipment.unit"].sudo()
            if dealer.company_id:
                units = units.search([("company_id", "=", dealer.company_id.id)])
            # machines that the dealer deleted or put away, and those of a dealer that has left
            self.sudo().search(
                [("dealer_id", "=", dealer.id), ("identity_id", "not in", units.identity_id.ids)]
            ).unlink()
            self.sudo()._refresh(dealer, units)

    @api.model
    def _cron_refresh(self):
        """Releases begin and end by their dates."""
        releasing = self.env["dealer.release"].sudo().search([]).dealer_id
        self._refresh_dealers(releasing | self.sudo().search([]).dealer_id)

    @api.model
    def _refresh(self, dealer, units):
        released = self._released_fields(dealer)
        there = self.search(
            [("dealer_id", "=", dealer.id), ("identity_id", "in", units.identity_id.ids)]
        )
        if not any(released.values()):
            there.unlink()
            return
        shown = units.filtered(self._may_be_shown)
        there.filtered(lambda one: one.identity_id not in shown.identity_id).unlink()
        known = {one.identity_id: one for one in there.exists()}
        meters = self._meter_texts(shown) if released["meters"] else {}
        new = []
        for unit in shown:
            vals = self._unit_vals(unit, released, meters.get(unit, False))
            if unit.identity_id in known:
                known[unit.identity_id].write(vals)
            else:
                new.append({**vals, "dealer_id": dealer.id, "identity_id": unit.identity_id.id})
        self.create(new)

    @api.model
    def _may_be_shown(self, unit):
        """Whether it is at a customer, and a machine of the OEM's network at all."""
        at_customer = unit.active and unit.state in ("delivered", "service")
        return at_customer and unit.identity_id.network_company_id != unit.company_id

    @api.model
    def _released_fields(self, dealer):
        """Return ``{what: bool}`` by the release switch of a dealer."""
        is_released = self.env["dealer.release"].sudo()._is_released
        return {
            "name": is_released(dealer, "customers", "name"),
            "city": is_released(dealer, "customers", "city"),
            "site": is_released(dealer, "installed_base", "site"),
            "meters": is_released(dealer, "installed_base", "meters"),
        }

    @api.model
    def _unit_vals(self, unit, released, meters):
        site = unit.site_id or unit.owner_id
        return {
            "customer_name": released["name"] and unit.owner_id.name,
            "customer_city": released["city"] and unit.owner_id.city,
            # the place only: whose it is, is another subject of the release
            "site_address": released["site"]
            and ", ".join(filter(None, (site.street, site.zip, site.city))),
            "meters": released["meters"] and meters,
        }

    @api.model
    def _meter_texts(self, units):
        texts = {}
        for reading in self.env["equipment.meter.reading"].sudo()._latest(units):
            day = fields.Date.to_string(reading.date)
            texts.setdefault(reading.unit_id, []).append(f"{reading.display_name} ({day})")
        return {unit: "; ".join(lines) for unit, lines in texts.items()}
