"""`python -m tests.measure [--old COMMIT]`: how the house is cut, in figures; beside those of an old commit.

Everything is read from the files (`ast`), so that any commit can be measured; only starting is tried.

- *Reached by a route*: the modules whose functions or classes are named by the view, or by a function that
  is reached so, in its signature or its body; a name that a package hands on leads to the module that
  defines it. Classes are not followed. Not counted: what stands under all rooms (`core`, `languages`, `text`,
  `files`, `web`; the three in the middle were in the first), and modules that hold views or a blueprint, of
  which the route's own is one. On 1ffe69f this gives the figures of the issue: 9 at the
  median, 25 at most.
- *Circle*: files that import each other, directly or through others, be it inside a function. Importing a
  name from a package counts as importing its `__init__`, unless the name is a module. Those that exist for
  the type checker only are counted apart.
- *Complexity* of a function: 1, and 1 more for each branch, loop, handler, condition, `and`/`or` and filter.
"""

from __future__ import annotations

import argparse
import ast
import statistics
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
NOT_COUNTED = {"core", "languages", "text", "files", "web"}  # what stands under all rooms
# What a name may not be, since it says of nothing what it is.
NAMES_OF_NOTHING = {"each", "here", "how", "known", "made", "mine", "one", "theirs", "there", "this", "whole"}
ROUTES = ("route", "get", "post")
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.match_case, ast.comprehension)
STARTING = """
import time
began = time.process_time()  # of a machine that may be busy
from cocreation.app import create_app
create_app(database_url="sqlite://", secret_key="for measuring only", testing=True)
print(time.process_time() - began)
"""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = tuple[str, str]  # a module and a name it defines


@dataclass
class Module:
    """A file: what it defines, and where the other names in it come from."""

    name: str
    tree: ast.Module
    lines: int
    defines: dict[str, ast.stmt] = field(default_factory=dict)
    takes: dict[str, tuple[str, str]] = field(default_factory=dict)  # name here: module and name there

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                for taken in node.names:
                    self.takes.setdefault(taken.asname or taken.name, (node.module or "", taken.name))
            elif isinstance(node, ast.Import):
                for taken in node.names:
                    above, _, last = taken.name.rpartition(".")
                    origin = (above, last) if taken.asname else ("", taken.name.partition(".")[0])
                    self.takes.setdefault(taken.asname or origin[1], origin)
        for statement in self.tree.body:
            for name in _names_of(statement):
                self.defines.setdefault(name, statement)

    @property
    def room(self) -> str:
        """`meetings` for cocreation.meetings.views; the file itself for those that stand in no room."""
        return self.name.split(".")[1] if "." in self.name else self.name

    @cached_property
    def views(self) -> list[Function]:
        """Its functions that answer addresses."""
        return [
            function
            for function in self.tree.body
            if isinstance(function, Function) and any(map(_is_route, function.decorator_list))
        ]

    @cached_property
    def is_of_the_web(self) -> bool:
        """Whether it holds views or their blueprint."""
        calls = (node.func for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return bool(self.views) or any(
            isinstance(call, ast.Name) and call.id == "Blueprint" for call in calls
        )


@dataclass
class House:
    """All files of `cocreation` in a checkout, or of another of its folders."""

    modules: dict[str, Module]

    @classmethod
    def read(cls, root: Path, folder: str = "cocreation") -> House:
        modules = {}
        for path in sorted((root / folder).rglob("*.py")):
            name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
            text = path.read_text()
            modules[name] = Module(name, ast.parse(text), text.count("\n"))
        return cls(modules)

    def rooms(self) -> dict[str, int]:
        """The lines of each room, largest first."""
        lines: Counter[str] = Counter()
        for module in self.modules.values():
            lines[module.room] += module.lines
        return dict(lines.most_common())

    def reached(self) -> dict[str, set[str]]:
        """Per view (`registration.views.registrations.register`) the modules it reaches."""
        return {
            f"{module.name}.{view.name}".removeprefix("cocreation."): self._reached_by(module.name, view)
            for module in self.modules.values()
            for view in module.views
        }

    def circles(self, *, types: bool) -> list[list[str]]:
        """Groups of files that import each other; with what only a type checker imports, or without."""
        graph = {name: set(self.imports(name, types=types)) for name in self.modules}
        groups = [sorted(group) for group in _groups(graph) if len(group) > 1]
        return sorted(groups, key=lambda group: (-len(group), group))

    def imports(self, name: str, *, types: bool = True) -> Iterator[str]:
        """The files of the house that a file imports, anywhere in it."""
        tree = self.modules[name].tree
        skipped = set() if types else {id(node) for block in _for_types(tree) for node in ast.walk(block)}
        for node in ast.walk(tree):
            if id(node) in skipped:
                continue
            if isinstance(node, ast.ImportFrom) and node.module:
                wanted = [f"{node.module}.{taken.name}" for taken in node.names]
                yield from (
                    target if target in self.modules else node.module
                    for target in wanted
                    if self._knows(target)
                )
            elif isinstance(node, ast.Import):
                yield from (taken.name for taken in node.names if taken.name in self.modules)

    def classes_in_several_rooms(self) -> dict[str, list[str]]:
        """Names of classes that stand in more than one room, with these rooms."""
        rooms: dict[str, set[str]] = defaultdict(set)
        for module in self.modules.values():
            for statement in module.tree.body:
                if isinstance(statement, ast.ClassDef):
                    rooms[statement.name].add(module.room)
        return {name: sorted(where) for name, where in sorted(rooms.items()) if len(where) > 1}

    def classes_twice(self) -> dict[str, list[str]]:
        """Names of classes that stand in more than one place, with the modules they stand in."""
        places: dict[str, list[str]] = defaultdict(list)
        for module in self.modules.values():
            for node in ast.walk(module.tree):
                if isinstance(node, ast.ClassDef):
                    places[node.name].append(module.name)
        return {name: sorted(modules) for name, modules in sorted(places.items()) if len(modules) > 1}

    def names_of_nothing(self) -> dict[str, list[str]]:
        """The modules that give something one of NAMES_OF_NOTHING, with these names."""
        given = {
            module.name: sorted(NAMES_OF_NOTHING & set(_names_given(module.tree)))
            for module in self.modules.values()
        }
        return {module: names for module, names in given.items() if names}

    def complexities(self) -> dict[str, int]:
        """The complexity of every function."""
        return {
            f"{module.name}:{node.name}:{node.lineno}": _complexity(node)
            for module in self.modules.values()
            for node in ast.walk(module.tree)
            if isinstance(node, Function)
        }

    def anys(self) -> int:
        """How often something is said to be `Any`."""
        nodes = (node for module in self.modules.values() for node in ast.walk(module.tree))
        return sum(isinstance(node, ast.Name) and node.id == "Any" for node in nodes)

    def _knows(self, name: str) -> bool:
        return name in self.modules or name.rpartition(".")[0] in self.modules

    def _reached_by(self, home: str, view: Function) -> set[str]:
        reached: set[Definition] = set()
        waiting: list[tuple[str, Function]] = [(home, view)]
        while waiting:
            for found in self._named(*waiting.pop()) - reached:
                reached.add(found)
                definition = self.modules[found[0]].defines[found[1]]
                if isinstance(definition, Function) and self.modules[found[0]].room not in NOT_COUNTED:
                    waiting.append((found[0], definition))
        modules = (self.modules[name] for name in {where for where, _ in reached})
        return {
            module.name for module in modules if module.room not in NOT_COUNTED and not module.is_of_the_web
        }

    def _named(self, home: str, function: Function) -> set[Definition]:
        """The functions and classes of the house that a function of the module `home` names."""
        found = set()
        for part in (function.args, function.returns, *function.body):
            for node in ast.walk(part) if part else ():
                leads_to = self._leads_to(home, node)
                if isinstance(leads_to, tuple):
                    definition = self.modules[leads_to[0]].defines[leads_to[1]]
                    if isinstance(definition, Function | ast.ClassDef):
                        found.add(leads_to)
        return found

    def _leads_to(self, home: str, node: ast.AST) -> Definition | str | None:
        """What an expression is: something defined in the house, the name of a module of it, or neither."""
        if isinstance(node, ast.Name):
            return self._looked_up(home, node.id)
        if isinstance(node, ast.Attribute):
            owner = self._leads_to(home, node.value)
            return self._looked_up(owner, node.attr) if isinstance(owner, str) else owner
        return None

    def _looked_up(self, home: str, name: str) -> Definition | str | None:
        module = self.modules[home]
        if name in module.defines:
            return home, name
        if name in module.takes:
            giver, what = module.takes[name]
            if (address := f"{giver}.{what}".lstrip(".")) in self.modules:
                return address
            return self._looked_up(giver, what) if giver in self.modules and giver != home else None
        return address if (address := f"{home}.{name}") in self.modules else None


def figures(root: Path, *, starts: bool = True) -> dict[str, float]:
    """Every figure of a checkout, by what it says."""
    house = House.read(root)
    reached = [len(modules) for modules in house.reached().values()]
    complexities = list(house.complexities().values())
    imports = [len(set(house.imports(name))) for name in house.modules]
    circles, with_types = house.circles(types=False), house.circles(types=True)
    said = {
        "modules": len(house.modules),
        "views": len(reached),
        "reached by a route, median": statistics.median(reached),
        "reached by a route, at most": max(reached),
        "circles": len(circles),
        "files in circles": sum(map(len, circles)),
        "circles, with those for types": len(with_types),
        "files in circles, with those for types": sum(map(len, with_types)),
        "class names in several rooms": len(house.classes_in_several_rooms()),
        "modules a module imports, median": statistics.median(imports),
        "modules a module imports, at most": max(imports),
        "functions": len(complexities),
        "complexity, mean": round(statistics.mean(complexities), 2),
        "complexity, at most": max(complexities),
        "functions more complex than 10": sum(complexity > 10 for complexity in complexities),
        "Any": house.anys(),
    }
    if starts:
        said["seconds of computing to create_app"] = round(_seconds_to_start(root), 2)
    return said | {f"lines of {room}": lines for room, lines in house.rooms().items()}


def _names_given(tree: ast.Module) -> Iterator[str]:
    """The names that a file gives to variables, arguments, attributes, functions and what it imports."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.arg(arg=name) | ast.FunctionDef(name=name):
                yield name
            case ast.alias(name=name, asname=other):
                yield other or name


def _names_of(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, Function | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        yield from (node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name))


def _is_route(decorator: ast.expr) -> bool:
    """Whether it makes a view: it says who may use the address, or, in old commits, what the address is."""
    called = decorator.func if isinstance(decorator, ast.Call) else None
    if isinstance(called, ast.Name):
        return called.id == "access"
    return isinstance(called, ast.Attribute) and called.attr in ROUTES


def _for_types(tree: ast.Module) -> Iterator[ast.If]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield node


def _complexity(function: Function) -> int:
    nodes = list(ast.walk(function))
    words = sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))
    filters = sum(len(node.ifs) for node in nodes if isinstance(node, ast.comprehension))
    return 1 + sum(isinstance(node, BRANCHES) for node in nodes) + words + filters


def _groups(graph: dict[str, set[str]]) -> Iterable[set[str]]:
    """The strongly connected components (Kosaraju's way: once forwards, once backwards)."""
    order: list[str] = []
    seen: set[str] = set()
    for start in graph:
        waiting = [(start, iter(sorted(graph[start])))] if start not in seen else []
        seen.add(start)
        while waiting:
            name, ahead = waiting[-1]
            following = next((module for module in ahead if module not in seen), None)
            if following is None:
                order.append(waiting.pop()[0])
            else:
                seen.add(following)
                waiting.append((following, iter(sorted(graph[following]))))
    backwards: dict[str, set[str]] = defaultdict(set)
    for name, wanted in graph.items():
        for other in wanted:
            backwards[other].add(name)
    seen.clear()
    for start in reversed(order):
        group, waiting_here = set(), [start]
        while waiting_here:
            if (name := waiting_here.pop()) not in seen:
                seen.add(name)
                group.add(name)
                waiting_here += backwards[name]
        yield group


def _seconds_to_start(root: Path) -> float:
    """The best of three new processes, once Python has compiled everything."""
    times = []
    for _ in range(4):
        done = subprocess.run(
            [sys.executable, "-c", STARTING], cwd=root, capture_output=True, text=True, check=True
        )
        times.append(float(done.stdout.split()[-1]))
    return min(times[1:])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.measure", description=__doc__.partition("\n")[0])
    parser.add_argument("--old", metavar="COMMIT", help="a commit to stand beside")
    parser.add_argument("--no-start", action="store_true", help="without the time it takes to start")
    parser.add_argument(
        "--names", action="store_true", help="also which: routes, circles, classes, functions"
    )
    options = parser.parse_args()
    now = figures(HERE, starts=not options.no_start)
    before: dict[str, float] = {}
    if options.old:
        with tempfile.TemporaryDirectory() as name:
            archive = subprocess.run(
                ["git", "archive", options.old], cwd=HERE, check=True, capture_output=True
            )
            subprocess.run(["tar", "-x"], cwd=name, input=archive.stdout, check=True)
            before = figures(Path(name), starts=not options.no_start)
    print(f"{'':<42}{options.old or '':>12}{'here':>10}")
    for what in dict.fromkeys([*now, *before]):
        was, is_now = before.get(what, "" if not options.old else "–"), now.get(what, "–")
        print(f"{what:<42}{was:>12}{is_now:>10}")
    if options.names:
        _print_names(House.read(HERE))


def _print_names(house: House) -> None:
    print("\nRoutes that reach most:")
    for view, modules in sorted(house.reached().items(), key=lambda pair: -len(pair[1]))[:10]:
        print(
            f"  {len(modules):>3} {view}: {' '.join(sorted(module.partition('.')[2] for module in modules))}"
        )
    print("\nCircles (with those for types):")
    for circle in house.circles(types=True):
        print(f"  {' '.join(circle)}")
    print("\nClass names in several rooms:")
    for name, rooms in house.classes_in_several_rooms().items():
        print(f"  {name}: {', '.join(rooms)}")
    print("\nMost complex functions:")
    for name, complexity in sorted(house.complexities().items(), key=lambda pair: -pair[1])[:10]:
        print(f"  {complexity:>3} {name}")


if __name__ == "__main__":
    main()
