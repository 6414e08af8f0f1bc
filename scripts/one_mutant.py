"""A pytest plugin that imports one module of the product with one mutant in it: BACKOFFICE_MUTANT="PATH:NUMBER"."""

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

from mutants import Mutant, mutants_of, mutated

ENVIRONMENT = "BACKOFFICE_MUTANT"


class _Mutated(SourceFileLoader):
    def __init__(self, name: str, mutant: Mutant) -> None:
        super().__init__(name, str(mutant.path))
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        """The code of the module with the mutant in it."""
        code: CodeType = compile(mutated(self.mutant), str(self.mutant.path), "exec")
        return code


class _Finder(MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self.mutant, self.name = mutant, module_name(mutant.path)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where the mutated module is found; every other one is found as ever."""
        if fullname != self.name:
            return None
        return spec_from_file_location(fullname, self.mutant.path, loader=_Mutated(fullname, self.mutant))


def module_name(path: Path) -> str:
    """The dotted name of a module of the product, by its path from the root."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def pytest_pycollect_makemodule() -> None:
    """Let property tests try a few examples, the same ones for every mutant; they keep the profile they begin with."""
    from hypothesis import Phase, settings  # not before pytest has prepared its plugin

    phases = (Phase.explicit, Phase.generate)
    settings.register_profile(
        "mutation", max_examples=25, deadline=None, database=None, derandomize=True, phases=phases
    )
    settings.load_profile("mutation")


if ENVIRONMENT in os.environ:
    _path, _, _number = os.environ[ENVIRONMENT].rpartition(":")
    sys.meta_path.insert(0, _Finder(mutants_of(Path(_path))[int(_number)]))
