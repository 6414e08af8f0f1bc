"""Print the names of installed editable distributions whose source is no longer there."""

import json
from importlib.metadata import Distribution, distributions
from pathlib import Path
from urllib.parse import unquote, urlsplit


def editable_source(distribution: Distribution) -> Path | None:
    """Where an editable distribution's source lies (PEP 610), or None for an ordinary one."""
    origin = json.loads(distribution.read_text("direct_url.json") or "{}")
    if not origin.get("dir_info", {}).get("editable"):
        return None
    return Path(unquote(urlsplit(origin["url"]).path))


def main() -> None:
    """One name a line."""
    for distribution in distributions():
        source = editable_source(distribution)
        if source and not (source / "pyproject.toml").exists():
            print(distribution.metadata["Name"])


if __name__ == "__main__":
    main()
