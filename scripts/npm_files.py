"""Files of npm packages, taken over into a folder of the product by the npm client, with the list of what they are."""

import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path


def replace_folder(
    folder: Path, packages: Mapping[str, str], *, take: Callable[[str, Path], None], script: str
) -> None:
    """Replace everything in ``folder``; ``take`` is given each package and the folder it was unpacked to."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        for package, version in packages.items():
            take(package, unpacked(package, version, Path(scratch)))
    listing = "\n".join(f"- {package} {version}" for package, version in sorted(packages.items()))
    (folder / "README.md").write_text(f"From these npm packages, by scripts/{script}:\n\n{listing}\n", encoding="utf-8")
    print(f"{len(list(folder.iterdir()))} files in {folder}")


def unpacked(package: str, version: str, directory: Path) -> Path:
    """Fetch one npm package and return the folder of its files."""
    command = ["npm", "pack", f"{package}@{version}", "--silent", "--pack-destination", str(directory)]
    archive = directory / subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    target = directory / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"
