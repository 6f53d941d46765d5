"""Checks of the network tree that a file and the database make together."""

from .plan import Problem


def check_tree(report, reference):
    """Report unknown parents, loops and types out of place; set each row's level."""
    tree = _Tree(report, reference)
    for row in report.rows:
        tree.check_parent(row)
    tree.check_loops()
    tree.check_children_left_behind()
    tree.set_levels()


class _Tree:
    def __init__(self, report, reference):
        self.report = report
        self.known = reference.dealers
        self.child_types = reference.child_types
        self.rows = {}
        for row in report.rows:
            if row.code:
                self.rows.setdefault(row.code, row)  # a duplicate is reported elsewhere
        self.position = next((spot for spot, key in report.columns.items() if key == "parent"), -1)

    def parent(self, code):
        """Return the parent's code as it will be after the import, "" for none."""
        row, known = self.rows.get(code), self.known.get(code)
        given = row.values.get("parent") if row else None
        return given or (known.parent if known else "") or ""

    def value(self, code, key):
        """Return the type or state of a dealer as it will be after the import."""
        row, known = self.rows.get(code), self.known.get(code)
        given = row.values.get(key) if row else None
        return given or (getattr(known, key) if known else "") or ""

    def note(self, row, code, **params):
        value = row.cells.get("parent", "")
        self.report.problems.append(
            Problem(code, row.number, "parent", self.position, value, params=tuple(params.items()))
        )

    def check_parent(self, row):
        parent = row.values.get("parent")
        if parent:
            known = self.known.get(parent)
            if parent not in self.rows and not (known and known.mine):
                self.note(row, "unknown_parent")
                return
            self._check_state(row, parent)
        parent = parent or self.parent(row.code)
        if parent and (row.values.get("parent") or row.values.get("type")):
            self._check_type(row, parent)

    def _check_state(self, row, parent):
        ends = (row.values.get("state") or self.value(row.code, "state")) == "terminated"
        known = self.known.get(row.code)
        moved = known is None or known.parent != parent
        if moved and not ends and self.value(parent, "state") == "terminated":
            self.note(row, "terminated_parent")

    def _check_type(self, row, parent):
        child_type = row.values.get("type") or self.value(row.code, "type")
        parent_type = self.value(parent, "type")
        if not (child_type and parent_type) or parent == row.code:
            return
        if child_type not in self.child_types.get(parent_type, ()):
            self.note(row, "type_not_allowed", type=child_type, parent_type=parent_type)

    def check_loops(self):
        """Report every row that lies on a loop, with the way round."""
        settled = set()
        for start in self.rows:
            path, place = [], {}
            code = start
            while code and code not in settled and code not in place:
                place[code] = len(path)
                path.append(code)
                code = self.parent(code)
            if code in place:
                self._report_loop(path[place[code] :])
            settled.update(path)

    def _report_loop(self, loop):
        for index, code in enumerate(loop):
            if code in self.rows:
                way = [*loop[index:], *loop[:index], code]
                self.note(self.rows[code], "loop", path=" → ".join(way))

    def check_children_left_behind(self):
        """Report a change of type that the dealer's other children do not allow."""
        for known in self.known.values():
            row = self.rows.get(known.parent)
            if known.code in self.rows or not row or not row.values.get("type"):
                continue
            if known.type and known.type not in self.child_types.get(row.values["type"], ()):
                params = (("child", known.code), ("type", known.type))
                self.report.problems.append(
                    Problem(
                        "child_not_allowed",
                        row.number,
                        "type",
                        value=row.cells["type"],
                        params=params,
                    )
                )

    def set_levels(self):
        for row in self.rows.values():
            seen, code = {row.code}, self.parent(row.code)
            while code and code not in seen:
                seen.add(code)
                code = self.parent(code)
            row.level = len(seen) - 1
