from odoo import api, models
from odoo.fields import Domain


class Base(models.AbstractModel):
    """What a support access adds to every model: read only where it was so agreed, and a
    log of what was opened."""

    _inherit = "base"

    @api.model
    def _tenant_domain(self, mode):
        domain = super()._tenant_domain(mode)
        if mode == "read":
            return domain
        closed = self.env["dealer.support.access"]._read_only_company_ids(self.env.uid)
        path = self.env["dealer.support.access"]._company_path(self) if closed else ""
        return domain & Domain(path, "not in", closed) if path else domain

    def _read_format(self, fnames, load="_classic_read"):
        if not self.env.su:
            self.env["dealer.support.access"]._note(self, "read")
        return super()._read_format(fnames, load=load)

    @api.model
    def _read_group(self, domain, *args, **kwargs):
        self.env["dealer.support.access"]._note_group(self, domain)
        return super()._read_group(domain, *args, **kwargs)

    @api.model
    def _read_grouping_sets(self, domain, *args, **kwargs):
        self.env["dealer.support.access"]._note_group(self, domain)
        return super()._read_grouping_sets(domain, *args, **kwargs)

    def export_data(self, fields_to_export):
        self.env["dealer.support.access"]._note(self, "export")
        return super().export_data(fields_to_export)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self.env.su:
            self.env["dealer.support.access"]._note(records, "create")
        return records

    def write(self, vals):
        if not self.env.su:
            self.env["dealer.support.access"]._note(self, "write")
        return super().write(vals)

    def unlink(self):
        if not self.env.su:
            self.env["dealer.support.access"]._note(self, "unlink")
        return super().unlink()
