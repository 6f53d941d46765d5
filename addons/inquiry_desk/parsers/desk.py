"""One mail in, one result out: which reader takes it."""

from . import handwritten, robot
from .parsed import Parsed
from .template import matches, read


def read_message(mail, templates=(), region=None, own=()):
    """Read a mail with the first template that matches it, else as written by hand.

    :param mail: :class:`~.mail.Mail`
    :param templates: in the order they are tried
    :param own: our own numbers (E.164) and addresses (lower case)
    :return: Parsed
    """
    if mail.broken:
        return Parsed(parser="", subject=mail.subject, text="")
    parsed = _by_template(mail, templates, region, own)
    if parsed is None:
        kind = robot.robot(mail.headers, mail.sender, mail.content_type)
        reply_to = next((address for _name, address in mail.reply_to if address not in own), "")
        address = reply_to or mail.sender
        parsed = handwritten.read(mail.letter, mail.sender_name, address, mail.subject, region, own)
        parsed.robot = kind
    parsed.subject = parsed.subject or mail.subject
    parsed.key = parsed.key or (f"mail:{mail.message_id}" if mail.message_id else "")
    return handwritten.complete(parsed)


def _by_template(mail, templates, region, own):
    """Return what the first matching template reads, None when none matches."""
    body = mail.body
    for template in templates:
        if not matches(template, mail.sender, mail.subject, f"{body}\n{mail.text}"):
            continue
        parsed = read(template, mail.text, mail.html, region, own)
        if template.prefix == "jivo" and mail.headers.get("x-jivo-chat-id"):
            parsed.key = f"jivo:{mail.headers['x-jivo-chat-id']}"
        known = [address for _name, address in mail.reply_to if address not in own]
        parsed.emails = parsed.emails or (known if template.kind == "form" else [])
        parsed.understood = parsed.understood or bool(parsed.emails)
        return parsed
    return None
