from odoo import api, models
from odoo.tools import html2plaintext, plaintext2html


class DealFulfilmentTask(models.AbstractModel):
    """Who is asked, and where, when an order cannot be fulfilled as promised."""

    _name = "deal.fulfilment.task"
    _description = "Tasks of Fulfilment"

    @api.model
    def _raise_task(self, record, kind, say, candidates):
        """Put a task on a document, once per kind: an open one gets the new note added.

        :param record: document, whose screen shows the task
        :param kind: XML id of the mail.activity.type
        :param say: function of an environment in the reader's language; gives sentences, a line
            each
        :param candidates: res.users in the order in which they are asked; the first that is active
            and may read the document gets the task
        """
        record = record.sudo()
        activity_type = self.env.ref(kind)
        there = record.activity_ids.filtered(lambda a: a.activity_type_id == activity_type)[:1]
        user = there.user_id or self._able(record, candidates)
        note = self._in_words(say, user.lang)
        html = plaintext2html(note)
        if there:
            told = html2plaintext(there.note or "")
            # the daily check finds the same again as long as nobody acts
            if not all(line in told for line in note.splitlines()):
                there.note = (there.note or "") + html
            return there
        return record.activity_schedule(
            activity_type_id=activity_type.id,
            note=html,
            user_id=user.id,
        )

    @api.model
    def _settle(self, records, kind, reason):
        """Close the tasks of a kind on documents, with the reason for who had them.

        :param kind: XML id of the mail.activity.type
        :param reason: see `_in_words`
        """
        for user, activities in records.activity_search([kind]).grouped("user_id").items():
            activities.action_feedback(feedback=self._in_words(reason, user.lang))

    @api.model
    def _in_words(self, reason, lang):
        """Return a reason as its reader understands it, whoever caused it.

        :param reason: sentence that somebody has typed, or function of an environment in the
            reader's language
        :param lang: code of that language, or False
        """
        if not callable(reason):
            return reason
        return reason(self.with_context(lang=lang or self.env.lang).env)

    @api.model
    def _able(self, record, candidates):
        """Return the first of the users who can open the document; else who is at work now."""
        for user in candidates:
            if user.active and not user.share and record.with_user(user).has_access("read"):
                return user
        return self.env.user

    @api.model
    def _tell_surplus(self, document, quantity, line):
        """Tell the planner that a begun production or purchase is larger than what is needed."""
        product = line.product_id

        def say(env):
            return env._(
                "%(order)s needs %(quantity)s %(unit)s of %(product)s less. As this has begun, the "
                "rest will go to stock unless you order less.",
                order=line.order_id.name,
                quantity=f"{quantity:g}",
                unit=product.uom_id.with_context(lang=env.lang).name,
                product=product.with_context(lang=env.lang).display_name,
            )

        planner = line.order_id.warehouse_id.planner_id
        candidates = (planner, document.user_id, product.responsible_id, line.order_id.user_id)
        self._raise_task(
            document,
            "deal_fulfilment.mail_activity_type_surplus",
            say,
            [user for user in candidates if user],
        )
