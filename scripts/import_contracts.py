"""Check the import contracts: those of setup.cfg, and those of every plugin under plugins/.

import-linter names packages one by one, so the plugins' contracts are written here for whichever plugins there are.
"""

import subprocess
import sys
import tempfile
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = ("plugins", "testing")


def plugin_packages() -> list[str]:
    """The import names of the plugins under plugins/, sorted."""
    return sorted(path.name for path in ROOT.glob("plugins/*/src/backoffice_*") if path.is_dir())


def modules_of(package: Path) -> list[str]:
    """The names of the modules and packages directly inside a package, sorted."""
    modules = [path.stem for path in package.glob("*.py") if path.stem != "__init__"]
    packages = [path.parent.name for path in package.glob("*/__init__.py")]
    return sorted(modules + packages)


def private_modules() -> list[str]:
    """What of the backoffice a plugin may not import: all but the public packages, and whatever is deeper in those."""
    private = [f"backoffice.{name}" for name in modules_of(ROOT / "backoffice") if name not in PUBLIC]
    deeper = [f"backoffice.{public}.{name}" for public in PUBLIC for name in modules_of(ROOT / "backoffice" / public)]
    return private + deeper


def lines(names: list[str]) -> str:
    """A list as import-linter reads it."""
    return "\n" + "\n".join(names)


def add_plugin_contracts(config: ConfigParser, plugins: list[str]) -> None:
    """Add to a configuration what holds between the backoffice and these plugins."""
    config["importlinter"]["root_packages"] = lines(["backoffice", *plugins])
    config["importlinter:contract:one-way"] = {
        "name": "The backoffice never imports a plugin",
        "type": "forbidden",
        "source_modules": "backoffice",
        "forbidden_modules": lines(plugins),
    }
    config["importlinter:contract:public-api"] = {
        "name": "Plugins import only backoffice.plugins and backoffice.testing",
        "type": "forbidden",
        "allow_indirect_imports": "True",
        "source_modules": lines(plugins),
        "forbidden_modules": lines(private_modules()),
    }
    config["importlinter:contract:siblings"] = {
        "name": "Plugins do not know each other",
        "type": "independence",
        "modules": lines(plugins),
    }


def main() -> int:
    """Run import-linter on the whole; its exit code."""
    config = ConfigParser(interpolation=None)
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    if plugins := plugin_packages():
        add_plugin_contracts(config, plugins)
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "setup.cfg"
        with path.open("w", encoding="utf-8") as file:
            config.write(file)
        linter = Path(sys.executable).with_name("lint-imports")
        command = [str(linter), "--no-logo", "--no-cache", "--config", str(path)]
        return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
