#!/usr/bin/env python3
"""Every public method of a model answers something.

A public method is a door for other programs, and XML-RPC cannot carry None: a button's method that
returns nothing has done its work and ends in a fault all the same.
"""

import ast
import sys

from common import Report, addon_files, is_test, manifests, tree

#: Called by the ORM or the installer, which take care of the answer themselves.
NO_DOORS = {"create", "init", "unlink", "write"}
#: Decorators of what the ORM calls, or RPC does not let through.
NOT_CALLED = ("constrains", "depends", "onchange", "ondelete", "private", "property")
MODELS = {"AbstractModel", "Model", "TransientModel"}


def doors(path):
    """Yield the public methods of the models in a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef) and any(is_model(base) for base in node.bases):
            for line in node.body:
                if isinstance(line, ast.FunctionDef) and is_door(line):
                    yield line


def is_model(base):
    """Whether a base of a class is one of Odoo's kinds of model."""
    return isinstance(base, ast.Attribute) and base.attr in MODELS


def is_door(method):
    """Whether RPC calls the method."""
    decorators = " ".join(ast.unparse(line) for line in method.decorator_list)
    return (
        not method.name.startswith("_")
        and method.name not in NO_DOORS
        and not any(word in decorators for word in NOT_CALLED)
    )


def own_returns(body):
    """Yield the return statements of a body, without those of functions inside it."""
    for line in body:
        if isinstance(line, ast.Return):
            yield line
        elif not isinstance(line, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            yield from own_returns(ast.iter_child_nodes(line))


def ends(body):
    """Whether a body never runs past its last line."""
    last = body[-1]
    match last:
        case ast.Return() | ast.Raise():
            return True
        case ast.If():
            return bool(last.orelse) and ends(last.body) and ends(last.orelse)
        case ast.With():
            return ends(last.body)
        case ast.Try():
            return ends(last.body) and all(ends(handler.body) for handler in last.handlers)
    return False


def answers(method):
    """Whether a method returns a value on each of its ways."""
    values = [line.value for line in own_returns(method.body)]
    return ends(method.body) and not any(is_none(value) for value in values)


def is_none(value):
    """Whether what is returned is None, or is on one of two ways."""
    if isinstance(value, ast.IfExp):
        return is_none(value.body) or is_none(value.orelse)
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def main():
    report = Report()
    for name in manifests():
        for path in addon_files(name, ".py"):
            if not is_test(path):
                for method in doors(path):
                    if not answers(method):
                        text = f"{method.name} can return None, which XML-RPC cannot carry"
                        report.add(path, text, method.lineno)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
