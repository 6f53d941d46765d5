"""What a check needs to know and what it finds out."""

from dataclasses import dataclass, field

from .words import Lexicon

#: Every column the import knows, in the order in which problems of a row are listed.
FIELDS = (
    "code", "name", "type", "parent", "mode", "state", "country", "region", "city", "zip",
    "street", "street2", "phone", "email", "website", "vat", "lang", "currency", "latitude",
    "longitude", "brands", "activities", "outlet", "principal", "principal_email",
    "principal_phone", "role",
)  # fmt: skip
#: What a new dealer cannot do without.
REQUIRED = ("code", "name", "type", "country")
#: Fields whose words are looked up in a lexicon of the same name.
LOOKED_UP = ("type", "mode", "state", "country", "currency", "lang", "role")
LISTS = {"brands": "brand", "activities": "activity"}

CREATE, UPDATE, UNCHANGED, REFUSED = "create", "update", "unchanged", "refused"


@dataclass(frozen=True)
class Problem:
    """One finding; ``row`` 0 means the file as a whole."""

    code: str
    row: int = 0
    column: str = ""
    position: int = -1  # index of the column in the file, -1 when it has none
    value: str = ""
    severity: str = "error"
    params: tuple = ()  # (name, value) pairs for the message

    @property
    def sort_key(self):
        order = FIELDS.index(self.column) if self.column in FIELDS else len(FIELDS)
        return (self.row, order, self.position, self.code)


@dataclass
class Known:
    """A dealer that exists already, in the words of the import."""

    code: str
    type: str = ""
    parent: str = ""
    state: str = "prospect"
    mine: bool = True  # False: of another company's network, may not be touched
    values: dict = field(default_factory=dict)


@dataclass
class Reference:
    """What the database knows when a file is checked."""

    dealers: dict = field(default_factory=dict)  # code -> Known
    columns: Lexicon = field(default_factory=Lexicon)
    lexicons: dict = field(default_factory=dict)  # kind -> Lexicon
    child_types: dict = field(default_factory=dict)  # type -> codes allowed below it
    languages: frozenset = frozenset()  # usable language codes
    may_update: bool = True

    def find(self, kind, word):
        """Return the code that *word* means among *kind*, None when unknown."""
        lexicon = self.lexicons.get(kind)
        return lexicon.find(word) if lexicon else None


@dataclass
class Row:
    """A row of the file, understood."""

    number: int
    cells: dict = field(default_factory=dict)  # key -> text as in the file
    values: dict = field(default_factory=dict)  # key -> value as stored
    action: str = ""
    changes: dict = field(default_factory=dict)  # key -> value to write
    level: int = 0

    @property
    def code(self):
        return self.values.get("code", "")


@dataclass
class Report:
    """The dry run: rows with what would happen to each, and every problem."""

    rows: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    columns: dict = field(default_factory=dict)  # position -> key
    headers: list = field(default_factory=list)
    header_row: int = 0

    @property
    def errors(self):
        return [problem for problem in self.problems if problem.severity == "error"]

    def count(self, action):
        """Return the number of rows with *action*."""
        return sum(row.action == action for row in self.rows)

    def levels(self):
        """Return the rows to create or update, one list per level from the root down."""
        todo = [row for row in self.rows if row.action in (CREATE, UPDATE)]
        depths = sorted({row.level for row in todo})
        return [[row for row in todo if row.level == depth] for depth in depths]
