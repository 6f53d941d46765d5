from datetime import timedelta

from odoo import api, fields, models

from ..engine import CallFacts

QUIET = timedelta(seconds=2)  # after the end, before what follows from it is done
GC_BATCH = 10000
KEPT = timedelta(days=7)  # of what was seen of a call; later reports change nothing


class MikoCallStore(models.AbstractModel):
    """From what the engine makes of events to records, a batch at a time, each call once."""

    _name = "miko.call.store"
    _description = "Storing of Calls"

    @api.model
    def _load_facts(self, pbx, lids):
        """Return {linked id: facts} of calls that are stored."""
        aliases = self.env["miko.call.alias"].search(
            [("pbx_id", "=", pbx.id), ("linkedid", "in", list(lids))]
        )
        found = {}
        for alias in aliases:
            facts = CallFacts.from_dict(alias.call_id.facts or {})
            facts.lids |= set(alias.call_id.alias_ids.mapped("linkedid"))
            found[alias.linkedid] = facts
        return found

    @api.model
    def _store(self, pbx, changes, merged=(), skew=0.0):
        """Write calls as they are now and tell the browsers concerned.

        :param changes: (facts, summary) pairs of the engine
        :param merged: sets of linked ids that turned out to be one call
        :param float skew: seconds to add to the exchange's times
        :return: miko.call of the changes, in their order; none for a mere shadow of an Originate
        """
        known = self._known(pbx, {lid for facts, _made in changes for lid in facts.lids})
        known = self._merge(known, merged)
        records = [self._record_of(known, made) for _facts, made in changes]
        learnt = zip(records, changes, strict=True)
        raw = {made.number for call, (_facts, made) in learnt if call._learns_caller(made)}
        context = self._store_context(pbx, raw)
        news, calls = [], {}
        for index, (call, (facts, made)) in enumerate(zip(records, changes, strict=True)):
            if call:
                calls[index] = call
                call._update(facts, made, skew, context)
            elif not made.phantom:
                news.append((index, self._first_values(pbx, facts, made, skew, context)))
        created = self.create([values for _index, values in news])
        calls.update(zip((index for index, _values in news), created, strict=True))
        self._store_aliases(pbx, changes, calls, known)
        self._store_legs(changes, calls, skew, context)
        everything = self.browse([call.id for call in calls.values()])
        everything.with_context(miko_moments=self._moments(changes, calls))._show_cards()
        everything._plan_follow_up(pbx)
        return everything

    @api.model
    def _moments(self, changes, calls):
        """Return {id of call: when the first event came of what is stored now}, for measuring."""
        arrivals = self.env.context.get("miko_arrivals") or {}
        moments = {
            calls[index].id: [arrivals[lid] for lid in made.lids if lid in arrivals]
            for index, (_facts, made) in enumerate(changes)
            if index in calls
        }
        return {call: min(found) for call, found in moments.items() if found}

    @api.model
    def _known(self, pbx, lids):
        aliases = self.env["miko.call.alias"].search(
            [("pbx_id", "=", pbx.id), ("linkedid", "in", list(lids))]
        )
        return {alias.linkedid: alias.call_id for alias in aliases}

    @api.model
    def _merge(self, known, merged):
        """Calls that were one all along: the oldest record stays, with everything of the others."""
        for lids in merged:
            records = self.browse({known[lid].id for lid in lids if lid in known}).sorted("id")
            keep, others = records[:1], records[1:]
            if not others:
                continue
            others.alias_ids.write({"call_id": keep.id})
            for name in ("note", "contact_name", "contact_email", "contact_company", "inquiry_id"):
                if not keep[name] and (value := others.mapped(name)):
                    keep[name] = value[0] if isinstance(value, list) else value[:1]
            others._withdraw_cards()
            others.unlink()
            known = {lid: keep if call in others else call for lid, call in known.items()}
        return known

    @api.model
    def _record_of(self, known, made):
        return next((known[lid] for lid in made.lids if lid in known), self.browse())

    def _learns_caller(self, made):
        """Whether the other side becomes known now: with the call, later, or with its direction."""
        return bool(made.number and (not self.number_raw or self.direction != made.direction))

    # ------------------------------------------------------------------ values
    @api.model
    def _store_context(self, pbx, raw):
        """Return what all calls of a batch need of the exchange.

        :param raw: numbers of the other sides as the exchange reports them
        """
        extensions = {extension.number: extension.user_id for extension in pbx.extension_ids}
        numbers = {number: pbx._number(number) for number in raw}
        domain = [
            ("company_id", "=", pbx.company_id.id),
            ("number", "in", [number for number in numbers.values() if number]),
        ]
        blocked = set(self.env["miko.blacklist"].search(domain).mapped("number"))
        return {"pbx": pbx, "extensions": extensions, "numbers": numbers, "blocked": blocked}

    @api.model
    def _values(self, facts, made, skew, context):
        """Return what the engine says of a call."""
        nobody = self.env["res.users"]
        naive = self.env["miko.pbx"]._naive
        user = context["extensions"].get(made.extension, nobody)
        last = context["extensions"].get(made.last_extension, nobody)
        end = made.answered or made.ended
        return {
            "direction": made.direction,
            "state": made.state,
            "outcome": made.outcome or False,
            "reason": made.reason or False,
            "did": made.did or False,
            "queue": made.queue or False,
            "extension": made.extension or False,
            "last_extension": made.last_extension or False,
            "user_id": user.id,
            "last_user_id": last.id,
            "transferred": made.transferred,
            "intercepted": made.intercepted,
            "answer_date": naive(made.answered, skew),
            "end_date": naive(made.ended, skew),
            "wait_seconds": round(end - made.started) if end and made.started else 0,
            "talk_seconds": round(made.ended - made.answered)
            if made.ended and made.answered
            else 0,
            "external_channel": made.external_channel or False,
            "recording_paths": made.recordings or False,
            "facts": facts.as_dict(),
            **({"date": naive(made.started, skew)} if made.started else {}),
        }

    @api.model
    def _first_values(self, pbx, facts, made, skew, context):
        values = self._values(facts, made, skew, context)
        return {"pbx_id": pbx.id, **values, **self._caller_values(made, values, context)}

    @api.model
    def _caller_values(self, made, values, context):
        """Return who is on the other side: number, line, contact, responsible, department."""
        if made.direction == "internal":
            return {"number": False, "number_raw": made.number or False}
        pbx = context["pbx"]
        number = context["numbers"].get(made.number, False)
        line = self._line(pbx, made)
        partner = self._caller(pbx, number)
        lead = self._open_lead_of(partner, pbx.company_id)
        responsible = lead.user_id or partner.user_id or partner.commercial_partner_id.user_id
        if pbx.company_id not in responsible.company_ids:
            responsible = responsible.browse()
        user = self.env["res.users"].browse(values["user_id"])
        team = self._team(made.direction, line.channel_id or pbx.channel_id, user)
        return {
            "number": number,
            "number_raw": made.number or False,
            "anonymous": made.direction == "inbound" and not made.number,
            "blocked": made.direction == "inbound" and number in context["blocked"],
            "line_id": line.id,
            "partner_id": partner.id,
            "lead_id": lead.id,
            "responsible_id": responsible.id,
            "team_id": team.id,
            "consent": line.announcement,
            "consent_text": line.announcement and line.consent_text,
        }

    @api.model
    def _line(self, pbx, made):
        """Return the line that the customer dialled; whom we dial has heard no announcement."""
        return pbx.line_ids._for(made.did) if made.direction == "inbound" else pbx.line_ids.browse()

    @api.model
    def _team(self, direction, channel, user):
        """Return whose call it is: a customer calls a department, a colleague works in one."""
        if direction == "outbound":
            return user.sale_team_id or channel.team_id
        return channel.team_id or user.sale_team_id

    @api.model
    def _caller(self, pbx, number):
        """Return the contact that a number surely belongs to, by the desk's own rule."""
        if not number:
            return self.env["res.partner"]
        probe = self.env["crm.inquiry"].new({"phones": number, "company_id": pbx.company_id.id})
        return probe._match_partner()

    @api.model
    def _open_lead_of(self, partner, company):
        if not partner:
            return self.env["crm.lead"]
        return self.env["crm.inquiry"].new({"company_id": company.id})._open_lead(partner)

    def _update(self, facts, made, skew, context):
        """Write what has changed; an answer is never taken back."""
        self.ensure_one()
        values = self._values(facts, made, skew, context)
        if self.outcome == "answered" and made.outcome != "answered":
            kept = ("outcome", "reason", "answer_date", "extension", "user_id", "talk_seconds")
            values = {name: value for name, value in values.items() if name not in kept}
        if self._learns_caller(made):
            values.update(self._caller_values(made, values, context))
        elif self.direction == "inbound" and not self.team_id and values.get("user_id"):
            # nobody had answered yet when the caller became known
            user = self.env["res.users"].browse(values["user_id"])
            values["team_id"] = user.sale_team_id.id
        values = {name: value for name, value in values.items() if self._differs(name, value)}
        if values:
            self.write(values)

    def _differs(self, name, value):
        if name == "facts":
            return True
        now = self[name]
        return (now.id if isinstance(now, models.BaseModel) else now or False) != (value or False)

    # ------------------------------------------------------------------ what belongs to them
    @api.model
    def _store_aliases(self, pbx, changes, calls, known):
        missing = {
            lid: calls[index].id
            for index, (facts, _made) in enumerate(changes)
            if index in calls
            for lid in facts.lids
            if lid not in known
        }
        self.env["miko.call.alias"].create(
            [
                {"pbx_id": pbx.id, "call_id": call, "linkedid": lid}
                for lid, call in sorted(missing.items())
            ]
        )

    @api.model
    def _store_legs(self, changes, calls, skew, context):
        everything = self.browse([call.id for call in calls.values()])
        there = {(leg.call_id.id, leg.channel): leg for leg in everything.leg_ids}
        news = []
        for index, (_facts, made) in enumerate(changes):
            for leg in made.legs if index in calls else ():
                values = self._leg_values(leg, skew, context)
                record = there.get((calls[index].id, leg.channel))
                if not record:
                    news.append({"call_id": calls[index].id, **values})
                elif any(
                    record[name] != value for name, value in values.items() if name != "user_id"
                ):
                    record.write(values)
        self.env["miko.call.leg"].create(news)

    @api.model
    def _leg_values(self, leg, skew, context):
        naive = self.env["miko.pbx"]._naive
        user = context["extensions"].get(leg.extension, self.env["res.users"])
        return {
            "channel": leg.channel,
            "extension": leg.extension,
            "user_id": user.id,
            "rang": naive(leg.rang, skew),
            "answered": naive(leg.answered, skew),
            "ended": naive(leg.ended, skew),
            "status": leg.status or False,
            "originated": leg.originated,
        }

    # ------------------------------------------------------------------ what follows
    def _plan_follow_up(self, pbx):
        """Mark the calls that something follows from, and queue one job for all of them."""
        now = fields.Datetime.now()
        due = self.filtered(
            lambda call: call.direction != "internal"
            and not call.blocked
            and (call.state == "ended" or (call.state == "talking" and not call.inquiry_id))
        )
        if not due:
            return
        due.write({"todo": True, "todo_date": now + QUIET})
        self.env["miko.call"].with_delay(
            identity_key=f"miko-follow-up-{pbx.id}", eta=QUIET
        )._follow_up()

    @api.autovacuum
    def _gc_facts(self):
        """Forget the channels of calls that can change no more."""
        long_ago = fields.Datetime.now() - KEPT
        old = self.search([("end_date", "<", long_ago), ("facts", "!=", False)], limit=GC_BATCH)
        old.write({"facts": False, "cards": False})
        return len(old), len(old) == GC_BATCH
