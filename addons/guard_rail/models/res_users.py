from odoo import fields, models, tools


class ResUsers(models.Model):
    _inherit = "res.users"

    def _dealer_at_work(self, records):
        """Return the dealer for which the user works on records.

        Who has jobs at several dealers works for the one whose company the records belong to, or
        whose company is chosen where they have none; otherwise for that of the first job.

        :return: dealer.dealer, with all rights
        """
        self.ensure_one()
        dealers = self.env["dealer.dealer"].sudo()
        workplaces = self.env["res.users"]._workplaces(self.id, fields.Date.context_today(self))
        if len(workplaces) > 1:
            owned = "company_id" in records._fields and records.sudo().company_id[:1]
            company = owned or self.env.company
            found = [dealer for dealer, company_id in workplaces if company_id == company.id]
            if found:
                return dealers.browse(found[0])
        return dealers.browse(workplaces[0][0]) if workplaces else dealers

    @tools.ormcache("uid", "day")
    def _workplaces(self, uid, day):
        """Return ((dealer id, company id), ...) of a user's jobs on a day, the first job first."""
        jobs = self.sudo().browse(uid).dealer_staff_ids.filtered(lambda job: job.state == "current")
        jobs = jobs.sorted(lambda job: (job.date_start, job.id))
        return tuple((dealer.id, dealer.company_id.id) for dealer in jobs.dealer_id)
