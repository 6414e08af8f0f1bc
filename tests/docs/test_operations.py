"""The page of operations says what the declarations say."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_of_operations_is_the_one_that_the_declarations_make():
    made = subprocess.run([sys.executable, ROOT / "scripts/operations_page.py"], capture_output=True, check=True)
    assert (ROOT / "docs/operations.md").read_text(encoding="utf-8") == made.stdout.decode(), "run make operations"
