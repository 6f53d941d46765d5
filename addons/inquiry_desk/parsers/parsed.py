"""What a reader found in a message."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Phone:
    """A telephone number.

    :param number: E.164 with the plus where the country is known, else the bare digits
    :param extension: digits behind the switchboard, or ""
    :param raw: as it was written
    """

    number: str
    extension: str = ""
    raw: str = ""


@dataclass(frozen=True)
class Line:
    """One utterance of a chat."""

    author: str
    text: str
    time: str = ""
    is_agent: bool = False


@dataclass
class Parsed:
    """The fields of an inquiry, whatever channel it came by."""

    parser: str = ""
    understood: bool = False
    robot: str = ""  # why this is no person: "auto-reply", "bounce", "newsletter"
    key: str = ""  # the same event has the same key on every channel
    name: str = ""
    company: str = ""
    vat: str = ""
    phones: list[Phone] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    subject: str = ""
    text: str = ""  # the essence of the request
    product: str = ""
    items: list[str] = field(default_factory=list)
    page: str = ""
    utm: dict[str, str] = field(default_factory=dict)
    agent: str = ""
    city: str = ""
    zip: str = ""
    ip: str = ""
    chat: list[Line] = field(default_factory=list)
    forwarded_from: str = ""
    language: str = ""  # "en", "fr", "ru" or unknown: ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def reachable(self):
        """Whether somebody could answer."""
        return bool(self.phones or self.emails)
